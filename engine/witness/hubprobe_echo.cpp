// SPDX-License-Identifier: MIT
// What HubProbe sends into the hub, what comes back, and what that says of the site.
#include "engine/witness/hubprobe.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

constexpr qint64 deliveryUs = 1'000'000; ///< a message younger than that may still be on its way

} // namespace

signalr::Json HubProbe::argumentsWith(const QString& token) const
{
    QByteArray text = QJsonDocument(m_spec.echo->arguments).toJson(QJsonDocument::Compact);
    text.replace("{token}", token.toLatin1());
    return signalr::Json::parse(text.constBegin(), text.constEnd());
}

void HubProbe::sendEcho()
{
    m_ledger.settle(m_clock.nowUs());
    for (size_t i = 0; i < m_members.size(); ++i) {
        Member& member = *m_members[m_nextSender++ % m_members.size()];
        if (member.hub->state() != signalr::HubConnection::State::Connected)
            continue;
        const QString token = m_ledger.send(member.number, m_clock.nowUs());
        ++m_echoesUnderWay;
        member.hub->invoke(m_spec.echo->invoke, argumentsWith(token),
            [this, token](const signalr::InvocationResult& result) {
                --m_echoesUnderWay;
                if (result.ok())
                    m_ledger.confirmed(token);
                else
                    m_ledger.failed(token);
            });
        return;
    }
}

void HubProbe::heard(Member& member, const signalr::Json& arguments)
{
    const qint64 now = m_clock.nowUs();
    const std::string text
        = arguments.dump(-1, ' ', false, signalr::Json::error_handler_t::replace);
    for (qint64 roundTrip :
        m_ledger.received(member.number, QByteArrayView(text.data(), qsizetype(text.size())), now))
        m_callbacks.sample({.atUs = now - roundTrip,
            .latencyUs = quint32(roundTrip),
            .connection = quint16(member.number),
            .probe = Sample::Probe::Echo});
}

EchoTotals HubProbe::echo() const
{
    return m_ledger.totals(m_stoppedUs > 0 ? m_stoppedUs : m_clock.nowUs() - deliveryUs);
}

bool HubProbe::echoMissing() const
{
    return m_spec.echo && m_baselineOver && m_learnt.reach == EchoLedger::Reach::Unknown;
}

QJsonArray HubProbe::notes() const
{
    QJsonArray notes;
    if (!m_slots.isEmpty() && m_slotsUnknown)
        notes.append(QJsonObject {{u"id"_s, u"slotsUnknown"_s}});
    else
        for (const QString& slot : m_uncovered)
            notes.append(QJsonObject {{u"id"_s, u"slotUncovered"_s}, {u"slot"_s, slot}});
    if (m_learnt.noBackplane)
        notes.append(QJsonObject {{u"id"_s, u"noBackplane"_s}});
    if (m_failedStarts > 0)
        notes.append(QJsonObject {{u"id"_s, u"connectFailed"_s}, {u"count"_s, m_failedStarts},
            {u"cause"_s, m_failedStartCause}});
    return notes;
}

} // namespace gapless
