// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QWidget>
#include <optional>

namespace gapless {

class ElidedLabel;
class RunFeed;
class Theme;
struct RunState;

/// The fixed band on top: environment in colour and in words, target, what serves now by tag and
/// digest, and the live probe counts.
class Band : public QWidget {
    Q_OBJECT
public:
    explicit Band(const Theme& theme, QWidget* parent = nullptr);
    void setTarget(const std::optional<Target>& target);
    void setFeed(const RunFeed* feed);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    static QString servingText(const RunState& state);

    const Theme& m_theme;
    std::optional<Target> m_target;
    const RunFeed* m_feed = nullptr;
    ElidedLabel *m_environment, *m_name, *m_what, *m_probes;
};

/// Words of known environments are translated, other names are shown as they are.
QString environmentName(const QString& environment);

} // namespace gapless
