// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/postqueue.h"
#include "engine/signalr/ssereader.h"

namespace gapless::signalr {

/// Server-sent events for receiving, POST for sending; text protocols only.
class SseTransport final : public QObject, public Transport {
    Q_OBJECT
public:
    explicit SseTransport(Scheduler& scheduler);
    ~SseTransport() override;
    void open(const Endpoint& endpoint) override;
    void send(QByteArrayView payload) override;
    void close() override;

private:
    enum class Stage { Idle, Connecting, Open, Over };
    void take(int status, QByteArrayView piece);
    void ended(const HttpResponse& response);
    void fail(const Failure& failure);
    void finish();

    Scheduler& m_scheduler;
    QtHttpClient m_http; ///< its own: the open stream would use up a shared one's connections
    Endpoint m_endpoint;
    std::unique_ptr<PostQueue> m_posts;
    std::shared_ptr<HttpCall> m_stream;
    SseReader m_reader;
    Scheduler::Timer m_timer = 0;
    Stage m_stage = Stage::Idle;
};

} // namespace gapless::signalr
