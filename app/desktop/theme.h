// SPDX-License-Identifier: MIT
#pragma once

#include <QColor>
#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace gapless {

/// Every colour of ours, by what it means. A version has a colour, a state has a pattern or a
/// word, a failure has a colour and a shape: colour is never the only sign.
struct Colors {
    bool dark = false;
    QColor window, base, raised, line, text, muted; ///< grounds, hairlines, text
    QColor accent, accentText; ///< focus, selection, the main button
    /// Marks, 3:1 on `base` (Okabe and Ito's, which people with any colour vision tell apart).
    QColor oldVersion, newVersion, failure, attribution, neutral;
    QColor production, staging, otherEnvironment, bandText; ///< of the band
    /// A mark's pale ground for text: 4.5:1 with `text`.
    QColor tint(const QColor& mark) const;
    /// The band's ground for an environment's name.
    QColor environment(const QString& name) const;
};

Colors lightColors();
Colors darkColors();
/// WCAG 2's contrast of two opaque colours, 1 to 21.
double contrast(const QColor& one, const QColor& other);

/// The look of the program: Fusion with one of our palettes, the font families, the text's size.
/// Follows the desktop's choice of light or dark through the settings portal where it has one.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    Theme();
    /// Takes hold of the application's style; once, when it exists.
    void install();
    void choose(Choice choice);
    Choice choice() const { return m_choice; }
    const Colors& colors() const { return m_colors; }
    /// Larger text in light colours, for a room to see.
    void setPresenting(bool presenting);
    bool isPresenting() const { return m_presenting; }
    /// Han characters in the shapes of Taiwan (Qt would take Japanese ones).
    void useLanguage(const QString& code);

Q_SIGNALS:
    /// Colours, text size or families.
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void askDesktop();
    void apply();

    Choice m_choice = Choice::System;
    bool m_desktopIsDark = false, m_presenting = false, m_installed = false;
    double m_points = 0;
    Colors m_colors;
    QString m_family;
};

} // namespace gapless
