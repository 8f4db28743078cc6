// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubconnection.h"
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QTest>

namespace gapless::signalr {

/// Options with timeouts that a test can wait out.
inline HubOptions optionsFor(const ScriptedHub& server)
{
    using namespace std::chrono_literals;
    HubOptions options;
    options.http.url = server.url();
    options.http.connectTimeout = 5s;
    options.handshakeTimeout = 5s;
    return options;
}

/// A HubConnection over real sockets, and a diary of what it told its owner.
struct HubRig {
    explicit HubRig(const HubOptions& options)
        : hub(options)
    {
        QObject::connect(&hub, &HubConnection::reconnecting, [this](const Failure& why) {
            cause = why;
            diary += QStringLiteral("reconnecting");
        });
        QObject::connect(&hub, &HubConnection::reconnected,
            [this](const QString&) { diary += QStringLiteral("reconnected"); });
        QObject::connect(&hub, &HubConnection::closed, [this](const Failure& why) {
            cause = why;
            diary += QStringLiteral("closed");
        });
    }
    /// Starts, waits, and returns how it went.
    Failure start()
    {
        std::optional<Failure> result;
        hub.start([&](const Failure& failure) { result = failure; });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(result, 20'000); }();
        return result.value_or(Failure {FailureKind::Usage, QStringLiteral("no answer")});
    }

    HubConnection hub;
    QStringList diary;
    Failure cause;
};

} // namespace gapless::signalr
