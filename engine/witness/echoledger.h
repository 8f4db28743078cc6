// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/verdictfold.h"

#include <QByteArrayView>
#include <QSet>
#include <deque>
#include <map>
#include <vector>

namespace gapless {

/// Keeps the books of numbered messages: who sent which, who got it, what is missing. No I/O.
///
/// Who should get a message is learnt in the baseline: every client (a broadcast) or its sender
/// alone. A message counts as sent once the hub has confirmed the call. It is lost where one client
/// that should have got it never did; inside a gap where it was sent while that client, or its
/// sender, was not connected or about to be lost.
///
/// A message that comes a second time is a duplicate, unless it was sent before the receiver's
/// present connection began: then the site replays its history to whoever connects.
class EchoLedger {
public:
    enum class Reach {
        Unknown, ///< no message came back to anybody
        All,
        Sender,
    };

    /// `nonce` tells this run's messages from those of others: letters and digits.
    explicit EchoLedger(const QString& nonce);

    void connected(int client, qint64 atUs);
    void dropped(int client, qint64 atUs);
    /// It gave up: nothing is expected of it any more.
    void closed(int client);

    /// All clients are there: messages count from here on, and learn() looks at them alone.
    void begin(qint64 atUs);
    /// The token of a message that `sender` sends now.
    QString send(int sender, qint64 atUs);
    void confirmed(const QString& token);
    /// The call failed; whether the message travels all the same is not known.
    void failed(const QString& token);
    /// Looks for tokens in a text that `receiver` got. Returns the round trips in µs of its own
    /// messages, each at its first return.
    QList<qint64> received(int receiver, QByteArrayView text, qint64 atUs);

    /// What the baseline shows of who gets what. `slotOf` names each client's slot; empty: unknown.
    struct Learnt {
        Reach reach = Reach::Unknown;
        bool noBackplane = false; ///< messages do not cross from slot to slot
    };
    Learnt learn(const QMap<int, QString>& slotOf, qint64 nowUs);
    Reach reach() const { return m_reach; }
    /// Since begin() a message of each of `count` different clients came back to its sender.
    bool returnedTo(int count) const { return int(m_returned.size()) >= count; }

    /// Forgets messages older than two minutes, which then are got or lost.
    void settle(qint64 nowUs);
    /// What `client` has missed of what was sent in `span`.
    qint64 missed(int client, const Span& span) const;
    /// The last message that `client` got by then, and the first after; 0: none.
    qint64 lastBefore(int client, qint64 us) const;
    qint64 firstAfter(int client, qint64 us) const;
    /// All that was sent up to `untilUs`: what is younger may still be on its way.
    EchoTotals totals(qint64 untilUs) const;

private:
    using Key = std::pair<int, qint64>; // sender, number
    struct Message {
        qint64 sentUs = 0;
        bool confirmed = false;
        std::vector<bool> got; ///< by client
        std::vector<bool>
            present; ///< clients that were there when it was sent: all but closed ones
    };
    struct Client {
        qint64 connectedUs = 0;
        bool connected = false, closed = false, known = false;
        QList<Span> absences; ///< from the last message before the loss to Connected again
        QMap<int, qint64> highest; ///< sender -> number, of live messages
        std::deque<qint64> arrivals;
    };
    Client& client(int number);
    static std::optional<Key> keyOf(const QString& token, const QString& nonce);
    bool expected(const Key& key, const Message& message, int receiver) const;
    bool absentAround(int client, qint64 sentUs) const;
    void count(const Key& key, const Message& message, EchoTotals& totals) const;
    void receivedOne(int receiver, const Key& key, qint64 atUs, QList<qint64>& roundTrips);

    QString m_nonce;
    QByteArray m_mark;
    std::vector<Client> m_clients;
    std::map<Key, Message> m_messages;
    std::map<int, qint64> m_next;
    QSet<int> m_returned;
    qint64 m_beginUs = 0;
    Reach m_reach = Reach::Unknown;
    EchoTotals m_settled; ///< of forgotten messages, and of what is counted as it happens
};

} // namespace gapless
