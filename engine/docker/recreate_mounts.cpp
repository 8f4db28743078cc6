// SPDX-License-Identifier: MIT
#include "engine/docker/json.h"
#include "engine/docker/recreate_p.h"
#include "engine/docker/words.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace gapless::docker {

namespace {

/// A bind of the form `source:target[:options]`. As --mount, so that a source that is gone is an
/// error, unless it has an option that --mount does not know (SELinux relabelling, nocopy).
QStringList bindWords(const QString& bind)
{
    const QStringList parts = bind.split(u':');
    const QStringList options = parts.value(2).split(u',', Qt::SkipEmptyParts);
    Mount mount {parts.value(0), parts.value(1), false};
    for (const QString& option : options) {
        if (option == u"ro"_s)
            mount.readOnly = true;
        else if (option != u"rw"_s)
            return {u"--volume"_s, bind};
    }
    return {u"--mount"_s, mountValue(mount)};
}

/// One of HostConfig.Mounts, which --mount made.
QStringList mountWords(const QJsonObject& json)
{
    const QString type = json[u"Type"_s].toString();
    if (type == u"bind"_s || type == u"volume"_s) {
        QString value = mountValue({json[u"Source"_s].toString(), json[u"Target"_s].toString(),
            json[u"ReadOnly"_s].toBool()});
        const QString propagation = json[u"BindOptions"_s][u"Propagation"_s].toString();
        if (!propagation.isEmpty())
            value += u",bind-propagation="_s + propagation;
        if (json[u"VolumeOptions"_s][u"NoCopy"_s].toBool())
            value += u",volume-nocopy"_s;
        return {u"--mount"_s, value};
    }
    QString value = u"type=%1,target=%2"_s.arg(type, json[u"Target"_s].toString());
    const QJsonValue options = json[u"TmpfsOptions"_s];
    if (const qint64 size = options[u"SizeBytes"_s].toInteger(); size > 0)
        value += u",tmpfs-size=%1"_s.arg(size);
    if (const int mode = options[u"Mode"_s].toInt(); mode > 0)
        value += u",tmpfs-mode=%1"_s.arg(mode, 0, 8);
    return {u"--mount"_s, value};
}

QString publishWord(const QString& port, const QJsonObject& binding)
{
    QString address = binding[u"HostIp"_s].toString();
    if (address.contains(u':'))
        address = u'[' + address + u']';
    const QString prefix = address.isEmpty() ? QString() : address + u':';
    return prefix + binding[u"HostPort"_s].toString() + u':' + port;
}

/// What a network knows of the container besides the names docker gives by itself.
QStringList endpointWords(const QJsonObject& endpoint, const QJsonObject& inspect,
    const QString& aliasOption, bool userDefined)
{
    QStringList words;
    const QString id = inspect[u"Id"_s].toString();
    const QStringList given {
        inspect[u"Name"_s].toString().mid(1), inspect[u"Config"_s][u"Hostname"_s].toString()};
    for (const QString& alias : texts(endpoint[u"Aliases"_s]))
        if (userDefined && !id.startsWith(alias) && !given.contains(alias))
            words << aliasOption << alias;
    const QJsonObject addresses = endpoint[u"IPAMConfig"_s].toObject();
    if (const QString v4 = addresses[u"IPv4Address"_s].toString(); !v4.isEmpty())
        words << u"--ip"_s << v4;
    if (const QString v6 = addresses[u"IPv6Address"_s].toString(); !v6.isEmpty())
        words << u"--ip6"_s << v6;
    return words;
}

} // namespace

void addMounts(Recreation& made, const QJsonObject& inspect)
{
    const QJsonObject host = inspect[u"HostConfig"_s].toObject();
    QSet<QString> targets;
    for (const QString& bind : texts(host[u"Binds"_s])) {
        made.words += bindWords(bind);
        targets += bind.section(u':', 1, 1);
    }
    for (const QJsonValue mount : host[u"Mounts"_s].toArray()) {
        made.words += mountWords(mount.toObject());
        targets += mount[u"Target"_s].toString();
    }
    // A volume that only the image asked for has a name too, and its data are still there.
    for (const QJsonValue mount : inspect[u"Mounts"_s].toArray())
        if (mount[u"Type"_s].toString() == u"volume"_s
            && !targets.contains(mount[u"Destination"_s].toString()))
            made.words << u"--mount"_s
                       << mountValue({mount[u"Name"_s].toString(),
                              mount[u"Destination"_s].toString(), !mount[u"RW"_s].toBool(true)});
    const QMap<QString, QString> tmpfs = textMap(host[u"Tmpfs"_s]);
    for (auto it = tmpfs.begin(); it != tmpfs.end(); ++it)
        made.words << u"--tmpfs"_s << (it->isEmpty() ? it.key() : it.key() + u':' + *it);
}

void addNetworks(Recreation& made, const QJsonObject& inspect, const QString& name)
{
    const QJsonObject host = inspect[u"HostConfig"_s].toObject();
    const QString mode = host[u"NetworkMode"_s].toString();
    const QStringList builtIn {u""_s, u"default"_s, u"bridge"_s, u"host"_s, u"none"_s};
    const QJsonObject networks = inspect[u"NetworkSettings"_s][u"Networks"_s].toObject();
    if (!mode.isEmpty() && mode != u"default"_s)
        made.words << u"--network"_s << mode;
    for (auto it = networks.begin(); it != networks.end(); ++it) {
        const bool first = it.key() == mode || (builtIn.contains(mode) && it.key() == u"bridge"_s);
        const QJsonObject endpoint = it->toObject();
        if (first)
            made.words += endpointWords(
                endpoint, inspect, u"--network-alias"_s, !builtIn.contains(it.key()));
        else if (!mode.startsWith(u"container:"_s))
            made.afterwards += QStringList {u"network"_s, u"connect"_s}
                + endpointWords(endpoint, inspect, u"--alias"_s, true)
                + QStringList {it.key(), name};
    }
    for (const QString& link : texts(host[u"Links"_s])) // `/database:/chat/db`
        made.words << u"--link"_s
                   << link.section(u':', 0, 0).mid(1) + u':' + link.section(u'/', -1);
    const QJsonObject ports = host[u"PortBindings"_s].toObject();
    for (auto it = ports.begin(); it != ports.end(); ++it)
        for (const QJsonValue binding : it->toArray())
            made.words << u"--publish"_s << publishWord(it.key(), binding.toObject());
}

} // namespace gapless::docker
