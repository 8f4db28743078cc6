// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/model/plan.h"

#include <QTextBrowser>
#include <optional>

namespace gapless {

class Theme;

/// What a rollout would do: each step with its commands, the changes of nginx's file, and what it
/// waits for; or why it could not be said.
class PlanView : public QTextBrowser {
    Q_OBJECT
public:
    explicit PlanView(const Theme& theme, QWidget* parent = nullptr);
    void setPlan(const Plan& plan);
    void setError(const Error& error);
    /// A sentence in their place.
    void setNote(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    QString htmlOf(const PlanStep& step, int number) const;

    const Theme& m_theme;
    std::optional<Plan> m_plan;
    std::optional<Error> m_error;
    QString m_note;
};

} // namespace gapless
