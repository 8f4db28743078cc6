// SPDX-License-Identifier: MIT
#include "app/report/record.h"

#include "engine/model/eventjson.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString digestOf(const QByteArray& stream)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(stream, QCryptographicHash::Sha256).toHex());
}

} // namespace

QByteArray inertJson(const QByteArray& json)
{
    QString inert;
    inert.reserve(json.size());
    for (const QChar c : QString::fromUtf8(json)) {
        const auto category = c.category();
        const bool acts = category == QChar::Other_Format || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph
            || (category == QChar::Other_Control && c != u'\n');
        if (acts)
            inert += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
        else
            inert += c;
    }
    return inert.toUtf8();
}

QByteArray streamLine(const QJsonObject& event)
{
    return inertJson(QJsonDocument(event).toJson(QJsonDocument::Compact)) + '\n';
}

QByteArray streamOf(const QList<Event>& events)
{
    QByteArray stream;
    for (const Event& event : events)
        stream += streamLine(toJson(event));
    return stream;
}

ReportRecord makeRecord(const QList<Event>& events, const QString& language, const QTimeZone& zone,
    const QDateTime& madeAt)
{
    ReportRecord record;
    record.stream = streamOf(events);
    record.sha256 = digestOf(record.stream);
    record.events = events;
    record.state = applyAll({}, events);
    record.language = language;
    record.zone = zone.isValid() ? zone : QTimeZone::utc();
    record.madeAt = madeAt;
    record.version = QStringLiteral(GAPLESS_VERSION);
    return record;
}

QJsonObject headOf(const ReportRecord& record)
{
    return {{u"schema"_s, 1}, {u"type"_s, u"report"_s}, {u"run"_s, record.state.run},
        {u"gapless"_s, record.version}, {u"language"_s, record.language},
        {u"zone"_s, QString::fromLatin1(record.zone.id())},
        {u"madeAt"_s, record.madeAt.toUTC().toString(Qt::ISODateWithMs)},
        {u"events"_s, record.events.size()}, {u"sha256"_s, record.sha256}};
}

std::optional<ReportRecord> recordFrom(const QJsonObject& head, const QByteArray& stream)
{
    if (head[u"type"_s].toString() != u"report" || head[u"schema"_s].toInt() != 1)
        return std::nullopt;
    QList<Event> events;
    for (const QByteArray& line : stream.split('\n'))
        if (const auto event = eventFromJson(QJsonDocument::fromJson(line).object()))
            events.append(*event);
    ReportRecord record = makeRecord(events, head[u"language"_s].toString(),
        QTimeZone(head[u"zone"_s].toString().toLatin1()),
        QDateTime::fromString(head[u"madeAt"_s].toString(), Qt::ISODateWithMs));
    record.version = head[u"gapless"_s].toString();
    record.stream = stream;
    record.sha256 = digestOf(stream);
    return record;
}

} // namespace gapless
