// SPDX-License-Identifier: MIT
#include "app/models/timescale.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

TimeScale::TimeScale(double fromMs, double toMs, int width)
    : m_fromMs(fromMs)
    , m_toMs(std::clamp(toMs, fromMs + shortestMs, fromMs + longestMs))
    , m_width(std::max(1, width))
{
}

int TimeScale::column(double ms) const
{
    return int(std::floor(std::clamp(x(ms), -1e6, 1e6)));
}

TimeScale TimeScale::zoomed(double factor, double x) const
{
    const double span = std::clamp(spanMs() * factor, shortestMs, longestMs);
    const double from = ms(x) - x / m_width * span;
    return {from, from + span, m_width};
}

TimeScale TimeScale::panned(double pixels) const
{
    const double by = pixels * msPerPixel();
    return {m_fromMs + by, m_toMs + by, m_width};
}

TimeScale TimeScale::focusedOn(double fromMs, double toMs, double margin) const
{
    const double span = std::max(toMs - fromMs, shortestMs);
    return {fromMs - span * margin, fromMs + span * (1 + margin), m_width};
}

TimeScale TimeScale::following(double nowMs, double aheadMs) const
{
    const double to = nowMs + aheadMs;
    return {to - spanMs(), to, m_width};
}

double TimeScale::majorStepMs(int apart) const
{
    const double least = std::max(1, apart) * msPerPixel();
    for (double step = 1; step < 1000; step *= 10)
        for (const double times : {1.0, 2.0, 5.0})
            if (step * times >= least)
                return step * times;
    for (const double unit : {1000.0, 60'000.0})
        for (const double times : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0})
            if (unit * times >= least)
                return unit * times;
    for (const double hours : {1.0, 2.0, 3.0, 6.0, 12.0})
        if (hours * 3'600'000 >= least)
            return hours * 3'600'000;
    return 86'400'000.0 * std::ceil(least / 86'400'000.0);
}

QList<TimeScale::Tick> TimeScale::ticks(double zeroMs, int apart) const
{
    const double major = majorStepMs(apart);
    const double minor = major / 5;
    QList<Tick> found;
    for (double number = std::ceil((m_fromMs - zeroMs) / minor); zeroMs + number * minor <= m_toMs;
         ++number)
        found.append({zeroMs + number * minor, std::fmod(number, 5) == 0});
    return found;
}

double roomFor(double lastedMs)
{
    for (const double seconds : {15., 30., 60., 120., 180., 300., 600., 900., 1800., 3600.})
        if (lastedMs <= seconds * 950)
            return seconds * 1000;
    double room = 3'600'000;
    while (lastedMs > room * 0.95)
        room *= 1.25;
    return room;
}

QString tickText(double sinceStartMs, double stepMs)
{
    const QLocale locale;
    const bool negative = sinceStartMs < 0;
    const double ms = std::abs(sinceStartMs);
    QString text;
    if (ms < 60'000) {
        const int places = stepMs >= 1000 ? 0 : stepMs >= 100 ? 1 : stepMs >= 10 ? 2 : 3;
        text = locale.toString(ms / 1000, 'f', places) + u" s"_s;
    } else {
        const qint64 whole = qint64(ms / 1000 + 0.0005);
        const QString rest = stepMs >= 1000
            ? u"%1"_s.arg(whole % 60, 2, 10, QLatin1Char('0'))
            : u"%1"_s.arg(locale.toString(std::fmod(ms / 1000, 60), 'f', stepMs >= 100 ? 1 : 2),
                stepMs >= 100 ? 4 : 5, QLatin1Char('0'));
        text = whole >= 3600 ? u"%1:%2:%3"_s.arg(whole / 3600)
                                   .arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                                   .arg(rest)
                             : u"%1:%2"_s.arg(whole / 60).arg(rest);
    }
    return negative ? u'−' + text : text;
}

} // namespace gapless
