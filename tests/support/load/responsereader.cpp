// SPDX-License-Identifier: MIT
#include "tests/support/load/responsereader.h"

#include <algorithm>
#include <charconv>

namespace gapless::load {
namespace {

constexpr std::size_t maxHeadBytes = 64 * 1024;
constexpr std::string_view lineEnd = "\r\n";

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// False where the text is not a number of that base from beginning to end.
template <typename Number> bool parse(std::string_view text, Number& number, int base = 10)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace

void ResponseReader::feed(std::string_view bytes)
{
    m_begun = m_begun || !bytes.empty();
    m_pending += bytes;
    if (m_state == State::Head)
        readHead();
    if (m_state == State::Body)
        readBody();
}

void ResponseReader::peerClosed()
{
    m_keepsAlive = false;
    if (m_state == State::Body && m_framing == Framing::UntilClose)
        m_state = State::Done;
}

void ResponseReader::readHead()
{
    const auto end = m_pending.find("\r\n\r\n");
    if (end == std::string::npos) {
        if (m_pending.size() > maxHeadBytes)
            fail();
        return;
    }
    const std::string head = m_pending.substr(0, end + lineEnd.size());
    m_pending.erase(0, end + 2 * lineEnd.size());

    const std::string_view text = head;
    auto at = text.find(lineEnd);
    const std::string_view statusLine = text.substr(0, at);
    if (!statusLine.starts_with("HTTP/1.") || statusLine.size() < 12
        || !parse(statusLine.substr(9, 3), m_status))
        return fail();
    m_keepsAlive = statusLine[7] == '1';
    m_framing = Framing::UntilClose;
    for (at += lineEnd.size(); at < text.size() && m_state == State::Head;) {
        const auto next = text.find(lineEnd, at);
        readHeader(text.substr(at, next - at));
        at = next + lineEnd.size();
    }
    if (m_state != State::Head)
        return;
    if (m_status >= 100 && m_status < 200)
        return readHead(); // "continue" and its like come before the real answer
    if (m_status == 204 || m_status == 304) {
        m_framing = Framing::Length;
        m_remaining = 0;
    }
    m_state = State::Body;
}

void ResponseReader::readHeader(std::string_view line)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos)
        return fail();
    const auto name = line.substr(0, colon);
    const auto value = trimmed(line.substr(colon + 1));
    if (equalsIgnoringCase(name, "content-length")) {
        m_framing = Framing::Length;
        if (!parse(value, m_remaining))
            fail();
    } else if (equalsIgnoringCase(name, "transfer-encoding")) {
        m_framing = Framing::Chunked;
        m_remaining = 0;
    } else if (equalsIgnoringCase(name, "connection")) {
        m_keepsAlive = !equalsIgnoringCase(value, "close");
    } else if (equalsIgnoringCase(name, "x-version")) {
        m_version = value;
    }
}

void ResponseReader::readBody()
{
    switch (m_framing) {
    case Framing::UntilClose:
        m_keepsAlive = false;
        m_pending.clear();
        return;
    case Framing::Chunked:
        return readChunks();
    case Framing::Length: {
        const auto taken = std::min(m_remaining, m_pending.size());
        m_pending.erase(0, taken);
        m_remaining -= taken;
        if (m_remaining == 0)
            m_state = State::Done;
        return;
    }
    }
}

void ResponseReader::readChunks()
{
    while (m_state == State::Body) {
        const auto taken = std::min(m_remaining, m_pending.size());
        m_pending.erase(0, taken);
        m_remaining -= taken;
        if (m_remaining > 0)
            return;
        const auto end = m_pending.find(lineEnd);
        if (end == std::string::npos)
            return;
        if (m_lastChunk) { // a trailer, or the empty line that ends it all
            if (end == 0)
                m_state = State::Done;
        } else {
            const std::string_view size = std::string_view(m_pending).substr(0, end);
            if (!parse(trimmed(size.substr(0, size.find(';'))), m_remaining, 16))
                return fail();
            m_lastChunk = m_remaining == 0;
            if (!m_lastChunk)
                m_remaining += lineEnd.size();
        }
        m_pending.erase(0, end + lineEnd.size());
    }
}

} // namespace gapless::load
