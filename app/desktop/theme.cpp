// SPDX-License-Identifier: MIT
#include "app/desktop/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFont>
#include <QPalette>
#include <QStyleFactory>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const auto portal = u"org.freedesktop.portal.Desktop"_s;
const auto portalPath = u"/org/freedesktop/portal/desktop"_s;
const auto portalSettings = u"org.freedesktop.portal.Settings"_s;
const auto appearance = u"org.freedesktop.appearance"_s;

double luminance(const QColor& color)
{
    const auto linear
        = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor& one, const QColor& other, double share)
{
    const auto mix = [share](float a, float b) { return float(a * share + b * (1 - share)); };
    return QColor::fromRgbF(mix(one.redF(), other.redF()), mix(one.greenF(), other.greenF()),
        mix(one.blueF(), other.blueF()));
}

QPalette paletteOf(const Colors& c)
{
    QPalette palette;
    palette.setColor(QPalette::Window, c.window);
    palette.setColor(QPalette::WindowText, c.text);
    palette.setColor(QPalette::Base, c.base);
    palette.setColor(QPalette::AlternateBase, c.window);
    palette.setColor(QPalette::Text, c.text);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::Button, c.raised);
    palette.setColor(QPalette::ButtonText, c.text);
    palette.setColor(QPalette::BrightText, c.failure);
    palette.setColor(QPalette::ToolTipBase, c.raised);
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, c.accentText);
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::Light, c.dark ? c.raised.lighter(130) : QColor(Qt::white));
    palette.setColor(QPalette::Midlight, c.line);
    palette.setColor(QPalette::Mid, c.line);
    palette.setColor(QPalette::Dark, mixed(c.muted, c.window, 0.6));
    palette.setColor(QPalette::Shadow, c.dark ? QColor(Qt::black) : c.muted);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, mixed(c.muted, c.window, 0.75));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.line);
    return palette;
}

} // namespace

QColor Colors::tint(const QColor& mark) const
{
    return mixed(mark, base, dark ? 0.28 : 0.16);
}

QColor Colors::environment(const QString& name) const
{
    const QString word = name.toLower();
    if (word.startsWith("prod"_L1) || word == "live"_L1)
        return production;
    if (word.startsWith("stag"_L1) || word.startsWith("pre"_L1) || word == "uat"_L1)
        return staging;
    return otherEnvironment;
}

Colors lightColors()
{
    return {.dark = false,
        .window = QColor(0xf4f5f7),
        .base = QColor(0xffffff),
        .raised = QColor(0xfbfbfc),
        .line = QColor(0xd8dce2),
        .text = QColor(0x1b2027),
        .muted = QColor(0x5a6472),
        .accent = QColor(0x0b5c9e),
        .accentText = QColor(0xffffff),
        .oldVersion = QColor(0x0072b2),
        .newVersion = QColor(0x00805d),
        .failure = QColor(0xc44f00),
        .attribution = QColor(0xa8478a),
        .neutral = QColor(0x7b8594),
        .production = QColor(0x8f3200),
        .staging = QColor(0x0b5685),
        .otherEnvironment = QColor(0x4b5563),
        .bandText = QColor(0xffffff)};
}

Colors darkColors()
{
    return {.dark = true,
        .window = QColor(0x16181c),
        .base = QColor(0x1e2126),
        .raised = QColor(0x272b31),
        .line = QColor(0x3a4048),
        .text = QColor(0xe7e9ec),
        .muted = QColor(0xa3acb8),
        .accent = QColor(0x2f7fc1),
        .accentText = QColor(0xffffff),
        .oldVersion = QColor(0x4aa3df),
        .newVersion = QColor(0x2bb98e),
        .failure = QColor(0xf0803c),
        .attribution = QColor(0xd98bb8),
        .neutral = QColor(0x8b95a3),
        .production = QColor(0x8a3510),
        .staging = QColor(0x14527c),
        .otherEnvironment = QColor(0x434c59),
        .bandText = QColor(0xffffff)};
}

double contrast(const QColor& one, const QColor& other)
{
    const double a = luminance(one), b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

Theme::Theme()
    : m_colors(lightColors())
{
}

void Theme::install()
{
    if (std::exchange(m_installed, true))
        return;
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    m_points = QApplication::font().pointSizeF();
    m_family = QApplication::font().family();
    askDesktop();
    apply();
}

void Theme::askDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portal, portalPath, portalSettings, u"SettingChanged"_s, this,
        SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read
        = QDBusMessage::createMethodCall(portal, portalPath, portalSettings, u"Read"_s);
    read << appearance << u"color-scheme"_s;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError())
            settingChanged(appearance, u"color-scheme"_s, reply.value());
    });
}

void Theme::settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group != appearance || key != "color-scheme"_L1)
        return;
    // Read wraps its answer once more than the signal does.
    QVariant inner = value.variant();
    if (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant();
    m_desktopIsDark = inner.toUInt() == 1;
    apply();
}

void Theme::choose(Choice choice)
{
    m_choice = choice;
    apply();
}

void Theme::setPresenting(bool presenting)
{
    if (std::exchange(m_presenting, presenting) != presenting)
        apply();
}

void Theme::useLanguage(const QString&)
{
    apply();
}

void Theme::apply()
{
    const bool dark = !m_presenting
        && (m_choice == Choice::Dark || (m_choice == Choice::System && m_desktopIsDark));
    m_colors = dark ? darkColors() : lightColors();
    if (!m_installed)
        return;
    QApplication::setPalette(paletteOf(m_colors));
    QFont font = QApplication::font();
    font.setFamilies({m_family, u"Noto Sans CJK TC"_s, u"Noto Sans TC"_s});
    font.setPointSizeF(m_points * (m_presenting ? 2 : 1));
    QApplication::setFont(font);
    Q_EMIT changed();
}

} // namespace gapless
