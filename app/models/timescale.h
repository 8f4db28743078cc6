// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QString>

namespace gapless {

/// Which span of time lies on which pixels. Times are UTC ms since 1970 as doubles (a fraction of a
/// microsecond exact in this century), pixels count from the left end of the lanes. A value.
class TimeScale {
public:
    static constexpr double shortestMs = 5; ///< no further in
    static constexpr double longestMs = 7 * 86'400'000.0; ///< no further out

    TimeScale() = default;
    TimeScale(double fromMs, double toMs, int width);

    double fromMs() const { return m_fromMs; }
    double toMs() const { return m_toMs; }
    double spanMs() const { return m_toMs - m_fromMs; }
    int width() const { return m_width; }
    double msPerPixel() const { return spanMs() / m_width; }

    double x(double ms) const { return (ms - m_fromMs) / spanMs() * m_width; }
    double ms(double x) const { return m_fromMs + x / m_width * spanMs(); }
    /// The whole pixel column a moment falls into.
    int column(double ms) const;

    /// The same with `factor` times the span; the moment under `x` stays where it is.
    TimeScale zoomed(double factor, double x) const;
    /// Moved so that what lay at `pixels` lies at 0.
    TimeScale panned(double pixels) const;
    TimeScale resized(int width) const { return {m_fromMs, m_toMs, width}; }
    /// The span with `margin` of it (0.05: 5 %) added on either side.
    TimeScale focusedOn(double fromMs, double toMs, double margin) const;
    /// The same span, ending `aheadMs` after `nowMs`.
    TimeScale following(double nowMs, double aheadMs) const;

    struct Tick {
        double ms;
        bool major;
        bool operator==(const Tick&) const = default;
    };
    /// At least `apart` pixels between two major ones; counted from `zeroMs`, so that they read
    /// 0 s, 5 s, 10 s from the run's start on.
    QList<Tick> ticks(double zeroMs, int apart) const;
    /// The distance of two major ticks: 1, 2 or 5 times a power of ten below a second; then 1, 2,
    /// 5, 10, 15, 30 s, the same of minutes, 1, 2, 3, 6, 12 h, and whole days.
    double majorStepMs(int apart) const;

    bool operator==(const TimeScale&) const = default;

private:
    double m_fromMs = 0, m_toMs = 1000;
    int m_width = 1;
};

/// How much room a run that runs is given on the axis, in ms: more than it has lasted, and growing by leaps, so that the
/// whole run stays calm between them and nothing is painted anew for the passing of time alone.
double roomFor(double lastedMs);

/// A tick's label, from the run's start on: `0.25 s`, `12 s`, `1:05`, `1:02:05`.
QString tickText(double sinceStartMs, double stepMs);

} // namespace gapless
