// SPDX-License-Identifier: MIT
#include "engine/rollout/configuration.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    using Values = QMap<QString, QString>;

    QString textOf(const QJsonValue& value)
    {
        if (value.isString())
            return value.toString();
        if (value.isArray())
            return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
        if (value.isObject())
            return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
        return value.isNull() || value.isUndefined() ? QString() : value.toVariant().toString();
    }

    Values environmentOf(const QJsonObject& inspect)
    {
        Values values;
        for (const QJsonValue entry : inspect[u"Config"_s][u"Env"_s].toArray()) {
            const QString text = entry.toString();
            const qsizetype equals = text.indexOf(u'=');
            // A name alone: the record left its value out.
            values[text.left(equals)] = equals < 0 ? u"set"_s : text.mid(equals + 1);
        }
        return values;
    }

    Values mountsOf(const QJsonObject& inspect)
    {
        Values values;
        for (const QJsonValue mount : inspect[u"Mounts"_s].toArray()) {
            const bool isVolume = mount[u"Type"_s].toString() == u"volume";
            values[mount[u"Destination"_s].toString()]
                = mount[isVolume ? u"Name"_s : u"Source"_s].toString()
                + (mount[u"RW"_s].toBool(true) ? QString() : u" (ro)"_s);
        }
        return values;
    }

    Values portsOf(const QJsonObject& inspect)
    {
        Values values;
        const QJsonObject bindings = inspect[u"HostConfig"_s][u"PortBindings"_s].toObject();
        for (auto port = bindings.begin(); port != bindings.end(); ++port) {
            QStringList each;
            for (const QJsonValue binding : port->toArray())
                each.append(binding[u"HostIp"_s].toString() + u':' + binding[u"HostPort"_s].toString());
            values[port.key()] = each.join(u' ');
        }
        return values;
    }

    Values networksOf(const QJsonObject& inspect)
    {
        Values values;
        for (const QString& name : inspect[u"NetworkSettings"_s][u"Networks"_s].toObject().keys())
            values[name] = u"set"_s;
        return values;
    }

    /// docker's own fields, less those that are said above or mean nothing (0, false and empty are what
    /// docker writes where nothing was asked for).
    Values optionsOf(const QJsonObject& inspect)
    {
        static const QSet<QString> saidElsewhere { u"PortBindings"_s, u"Binds"_s, u"Mounts"_s,
            u"NetworkMode"_s, u"ContainerIDFile"_s, u"ConsoleSize"_s, u"LogPath"_s };
        Values values;
        const QJsonObject host = inspect[u"HostConfig"_s].toObject();
        for (auto field = host.begin(); field != host.end(); ++field) {
            const QString text = textOf(field.value());
            const bool isNothing = text.isEmpty() || text == u"0" || text == u"false" || text == u"[]"
                || text == u"{}";
            if (!saidElsewhere.contains(field.key()) && !isNothing)
                values[field.key()] = text;
        }
        const QJsonObject config = inspect[u"Config"_s].toObject();
        for (const QString& field : { u"User"_s, u"Entrypoint"_s, u"Cmd"_s, u"WorkingDir"_s,
                 u"Healthcheck"_s, u"StopTimeout"_s, u"StopSignal"_s })
            if (const QString text = textOf(config[field]); !text.isEmpty())
                values[field] = text;
        return values;
    }

    void compare(QList<ConfigurationDifference>& found, const QString& what, const Values& before,
        const Values& after, const QSet<QString>& leftOut = {})
    {
        QStringList names = before.keys();
        for (const QString& name : after.keys())
            if (!before.contains(name))
                names.append(name);
        for (const QString& name : names)
            if (!leftOut.contains(name) && before.value(name) != after.value(name))
                found.append({ what, name, before.value(name), after.value(name) });
    }

}

QList<ConfigurationDifference> differences(const ContainerRecorded& before,
    const ContainerRecorded& after, Comparing comparing, const QSet<QString>& perSlot)
{
    const bool twoSlots = comparing == Comparing::TwoSlots;
    QList<ConfigurationDifference> found;
    if (!before.inspect.isEmpty() && !after.inspect.isEmpty()) {
        const QString imageBefore = before.inspect[u"Image"_s].toString();
        const QString imageAfter = after.inspect[u"Image"_s].toString();
        if (imageBefore != imageAfter)
            found.append({ u"image"_s, after.image, imageBefore, imageAfter });
        compare(found, u"env"_s, environmentOf(before.inspect), environmentOf(after.inspect),
            twoSlots ? perSlot : QSet<QString>());
        compare(found, u"mount"_s, mountsOf(before.inspect), mountsOf(after.inspect));
        if (!twoSlots)
            compare(found, u"port"_s, portsOf(before.inspect), portsOf(after.inspect));
        compare(found, u"network"_s, networksOf(before.inspect), networksOf(after.inspect));
        compare(found, u"option"_s, optionsOf(before.inspect), optionsOf(after.inspect));
    }
    // Where one side's files were never looked at, their difference means nothing.
    if (!before.files.isEmpty() && !after.files.isEmpty())
        compare(found, u"file"_s, before.files, after.files);
    return found;
}

QJsonArray toJson(const QList<ConfigurationDifference>& differences)
{
    QJsonArray array;
    for (const ConfigurationDifference& one : differences)
        array.append(QJsonObject { { u"what"_s, one.what }, { u"name"_s, one.name },
            { u"before"_s, one.before }, { u"after"_s, one.after } });
    return array;
}

} // namespace gapless
