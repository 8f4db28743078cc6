// SPDX-License-Identifier: MIT
#include "app/models/logstore.h"

#include <algorithm>

namespace gapless {

namespace {

/// Where `needle` (lower case) is in `text`, ASCII letters compared without their case; -1:
/// nowhere.
bool hasAscii(QByteArrayView text, const QByteArray& needle)
{
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    return std::search(text.begin(), text.end(), needle.begin(), needle.end(), same) != text.end();
}

bool isAscii(const QByteArray& bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return uchar(c) < 128; });
}

} // namespace

void LogStore::add(const LogLine& line, QStringView text)
{
    const QByteArray utf8 = text.toUtf8();
    if (m_blocks.empty() || m_blocks.back().size() + utf8.size() > m_blocks.back().capacity()) {
        m_blocks.emplace_back();
        m_blocks.back().reserve(std::max(blockBytes, utf8.size()));
    }
    QByteArray& block = m_blocks.back();
    m_lines.push_back(
        {line, quint32(m_blocks.size() - 1), quint32(block.size()), quint32(utf8.size())});
    block.append(utf8);
}

void LogStore::clear()
{
    m_lines.clear();
    m_blocks.clear();
}

QByteArrayView LogStore::utf8(qsizetype index) const
{
    const Entry& entry = m_lines[size_t(index)];
    return {m_blocks[entry.block].constData() + entry.from, qsizetype(entry.size)};
}

QString LogStore::text(qsizetype index) const
{
    return QString::fromUtf8(utf8(index));
}

qsizetype LogStore::find(const QString& needle, qsizetype from, int by) const
{
    if (needle.isEmpty())
        return -1;
    const QByteArray lower = needle.toLower().toUtf8();
    const bool ascii = isAscii(lower);
    for (qsizetype i = from; i >= 0 && i < count(); i += by)
        if (ascii ? hasAscii(utf8(i), lower) : text(i).contains(needle, Qt::CaseInsensitive))
            return i;
    return -1;
}

bool LogStore::has(qsizetype index, const QString& needle) const
{
    return text(index).contains(needle, Qt::CaseInsensitive);
}

qsizetype LogStore::bytes() const
{
    qsizetype sum = qsizetype(m_lines.capacity() * sizeof(Entry));
    for (const QByteArray& block : m_blocks)
        sum += block.capacity();
    return sum;
}

} // namespace gapless
