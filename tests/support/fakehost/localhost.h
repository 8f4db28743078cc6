// SPDX-License-Identifier: MIT
#pragma once

#include "tests/support/fakehost/fakehost.h"

#include <QProcessEnvironment>
#include <QTemporaryDir>

namespace gapless {

/// A host that is this machine: scripts really run, in a `sh` with LC_ALL=C, a home folder of its
/// own, and a folder of stub executables at the head of PATH. Privilege is recorded, not acquired.
/// Safe to use from several threads once it is set up.
class LocalHost : public Host {
public:
    explicit LocalHost(QString name);

    /// Puts an executable of that name at the head of PATH. A body without `#!` is a sh script.
    void stub(const QString& program, const QByteArray& body);
    /// From now on PATH has the stubs and these programs of the system only.
    void onlyPrograms(const QStringList& programs);
    void setEnvironment(const QString& variable, const QString& value);
    /// The folder that is `$HOME` there; removed with the host.
    QString home() const { return m_folder.filePath(QStringLiteral("home")); }
    QString stubFolder() const { return m_folder.filePath(QStringLiteral("bin")); }
    /// Every later call throws it; nothing: the host is there again.
    void breakWith(std::optional<Error> error);
    void refuseTunnels() { m_refuseTunnels = true; }
    QList<RanCommand> ran() const;
    QStringList shown() const;

    QString name() const override { return m_name; }
    CommandResult run(const Command& command, std::stop_token stop) override;
    std::unique_ptr<RemoteProcess> start(const Command& command) override;
    /// Only addresses on this machine's 127.0.0.1: the tunnel is that port itself.
    std::unique_ptr<Tunnel> openTunnel(const QString& address, std::stop_token stop) override;

private:
    const QString m_name;
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment;
    bool m_refuseTunnels = false;
    mutable std::mutex m_mutex;
    QList<RanCommand> m_ran;
    std::optional<Error> m_broken;
};

} // namespace gapless
