// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "engine/site/doctor.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QTextBrowser;

namespace gapless {

class DesktopContext;

/// The doctor's checks of a target, as they come in: what each found, how to mend it, and lines to
/// copy. Looks only; nothing on a host changes.
class DoctorPane : public QWidget {
    Q_OBJECT
public:
    explicit DoctorPane(DesktopContext& context, QWidget* parent = nullptr);
    /// Examines it in the background; an examination that is under way ends.
    void examine(const Target& target, const QString& tag = {});
    bool isBusy() const { return m_busy; }
    const QList<Check>& checks() const { return m_checks; }
    /// The page as text, for tests and screen readers.
    QString text() const;

Q_SIGNALS:
    void done();

private:
    void take(const Check& check);
    void finish(const Outcome<QList<Check>>& outcome);
    void refresh();
    QString htmlOf(const Check& check, int index) const;

    DesktopContext& m_context;
    QLabel* m_summary;
    QProgressBar* m_progress;
    QTextBrowser* m_page;
    QPushButton* m_cancel;
    BackgroundTask m_task;
    QList<Check> m_checks;
    std::optional<Error> m_error;
    int m_round = 0; ///< answers of an earlier one are not wanted
    bool m_busy = false;
};

} // namespace gapless
