// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

namespace gapless {

class ElidedLabel;
class RunFeed;
class Theme;

/// What a room full of people looks at: failed requests, the longest gap, lost messages. In large
/// type, with a sign and a word, so that colour is not needed.
class PresentationStrip : public QWidget {
    Q_OBJECT
public:
    explicit PresentationStrip(const Theme& theme, QWidget* parent = nullptr);
    void setFeed(const RunFeed* feed);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    const Theme& m_theme;
    const RunFeed* m_feed = nullptr;
    ElidedLabel *m_failed, *m_gap, *m_lost;
};

} // namespace gapless
