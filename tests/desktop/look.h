// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/context.h"

#include <QAbstractButton>
#include <QDir>
#include <QLabel>
#include <QPixmap>
#include <QTest>
#include <QWidget>

namespace gapless {

/// Paints the widget as a person would see it, into $GAPLESS_SCREENSHOTS where that is set: once a
/// language and palette. Returns false where nothing was painted.
inline bool look(DesktopContext& context, QWidget& widget, const QString& name)
{
    const QPixmap picture = widget.grab();
    const QString folder = qEnvironmentVariable("GAPLESS_SCREENSHOTS");
    if (!folder.isEmpty() && QDir().mkpath(folder))
        picture.save(QStringLiteral("%1/%2-%3-%4.png")
                         .arg(folder, name, context.language().code(),
                             context.theme().colors().dark ? QStringLiteral("dark")
                                                           : QStringLiteral("light")));
    return !picture.isNull();
}

/// The visible button whose text is `text`, mnemonic and all left out; null where there is none.
inline QAbstractButton* button(const QWidget& in, const QString& text)
{
    for (auto* one : in.findChildren<QAbstractButton*>())
        if (one->isVisibleTo(&in) && one->text().remove(u'&') == text)
            return one;
    return nullptr;
}

/// What is wrong for somebody who cannot see or has no mouse: controls without a name, two visible
/// controls with one mnemonic.
inline QStringList accessComplaints(const QWidget& in)
{
    QStringList complaints;
    QMap<QChar, QString> taken;
    const auto note = [&](const QString& text) {
        for (qsizetype i = 0; i + 1 < text.size(); ++i) {
            if (text[i] != u'&')
                continue;
            const QChar key = text[++i].toLower();
            if (key == u'&')
                continue;
            if (taken.contains(key))
                complaints.append(
                    QStringLiteral("%1: \"%2\" and \"%3\"").arg(key).arg(taken[key], text));
            taken[key] = text;
        }
    };
    for (auto* one : in.findChildren<QWidget*>()) {
        if (!one->isVisibleTo(&in))
            continue;
        if (auto* pressed = qobject_cast<QAbstractButton*>(one))
            note(pressed->text());
        else if (auto* label = qobject_cast<QLabel*>(one); label && label->buddy())
            note(label->text());
        const bool isControl = one->focusPolicy() & Qt::TabFocus && !one->focusProxy()
            && !one->objectName().startsWith(QStringLiteral("qt_")) && one->isEnabled();
        bool isPart = false; // of a control that has a name
        for (const QWidget* up = one->parentWidget(); up && up != &in; up = up->parentWidget())
            isPart = isPart || !up->accessibleName().isEmpty();
        const auto* pressed = qobject_cast<QAbstractButton*>(one);
        if (isControl && !isPart && one->accessibleName().isEmpty()
            && (!pressed || pressed->text().isEmpty()))
            complaints.append(QStringLiteral("no name: %1").arg(
                QString::fromLatin1(one->metaObject()->className())));
    }
    return complaints;
}

} // namespace gapless
