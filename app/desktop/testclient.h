// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/clientlog.h"
#include "engine/model/target.h"
#include "engine/signalr/hubconnection.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;

namespace gapless {

class Clock;

/// A SignalR client for trying a hub by hand: connects, invokes methods, shows what comes in, which
/// slot and version answers, and each attempt to reconnect with its delay. Its own connection; it
/// has nothing to do with the witness.
class TestClient : public QWidget {
    Q_OBJECT
public:
    explicit TestClient(Clock& clock, QWidget* parent = nullptr);
    ~TestClient() override;

    /// URL, hub and messages as the target's witness has them; not while it is connected.
    void setTarget(const std::optional<Target>& target);
    const ClientLog& log() const { return m_log; }
    signalr::HubConnection::State state() const;
    QString stateText() const;
    void connectHub();
    void disconnectHub();
    void invoke();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void refresh();
    void say(ClientLog::Kind kind, const QString& text);
    void listen();
    void connected();
    signalr::HubOptions options();

    Clock& m_clock;
    ClientLog m_log;
    QList<Slot> m_slots;
    QString m_versionFrom, m_identity;
    signalr::HubConnection* m_hub = nullptr; ///< a child; ended with deleteLater()
    QLineEdit *m_url, *m_path, *m_listen, *m_method, *m_arguments;
    QComboBox *m_protocol, *m_transport;
    QCheckBox* m_skip;
    QPushButton *m_connect, *m_invoke, *m_clear, *m_copy;
    QLabel *m_urlTitle, *m_pathTitle, *m_listenTitle, *m_methodTitle, *m_argumentsTitle,
        *m_protocolTitle, *m_transportTitle, *m_state;
    QListView* m_lines;
};

} // namespace gapless
