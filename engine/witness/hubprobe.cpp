// SPDX-License-Identifier: MIT
#include "engine/witness/hubprobe.h"

#include "engine/model/error.h"

#include <QHash>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

constexpr qint64 learnUs = 1'500'000; ///< who gets whose messages is learnt from so much of them
constexpr qint64 deliveryUs = 1'000'000; ///< a message younger than that may still be on its way

signalr::HubOptions hubOptions(const HubProbeSpec& spec, const QUrl& url,
    const HubProbe::Options& options, const std::shared_ptr<signalr::HttpClient>& http)
{
    using Type = signalr::TransportType;
    signalr::HubOptions hub;
    hub.http.url = url;
    hub.http.skipNegotiation = spec.skipNegotiation;
    hub.http.http = http;
    const QString transport = spec.transport.toLower();
    if (transport == u"websockets" || spec.skipNegotiation)
        hub.http.transports = Type::WebSockets;
    else if (transport == u"serversentevents")
        hub.http.transports = Type::ServerSentEvents;
    else if (transport == u"longpolling")
        hub.http.transports = Type::LongPolling;
    if (!options.accessToken.isEmpty())
        hub.http.accessToken
            = [token = options.accessToken](
                  const std::function<void(const QString&)>& ready) { ready(token); };
    if (options.tls)
        hub.http.tls = *options.tls;
    if (spec.protocol.compare(u"messagepack", Qt::CaseInsensitive) == 0)
        hub.protocol = signalr::Encoding::MessagePack;
    signalr::DelayListPolicy::Delays delays;
    for (int delay : spec.reconnectDelaysMs)
        delays.emplace_back(delay);
    hub.reconnect = std::make_shared<signalr::DelayListPolicy>(std::move(delays));
    return hub;
}

/// Letters and digits, so that it needs no escaping wherever a target puts it.
QString newNonce()
{
    return u"gx"_s + QString::number(QRandomGenerator::system()->generate64(), 36);
}

} // namespace

QString causeOf(const signalr::Failure& failure)
{
    using Kind = signalr::FailureKind;
    static const QHash<int, QString> shorter {{int(Kind::CloseMessage), u"close"_s},
        {int(Kind::EndOfStream), u"eof"_s}, {int(Kind::ServerTimeout), u"timeout"_s},
        {int(Kind::ConnectTimeout), u"timeout"_s}, {int(Kind::HandshakeTimeout), u"timeout"_s}};
    if (failure.kind == Kind::HttpStatus)
        return u"http:%1"_s.arg(failure.code);
    return shorter.value(int(failure.kind), idOf(failure.kind));
}

HubProbe::HubProbe(const HubProbeSpec& spec, const QUrl& url, const QList<Slot>& slotList,
    const Identifier& identifier, const WitnessClock& clock, Options options, Callbacks callbacks)
    : m_spec(spec)
    , m_url(url)
    , m_identifier(identifier)
    , m_clock(clock)
    , m_options(std::move(options))
    , m_callbacks(std::move(callbacks))
    , m_http(std::make_shared<signalr::QtHttpClient>())
    , m_ledger(newNonce())
{
    for (const Slot& slot : slotList)
        m_slots.append(slot.name);
    m_wanted = spec.connections > 0 ? spec.connections : std::max<int>(int(m_slots.size()), 1) + 1;
    QObject::connect(&m_echo, &QTimer::timeout, &m_context, [this] { sendEcho(); });
}

HubProbe::~HubProbe()
{
    // Nothing of a connection's last moments comes back to a probe that is half gone.
    for (const auto& member : m_members)
        member->hub->disconnect();
}

void HubProbe::start()
{
    const auto share = m_options.echoEvery / std::max(m_wanted, 1);
    if (m_spec.echo)
        m_echo.start(std::max(m_options.echoAtMost, share));
    openMore();
}

int HubProbe::wantedAtMost() const
{
    return m_spec.connections > 0 ? m_spec.connections
                                  : std::max(m_wanted, 4 * int(m_slots.size()));
}

void HubProbe::openMore()
{
    while (!m_stopped && m_starting < m_options.atOnce && int(m_members.size()) < m_wanted)
        addMember();
}

void HubProbe::addMember()
{
    Member& member = *m_members.emplace_back(std::make_unique<Member>());
    member.number = int(m_members.size());
    member.hub
        = std::make_unique<signalr::HubConnection>(hubOptions(m_spec, m_url, m_options, m_http));
    QObject::connect(member.hub.get(), &signalr::HubConnection::dropChanged, &m_context,
        [this, &member](const signalr::Drop& drop) { dropChanged(member, drop); });
    QObject::connect(member.hub.get(), &signalr::HubConnection::closed, &m_context,
        [this, &member] { gaveUp(member, m_clock.nowUs()); });
    if (m_spec.echo)
        member.hub->on(m_spec.echo->expect,
            [this, &member](const signalr::Json& arguments) { heard(member, arguments); });
    connectMember(member);
}

void HubProbe::connectMember(Member& member)
{
    ++m_starting;
    report(member, u"connecting"_s, {}, 0);
    member.hub->start(
        [this, &member](const signalr::Failure& failure) { started(member, failure); });
}

void HubProbe::started(Member& member, const signalr::Failure& failure)
{
    --m_starting;
    if (m_leaving)
        return;
    if (failure.kind == signalr::FailureKind::None) {
        member.identity = identityOf(member);
        member.wasConnected = true;
        m_ledger.connected(member.number, m_clock.nowUs());
        report(member, u"connected"_s, {}, 0);
        openMore();
        decide();
        return;
    }
    ++m_failedStarts;
    m_failedStartCause = causeOf(failure);
    if (failure.kind == signalr::FailureKind::Tls)
        m_tlsFailure = failure.text;
    report(member, u"disconnected"_s, m_failedStartCause, 0);
    // The official clients leave this to the page; people press reload.
    QTimer::singleShot(m_options.retryStart, &m_context, [this, &member] {
        if (!m_stopped)
            connectMember(member);
    });
}

bool HubProbe::slotsKnown() const
{
    return std::any_of(m_members.cbegin(), m_members.cend(),
        [](const auto& member) { return !member->identity.slot.isEmpty(); });
}

QStringList HubProbe::uncovered() const
{
    QStringList missing = m_slots;
    for (const auto& member : m_members)
        missing.removeAll(member->identity.slot);
    return missing;
}

void HubProbe::decide()
{
    if (m_decided || connected() < m_wanted)
        return;
    const bool covered = uncovered().isEmpty() || m_spec.connections > 0;
    if (covered || m_wanted >= wantedAtMost()) {
        m_decided = true;
        m_decidedUs = m_clock.nowUs();
        m_ledger.begin(m_decidedUs);
        return;
    }
    m_wanted = slotsKnown() ? m_wanted + 1 : wantedAtMost();
    openMore();
}

Identity HubProbe::identityOf(const Member& member) const
{
    const signalr::Headers headers = member.hub->answerHeaders();
    return m_identifier.identify(
        [&](const QByteArray& name) {
            return signalr::headerNamed(headers, name).value_or(QByteArray());
        },
        {});
}

void HubProbe::report(
    const Member& member, const QString& state, const QString& reason, int attempt)
{
    ConnectionChanged event;
    event.connection = member.number;
    event.attempt = attempt;
    event.state = state;
    event.reason = reason;
    event.slot = member.identity.slot;
    event.version = member.identity.version;
    m_callbacks.changed(event);
}

void HubProbe::dropChanged(Member& member, const signalr::Drop& drop)
{
    if (m_leaving)
        return;
    if (member.openDrop < 0)
        lost(member, drop);
    else if (drop.end == signalr::Drop::End::Open)
        report(member, u"reconnecting"_s, causeOf(drop.lastFailure), drop.attempts);
    if (drop.end == signalr::Drop::End::Reconnected)
        reconnected(member, drop);
    else if (drop.end == signalr::Drop::End::Closed)
        gaveUp(member, m_clock.us(drop.endedAt));
}

void HubProbe::lost(Member& member, const signalr::Drop& drop)
{
    Drop mine;
    mine.connection = member.number;
    mine.span.fromUs = m_clock.us(drop.lostAt);
    mine.cause = causeOf(drop.cause);
    mine.slotBefore = member.identity.slot;
    mine.versionBefore = member.identity.version;
    member.openDrop = m_drops.size();
    m_drops.append(mine);
    m_ledger.dropped(member.number, mine.span.fromUs);
    if (drop.end != signalr::Drop::End::Closed)
        report(member, u"reconnecting"_s, mine.cause, 0);
}

void HubProbe::reconnected(Member& member, const signalr::Drop& drop)
{
    const qsizetype index = std::exchange(member.openDrop, -1);
    member.identity = identityOf(member);
    Drop& mine = m_drops[index];
    mine.span.toUs = m_clock.us(drop.endedAt);
    mine.attempt = drop.attempts;
    mine.slotAfter = member.identity.slot;
    mine.versionAfter = member.identity.version;
    m_ledger.connected(member.number, mine.span.toUs);
    report(member, u"connected"_s, {}, drop.attempts);
    ++m_unsettled;
    QTimer::singleShot(m_spec.echo ? m_options.settle : std::chrono::milliseconds(0), &m_context,
        [this, number = member.number, index] { finishDrop(number, index); });
}

void HubProbe::finishDrop(int number, qsizetype index)
{
    Drop& drop = m_drops[index];
    const qint64 before = m_ledger.lastBefore(number, drop.span.fromUs);
    const qint64 after = m_ledger.firstAfter(number, drop.span.toUs);
    drop.silenceUs = before > 0 && after > 0 ? after - before : 0;
    drop.lost = m_ledger.missed(number, {before > 0 ? before : drop.span.fromUs, drop.span.toUs});
    --m_unsettled;
    m_callbacks.dropOver(drop);
}

void HubProbe::gaveUp(Member& member, qint64 atUs)
{
    // Told twice: by the drop's end and by closed(); and a connection that never was has no drop.
    if (m_leaving || !member.wasConnected)
        return;
    member.wasConnected = false;
    if (member.openDrop < 0) {
        member.openDrop = m_drops.size();
        Drop atOnce;
        atOnce.connection = member.number;
        atOnce.span.fromUs = atUs;
        atOnce.cause = u"close"_s;
        atOnce.slotBefore = member.identity.slot;
        atOnce.versionBefore = member.identity.version;
        m_drops.append(atOnce);
    }
    Drop& drop = m_drops[member.openDrop];
    drop.closed = true;
    m_ledger.closed(member.number);
    report(member, u"disconnected"_s, drop.cause, 0);
    m_callbacks.dropOver(drop);
    m_callbacks.closed({drop.span.fromUs, atUs});
}

int HubProbe::connected() const
{
    return int(std::count_if(m_members.cbegin(), m_members.cend(), [](const auto& member) {
        return member->hub->state() == signalr::HubConnection::State::Connected;
    }));
}

bool HubProbe::ready() const
{
    if (!m_decided || connected() < m_wanted)
        return false;
    const int senders = std::min(m_wanted, std::max(2, int(m_slots.size()) + 1));
    return !m_spec.echo
        || (m_ledger.returnedTo(senders) && m_clock.nowUs() - m_decidedUs >= learnUs);
}

void HubProbe::baselineOver()
{
    m_baselineOver = true;
    if (!std::exchange(m_decided, true))
        m_ledger.begin(m_clock.nowUs());
    QMap<int, QString> slotOf;
    for (const auto& member : m_members)
        slotOf.insert(member->number, member->identity.slot);
    m_slotsUnknown = !slotsKnown();
    m_uncovered = uncovered();
    m_learnt = m_ledger.learn(slotOf, m_clock.nowUs());
}

void HubProbe::stop()
{
    m_stopped = true;
    m_stoppedUs = m_clock.nowUs();
    m_echo.stop();
}

bool HubProbe::underWay() const
{
    const bool reconnecting
        = std::any_of(m_members.cbegin(), m_members.cend(), [](const auto& member) {
              return member->hub->state() == signalr::HubConnection::State::Reconnecting;
          });
    const bool delivering = m_spec.echo && m_stoppedUs > 0 && connected() > 0
        && m_clock.nowUs() - m_stoppedUs < deliveryUs;
    return reconnecting || delivering || m_echoesUnderWay > 0 || m_unsettled > 0;
}

void HubProbe::leave(std::function<void()> done)
{
    m_stopped = m_leaving = true;
    auto left = std::make_shared<int>(1);
    const auto one = [left, done = std::move(done)] {
        if (--*left == 0)
            done();
    };
    for (const auto& member : m_members) {
        if (member->hub->state() == signalr::HubConnection::State::Disconnected)
            continue;
        ++*left;
        member->hub->stop(one);
    }
    one();
}

qint64 HubProbe::longestOpenGapUs() const
{
    qint64 longest = 0;
    for (const auto& member : m_members)
        if (member->openDrop >= 0)
            longest = std::max(longest, m_clock.nowUs() - m_drops.at(member->openDrop).span.fromUs);
    return longest;
}

} // namespace gapless
