// SPDX-License-Identifier: MIT
#include "engine/witness/httpresponse.h"

#include <QList>
#include <algorithm>

namespace gapless {
namespace {

constexpr qsizetype headLimit = 64 * 1024;
constexpr qsizetype lineLimit = 4096;

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

bool hasToken(QByteArrayView list, QByteArrayView token)
{
    for (const QByteArray& item : list.toByteArray().toLower().split(','))
        if (item.trimmed() == token)
            return true;
    return false;
}

} // namespace

HttpResponse::HttpResponse(qsizetype bodyLimit)
    : m_bodyLimit(bodyLimit)
{
}

HttpResponse::State HttpResponse::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_state != State::Broken) {
        if (m_state == State::Done) {
            m_excess = true;
            break;
        }
        bytes = m_state == State::Body ? takeBody(bytes) : takeHead(bytes);
    }
    return m_state;
}

HttpResponse::State HttpResponse::end()
{
    if (m_state == State::Body && m_framing == Framing::Connection)
        m_state = State::Done;
    return m_state;
}

QByteArrayView HttpResponse::takeHead(QByteArrayView bytes)
{
    m_state = State::Head;
    // The blank line may be split over two reads: look again from shortly before what is new.
    const qsizetype from = std::max<qsizetype>(0, m_head.size() - 3);
    const qsizetype before = m_head.size();
    m_head.append(bytes.data(), bytes.size());
    const qsizetype blank = m_head.indexOf("\r\n\r\n", from);
    if (blank < 0) {
        if (m_head.size() > headLimit || !QByteArrayView("HTTP/1.").startsWith(m_head.left(7)))
            m_state = State::Broken;
        return {};
    }
    const qsizetype used = blank + 4 - before;
    m_head.truncate(blank + 2);
    readHead();
    return bytes.sliced(used);
}

void HttpResponse::readHead()
{
    // "HTTP/1.1 200 OK"
    bool isNumber = false;
    m_status = m_head.mid(9, 3).toInt(&isNumber);
    if (!m_head.startsWith("HTTP/1.") || m_head.at(8) != ' ' || !isNumber || m_status < 100) {
        m_state = State::Broken;
        return;
    }
    if (m_status < 200 && m_status != 101) {
        m_head.clear();
        m_state = State::Head;
        return;
    }
    m_keepAlive = m_head.at(7) != '0' && !hasToken(header("connection"), "close");
    const QByteArrayView length = header("content-length");
    m_left = 0;
    if (m_status == 101 || m_status == 204 || m_status == 304) {
        m_framing = Framing::None;
    } else if (hasToken(header("transfer-encoding"), "chunked")) {
        m_framing = Framing::Chunks;
    } else if (!length.isEmpty()) {
        m_framing = Framing::Length;
        m_left = length.toByteArray().toULongLong(&isNumber);
        if (!isNumber) {
            m_state = State::Broken;
            return;
        }
    } else {
        m_framing = Framing::Connection;
        m_keepAlive = false;
    }
    const bool empty = m_framing == Framing::None || (m_framing == Framing::Length && m_left == 0);
    m_state = empty ? State::Done : State::Body;
}

void HttpResponse::keep(QByteArrayView bytes)
{
    m_bodyBytes += bytes.size();
    const qsizetype room = std::max<qsizetype>(0, m_bodyLimit - m_body.size());
    m_body.append(bytes.data(), std::min(room, bytes.size()));
}

QByteArrayView HttpResponse::takeBody(QByteArrayView bytes)
{
    if (m_framing == Framing::Chunks)
        return takeChunks(bytes);
    if (m_framing == Framing::Connection) {
        keep(bytes);
        return {};
    }
    const auto taken = qsizetype(std::min<quint64>(m_left, quint64(bytes.size())));
    keep(bytes.first(taken));
    m_left -= quint64(taken);
    if (m_left == 0)
        m_state = State::Done;
    return bytes.sliced(taken);
}

QByteArrayView HttpResponse::takeChunks(QByteArrayView bytes)
{
    if (m_chunk == Chunk::Data) {
        const auto taken = qsizetype(std::min<quint64>(m_left, quint64(bytes.size())));
        keep(bytes.first(taken));
        m_left -= quint64(taken);
        if (m_left == 0)
            m_chunk = Chunk::DataEnd;
        return bytes.sliced(taken);
    }
    const qsizetype newline = bytes.indexOf('\n');
    m_line.append(bytes.data(), newline < 0 ? bytes.size() : newline);
    if (newline < 0) {
        if (m_line.size() > lineLimit)
            m_state = State::Broken;
        return {};
    }
    const QByteArray line = m_line.trimmed();
    m_line.clear();
    if (m_chunk == Chunk::DataEnd) {
        m_chunk = Chunk::Size;
        if (!line.isEmpty())
            m_state = State::Broken;
    } else if (m_chunk == Chunk::Size) {
        bool isNumber = false;
        m_left = line.split(';').constFirst().trimmed().toULongLong(&isNumber, 16);
        m_chunk = m_left == 0 ? Chunk::Trailer : Chunk::Data;
        if (!isNumber)
            m_state = State::Broken;
    } else if (line.isEmpty()) {
        m_state = State::Done;
    }
    return bytes.sliced(newline + 1);
}

template <typename Visitor> void HttpResponse::eachHeader(Visitor&& visit) const
{
    const QByteArrayView head(m_head);
    qsizetype at = head.indexOf('\n') + 1;
    while (at > 0 && at < head.size()) {
        const qsizetype end = head.indexOf('\n', at);
        const QByteArrayView line = head.sliced(at, (end < 0 ? head.size() : end) - at);
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && !visit(line.first(colon), line.sliced(colon + 1).trimmed()))
            return;
        at = end + 1;
    }
}

QByteArrayView HttpResponse::header(QByteArrayView name) const
{
    QByteArrayView found;
    eachHeader([&](QByteArrayView key, QByteArrayView value) {
        const bool same = sameName(key, name);
        if (same)
            found = value;
        return !same;
    });
    return found;
}

QList<QByteArray> HttpResponse::headers(QByteArrayView name) const
{
    QList<QByteArray> found;
    eachHeader([&](QByteArrayView key, QByteArrayView value) {
        if (sameName(key, name))
            found.append(value.toByteArray());
        return true;
    });
    return found;
}

} // namespace gapless
