// SPDX-License-Identifier: MIT
#include "engine/signalr/ssereader.h"

#include "engine/signalr/failure.h"

#include <algorithm>

namespace gapless::signalr {

namespace {

constexpr qsizetype longest = 256 * 1024 * 1024;
constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

} // namespace

QList<QByteArray> SseReader::take(QByteArrayView piece)
{
    QList<QByteArray> events;
    while (!piece.isEmpty()) {
        if (std::exchange(m_afterCr, false) && piece.front() == '\n') {
            piece = piece.sliced(1);
            continue;
        }
        const auto end = std::find_if(
            piece.begin(), piece.end(), [](char c) { return c == '\n' || c == '\r'; });
        const qsizetype length = end - piece.begin();
        if (m_line.size() + length > longest || m_data.size() + length > longest)
            throw ProtocolError("Server-sent event too big.");
        if (end == piece.end()) {
            m_line.append(piece);
            break;
        }
        m_afterCr = *end == '\r';
        if (m_line.isEmpty()) {
            line(piece.first(length), events);
        } else {
            m_line.append(piece.first(length));
            line(m_line, events);
            m_line.clear();
        }
        piece = piece.sliced(length + 1);
    }
    return events;
}

void SseReader::line(QByteArrayView text, QList<QByteArray>& events)
{
    if (!std::exchange(m_started, true) && text.startsWith(byteOrderMark))
        text = text.sliced(byteOrderMark.size());
    if (text.isEmpty()) {
        if (std::exchange(m_hasData, false))
            events.append(std::exchange(m_data, {}));
        return;
    }
    const qsizetype colon = text.indexOf(':');
    if ((colon < 0 ? text : text.first(colon)) != "data")
        return; // comments, and fields that say nothing to a hub
    QByteArrayView value = colon < 0 ? QByteArrayView() : text.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    if (std::exchange(m_hasData, true))
        m_data.append('\n');
    m_data.append(value);
}

} // namespace gapless::signalr
