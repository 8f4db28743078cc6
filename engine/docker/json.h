// SPDX-License-Identifier: MIT
#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QMap>
#include <QString>
#include <QStringList>

// How values stand in docker's JSON. Private to this room.
namespace gapless::docker {

inline QStringList texts(const QJsonValue& array)
{
    QStringList list;
    for (const QJsonValue value : array.toArray())
        list += value.toString();
    return list;
}

inline QMap<QString, QString> textMap(const QJsonValue& object)
{
    QMap<QString, QString> map;
    const QJsonObject from = object.toObject();
    for (auto it = from.begin(); it != from.end(); ++it)
        map[it.key()] = it->toString();
    return map;
}

/// `NAME=value` words as a map.
inline QMap<QString, QString> environment(const QJsonValue& array)
{
    QMap<QString, QString> map;
    for (const QString& word : texts(array)) {
        const qsizetype equals = word.indexOf(u'=');
        map[word.left(equals)] = equals < 0 ? QString() : word.mid(equals + 1);
    }
    return map;
}

/// Go's RFC 3339 with up to nine digits of a second; its zero time is an invalid one here.
inline QDateTime time(const QJsonValue& value)
{
    const QDateTime parsed = QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
    return parsed.isValid() && parsed.date().year() > 1 ? parsed : QDateTime();
}

/// An image's id with its algorithm, which podman leaves out.
inline QString digest(const QString& id)
{
    return id.isEmpty() || id.contains(u':') ? id : QStringLiteral("sha256:") + id;
}

} // namespace gapless::docker
