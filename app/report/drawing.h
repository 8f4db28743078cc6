// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <variant>

class QPainter;

namespace gapless::report {

/// A picture as a list of shapes, so that HTML (as SVG) and PDF (through QPainter) show the same.
/// Lengths are CSS pixels; colours `#rrggbb`.
struct Drawing {
    struct Box {
        QRectF at;
        QString fill;
        QString title; ///< said on hovering; empty: nothing
    };
    struct Line {
        QPointF from, to;
        QString stroke;
        double width = 1;
    };
    struct Label {
        enum class Anchor { Start, Middle, End };
        QPointF at; ///< on the base line
        QString text;
        Anchor anchor = Anchor::Start;
        double size = 11;
        QString fill;
    };
    using Shape = std::variant<Box, Line, Label>;

    double width = 0, height = 0;
    QString description; ///< for whoever does not see it
    QList<Shape> shapes;
};

/// A complete `<svg>` element: no script, no link, nothing from elsewhere.
QByteArray svg(const Drawing& drawing);
void paint(const Drawing& drawing, QPainter& painter, const QStringList& fontFamilies);

} // namespace gapless::report
