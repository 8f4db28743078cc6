// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>
#include <chrono>

class QJsonValue;

namespace gapless {

/// What a remote program, an image or a file said, fit to be shown: terminal escapes, control
/// characters and bidirectional overrides are gone, line ends are `\n`, tabs are spaces. Every text
/// that nobody vouches for passes through here before it reaches a terminal, a window or a report.
QString printable(const QString& untrusted);

/// printable() on one line, cut to `limit` characters with an ellipsis.
QString printableLine(const QString& untrusted, int limit = 400);

/// 18,204: by the default locale.
QString countText(qint64 number);
/// 38 ms, 1.2 s, 2 min 10 s, 1 h 4 min: by the default locale.
QString durationText(std::chrono::milliseconds duration);
/// 38 ms, 0.4 ms: a probe's time, with the places that mean something.
QString millisecondsText(double milliseconds);
/// 10 %, 10.4 %: with a place where it is not whole.
QString percentText(double percent);
/// 215 MB: by the default locale, in powers of 1000 as docker says it.
QString bytesText(qint64 bytes);
/// An RFC 3339 instant in local time, by the default locale; the text itself where it is none.
QString instantText(const QString& rfc3339);

/// A value of Error::facts on one line: numbers without grouping (ports, exit codes), lists joined.
QString factText(const QJsonValue& value);

} // namespace gapless
