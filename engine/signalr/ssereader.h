// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace gapless::signalr {

/// Server-sent events, as they come in any pieces; only their data matters here. No I/O.
class SseReader {
public:
    /// The data of each event that is whole now. Throws ProtocolError where one grows past 256 MiB.
    QList<QByteArray> take(QByteArrayView piece);

private:
    void line(QByteArrayView text, QList<QByteArray>& events);

    QByteArray m_line; ///< what has come of a line
    QByteArray m_data; ///< of the event that is being read
    bool m_hasData = false;
    bool m_afterCr = false; ///< a line feed now belongs to that line's end
    bool m_started = false; ///< past the place for a byte order mark
};

} // namespace gapless::signalr
