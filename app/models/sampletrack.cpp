// SPDX-License-Identifier: MIT
#include "app/models/sampletrack.h"

#include <algorithm>

namespace gapless {

namespace {

bool isHttp(const Sample& sample)
{
    return sample.probe == Sample::Probe::Fresh || sample.probe == Sample::Probe::KeepAlive
        || sample.probe == Sample::Probe::Post;
}

} // namespace

void SampleTrack::clear()
{
    *this = {};
}

void SampleTrack::add(qint64 zeroUtcMs, const QList<Sample>& samples)
{
    if (m_count == 0)
        m_zeroUtcMs = zeroUtcMs;
    // A resumed run's witness counts from a zero of its own.
    const qint64 shiftUs = (zeroUtcMs - m_zeroUtcMs) * 1000;
    for (Sample sample : samples) {
        sample.atUs += shiftUs;
        addOne(sample);
    }
}

void SampleTrack::addOne(const Sample& sample)
{
    if (m_count % blockSize == 0) {
        m_blocks.emplace_back();
        m_blocks.back().samples.reserve(blockSize);
    }
    Block& block = m_blocks.back();
    block.samples.push_back(sample);
    block.firstUs = std::min(block.firstUs, sample.atUs);
    block.lastUs = std::max(block.lastUs, sample.atUs);
    const double at = atMs(sample);
    m_firstMs = m_count == 0 ? at : std::min(m_firstMs, at);
    m_lastMs = m_count == 0 ? at : std::max(m_lastMs, at);
    ++m_count;
    if (sample.failed()) {
        const auto after = std::upper_bound(m_failures.begin(), m_failures.end(), at,
            [](double ms, const Failure& failure) { return ms < failure.atMs; });
        m_failures.insert(after, {at, sample});
    } else if (sample.probe == Sample::Probe::Fresh) {
        m_histogram.add(sample.latencyUs);
    }
    if (isHttp(sample))
        addToPyramid(sample);
}

void SampleTrack::addToPyramid(const Sample& sample)
{
    SampleSum one {1, sample.failed() ? 1 : 0};
    if (!sample.failed())
        one.minUs = one.maxUs = sample.latencyUs;
    qint64 bin = std::max<qint64>(0, sample.atUs) / binUs;
    for (size_t level = 0; level == 0 || level < m_levels.size() || bin > 0; ++level) {
        if (level == m_levels.size())
            m_levels.emplace_back();
        std::vector<SampleSum>& bins = m_levels[level];
        if (bins.size() <= size_t(bin)) {
            const bool first = bins.empty() && level > 0;
            bins.resize(size_t(bin) + 1);
            // A level that begins late takes in what the one below has, this sample among it.
            if (first) {
                const std::vector<SampleSum>& below = m_levels[level - 1];
                for (size_t i = 0; i < below.size(); ++i)
                    bins[i / fan].add(below[i]);
                bin /= fan;
                continue;
            }
        }
        bins[size_t(bin)].add(one);
        bin /= fan;
    }
}

SampleSum SampleTrack::sum(double fromMs, double toMs) const
{
    SampleSum total;
    if (m_levels.empty() || toMs < fromMs || us(toMs) < 0)
        return total;
    qint64 from = std::max<qint64>(0, us(fromMs)) / binUs;
    qint64 to = std::min(us(toMs) / binUs, qint64(m_levels[0].size()) - 1);
    // Up the levels as long as both ends are whole bins of the next, taking the odd ones along.
    for (size_t level = 0; level < m_levels.size() && from <= to; ++level) {
        const std::vector<SampleSum>& bins = m_levels[level];
        const bool top = level + 1 == m_levels.size();
        while (from <= to && (top || from % fan != 0))
            total.add(bins[size_t(from++)]);
        while (from <= to && (to + 1) % fan != 0)
            total.add(bins[size_t(to--)]);
        from /= fan;
        to = (to + 1) / fan - 1;
    }
    return total;
}

Measured SampleTrack::measure(double fromMs, double toMs) const
{
    Measured found;
    Histogram latencies;
    visit(fromMs, toMs, [&](const Sample& sample) {
        const double at = atMs(sample);
        if (at < fromMs || at > toMs || !isHttp(sample))
            return;
        ++found.count;
        if (sample.failed())
            ++found.failed;
        else if (sample.probe == Sample::Probe::Fresh)
            latencies.add(sample.latencyUs);
    });
    found.p50Ms = latencies.quantile(0.5) / 1000.0;
    found.p99Ms = latencies.quantile(0.99) / 1000.0;
    found.maxMs = latencies.max() / 1000.0;
    return found;
}

} // namespace gapless
