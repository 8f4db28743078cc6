// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/histogram.h"
#include "engine/witness/samples.h"

#include <QList>
#include <limits>
#include <optional>

namespace gapless {

/// What a span of time holds of samples.
struct SampleSum {
    qint64 count = 0, failed = 0;
    quint32 minUs = std::numeric_limits<quint32>::max(), maxUs = 0; ///< of what did not fail
    void add(const SampleSum& other)
    {
        count += other.count;
        failed += other.failed;
        minUs = std::min(minUs, other.minUs);
        maxUs = std::max(maxUs, other.maxUs);
    }
};

/// What the drag over a span of time measures.
struct Measured {
    qint64 count = 0, failed = 0;
    double p50Ms = 0, p99Ms = 0, maxMs = 0; ///< of fresh requests that were answered as expected
};

/// A run's samples for the timeline: by their time, with sums that need no look at each. Only
/// grows; a million take 24 MB, and are never moved. One thread.
class SampleTrack {
public:
    void clear();
    /// `zeroUtcMs`: when Sample::atUs was 0. They may come a little out of order.
    void add(qint64 zeroUtcMs, const QList<Sample>& samples);

    qsizetype count() const { return m_count; }
    /// When the sample was due, UTC ms.
    double atMs(const Sample& sample) const
    {
        return double(m_zeroUtcMs) + double(sample.atUs) / 1000;
    }
    double firstMs() const { return m_firstMs; }
    double lastMs() const { return m_lastMs; }

    /// Those in the span (and a few outside it).
    template <typename Visitor> void visit(double fromMs, double toMs, Visitor&& visitor) const
    {
        for (const Block& block : m_blocks)
            if (block.lastUs >= us(fromMs) && block.firstUs <= us(toMs))
                for (const Sample& sample : block.samples)
                    visitor(sample);
    }
    /// Those that came since there were `count`, in the order in which they came.
    template <typename Visitor> void visitSince(qsizetype count, Visitor&& visitor) const
    {
        for (qsizetype i = count; i < m_count; ++i)
            visitor(m_blocks[size_t(i / blockSize)].samples[size_t(i % blockSize)]);
    }
    /// HTTP samples of a span, from the pyramid: as fine as 100 ms, whatever their number.
    SampleSum sum(double fromMs, double toMs) const;
    /// Looks at each of them: exact.
    Measured measure(double fromMs, double toMs) const;
    /// Of fresh requests, over the whole run, in µs.
    quint32 quantileUs(double share) const { return m_histogram.quantile(share); }

    struct Failure {
        double atMs;
        Sample sample;
    };
    /// By their time; every one of them.
    const QList<Failure>& failures() const { return m_failures; }

private:
    static constexpr qsizetype blockSize = 4096;
    static constexpr qint64 binUs = 100'000;
    static constexpr int fan = 8; ///< bins of one level to a bin of the next
    struct Block {
        std::vector<Sample> samples;
        qint64 firstUs = std::numeric_limits<qint64>::max();
        qint64 lastUs = std::numeric_limits<qint64>::min();
    };
    qint64 us(double ms) const { return qint64((ms - double(m_zeroUtcMs)) * 1000); }
    void addOne(const Sample& sample);
    void addToPyramid(const Sample& sample);

    qint64 m_zeroUtcMs = 0;
    qsizetype m_count = 0;
    double m_firstMs = 0, m_lastMs = 0;
    std::vector<Block> m_blocks;
    std::vector<std::vector<SampleSum>> m_levels; ///< level n: bins of binUs * fan^n
    Histogram m_histogram;
    QList<Failure> m_failures;
};

} // namespace gapless
