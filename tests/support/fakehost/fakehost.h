// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"

#include <QList>
#include <QMap>
#include <map>
#include <mutex>

namespace gapless {

/// What a host was asked, as far as tests look at it.
struct RanCommand {
    QString shown;
    QByteArray script;
    bool changes = false;
    Privilege privilege = Privilege::None;
    QByteArray input; ///< all that Command::input gave
};

/// A host with scripted answers: the latest rule whose text is part of `shown` answers. A command
/// that no rule knows is Error Internal, which names it. Safe to use from several threads.
class FakeHost : public Host {
public:
    using Answer = std::function<CommandResult(const RanCommand& command, std::stop_token stop)>;

    explicit FakeHost(QString name);

    /// Rules answer for ever; `times` > 0 makes one go away after that many answers.
    void on(const QString& partOfShown, Answer answer, int times = 0);
    void on(const QString& partOfShown, const QByteArray& out, int exit = 0,
        const QByteArray& err = {}, int times = 0);
    /// Every later call throws it; nothing: the host is there again.
    void breakWith(std::optional<Error> error);
    /// Where openTunnel leads for `address`; without one it is TunnelRefused.
    void setTunnel(const QString& address, quint16 localPort);
    /// Every command so far, in order.
    QList<RanCommand> ran() const;
    /// The `shown` of each.
    QStringList shown() const;

    QString name() const override { return m_name; }
    CommandResult run(const Command& command, std::stop_token stop) override;
    /// Answered on a thread of its own.
    std::unique_ptr<RemoteProcess> start(const Command& command) override;
    std::unique_ptr<Tunnel> openTunnel(const QString& address, std::stop_token stop) override;

private:
    struct Rule {
        QString part;
        Answer answer;
        int left; ///< 0: without end
    };
    Answer takeAnswer(const QString& shown);

    const QString m_name;
    mutable std::mutex m_mutex;
    QList<Rule> m_rules;
    QList<RanCommand> m_ran;
    QMap<QString, quint16> m_tunnels;
    std::optional<Error> m_broken;
};

/// The hosts that a test has put in.
class FakeHosts : public Hosts {
public:
    /// Takes the host and gives it back by reference, under its name.
    template <typename T> T& add(std::unique_ptr<T> host)
    {
        T& added = *host;
        m_hosts[added.name()] = std::move(host);
        return added;
    }
    Host& at(const QString& name) override;

private:
    std::map<QString, std::unique_ptr<Host>> m_hosts;
};

/// A tunnel that is only its port.
class PortTunnel : public Tunnel {
public:
    explicit PortTunnel(quint16 port)
        : m_port(port)
    {
    }
    quint16 localPort() const override { return m_port; }

private:
    quint16 m_port;
};

/// Runs `work` on a thread of its own; both fakes' RemoteProcess.
std::unique_ptr<RemoteProcess> startOnThread(std::function<CommandResult(std::stop_token)> work);

/// All that `command.input` has to give; empty where it has none.
QByteArray inputOf(const Command& command);

} // namespace gapless
