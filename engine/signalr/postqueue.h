// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/httpclient.h"
#include "engine/signalr/scheduler.h"
#include "engine/signalr/transport.h"

#include <QPointer>

namespace gapless::signalr {

/// The sending half of the transports that receive over HTTP: one POST at a time, in order, with
/// all that waits in one body.
class PostQueue final : public QObject {
    Q_OBJECT
public:
    PostQueue(Scheduler& scheduler, HttpClient& http, const Endpoint& endpoint);
    void send(QByteArrayView payload);
    /// Nothing is under way and nothing waits.
    bool isIdle() const { return !m_call && m_waiting.isEmpty(); }

    /// A POST was refused: what was in it is lost, so the transport is.
    std::function<void(const Failure&)> onFailed;
    std::function<void()> onIdle;

private:
    void post();
    void posted(const HttpResponse& response);

    Scheduler& m_scheduler;
    HttpClient& m_http;
    const Endpoint& m_endpoint;
    std::shared_ptr<HttpCall> m_call;
    QByteArray m_waiting;
    bool m_postDue = false;
};

} // namespace gapless::signalr
