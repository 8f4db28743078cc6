// SPDX-License-Identifier: MIT
#include "engine/remote/sshlinks_p.h"

#include "engine/remote/tcpconnect.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Host key algorithms by the key type that they prove.
const QList<QByteArray> keyAlgorithms {"ssh-ed25519",
    "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521", "rsa-sha2-512,rsa-sha2-256"};

/// What connects one hop, again and again.
struct Connector {
    std::shared_ptr<SshLink> through; ///< null: straight from this machine
    SshRoute route;
    SshOptions options;
    Secrets& secrets;
    HostKeyDecider& decider;

    FileDescriptor reach(const std::stop_token& stop) const
    {
        if (!through)
            return connectTcp(route.address, route.port, options.connectDeadline, stop);
        const QString address = route.address + u':' + QString::number(route.port);
        const ForwardTarget target {route.address.toUtf8(), route.port};
        FileDescriptor end = through->openStream(address, target, stop);
        if (!end)
            throw Error(ErrorKind::HostUnreachable,
                {{u"address"_s, route.address}, {u"port"_s, route.port}},
                u"the jump host cannot reach it"_s);
        return end;
    }

    std::unique_ptr<SshSession> session(const QByteArray& algorithms, std::stop_token stop) const
    {
        return SshSession::connect(reach(stop), route, options, secrets, decider, algorithms, stop);
    }

    std::unique_ptr<SshSession> operator()(std::stop_token stop) const
    {
        OtherKeyTypeWanted shown;
        try {
            return session({}, stop);
        } catch (const OtherKeyTypeWanted& other) {
            shown = other;
        }
        // A server has several keys, and the pinned one need not be the one that was agreed on.
        for (const QByteArray& algorithms : keyAlgorithms) {
            if (algorithms.contains(shown.type.toLatin1()))
                continue;
            try {
                return session(algorithms, stop);
            } catch (const OtherKeyTypeWanted&) {
                continue;
            } catch (const Error& error) {
                if (error.kind != ErrorKind::HostUnreachable)
                    throw;
            }
        }
        throw Error(ErrorKind::HostKeyChanged,
            {{u"address"_s, route.address}, {u"fingerprint"_s, shown.fingerprint},
                {u"expected"_s, route.pin}});
    }
};

} // namespace

std::shared_ptr<SshLink> linkAlong(const QList<SshRoute>& routes, const SshOptions& options,
    Secrets& secrets, HostKeyDecider& decider)
{
    std::shared_ptr<SshLink> last;
    for (const SshRoute& route : routes)
        last = std::make_shared<SshLink>(
            route.address, options, Connector {last, route, options, secrets, decider});
    return last;
}

} // namespace gapless
