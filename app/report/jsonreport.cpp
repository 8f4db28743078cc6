// SPDX-License-Identifier: MIT
#include "app/report/writers.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless::report {

QByteArray jsonOf(const ReportRecord& record)
{
    QJsonArray events;
    for (const QByteArray& line : record.stream.split('\n'))
        if (!line.isEmpty())
            events.append(QJsonDocument::fromJson(line).object());
    QJsonObject report = headOf(record);
    report[u"state"_s] = toJson(record.state);
    report[u"events"_s] = events;
    return inertJson(QJsonDocument(report).toJson(QJsonDocument::Indented));
}

namespace {

std::optional<Carried> fromJson(const QByteArray& report)
{
    QJsonObject head = QJsonDocument::fromJson(report).object();
    if (head[u"type"_s].toString() != u"report" || !head[u"events"_s].isArray())
        return std::nullopt;
    Carried carried {u"json"_s, {}, {}};
    for (const QJsonValue event : head[u"events"_s].toArray())
        carried.stream += streamLine(event.toObject());
    head.remove(u"state"_s);
    carried.head = head;
    return carried;
}

/// What stands between two marks, the first of which is there once; nothing where one is missing.
std::optional<QByteArray> between(
    const QByteArray& text, const QByteArray& begin, const QByteArray& end)
{
    const qsizetype from = text.lastIndexOf(begin);
    const qsizetype to = from < 0 ? -1 : text.indexOf(end, from + begin.size());
    if (to < 0)
        return std::nullopt;
    return text.mid(from + begin.size(), to - from - begin.size());
}

/// Takes back what toHtmlEscaped() did.
QByteArray unescaped(QByteArray html)
{
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
}

std::optional<Carried> fromHtml(const QByteArray& report)
{
    const auto head = between(report, "<pre id=\"gapless-head\">", "</pre>");
    const auto stream = between(report, "<pre id=\"gapless-events\">", "</pre>");
    if (!head || !stream)
        return std::nullopt;
    return Carried {
        u"html"_s, QJsonDocument::fromJson(unescaped(*head)).object(), unescaped(*stream)};
}

/// A fenced block by its kind: begins and ends with a line of at least three backticks.
std::optional<QByteArray> fencedBlock(const QByteArray& text, const QByteArray& kind)
{
    const qsizetype mark = text.lastIndexOf("```" + kind + '\n');
    if (mark < 0)
        return std::nullopt;
    const qsizetype lineAt = text.lastIndexOf('\n', mark) + 1;
    const QByteArray fence(mark + 3 - lineAt, '`');
    return between(text.mid(lineAt), fence + kind + '\n', fence + '\n');
}

std::optional<Carried> fromMarkdown(const QByteArray& report)
{
    const auto head = fencedBlock(report, "json gapless-head");
    const auto stream = fencedBlock(report, "jsonl gapless-events");
    if (!head || !stream)
        return std::nullopt;
    return Carried {u"md"_s, QJsonDocument::fromJson(*head).object(), *stream};
}

} // namespace

std::optional<Carried> readBack(const QByteArray& report)
{
    if (report.startsWith("%PDF-"))
        return readBackPdf(report);
    for (const auto& read : {fromJson, fromHtml, fromMarkdown})
        if (auto carried = read(report))
            return carried;
    return std::nullopt;
}

} // namespace gapless::report
