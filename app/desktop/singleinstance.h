// SPDX-License-Identifier: MIT
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace gapless {

/// One window a data folder and user: a second `gapless` hands its words to the first and ends.
class SingleInstance : public QObject {
    Q_OBJECT
public:
    /// `folder`: the data folder; two of them are two programs.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// Hands the words to the one that runs; false where none does. Waits two seconds at most.
    bool handOver(const QStringList& words);
    /// From now on this is the one; false where another one is or nothing can be listened on.
    bool listen();
    /// The file of the socket while it listens.
    QString socket() const { return m_server.fullServerName(); }

Q_SIGNALS:
    /// Another `gapless` was started with these words; empty: it only wants the window in front.
    void called(const QStringList& words);

private:
    void answer();
    const QString m_name;
    QLocalServer m_server;
};

} // namespace gapless
