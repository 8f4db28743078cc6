// SPDX-License-Identifier: MIT
#include "engine/site/tries.h"

#include "engine/signalr/handshakeprobe.h"
#include "engine/signalr/httpclient.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>

#include <list>

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

constexpr int attemptsAtOnce = 4;
constexpr int keptBodyBytes = 256;
/// For one request or handshake.
constexpr std::chrono::milliseconds patience(2000);

signalr::Headers headersFor(const QByteArray& host, const QMap<QString, QString>& more = {})
{
    signalr::Headers headers {{"User-Agent", "gapless/" GAPLESS_VERSION}};
    if (!host.isEmpty())
        headers.emplaceBack("Host", host);
    for (auto header = more.begin(); header != more.end(); ++header)
        headers.emplaceBack(header.key().toUtf8(), header.value().toUtf8());
    return headers;
}

signalr::TransportTypes transportsFor(const HubProbeSpec& hub)
{
    // One transport, so that a failure is that of one connection and not of a chain of fallbacks.
    if (hub.transport == "serverSentEvents"_L1)
        return signalr::TransportType::ServerSentEvents;
    if (hub.transport == "longPolling"_L1)
        return signalr::TransportType::LongPolling;
    return signalr::TransportType::WebSockets;
}

signalr::HubOptions hubOptions(const HubProbeSpec& hub, const QUrl& base, const QByteArray& host)
{
    signalr::HubOptions options;
    options.http.url = base;
    options.http.url.setPath(hub.hub);
    options.http.transports = transportsFor(hub);
    options.http.skipNegotiation = hub.skipNegotiation;
    options.http.headers = headersFor(host);
    options.http.connectTimeout = patience;
    options.handshakeTimeout = patience;
    return options;
}

QUrl tunnelUrl(const QString& scheme, const Tunnel& tunnel, const QString& path)
{
    QUrl url(path, QUrl::StrictMode);
    url.setScheme(scheme);
    url.setHost(u"127.0.0.1"_s);
    url.setPort(tunnel.localPort());
    return url;
}

/// All tries of one doctor's visit; they share an event loop that ends with the last of them.
class Trying {
public:
    Trying(const Target& target, const Trial& trial)
        : m_target(target)
        , m_trial(trial)
    {
    }

    Tries run(Hosts& hosts, std::stop_token stop)
    {
        openTunnels(hosts, stop);
        for (const Slot* slot : m_trial.upSlots)
            if (m_tunnels[slot->name])
                trySlot(*slot);
        startSessions();
        if (m_trial.affinity && !m_trial.entries.isEmpty())
            startAffinity(0);
        wait(stop);
        return std::move(m_tries);
    }

private:
    void openTunnels(Hosts& hosts, std::stop_token stop)
    {
        for (const Slot* slot : m_trial.upSlots) {
            try {
                m_tunnels[slot->name]
                    = hosts.at(m_target.gateway.host).openTunnel(slot->server, stop);
            } catch (const Error& error) {
                m_tries.tunnelError = error.on(m_target.gateway.host);
            }
        }
    }

    void wait(std::stop_token stop)
    {
        QTimer limit;
        limit.setSingleShot(true);
        QObject::connect(&limit, &QTimer::timeout, &m_loop, &QEventLoop::quit);
        limit.start(m_trial.limit);
        const std::stop_callback cancel(stop, [this] {
            QMetaObject::invokeMethod(&m_loop, &QEventLoop::quit, Qt::QueuedConnection);
        });
        if (m_pending > 0 && !stop.stop_requested())
            m_loop.exec(QEventLoop::ExcludeUserInputEvents);
        if (stop.stop_requested())
            throw Cancelled {};
    }

    void begin() { ++m_pending; }
    void end()
    {
        if (--m_pending == 0)
            m_loop.quit();
    }

    /// One request; `done` gets the answer and the time that it took.
    void send(const signalr::HttpRequest& request,
        std::function<void(const signalr::HttpResponse&, double ms)> done)
    {
        begin();
        QElapsedTimer took;
        took.start();
        auto& call = m_calls.emplace_back();
        call = m_http.send(request,
            [this, took, done = std::move(done)](const signalr::HttpResponse& response) {
                done(response, double(took.nsecsElapsed()) / 1e6);
                end();
            },
            {});
    }

    signalr::HttpRequest slotRequest(const Slot& slot, const QString& path)
    {
        signalr::HttpRequest request;
        request.url = tunnelUrl(m_target.health.scheme, *m_tunnels[slot.name], path);
        request.headers = headersFor(slotHostHeader(m_target, slot), m_target.health.headers);
        request.headers.emplaceBack("Connection", "close");
        request.tls = QSslConfiguration::defaultConfiguration();
        return request;
    }

    void trySlot(const Slot& slot)
    {
        SlotTry& result = m_tries.slots[slot.name];
        result.url = QUrl(m_target.health.scheme + u"://"_s + slot.server + m_target.health.path);
        result.error = u"timeout"_s;
        send(slotRequest(slot, m_target.health.path),
            [this, name = slot.name](const signalr::HttpResponse& response, double ms) {
                SlotTry& asked = m_tries.slots[name];
                asked.status = response.status;
                asked.error = response.failure ? response.failure->text : QString();
                asked.body = response.body.left(keptBodyBytes);
                asked.ms = ms;
            });
        if (m_target.health.hub && m_target.witness && m_target.witness->hub)
            tryHub(slot);
    }

    void tryHub(const Slot& slot)
    {
        const QUrl base = tunnelUrl(m_target.health.scheme, *m_tunnels[slot.name], u"/"_s);
        m_tries.slots[slot.name].hub = {signalr::FailureKind::ConnectTimeout, u"timeout"_s};
        shakeHands(hubOptions(*m_target.witness->hub, base, slotHostHeader(m_target, slot)),
            [this, name = slot.name](
                const signalr::Failure& failure) { m_tries.slots[name].hub = failure; });
    }

    /// One handshake of a new client; it says good-bye by itself.
    void shakeHands(
        const signalr::HubOptions& options, std::function<void(const signalr::Failure&)> done)
    {
        begin();
        m_probes.emplace_back(options).run(1, 1,
            [this, done = std::move(done)](const std::vector<signalr::HandshakeResult>& results) {
                done(results.front().failure);
                end();
            });
    }

    // --- affinity: each client is new, so that it knows no slot

    void startAffinity(qsizetype entry)
    {
        const HubProbeSpec& spec = *m_target.witness->hub;
        m_entry = m_trial.entries[entry];
        m_tries.affinity = AffinityTry {m_entry.url, 0, 0, 0, {}, m_entry.throughTunnel};
        m_started = 1;
        shakeHands(hubOptions(spec, m_entry.url, m_entry.hostHeader),
            [this, entry](const signalr::Failure& failure) {
                const bool isReached = failure.kind != signalr::FailureKind::Refused
                    && failure.kind != signalr::FailureKind::Network
                    && failure.kind != signalr::FailureKind::ConnectTimeout;
                if (!isReached && entry + 1 < m_trial.entries.size()) {
                    startAffinity(entry + 1);
                    return;
                }
                count(failure);
                if (isReached)
                    for (int i = 0; i < attemptsAtOnce; ++i)
                        tryAffinity();
            });
    }

    void tryAffinity()
    {
        if (m_started >= m_trial.attempts)
            return;
        ++m_started;
        shakeHands(hubOptions(*m_target.witness->hub, m_entry.url, m_entry.hostHeader),
            [this](const signalr::Failure& failure) {
                count(failure);
                tryAffinity();
            });
    }

    void count(const signalr::Failure& failure)
    {
        AffinityTry& affinity = *m_tries.affinity;
        ++affinity.attempts;
        if (failure.kind == signalr::FailureKind::None)
            return;
        ++affinity.failed;
        affinity.lastFailure = failure;
        if (failure.kind == signalr::FailureKind::HttpStatus && failure.code == 404)
            ++affinity.notFound;
    }

    // --- session: a cookie that one slot gave, shown to each of the others

    void startSessions()
    {
        if (!m_target.witness || !m_target.witness->session || m_trial.upSlots.size() < 2
            || m_tries.tunnelError)
            return;
        const Slot& first = *m_trial.upSlots.constFirst();
        send(slotRequest(first, m_target.witness->session->path),
            [this](const signalr::HttpResponse& response, double) { goOn(response); });
    }

    void goOn(const signalr::HttpResponse& first)
    {
        QStringList names;
        QByteArray cookies;
        for (const QNetworkCookie& cookie : first.cookies) {
            names << QString::fromUtf8(cookie.name());
            cookies += (cookies.isEmpty() ? "" : "; ")
                + cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
        }
        m_tries.sessionHasCookie = !names.isEmpty();
        for (const Slot* slot : m_trial.upSlots.mid(1)) {
            const qsizetype index = m_tries.sessions.size();
            m_tries.sessions << SessionTry {
                m_trial.upSlots.constFirst()->name, slot->name, first.body, {}, names, {}, false};
            if (names.isEmpty() || first.failure)
                continue;
            signalr::HttpRequest request = slotRequest(*slot, m_target.witness->session->path);
            request.headers.emplaceBack("Cookie", cookies);
            send(request, [this, index](const signalr::HttpResponse& response, double) {
                SessionTry& session = m_tries.sessions[index];
                session.answered = !response.failure;
                session.after = response.body;
                for (const QNetworkCookie& cookie : response.cookies)
                    if (session.cookies.contains(QString::fromUtf8(cookie.name())))
                        session.setAgain << QString::fromUtf8(cookie.name());
            });
        }
    }

    const Target& m_target;
    const Trial& m_trial;
    Tries m_tries;
    std::map<QString, std::unique_ptr<Tunnel>> m_tunnels;
    signalr::QtHttpClient m_http;
    std::list<std::unique_ptr<signalr::HttpCall>> m_calls;
    std::list<signalr::HandshakeProbe> m_probes;
    Entry m_entry;
    QEventLoop m_loop;
    int m_pending = 0;
    int m_started = 0;
};

} // namespace

QByteArray slotHostHeader(const Target& target, const Slot& slot)
{
    if (!target.health.hostHeader.isEmpty())
        return target.health.hostHeader.toUtf8();
    const QUrl url(target.witness ? target.witness->url : QString());
    if (url.host().isEmpty())
        return slot.server.toUtf8();
    return url.port() < 0 ? url.host().toUtf8()
                          : url.host().toUtf8() + ':' + QByteArray::number(url.port());
}

Tries tryClients(const Target& target, Hosts& hosts, const Trial& trial, std::stop_token stop)
{
    return Trying(target, trial).run(hosts, stop);
}

} // namespace gapless::doctor
