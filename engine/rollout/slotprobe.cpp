// SPDX-License-Identifier: MIT
#include "engine/rollout/slotprobe.h"

#include "engine/model/targetrules.h"
#include "engine/signalr/handshakeprobe.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    constexpr int keptBodyBytes = 512;
    constexpr int cancelPollMs = 50;
    constexpr int handshakesAtOnce = 4;
    /// Of two slots one of these misses a given one once in 16 times.
    constexpr int strangersAtOnce = 4;

    /// Without cookies: one that nginx gave would pin every later request to the slot of the first.
    QNetworkRequest asAStranger(QNetworkRequest request)
    {
        request.setAttribute(
            QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
        request.setAttribute(
            QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
        return request;
    }

    /// Runs the thread's events until `reply` has finished, `stop` is requested or the time is over.
    bool waitFor(QNetworkReply& reply, int timeoutMs, const std::stop_token& stop)
    {
        QEventLoop loop;
        QElapsedTimer since;
        since.start();
        QObject::connect(&reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
        QTimer poll;
        QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
            if (stop.stop_requested() || since.elapsed() >= timeoutMs)
                loop.quit();
        });
        poll.start(cancelPollMs);
        if (!reply.isFinished())
            loop.exec(QEventLoop::ExcludeUserInputEvents);
        return reply.isFinished();
    }

}

SlotProbe::SlotProbe(const Target& target, Hosts& hosts)
    : m_target(target)
    , m_hosts(hosts)
{
}

SlotProbe::~SlotProbe() = default;

QString SlotProbe::hostHeader(const Slot& slot) const
{
    if (!m_target.health.hostHeader.isEmpty())
        return m_target.health.hostHeader;
    if (m_target.witness)
        if (const QUrl url(m_target.witness->url); !url.host().isEmpty())
            return url.port() > 0 ? u"%1:%2"_s.arg(url.host()).arg(url.port()) : url.host();
    return slot.server;
}

QUrl SlotProbe::urlFor(const Slot& slot, const QString& path, std::stop_token stop)
{
    auto& tunnel = m_tunnels[slot.server];
    if (!tunnel) {
        const Slot* ours = m_target.slot(slot.name);
        const bool isRehearsal = ours && ours->server != slot.server;
        tunnel = m_hosts.at(isRehearsal ? slot.host : m_target.gateway.host)
                     .openTunnel(slot.server, stop);
    }
    QUrl url(path);
    url.setScheme(m_target.health.scheme);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(tunnel->localPort());
    return url;
}

void SlotProbe::forget(const Slot& slot) { m_tunnels.erase(slot.server); }

QNetworkAccessManager& SlotProbe::network()
{
    if (!m_network) {
        m_network = std::make_unique<QNetworkAccessManager>();
        m_network->setProxy(QNetworkProxy::NoProxy);
        m_network->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    }
    return *m_network;
}

HealthAnswer SlotProbe::get(
    const QNetworkRequest& request, const QString& expectStatus, std::stop_token stop)
{
    QElapsedTimer took;
    took.start();
    const std::unique_ptr<QNetworkReply> reply(network().get(request));
    const bool finished = waitFor(*reply, m_target.health.timeoutMs, stop);
    HealthAnswer answer;
    answer.ms = double(took.nsecsElapsed()) / 1e6;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!finished) {
        reply->abort();
        if (stop.stop_requested())
            throw Cancelled {};
        answer.text = u"timeout"_s;
        return answer;
    }
    answer.text = answer.status ? QString::fromUtf8(reply->read(keptBodyBytes)).trimmed()
                                : reply->errorString();
    answer.ok = statusMatches(expectStatus, answer.status);
    return answer;
}

QNetworkRequest SlotProbe::requestFor(const Slot& slot, std::stop_token stop)
{
    QNetworkRequest request(urlFor(slot, m_target.health.path, stop));
    request.setRawHeader("Host", hostHeader(slot).toUtf8());
    request.setRawHeader("User-Agent", "gapless/" GAPLESS_VERSION);
    // A connection of ours that lingered would be one more for the slot to end at its next stop.
    request.setRawHeader("Connection", "close");
    request.setPeerVerifyName(hostHeader(slot).section(u':', 0, 0));
    for (auto header = m_target.health.headers.begin(); header != m_target.health.headers.end(); ++header)
        request.setRawHeader(header.key().toUtf8(), header.value().toUtf8());
    return asAStranger(request);
}

void SlotProbe::getAll(const QList<QNetworkRequest>& requests, const std::stop_token& stop)
{
    std::vector<std::unique_ptr<QNetworkReply>> replies;
    for (const QNetworkRequest& request : requests)
        replies.emplace_back(network().get(request));
    for (const auto& reply : replies)
        if (!waitFor(*reply, m_target.health.timeoutMs, stop) && stop.stop_requested())
            throw Cancelled {};
}

HealthAnswer SlotProbe::ask(const Slot& slot, std::stop_token stop)
{
    return get(requestFor(slot, stop), m_target.health.expectStatus, stop);
}

bool SlotProbe::nudge(std::stop_token stop)
{
    if (!m_target.witness || m_target.witness->url.isEmpty())
        return false;
    QUrl url(m_target.witness->url);
    url.setPath(m_target.health.path);
    QNetworkRequest request(url);
    request.setRawHeader("User-Agent", "gapless/" GAPLESS_VERSION);
    request.setRawHeader("Connection", "close");
    getAll(QList<QNetworkRequest>(strangersAtOnce, asAStranger(request)), stop);
    return true;
}

bool SlotProbe::answersAt(const QString& host, const QString& listen, std::stop_token stop)
{
    constexpr int tries = 10; // new workers begin to accept a moment after the old ones stop
    QString address = listen.contains(u':') ? listen : u"127.0.0.1:"_s + listen;
    if (address.startsWith(u"0.0.0.0:"))
        address.replace(0, 7, u"127.0.0.1"_s);
    const auto tunnel = m_hosts.at(host).openTunnel(address, stop);
    QUrl url(m_target.health.path);
    url.setScheme(u"http"_s);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(tunnel->localPort());
    QNetworkRequest request(url);
    request.setRawHeader("Connection", "close");
    for (int i = 0; i < tries; ++i)
        if (get(request, m_target.health.expectStatus, stop).status != 0)
            return true;
    return false;
}

signalr::HubOptions SlotProbe::hubOptions(const Slot& slot, std::stop_token stop)
{
    const HubProbeSpec& hub = *m_target.witness->hub;
    signalr::HubOptions options;
    options.http.url = urlFor(slot, hub.hub, stop);
    options.http.skipNegotiation = hub.skipNegotiation;
    options.http.transports = signalr::TransportType::WebSockets;
    options.http.headers.append({ "Host", hostHeader(slot).toUtf8() });
    options.http.connectTimeout = std::chrono::milliseconds(m_target.health.timeoutMs);
    options.handshakeTimeout = std::chrono::milliseconds(m_target.health.timeoutMs);
    if (hub.protocol == u"messagepack")
        options.protocol = signalr::Encoding::MessagePack;
    return options;
}

QString SlotProbe::shakeHands(const Slot& slot, int count, std::stop_token stop)
{
    signalr::HandshakeProbe probe(hubOptions(slot, stop));
    QEventLoop loop;
    std::optional<QString> outcome;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (stop.stop_requested())
            loop.quit();
    });
    poll.start(cancelPollMs);
    probe.run(count, handshakesAtOnce, [&](const std::vector<signalr::HandshakeResult>& results) {
        outcome = QString();
        for (const signalr::HandshakeResult& result : results)
            if (!result.ok())
                outcome = u"%1: %2"_s.arg(idOf(result.failure.kind), result.failure.text);
        loop.quit();
    });
    if (!outcome)
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    if (!outcome)
        throw Cancelled {};
    return *outcome;
}

QString SlotProbe::askHub(const Slot& slot, std::stop_token stop)
{
    return shakeHands(slot, 1, stop);
}

void SlotProbe::warmUp(const Slot& slot, int requests, std::stop_token stop)
{
    getAll(QList<QNetworkRequest>(requests, requestFor(slot, stop)), stop);
    if (!m_target.health.hub || !m_target.witness || !m_target.witness->hub)
        return;
    shakeHands(slot, requests, stop);
}

} // namespace gapless
