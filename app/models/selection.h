// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace gapless {

/// What is selected in one pane and shown by all: a span of time, and the step or event it came
/// from. Times are UTC ms. The window's thread.
class RunSelection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool isEmpty() const { return m_fromMs < 0; }
    qint64 fromMs() const { return m_fromMs; }
    qint64 toMs() const { return m_toMs; }
    /// Index into RunState::steps; -1: the span is no step's.
    int step() const { return m_step; }
    /// The event's sequence number; 0: the span is no event's.
    qint64 seq() const { return m_seq; }

    void selectSpan(qint64 fromMs, qint64 toMs) { set(fromMs, toMs, -1, 0); }
    void selectStep(int step, qint64 fromMs, qint64 toMs) { set(fromMs, toMs, step, 0); }
    void selectEvent(qint64 seq, qint64 fromMs, qint64 toMs) { set(fromMs, toMs, -1, seq); }
    void clear() { set(-1, -1, -1, 0); }

Q_SIGNALS:
    void changed();

private:
    void set(qint64 fromMs, qint64 toMs, int step, qint64 seq)
    {
        if (fromMs == m_fromMs && toMs == m_toMs && step == m_step && seq == m_seq)
            return;
        m_fromMs = fromMs;
        m_toMs = toMs;
        m_step = step;
        m_seq = seq;
        Q_EMIT changed();
    }
    qint64 m_fromMs = -1, m_toMs = -1, m_seq = 0;
    int m_step = -1;
};

} // namespace gapless
