// SPDX-License-Identifier: MIT
#include "app/report/writers.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless::report {

namespace {

/// Text as text: on one line, with every character that Markdown or HTML would read escaped.
QString plain(const QString& text)
{
    static constexpr QStringView markup = u"\\`*_[]|~";
    static const QRegularExpression atStart(u"^([#+=>-]|\\d+(?=[.)]))"_s);
    QString escaped;
    for (const QChar c : text) {
        if (c == u'<')
            escaped += u"&lt;"_s;
        else if (c == u'&')
            escaped += u"&amp;"_s;
        else if (c == u'\n')
            escaped += u' ';
        else if (markup.contains(c))
            escaped += QString(u'\\') + c;
        else
            escaped += c;
    }
    // A heading, a list, a quotation or an underline only where a line begins with it.
    if (const auto match = atStart.match(escaped); match.hasMatch())
        escaped.insert(escaped.at(0).isDigit() ? match.capturedLength() : 0, u'\\');
    // An address that would become a link by itself.
    return escaped.replace(u"://"_s, u":&#47;/"_s);
}

QString row(QStringList cells)
{
    for (QString& cell : cells)
        cell = plain(cell);
    return u"| %1 |\n"_s.arg(cells.join(u" | "_s));
}

QString heading(const QStringList& cells)
{
    return row(cells) + u"|%1\n"_s.arg(u" --- |"_s.repeated(cells.size()));
}

/// A fence that no line of the content can end.
QString fenced(const QString& kind, const QString& content)
{
    static const QRegularExpression ticks(u"`+"_s);
    qsizetype longest = 2;
    for (auto found = ticks.globalMatch(content); found.hasNext();)
        longest = std::max(longest, found.next().capturedLength());
    const QString fence(longest + 1, u'`');
    return fence + kind + u'\n' + content + (content.endsWith(u'\n') ? u""_s : u"\n"_s) + fence
        + u'\n';
}

struct Markdown {
    QString operator()(const Paragraph& block) const
    {
        const QString text = plain(block.text);
        return (block.strong ? u"**%1**"_s.arg(text) : text) + u'\n';
    }
    QString operator()(const Facts& block) const
    {
        QString lines;
        for (const auto& [name, value] : block.rows)
            lines += lines.isEmpty() ? heading({name, value}) : row({name, value});
        return lines;
    }
    QString operator()(const Table& block) const
    {
        QString lines = heading(block.heading);
        for (const QStringList& cells : block.rows)
            lines += row(cells);
        return lines;
    }
    QString operator()(const Bullets& block) const
    {
        QString lines;
        for (const QString& text : block.texts)
            lines += u"- "_s + plain(text) + u'\n';
        return lines;
    }
    QString operator()(const Quoted& block) const
    {
        return fenced(u"text"_s, block.lines.join(u'\n'));
    }
    /// There is no picture in Markdown that is in the file itself; its numbers are in the tables.
    QString operator()(const Figure&) const { return {}; }
};

} // namespace

QByteArray markdownOf(const Document& document, const ReportRecord& record)
{
    QString text = u"# "_s + plain(document.title) + u'\n';
    for (const Section& section : document.sections) {
        QStringList blocks;
        for (const Block& block : section.blocks)
            if (const QString written = std::visit(Markdown {}, block); !written.isEmpty())
                blocks << written;
        if (!blocks.isEmpty())
            text += u"\n## "_s + plain(section.title) + u"\n\n"_s + blocks.join(u'\n');
    }
    text += u"\n## "_s + plain(Report::tr("The event stream")) + u"\n\n"_s;
    text += fenced(u"json gapless-head"_s,
        QString::fromUtf8(inertJson(QJsonDocument(headOf(record)).toJson(QJsonDocument::Compact))));
    text += u'\n' + fenced(u"jsonl gapless-events"_s, QString::fromUtf8(record.stream));
    return text.toUtf8();
}

} // namespace gapless::report
