// SPDX-License-Identifier: MIT
#include "app/report/writers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless::report {

namespace {

// Nothing of it comes from elsewhere, and a browser is told so: were there ever markup in it that
// is not ours, it could load nothing and run nothing.
constexpr const char* policy = "default-src 'none'; style-src 'unsafe-inline'";

constexpr const char* style = R"css(
:root { color-scheme: light; }
body { font: 14px/1.5 "Noto Sans", "Noto Sans CJK TC", "Noto Sans TC", system-ui, sans-serif; color: #1f2933;
       background: #fff; max-width: 1040px; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 22px; } h2 { font-size: 17px; margin-top: 2em; border-bottom: 1px solid #d9dee4; }
p.strong { font-weight: 600; font-size: 16px; }
table { border-collapse: collapse; width: 100%; margin: .8em 0; }
th, td { text-align: left; vertical-align: top; padding: 3px 8px; border-bottom: 1px solid #e4e8ec;
         overflow-wrap: anywhere; }
table.facts th { width: 16em; font-weight: 500; color: #52606d; }
pre { background: #f5f7fa; padding: .8em; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; }
svg { max-width: 100%; height: auto; } svg text { font-family: inherit; }
@media print { body { margin: 0; max-width: none; } details { display: none; } }
)css";

QByteArray escaped(const QString& text)
{
    return text.toHtmlEscaped().toUtf8();
}

QByteArray row(const QStringList& cells, const char* tag)
{
    QByteArray html = "<tr>";
    for (const QString& cell : cells)
        html += QByteArray("<") + tag + '>' + escaped(cell) + "</" + tag + '>';
    return html + "</tr>\n";
}

struct Html {
    QByteArray operator()(const Paragraph& block) const
    {
        return (block.strong ? "<p class=\"strong\">" : "<p>") + escaped(block.text) + "</p>\n";
    }
    QByteArray operator()(const Facts& block) const
    {
        QByteArray html = "<table class=\"facts\">\n";
        for (const auto& [name, value] : block.rows)
            html += "<tr><th>" + escaped(name) + "</th><td>" + escaped(value) + "</td></tr>\n";
        return html + "</table>\n";
    }
    QByteArray operator()(const Table& block) const
    {
        QByteArray html = "<table>\n<thead>" + row(block.heading, "th") + "</thead>\n<tbody>\n";
        for (const QStringList& cells : block.rows)
            html += row(cells, "td");
        return html + "</tbody></table>\n";
    }
    QByteArray operator()(const Bullets& block) const
    {
        QByteArray html = "<ul>\n";
        for (const QString& text : block.texts)
            html += "<li>" + escaped(text) + "</li>\n";
        return html + "</ul>\n";
    }
    QByteArray operator()(const Quoted& block) const
    {
        return "<pre>" + escaped(block.lines.join(u'\n')) + "</pre>\n";
    }
    QByteArray operator()(const Figure& block) const { return svg(block.drawing); }
};

} // namespace

QByteArray htmlOf(const Document& document, const ReportRecord& record)
{
    const QByteArray language = document.language == u"zh_TW" ? "zh-Hant-TW" : "en";
    QByteArray html = "<!DOCTYPE html>\n<html lang=\"" + language
        + "\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\""
        + policy + "\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>"
        + escaped(document.title) + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>"
        + escaped(document.title) + "</h1>\n";
    for (const Section& section : document.sections) {
        html += "<section>\n<h2>" + escaped(section.title) + "</h2>\n";
        for (const Block& block : section.blocks)
            html += std::visit(Html {}, block);
        html += "</section>\n";
    }
    const QByteArray head = inertJson(QJsonDocument(headOf(record)).toJson(QJsonDocument::Compact));
    return html + "<details>\n<summary>" + escaped(Report::tr("The event stream"))
        + "</summary>\n<pre id=\"gapless-head\">" + escaped(QString::fromUtf8(head))
        + "</pre>\n<pre id=\"gapless-events\">" + escaped(QString::fromUtf8(record.stream))
        + "</pre>\n</details>\n</body>\n</html>\n";
}

} // namespace gapless::report
