// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <optional>

namespace gapless {

/// What the witness saw from the users' side during a run. A probe that was off is absent.
struct Verdict {
    Q_GADGET
public:
    enum class Word { Unbroken, Recovered, Broken, Invalid, NotMeasured };
    Q_ENUM(Word)

    struct Http {
        qint64 sent = 0;
        /// On fresh connections; a probe that was due and not sent counts as failed.
        qint64 failed = 0;
        double p50Ms = 0;
        double p99Ms = 0;
        double maxMs = 0;
        qint64 keepAliveSent = 0;
        qint64 keepAliveFailed = 0;
        bool operator==(const Http&) const = default;
    };
    struct Session {
        qint64 checked = 0;
        qint64 lost = 0;
        bool operator==(const Session&) const = default;
    };
    struct Signalr {
        qint64 connections = 0;
        qint64 reconnects = 0;
        qint64 closed = 0;
        double maxGapMs = 0; ///< transport loss detected to Connected again, monotonic clock
        double silenceMs = 0; ///< last message before to first message after
        qint64 sent = 0;
        qint64 lost = 0;
        qint64 duplicated = 0;
        qint64 outOfOrder = 0;
        bool operator==(const Signalr&) const = default;
    };

    Word word = Word::NotMeasured;
    /// Unbroken or recovered, no failed fresh request above the limit, no lost session.
    bool clean = false;
    /// An identifier where `word` is broken or invalid: `closed`, `gap`, `stalled`, `noBaseline` …
    QString why;
    std::optional<Http> http;
    std::optional<Session> session;
    std::optional<Signalr> signalr;
    /// What the numbers alone do not say, as objects with an `id` and its facts: `slotUncovered`
    /// {slot}, `slotsUnknown`, `noBackplane`, `dataProtection` {lost}, `sessionStore` {lost},
    /// `stalled` {count, maxMs}, `ownNetwork` {count, ms}, `unexplainedDrop` {connection, slot,
    /// cause}, `killedStop` {slot}, `lostOutsideGaps` {count}, `echoNotReturned`, `connectFailed`
    /// {count, cause}, `sessionUnreadable` {count}, `versionsSeen` {versions},
    /// `samplesIncomplete` {file}, `certificate` {text} …
    QJsonArray notes;
    bool operator==(const Verdict&) const = default;
};

QJsonObject toJson(const Verdict& verdict);
Verdict verdictFromJson(const QJsonObject& json);

} // namespace gapless
