// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubconnection.h"

#include <memory>
#include <vector>

namespace gapless::signalr {

/// One connect, hub handshake, and good-bye.
struct HandshakeResult {
    Failure failure;
    Clock::duration took {}; ///< from the start until connected, or until it failed
    bool ok() const { return failure.kind == FailureKind::None; }
};

/// Shakes hands with a hub as often as asked, for health checks and warming up; blocks nowhere.
/// Each handshake is a connection of its own, without reconnecting; how long one may take is in the
/// options' timeouts. Destroying it ends what is under way.
class HandshakeProbe final : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(const std::vector<HandshakeResult>&)>;
    explicit HandshakeProbe(HubOptions options, QObject* parent = nullptr);
    ~HandshakeProbe() override;
    /// `count` handshakes, at most `atOnce` at a time; `done` gets them in the order in which they
    /// ended. One run at a time. `done` may delete the probe by deleteLater() only.
    void run(int count, int atOnce, Done done);

private:
    void next();
    void ended(HubConnection* hub, const Failure& failure, Clock::time_point since);

    HubOptions m_options;
    std::vector<std::unique_ptr<HubConnection>> m_hubs;
    std::vector<HandshakeResult> m_results;
    Done m_done;
    int m_left = 0; ///< to be started
    int m_count = 0;
};

} // namespace gapless::signalr
