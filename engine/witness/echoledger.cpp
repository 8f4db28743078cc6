// SPDX-License-Identifier: MIT
#include "engine/witness/echoledger.h"

#include <algorithm>

namespace gapless {
namespace {

constexpr qint64 forgottenUs = 120'000'000;
// A server that is about to die may have taken a message and not passed it on; a client that has
// just connected may not be subscribed yet.
constexpr qint64 marginUs = 1'000'000;
constexpr qint64 settledUs = 500'000; ///< a message that old has reached whom it reaches
constexpr size_t arrivalsKept = 512;

} // namespace

EchoLedger::EchoLedger(const QString& nonce)
    : m_nonce(nonce)
    , m_mark(nonce.toLatin1() + '-')
{
}

EchoLedger::Client& EchoLedger::client(int number)
{
    if (size_t(number) >= m_clients.size())
        m_clients.resize(size_t(number) + 1);
    m_clients[size_t(number)].known = true;
    return m_clients[size_t(number)];
}

void EchoLedger::begin(qint64 atUs)
{
    m_beginUs = atUs;
    m_returned.clear();
}

void EchoLedger::connected(int number, qint64 atUs)
{
    Client& who = client(number);
    if (!who.absences.isEmpty() && who.absences.last().toUs == Span::open)
        who.absences.last().toUs = atUs;
    who.connected = true;
    who.connectedUs = atUs;
}

void EchoLedger::dropped(int number, qint64 atUs)
{
    const qint64 last = lastBefore(number, atUs);
    Client& who = client(number);
    who.connected = false;
    who.absences.append({last > 0 ? last : atUs, Span::open});
}

void EchoLedger::closed(int number)
{
    client(number).closed = true;
    client(number).connected = false;
}

QString EchoLedger::send(int sender, qint64 atUs)
{
    const qint64 number = ++m_next[sender];
    Message message;
    message.sentUs = atUs;
    message.got.resize(m_clients.size());
    message.present.resize(m_clients.size());
    for (size_t i = 0; i < m_clients.size(); ++i)
        message.present[i] = m_clients[i].known && !m_clients[i].closed;
    m_messages.emplace(Key {sender, number}, std::move(message));
    return QString::fromLatin1(m_mark) + QString::number(sender) + u'-' + QString::number(number);
}

std::optional<EchoLedger::Key> EchoLedger::keyOf(const QString& token, const QString& nonce)
{
    const QStringList parts = token.split(u'-');
    if (parts.size() != 3 || parts.at(0) != nonce)
        return std::nullopt;
    return Key {parts.at(1).toInt(), parts.at(2).toLongLong()};
}

void EchoLedger::confirmed(const QString& token)
{
    const auto key = keyOf(token, m_nonce);
    if (const auto found = key ? m_messages.find(*key) : m_messages.end();
        found != m_messages.end())
        found->second.confirmed = true;
}

void EchoLedger::failed(const QString& token)
{
    // Kept: it may arrive all the same, and is then neither foreign nor a duplicate.
    if (const auto key = keyOf(token, m_nonce))
        if (const auto found = m_messages.find(*key); found != m_messages.end())
            found->second.confirmed = false;
}

QList<qint64> EchoLedger::received(int receiver, QByteArrayView text, qint64 atUs)
{
    QList<qint64> roundTrips;
    qsizetype at = text.indexOf(m_mark);
    while (at >= 0) {
        const auto number = [&](char end) {
            qint64 value = -1;
            while (at < text.size() && text[at] >= '0' && text[at] <= '9')
                value = std::max<qint64>(value, 0) * 10 + (text[at++] - '0');
            if (end != '\0' && (at >= text.size() || text[at++] != end))
                return qint64(-1);
            return value;
        };
        at += m_mark.size();
        const qint64 sender = number('-');
        const qint64 count = sender < 0 ? -1 : number('\0');
        if (count >= 0)
            receivedOne(receiver, {int(sender), count}, atUs, roundTrips);
        at = text.indexOf(m_mark, at);
    }
    return roundTrips;
}

void EchoLedger::receivedOne(int receiver, const Key& key, qint64 atUs, QList<qint64>& roundTrips)
{
    Client& who = client(receiver);
    const auto found = m_messages.find(key);
    if (found == m_messages.end())
        return; // settled long ago: a history
    Message& message = found->second;
    const bool replay = message.sentUs < who.connectedUs;
    message.got.resize(std::max(message.got.size(), size_t(receiver) + 1));
    if (!replay) {
        who.arrivals.push_back(atUs);
        if (who.arrivals.size() > arrivalsKept)
            who.arrivals.pop_front();
    }
    if (message.got[size_t(receiver)]) {
        m_settled.duplicated += !replay;
        return;
    }
    message.got[size_t(receiver)] = true;
    if (replay)
        return;
    qint64& highest = who.highest[key.first];
    m_settled.outOfOrder += key.second < highest;
    highest = std::max(highest, key.second);
    if (receiver == key.first) {
        roundTrips.append(atUs - message.sentUs);
        if (message.sentUs >= m_beginUs)
            m_returned.insert(receiver);
    }
}

EchoLedger::Learnt EchoLedger::learn(const QMap<int, QString>& slotOf, qint64 nowUs)
{
    int others = 0, othersGot = 0; // of clients that are not the sender
    int sameSlot = 0;
    int otherSlot = 0, otherSlotGot = 0;
    for (const auto& [key, message] : m_messages) {
        if (!message.confirmed || message.sentUs < m_beginUs || nowUs - message.sentUs < settledUs)
            continue;
        for (size_t i = 0; i < m_clients.size(); ++i) {
            // Only those that were connected all the while can say anything.
            if (int(i) == key.first || !m_clients[i].connected
                || m_clients[i].connectedUs >= message.sentUs)
                continue;
            const bool got = i < message.got.size() && message.got[i];
            ++others;
            othersGot += got;
            const QString from = slotOf.value(key.first);
            const QString to = slotOf.value(int(i));
            const bool known = !from.isEmpty() && !to.isEmpty();
            sameSlot += known && from == to;
            otherSlot += known && from != to;
            otherSlotGot += known && from != to && got;
        }
    }
    Learnt learnt;
    if (m_returned.isEmpty() && othersGot == 0)
        return learnt; // the hub does not do what the target says of it
    learnt.reach = others > 0 && othersGot == others ? Reach::All : Reach::Sender;
    // With nobody else on the sender's slot, a hub that answers its caller alone looks the same as
    // one without a backplane; two slots that do not hear each other are then reported.
    const bool answersCallerOnly = othersGot == 0 && sameSlot > 0;
    learnt.noBackplane = !answersCallerOnly
        && (otherSlot > 0 ? otherSlotGot == 0 : othersGot > 0 && othersGot < others);
    m_reach = learnt.reach;
    return learnt;
}

bool EchoLedger::expected(const Key& key, const Message& message, int receiver) const
{
    const size_t index = size_t(receiver);
    if (index >= message.present.size() || !message.present[index])
        return false;
    return (receiver == key.first && m_reach != Reach::Unknown) || m_reach == Reach::All;
}

bool EchoLedger::absentAround(int number, qint64 sentUs) const
{
    const auto& absences = m_clients[size_t(number)].absences;
    return std::any_of(absences.cbegin(), absences.cend(), [sentUs](const Span& span) {
        return sentUs >= span.fromUs - marginUs
            && (span.toUs == Span::open || sentUs <= span.toUs + marginUs);
    });
}

void EchoLedger::count(const Key& key, const Message& message, EchoTotals& totals) const
{
    if (!message.confirmed || message.sentUs < m_beginUs)
        return;
    ++totals.sent;
    bool lost = false;
    bool outside = false;
    for (size_t i = 0; i < m_clients.size(); ++i) {
        const bool got = i < message.got.size() && message.got[i];
        if (got || !expected(key, message, int(i)))
            continue;
        lost = true;
        outside = outside
            || (!absentAround(int(i), message.sentUs) && !absentAround(key.first, message.sentUs));
    }
    totals.lost += lost;
    totals.lostOutsideGaps += outside;
}

void EchoLedger::settle(qint64 nowUs)
{
    for (auto it = m_messages.begin(); it != m_messages.end();) {
        if (nowUs - it->second.sentUs < forgottenUs) {
            ++it;
            continue;
        }
        count(it->first, it->second, m_settled);
        it = m_messages.erase(it);
    }
}

qint64 EchoLedger::missed(int number, const Span& span) const
{
    qint64 missed = 0;
    for (const auto& [key, message] : m_messages)
        missed += message.confirmed && span.contains(message.sentUs)
            && expected(key, message, number)
            && (size_t(number) >= message.got.size() || !message.got[size_t(number)]);
    return missed;
}

qint64 EchoLedger::lastBefore(int number, qint64 us) const
{
    if (size_t(number) >= m_clients.size())
        return 0;
    const auto& arrivals = m_clients[size_t(number)].arrivals;
    const auto after = std::upper_bound(arrivals.cbegin(), arrivals.cend(), us);
    return after == arrivals.cbegin() ? 0 : *std::prev(after);
}

qint64 EchoLedger::firstAfter(int number, qint64 us) const
{
    if (size_t(number) >= m_clients.size())
        return 0;
    const auto& arrivals = m_clients[size_t(number)].arrivals;
    const auto after = std::upper_bound(arrivals.cbegin(), arrivals.cend(), us);
    return after == arrivals.cend() ? 0 : *after;
}

EchoTotals EchoLedger::totals(qint64 untilUs) const
{
    EchoTotals totals = m_settled;
    for (const auto& [key, message] : m_messages)
        if (message.sentUs <= untilUs)
            count(key, message, totals);
    return totals;
}

} // namespace gapless
