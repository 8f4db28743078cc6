// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/postqueue.h"

namespace gapless::signalr {

/// A GET that the server answers when it has something to say, again and again; POST for sending,
/// DELETE for good-bye. An empty 200 is a poll that ran out, 204 the end.
class LongPollingTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    explicit LongPollingTransport(Scheduler& scheduler);
    ~LongPollingTransport() override;
    void open(const Endpoint& endpoint) override;
    void send(QByteArrayView payload) override;
    void close() override;
    bool keepsItselfAlive() const override { return true; }

private:
    enum class Stage { Idle, Connecting, Open, Leaving, Over };
    void poll();
    void polled(const HttpResponse& response);
    void remove();
    void fail(const Failure& failure);
    void finish();

    Scheduler& m_scheduler;
    QtHttpClient m_http; ///< its own: the open poll would use up a shared one's connections
    Endpoint m_endpoint;
    std::unique_ptr<PostQueue> m_posts;
    std::shared_ptr<HttpCall> m_poll;
    std::shared_ptr<HttpCall> m_delete;
    Scheduler::Timer m_timer = 0;
    quint64 m_polls = 0;
    Stage m_stage = Stage::Idle;
};

} // namespace gapless::signalr
