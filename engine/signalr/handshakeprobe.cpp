// SPDX-License-Identifier: MIT
#include "engine/signalr/handshakeprobe.h"

namespace gapless::signalr {

HandshakeProbe::HandshakeProbe(HubOptions options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options))
{
    m_options.reconnect = nullptr;
    if (!m_options.http.http && !m_options.http.skipNegotiation)
        m_options.http.http = std::make_shared<QtHttpClient>();
}

HandshakeProbe::~HandshakeProbe() = default;

void HandshakeProbe::run(int count, int atOnce, Done done)
{
    m_results.clear();
    m_done = std::move(done);
    m_count = m_left = std::max(count, 1);
    for (int i = 0; i < std::min(m_count, std::max(atOnce, 1)); ++i)
        next();
}

void HandshakeProbe::next()
{
    --m_left;
    auto owned = std::make_unique<HubConnection>(m_options);
    HubConnection* hub = owned.get();
    m_hubs.push_back(std::move(owned));
    hub->start(
        [this, hub, since = Clock::now()](const Failure& failure) { ended(hub, failure, since); });
}

void HandshakeProbe::ended(HubConnection* hub, const Failure& failure, Clock::time_point since)
{
    m_results.push_back({failure, Clock::now() - since});
    // Deferred: the connection is still reporting, and has a Close to send.
    hub->stop([this, hub] {
        QMetaObject::invokeMethod(
            this,
            [this, hub] {
                std::erase_if(m_hubs, [hub](const auto& each) { return each.get() == hub; });
            },
            Qt::QueuedConnection);
    });
    if (m_left > 0)
        next();
    else if (int(m_results.size()) == m_count)
        std::exchange(m_done, nullptr)(m_results);
}

} // namespace gapless::signalr
