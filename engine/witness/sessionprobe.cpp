// SPDX-License-Identifier: MIT
#include "engine/witness/sessionprobe.h"

#include <QNetworkCookie>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {
namespace {

constexpr auto interval = 500ms;

} // namespace

SessionLedger::Judged SessionLedger::judge(
    const QByteArray& body, const QSet<QByteArray>& sentCookies, const QSet<QByteArray>& setCookies)
{
    static const QRegularExpression number(u"-?\\d{1,18}"_s);
    const QByteArray value = body.trimmed();
    const QString digits = number.match(QString::fromUtf8(value)).captured();
    if (m_increasing ? digits.isEmpty() : value.isEmpty()) {
        ++m_unreadable;
        return Judged::Unreadable;
    }
    const qint64 now = digits.toLongLong();
    const bool first = !m_value;
    const bool kept = first || (m_increasing ? now > m_number : value == *m_value);
    m_value = value;
    m_number = now;
    if (first)
        return Judged::First;
    if (kept)
        return Judged::Kept;
    if (sentCookies.intersects(setCookies))
        ++m_lostWithNewCookie;
    else
        ++m_lostWithSameCookie;
    return Judged::Lost;
}

SessionProbe::SessionProbe(const SessionProbeSpec& spec, Destination& destination,
    const WitnessClock& clock, std::chrono::milliseconds timeout, SampleSink sink)
    : m_spec(spec)
    , m_destination(destination)
    , m_clock(clock)
    , m_timeoutUs(timeout.count() * 1000)
    , m_sink(std::move(sink))
    , m_ledger(spec.increasing)
{
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { turn(); });
}

SessionProbe::~SessionProbe() = default;

void SessionProbe::start()
{
    m_timer.start(interval);
    turn();
}

void SessionProbe::stop()
{
    m_timer.stop();
}

void SessionProbe::turn()
{
    // One visit at a time: two of one session would wait for each other at the site's lock.
    if (underWay()) {
        if (m_clock.nowUs() - m_askedUs > m_timeoutUs)
            m_connection->expire();
        return;
    }
    QByteArray cookies;
    m_sentCookies.clear();
    for (const QNetworkCookie& cookie : m_cookies.cookiesForUrl(m_destination.url(m_spec.path))) {
        cookies
            += (cookies.isEmpty() ? "" : "; ") + cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
        m_sentCookies.insert(cookie.name());
    }
    QList<QByteArray> headers {"Connection: close"};
    if (!cookies.isEmpty())
        headers.append("Cookie: " + cookies);
    m_askedUs = m_clock.nowUs();
    m_connection = std::make_unique<HttpConnection>(m_destination, m_poll);
    m_connection->ask(m_destination.request("GET", m_spec.path, headers),
        [this](Sample::Cause cause, const HttpResponse& response) { answered(cause, response); });
}

void SessionProbe::answered(Sample::Cause cause, const HttpResponse& response)
{
    Sample sample {.atUs = m_askedUs,
        .latencyUs = quint32(m_clock.nowUs() - m_askedUs),
        .status = quint16(response.status()),
        .probe = Sample::Probe::Session,
        .cause = cause};
    if (cause == Sample::Cause::None && response.status() != 200)
        sample.cause = Sample::Cause::Status;
    if (sample.cause != Sample::Cause::None)
        return m_sink(sample);

    const QUrl url = m_destination.url(m_spec.path);
    QList<QNetworkCookie> set;
    for (const QByteArray& header : response.headers("set-cookie"))
        set += QNetworkCookie::parseCookies(header);
    m_cookies.setCookiesFromUrl(set, url);
    QSet<QByteArray> names;
    for (const QNetworkCookie& cookie : set)
        names.insert(cookie.name());
    switch (m_ledger.judge(response.body(), m_sentCookies, names)) {
    case SessionLedger::Judged::Lost:
        sample.cause = Sample::Cause::Lost;
        break;
    case SessionLedger::Judged::Unreadable:
        sample.cause = Sample::Cause::Malformed;
        break;
    case SessionLedger::Judged::First:
        return; // nothing was compared
    case SessionLedger::Judged::Kept:
        break;
    }
    m_sink(sample);
}

} // namespace gapless
