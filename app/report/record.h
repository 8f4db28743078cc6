// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/runstate.h"

#include <QByteArray>
#include <QTimeZone>

namespace gapless {

/// What a report is made of and what it carries: a run's events as bytes, and how they are told.
/// The same record gives the same report, byte for byte (PDF apart), so that verifying one is
/// making it again.
struct ReportRecord {
    /// The event stream: each event as compact JSON with its keys sorted, one a line, each line
    /// ended by `\n`, in the order of `seq`; characters that act and are not seen (control
    /// characters, bidirectional overrides) as `\uXXXX`. Its SHA-256 is the run's fingerprint.
    QByteArray stream;
    QString sha256; ///< of `stream`, lower-case hex
    QList<Event> events;
    RunState state;

    QString language; ///< en, zh_TW
    QTimeZone zone; ///< of the local times
    QDateTime madeAt;
    QString version; ///< of the Gapless that made it
};

/// A line of a stream.
QByteArray streamLine(const QJsonObject& event);
/// JSON without characters that a terminal or an editor would act on; it means the same.
QByteArray inertJson(const QByteArray& json);
QByteArray streamOf(const QList<Event>& events);
ReportRecord makeRecord(const QList<Event>& events, const QString& language, const QTimeZone& zone,
    const QDateTime& madeAt);

/// The language, the zone and the like as the JSON object that every report carries.
QJsonObject headOf(const ReportRecord& record);
/// A record from a report's own head and stream. Nothing where the head is none. `sha256` is of the
/// stream as it is, whatever the head says.
std::optional<ReportRecord> recordFrom(const QJsonObject& head, const QByteArray& stream);

} // namespace gapless
