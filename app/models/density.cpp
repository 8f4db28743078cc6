// SPDX-License-Identifier: MIT
#include "app/models/density.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace gapless {

int LatencyScale::row(double ms) const
{
    const double share
        = std::log(std::clamp(ms, lowestMs, highestMs) / lowestMs) / std::log(highestMs / lowestMs);
    return std::clamp(int(std::lround((1 - share) * (height - 1))), 0, height - 1);
}

double LatencyScale::ms(double row) const
{
    const double share = 1 - row / std::max(1, height - 1);
    return lowestMs * std::pow(highestMs / lowestMs, share);
}

QList<double> LatencyScale::marks()
{
    return {1, 10, 100, 1000};
}

void DensityImage::setColor(const QColor& color)
{
    if (color == m_color)
        return;
    m_color = color;
    // One sample can be seen; a few thousand in one pixel are as strong as it gets.
    for (size_t i = 0; i < shades; ++i) {
        const double strength = std::min(1.0, 0.42 + 0.58 * double(i) / (shades - 1));
        QColor shade = color;
        shade.setAlphaF(i == 0 ? 0.f : float(strength));
        m_shades[i] = qPremultiply(shade.rgba());
    }
    forget();
}

void DensityImage::setHeight(int height)
{
    if (m_latency.height == height && !m_rows.empty())
        return;
    m_latency.height = height;
    m_rows.resize(rowBuckets);
    for (quint32 bucket = 0; bucket < rowBuckets; ++bucket)
        m_rows[bucket] = m_latency.row(bucketUs(bucket) / 1000.0);
}

/// A logarithm a sample would cost more than all the rest: 64 buckets an octave are finer than the
/// rows.
quint32 DensityImage::bucketOf(quint32 us)
{
    const int shift = std::max(0, int(std::bit_width(us)) - 7);
    return quint32(shift) * 64 + (us >> shift);
}

double DensityImage::bucketUs(quint32 bucket)
{
    if (bucket < 128)
        return bucket;
    const quint32 shift = bucket / 64 - 1;
    return double(bucket - shift * 64) * std::exp2(shift);
}

QRgb DensityImage::colorOf(quint32 count) const
{
    if (count == 0)
        return m_shades[0];
    // Six shades for every doubling.
    const double shade = 1 + std::log2(double(count)) * 6;
    return m_shades[size_t(std::min(shade, double(shades - 1)))];
}

void DensityImage::add(const SampleTrack& track, const Sample& sample)
{
    if (sample.failed() || sample.probe > Sample::Probe::Post)
        return;
    const int column = columnOf(track.atMs(sample));
    if (column < 0 || column >= m_scale.width())
        return;
    const int row = m_rows[bucketOf(sample.latencyUs)];
    const size_t at = size_t(row) * size_t(m_scale.width()) + size_t(column);
    const quint32 count = ++m_counts[at];
    reinterpret_cast<QRgb*>(m_image.scanLine(row))[column] = colorOf(count);
}

/// The same arithmetic as when everything is counted anew, to the last bit.
int DensityImage::columnOf(double ms) const
{
    const double x = (ms - m_scale.fromMs()) / m_scale.msPerPixel();
    return x < 0 || x >= m_scale.width() ? -1 : int(x);
}

void DensityImage::rescan(const SampleTrack& track)
{
    ++m_rescans;
    m_counts.assign(size_t(m_scale.width()) * size_t(m_latency.height), 0);
    m_image.fill(Qt::transparent);
    // Counted first and coloured once: a pixel may be hit thousands of times.
    const size_t width = size_t(m_scale.width());
    const double msPerPixel = m_scale.msPerPixel();
    track.visit(m_scale.fromMs(), m_scale.toMs(), [&](const Sample& sample) {
        if (sample.failed() || sample.probe > Sample::Probe::Post)
            return;
        const double x = (track.atMs(sample) - m_scale.fromMs()) / msPerPixel;
        if (x < 0 || x >= double(width))
            return;
        ++m_counts[size_t(m_rows[bucketOf(sample.latencyUs)]) * width + size_t(x)];
    });
    for (int row = 0; row < m_latency.height; ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
        for (size_t x = 0; x < width; ++x)
            if (const quint32 count = m_counts[size_t(row) * width + x])
                line[x] = colorOf(count);
    }
}

void DensityImage::moveBy(const SampleTrack& track, const TimeScale& to, int columns)
{
    const int width = m_scale.width(), stays = width - std::abs(columns);
    const int from = std::max(0, columns), into = std::max(0, -columns);
    for (int row = 0; row < m_latency.height; ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
        quint32* counts = m_counts.data() + size_t(row) * size_t(width);
        std::memmove(line + into, line + from, size_t(stays) * sizeof(QRgb));
        std::memmove(counts + into, counts + from, size_t(stays) * sizeof(quint32));
        const int bare = columns > 0 ? stays : 0;
        std::fill_n(line + bare, std::abs(columns), QRgb(0));
        std::fill_n(counts + bare, std::abs(columns), 0u);
    }
    m_scale = to;
    const int first = columns > 0 ? stays : 0, last = first + std::abs(columns);
    track.visit(m_scale.ms(first), m_scale.ms(last), [&](const Sample& sample) {
        const int column = columnOf(track.atMs(sample));
        if (column >= first && column < last)
            add(track, sample);
    });
}

void DensityImage::update(const SampleTrack& track, const TimeScale& scale, int height)
{
    height = std::max(1, height);
    if (m_image.size() != QSize(scale.width(), height)) {
        m_image = QImage(scale.width(), height, QImage::Format_ARGB32_Premultiplied);
        m_seen = -1;
    }
    setHeight(height);
    const double moved = (scale.fromMs() - m_scale.fromMs()) / scale.msPerPixel();
    const bool sameSpan = std::abs(scale.spanMs() - m_scale.spanMs()) < 1e-6 * scale.spanMs();
    const bool whole = std::abs(moved - std::round(moved)) < 0.02;
    if (m_seen < 0 || m_seen > track.count() || !sameSpan || !whole
        || std::abs(moved) >= scale.width()) {
        m_scale = scale;
        rescan(track);
    } else {
        // What moveBy fills anew has the new samples already.
        const int columns = int(std::lround(moved));
        const int first = std::max(0, -columns), last = scale.width() - std::max(0, columns);
        if (columns != 0)
            moveBy(track, scale, columns);
        track.visitSince(m_seen, [&](const Sample& sample) {
            const int column = columnOf(track.atMs(sample));
            if (column >= first && column < last)
                add(track, sample);
        });
    }
    m_seen = track.count();
}

quint32 DensityImage::count(int column, int row) const
{
    return m_counts[size_t(row) * size_t(m_scale.width()) + size_t(column)];
}

} // namespace gapless
