// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/attribution.h"

#include <QStringList>
#include <algorithm>
#include <optional>

namespace gapless {

/// A fault of the witness's own shows in its probes a little later, and is noticed later still (µs).
constexpr qint64 ownFaultShowsUs = 2'000'000;

/// Watches the witness itself: a timer that should come every `intervalUs` and comes later has been
/// stalled, by a busy machine or a sleeping one, and so has every probe. No I/O, no clock.
class StallWatch {
public:
    StallWatch(qint64 intervalUs, qint64 notedUs)
        : m_intervalUs(intervalUs)
        , m_notedUs(notedUs)
    {
    }
    /// `bootUs`: a clock that goes on while the machine sleeps (CLOCK_BOOTTIME). Returns the stall
    /// that has just ended, where it is worth noting.
    std::optional<Span> tick(qint64 nowUs, qint64 bootUs)
    {
        const qint64 late = nowUs - m_lastUs - m_intervalUs;
        const qint64 asleep = (bootUs - m_lastBootUs) - (nowUs - m_lastUs);
        const bool first = m_first;
        m_first = false;
        m_lastUs = nowUs;
        m_lastBootUs = bootUs;
        const qint64 stalled = std::max<qint64>(late, 0) + std::max<qint64>(asleep, 0);
        if (first || stalled <= m_notedUs)
            return std::nullopt;
        return Span {nowUs - stalled, nowUs};
    }

private:
    qint64 m_intervalUs, m_notedUs;
    qint64 m_lastUs = 0, m_lastBootUs = 0;
    bool m_first = true;
};

/// Keeps the answers of the control probe ("does this machine's network to the gateway's host
/// work?"). Where it could not be asked, nothing is known, and what was known stays.
class NetworkWatch {
public:
    void answered(qint64 askedUs, std::optional<bool> works)
    {
        const bool failing = !m_failed.isEmpty() && m_failed.last().toUs == Span::open;
        if (works.has_value() && !*works && !failing)
            m_failed.append({askedUs, Span::open});
        else if (works.value_or(false) && failing)
            m_failed.last().toUs = askedUs;
    }
    const QList<Span>& failed() const { return m_failed; }
    /// What happened in `span` may be the own network's doing: it failed then, or so close to it
    /// that the control probe, which is asked now and again, was late to notice.
    bool touches(const Span& span) const
    {
        return std::any_of(m_failed.cbegin(), m_failed.cend(), [&span](const Span& failed) {
            return failed.fromUs - ownFaultShowsUs <= span.toUs
                && (failed.toUs == Span::open || span.fromUs <= failed.toUs + ownFaultShowsUs);
        });
    }

private:
    QList<Span> m_failed;
};

/// Decides when a rollout should stop on evidence (`abortOn`). With a control probe, an incident
/// counts once the own network was found to work at a time after it, and is forgotten where that
/// network failed meanwhile.
class AbortGate {
public:
    AbortGate(const QStringList& abortOn, qint64 maxFailed, bool hasControl)
        : m_abortOn(abortOn)
        , m_maxFailed(maxFailed)
        , m_hasControl(hasControl)
    {
    }
    /// `what`: failed, closed, gap. `span`: from what was lost or asked until that was known.
    void incident(const QString& what, const Span& span)
    {
        if (!m_abortOn.contains(what) || m_network.touches(span))
            return;
        m_pending.append({what, span});
        if (!m_hasControl)
            answered(span.toUs, true);
    }
    void answered(qint64 askedUs, std::optional<bool> works)
    {
        if (!works.has_value())
            return;
        m_network.answered(askedUs, works);
        QList<Incident> later;
        for (const Incident& incident : std::exchange(m_pending, {})) {
            if (m_network.touches(incident.span))
                continue;
            if (!*works || incident.span.toUs > askedUs)
                later.append(incident);
            else
                confirm(incident.what);
        }
        m_pending = later;
    }
    const NetworkWatch& network() const { return m_network; }
    bool waiting() const { return !m_pending.isEmpty() && m_reason.isEmpty(); }
    /// Empty: go on. The first reason stays.
    const QString& reason() const { return m_reason; }

private:
    struct Incident {
        QString what;
        Span span;
    };
    void confirm(const QString& what)
    {
        if (what == u"failed" && ++m_failed <= m_maxFailed)
            return;
        if (m_reason.isEmpty())
            m_reason = what;
    }

    QStringList m_abortOn;
    qint64 m_maxFailed;
    bool m_hasControl;
    qint64 m_failed = 0;
    NetworkWatch m_network;
    QList<Incident> m_pending;
    QString m_reason;
};

} // namespace gapless
