// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/sampletrack.h"
#include "app/models/timescale.h"

#include <QColor>
#include <QImage>
#include <vector>

namespace gapless {

/// Latency on a log scale: which row of an image.
struct LatencyScale {
    static constexpr double lowestMs = 0.25, highestMs = 8000;
    int height = 1;
    /// 0 at the bottom of the scale is row height - 1. Values outside lie at its ends.
    int row(double ms) const;
    double ms(double row) const;
    /// 1, 10, 100, 1000 ms: where lines are drawn.
    static QList<double> marks();
};

/// The latencies of fresh and kept requests as an image: the more samples in a pixel, the stronger
/// its colour. Kept from one paint to the next: new samples touch their own pixels only, and a pan
/// by whole pixels moves what is there. Failures are not in it; they have a strip of their own.
class DensityImage {
public:
    void setColor(const QColor& color);
    /// Brings it up to date; cheap where nothing has changed.
    void update(const SampleTrack& track, const TimeScale& scale, int height);
    const QImage& image() const { return m_image; }
    /// For tests: how often a pixel was hit.
    quint32 count(int column, int row) const;
    /// How often everything was counted anew, for tests and benchmarks.
    int rescans() const { return m_rescans; }
    void forget() { m_seen = -1; }

private:
    void rescan(const SampleTrack& track);
    void moveBy(const SampleTrack& track, const TimeScale& to, int columns);
    void add(const SampleTrack& track, const Sample& sample);
    int columnOf(double ms) const;
    QRgb colorOf(quint32 count) const;
    void setHeight(int height);
    static quint32 bucketOf(quint32 us);
    static double bucketUs(quint32 bucket);

    static constexpr size_t shades = 64;
    static constexpr quint32 rowBuckets = 28 * 64;
    TimeScale m_scale;
    LatencyScale m_latency;
    qsizetype m_seen = -1; ///< samples of the track that are in it; -1: nothing is
    std::vector<int> m_rows; ///< by bucketOf
    std::vector<quint32> m_counts;
    QImage m_image;
    QRgb m_shades[shades] {};
    QColor m_color;
    int m_rescans = 0;
};

} // namespace gapless
