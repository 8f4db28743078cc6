// SPDX-License-Identifier: MIT
#include "app/report/writers.h"

#include <QBuffer>
#include <QFontDatabase>
#include <QImage>
#include <QJsonDocument>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gapless::report {

namespace {

constexpr int dotsPerInch = 96;
constexpr double pictureScale = 3; ///< 288 dots an inch on paper
const QString headFile = u"gapless-head.json"_s, eventsFile = u"gapless-events.jsonl"_s;

/// Without them Qt draws Chinese with Japanese glyphs, or with none.
QStringList families()
{
    QStringList found;
    for (const QString& family : {u"Noto Sans CJK TC"_s, u"Noto Sans TC"_s, u"Noto Sans"_s})
        if (QFontDatabase::hasFamily(family))
            found << family;
    if (found.isEmpty())
        found << QFontDatabase::families(QFontDatabase::TraditionalChinese).mid(0, 1);
    return found;
}

QString escaped(const QString& text)
{
    return text.toHtmlEscaped();
}

QString row(const QStringList& cells, const QString& tag)
{
    QString html = u"<tr>"_s;
    for (const QString& cell : cells)
        html += u"<%1>%2</%1>"_s.arg(tag, escaped(cell));
    return html + u"</tr>"_s;
}

/// The HTML that QTextDocument knows.
struct RichText {
    QTextDocument& document;
    const QStringList& fonts;
    int& pictures;

    QString operator()(const Paragraph& block) const
    {
        return block.strong ? u"<p><b>%1</b></p>"_s.arg(escaped(block.text))
                            : u"<p>%1</p>"_s.arg(escaped(block.text));
    }
    QString operator()(const Facts& block) const
    {
        QString html = u"<table width='100%' cellspacing='0' cellpadding='3'>"_s;
        for (const auto& [name, value] : block.rows)
            html += u"<tr><td width='30%'>%1</td><td>%2</td></tr>"_s.arg(
                escaped(name), escaped(value));
        return html + u"</table>"_s;
    }
    QString operator()(const Table& block) const
    {
        QString html = u"<table width='100%' cellspacing='0' cellpadding='3'>"_s
            + row(block.heading, u"th"_s);
        for (const QStringList& cells : block.rows)
            html += row(cells, u"td"_s);
        return html + u"</table>"_s;
    }
    QString operator()(const Bullets& block) const
    {
        QString html = u"<ul>"_s;
        for (const QString& text : block.texts)
            html += u"<li>%1</li>"_s.arg(escaped(text));
        return html + u"</ul>"_s;
    }
    QString operator()(const Quoted& block) const
    {
        QString html;
        for (const QString& line : block.lines)
            html += u"<p style='margin:0'>%1</p>"_s.arg(escaped(line));
        return html;
    }
    QString operator()(const Figure& block) const
    {
        const Drawing& drawing = block.drawing;
        QImage image(int(drawing.width * pictureScale), int(drawing.height * pictureScale),
            QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.scale(pictureScale, pictureScale);
        paint(drawing, painter, fonts);
        painter.end();
        const QString name = u"picture:%1"_s.arg(++pictures);
        document.addResource(QTextDocument::ImageResource, QUrl(name), image);
        return u"<p><img src='%1' width='%2'></p>"_s.arg(name).arg(int(document.textWidth()));
    }
};

} // namespace

QByteArray pdfOf(const Document& content, const ReportRecord& record)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(dotsPerInch);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
    writer.setTitle(content.title);
    writer.setCreator(u"Gapless %1"_s.arg(record.version));
    writer.addFileAttachment(headFile,
        inertJson(QJsonDocument(headOf(record)).toJson(QJsonDocument::Compact)),
        u"application/json"_s);
    writer.addFileAttachment(eventsFile, record.stream, u"application/jsonl"_s);

    QTextDocument document;
    const QStringList fonts = families();
    QFont font;
    font.setFamilies(fonts);
    font.setPointSizeF(8.5);
    document.setDefaultFont(font);
    document.documentLayout(); // before the paint device: it takes the screen's resolution
    const QSizeF page = writer.pageLayout().paintRectPixels(dotsPerInch).size();
    document.setPageSize(page);
    int pictures = 0;
    QString html = u"<h2>%1</h2>"_s.arg(escaped(content.title));
    for (const Section& section : content.sections) {
        html += u"<h3>%1</h3>"_s.arg(escaped(section.title));
        for (const Block& block : section.blocks)
            html += std::visit(RichText {document, fonts, pictures}, block);
    }
    document.setHtml(html);
    document.print(&writer);
    return bytes;
}

namespace {

/// The content of an object's stream; nothing where there is none, or it is cut off.
std::optional<QByteArray> streamOfObject(const QByteArray& pdf, const QByteArray& number)
{
    const qsizetype object = pdf.indexOf('\n' + number + " 0 obj\n");
    const qsizetype begin = object < 0 ? -1 : pdf.indexOf("stream\n", object);
    const qsizetype end = begin < 0 ? -1 : pdf.indexOf("endstream", begin);
    if (end < 0)
        return std::nullopt;
    const qsizetype data = begin + qsizetype(sizeof "stream\n") - 1;
    const QByteArray content = pdf.mid(data, end - data);
    if (!pdf.mid(object, begin - object).contains("/FlateDecode"))
        return content;
    // qUncompress wants to be told a size, and grows past a wrong one.
    return qUncompress(QByteArray("\0\0\x10\0", 4) + content);
}

/// An attached file as QPdfWriter writes it: `/F (NAME)`, then the number of its object.
std::optional<QByteArray> attachedFile(const QByteArray& pdf, const QString& name)
{
    static const QByteArray begin(")\n/EF <</F ");
    const qsizetype at = pdf.lastIndexOf("/F (" + name.toLatin1() + begin);
    if (at < 0)
        return std::nullopt;
    const qsizetype number = pdf.indexOf(begin, at) + begin.size();
    return streamOfObject(pdf, pdf.mid(number, pdf.indexOf(' ', number) - number));
}

} // namespace

std::optional<Carried> readBackPdf(const QByteArray& report)
{
    const auto head = attachedFile(report, headFile);
    const auto stream = attachedFile(report, eventsFile);
    if (!head || !stream)
        return std::nullopt;
    return Carried {u"pdf"_s, QJsonDocument::fromJson(*head).object(), *stream};
}

} // namespace gapless::report
