// SPDX-License-Identifier: MIT
#include "engine/witness/samples.h"

namespace gapless {

quint16 SampleLabels::label(const QString& text)
{
    const qsizetype known = m_texts.indexOf(text);
    if (known >= 0)
        return quint16(known);
    if (m_texts.size() > 0xffff)
        return 0;
    m_texts.append(text);
    return quint16(m_texts.size() - 1);
}

SampleStore::SampleStore(qsizetype keep)
    : m_keep(std::max<qsizetype>(keep, blockSize))
{
}

void SampleStore::add(const Sample& sample)
{
    if (m_blocks.empty() || m_blocks.back().size() == blockSize) {
        if (kept() + blockSize > m_keep && m_blocks.size() > 1)
            m_blocks.erase(m_blocks.begin());
        m_blocks.emplace_back().reserve(blockSize);
    }
    m_blocks.back().push_back(sample);
    ++m_count;
}

qsizetype SampleStore::kept() const
{
    qsizetype kept = 0;
    for (const Block& block : m_blocks)
        kept += qsizetype(block.size());
    return kept;
}

qsizetype SampleStore::bytes() const
{
    return qsizetype(m_blocks.size()) * blockSize * qsizetype(sizeof(Sample));
}

} // namespace gapless
