// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace gapless {

/// Counts of durations in buckets of growing width, like HdrHistogram: exact below 256 µs, above it
/// a quantile is at most 1/256 (0.4 %) off. The maximum is exact. 26 KB, however many are added.
class Histogram {
public:
    void add(quint32 value)
    {
        ++m_buckets[bucketOf(value)];
        ++m_count;
        m_max = std::max(m_max, value);
    }
    quint64 count() const { return m_count; }
    quint32 max() const { return m_max; }
    /// The value that at least `share` (0 to 1) of all are not above; 0 of none.
    quint32 quantile(double share) const
    {
        const auto rank = quint64(std::ceil(std::clamp(share, 0.0, 1.0) * double(m_count)));
        quint64 seen = 0;
        for (size_t bucket = 0; m_count > 0 && bucket < m_buckets.size(); ++bucket) {
            seen += m_buckets[bucket];
            if (seen >= std::max<quint64>(rank, 1))
                return std::min(middleOf(bucket), m_max);
        }
        return 0;
    }

private:
    static constexpr int half = 128; ///< buckets an octave
    static size_t bucketOf(quint32 value)
    {
        const int shift = std::max(0, int(std::bit_width(value)) - 8);
        return size_t(shift) * half + (value >> shift);
    }
    static quint32 middleOf(size_t bucket)
    {
        if (bucket < 2 * half)
            return quint32(bucket);
        const size_t shift = bucket / half - 1;
        const quint64 low = quint64(bucket - shift * half) << shift;
        return quint32(low + (quint64(1) << shift) / 2);
    }

    std::array<quint32, size_t(26) * half> m_buckets {};
    quint64 m_count = 0;
    quint32 m_max = 0;
};

} // namespace gapless
