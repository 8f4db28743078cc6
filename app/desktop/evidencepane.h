// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/runfeed.h"

#include <QPlainTextEdit>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace gapless {

/// What the run proves: the verdict with its notes, warnings, every gap with its cause, and what
/// was kept of a slot that failed (last log lines, last health answers).
class EvidencePane : public QWidget {
    Q_OBJECT
public:
    explicit EvidencePane(QWidget* parent = nullptr);
    void setFeed(RunFeed* feed);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    QPointer<RunFeed> m_feed;
    QPlainTextEdit* m_text;
    QTimer m_later;
};

/// The same as lines, in the language of now.
QStringList evidenceLines(const RunState& state);

} // namespace gapless
