// SPDX-License-Identifier: MIT
#include "app/report/drawing.h"

#include <QColor>
#include <QFont>
#include <QFontMetricsF>
#include <QPainter>

namespace gapless::report {

namespace {

QByteArray number(double value)
{
    return QByteArray::number(value, 'f', 1);
}

QByteArray escaped(const QString& text)
{
    return text.toHtmlEscaped().toUtf8();
}

struct SvgShape {
    QByteArray operator()(const Drawing::Box& box) const
    {
        const QByteArray open = "<rect x=\"" + number(box.at.x()) + "\" y=\"" + number(box.at.y())
            + "\" width=\"" + number(box.at.width()) + "\" height=\"" + number(box.at.height())
            + "\" fill=\"" + escaped(box.fill) + '"';
        return box.title.isEmpty() ? open + "/>\n"
                                   : open + "><title>" + escaped(box.title) + "</title></rect>\n";
    }
    QByteArray operator()(const Drawing::Line& line) const
    {
        return "<line x1=\"" + number(line.from.x()) + "\" y1=\"" + number(line.from.y())
            + "\" x2=\"" + number(line.to.x()) + "\" y2=\"" + number(line.to.y()) + "\" stroke=\""
            + escaped(line.stroke) + "\" stroke-width=\"" + number(line.width) + "\"/>\n";
    }
    QByteArray operator()(const Drawing::Label& label) const
    {
        static constexpr const char* anchors[] = {"start", "middle", "end"};
        return "<text x=\"" + number(label.at.x()) + "\" y=\"" + number(label.at.y())
            + "\" text-anchor=\"" + anchors[int(label.anchor)] + "\" font-size=\""
            + number(label.size) + "\" fill=\"" + escaped(label.fill) + "\">" + escaped(label.text)
            + "</text>\n";
    }
};

struct PaintShape {
    QPainter& painter;
    const QStringList& families;

    void operator()(const Drawing::Box& box) const { painter.fillRect(box.at, QColor(box.fill)); }
    void operator()(const Drawing::Line& line) const
    {
        painter.setPen(QPen(QColor(line.stroke), line.width));
        painter.drawLine(line.from, line.to);
    }
    void operator()(const Drawing::Label& label) const
    {
        QFont font;
        font.setFamilies(families);
        font.setPixelSize(int(label.size));
        painter.setFont(font);
        painter.setPen(QColor(label.fill));
        const double wide = QFontMetricsF(font).horizontalAdvance(label.text);
        const double left = label.anchor == Drawing::Label::Anchor::Start ? 0
            : label.anchor == Drawing::Label::Anchor::Middle              ? wide / 2
                                                                          : wide;
        painter.drawText(QPointF(label.at.x() - left, label.at.y()), label.text);
    }
};

} // namespace

QByteArray svg(const Drawing& drawing)
{
    QByteArray text = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 "
        + number(drawing.width) + ' ' + number(drawing.height) + "\" width=\""
        + number(drawing.width) + "\" height=\"" + number(drawing.height) + "\">\n<desc>"
        + escaped(drawing.description) + "</desc>\n";
    for (const Drawing::Shape& shape : drawing.shapes)
        text += std::visit(SvgShape {}, shape);
    return text + "</svg>\n";
}

void paint(const Drawing& drawing, QPainter& painter, const QStringList& fontFamilies)
{
    for (const Drawing::Shape& shape : drawing.shapes)
        std::visit(PaintShape {painter, fontFamilies}, shape);
}

} // namespace gapless::report
