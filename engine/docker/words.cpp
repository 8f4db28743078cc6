// SPDX-License-Identifier: MIT
#include "engine/docker/words.h"

#include "engine/model/error.h"

#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace gapless::docker {

namespace {

[[noreturn]] void fieldWrong(const QString& path, const QString& expected)
{
    throw Error(ErrorKind::FieldWrong, {{u"path"_s, path}, {u"expected"_s, expected}});
}

/// One field of a CSV record, as Go's encoding/csv reads it.
QString csvField(QString field)
{
    if (!field.contains(u',') && !field.contains(u'"') && !field.startsWith(u' '))
        return field;
    return u'"' + field.replace(u'"', u"\"\""_s) + u'"';
}

bool hasLineBreak(const QString& text)
{
    return text.contains(u'\n') || text.contains(u'\r');
}

QStringList environmentWords(const ContainerSpec& spec, const Slot& slot)
{
    QMap<QString, QString> env = spec.env;
    for (auto it = slot.env.begin(); it != slot.env.end(); ++it)
        env[it.key()] = *it;
    for (qsizetype i = 0; i < spec.secretEnv.size(); ++i)
        if (env.contains(spec.secretEnv[i]))
            throw Error(ErrorKind::FieldRepeated,
                {{u"path"_s, u"container.secretEnv[%1]"_s.arg(i)},
                    {u"other"_s, u"container.env.%1"_s.arg(spec.secretEnv[i])}});
    QStringList words;
    for (auto it = env.begin(); it != env.end(); ++it) {
        if (it.key().isEmpty() || it.key().contains(u'='))
            fieldWrong(u"container.env"_s, u"a variable's name"_s);
        words << u"--env"_s << it.key() + u'=' + *it;
    }
    return words;
}

} // namespace

QString mountValue(const Mount& mount)
{
    QStringList fields {
        mount.source.startsWith(u'/') ? u"type=bind"_s : u"type=volume"_s,
        csvField(u"source="_s + mount.source),
        csvField(u"target="_s + mount.target),
    };
    if (mount.readOnly)
        fields += u"readonly"_s;
    return fields.join(u',');
}

QStringList create(const ContainerSpec& spec, const Slot& slot, const CreateOptions& options)
{
    checkOptions(spec.options);
    if (options.image.isEmpty() || options.image.startsWith(u'-'))
        fieldWrong(u"image.repository"_s, u"an image's name"_s);
    if (options.name.isEmpty() || options.name.startsWith(u'-'))
        fieldWrong(u"slots.container"_s, u"a container's name"_s);

    QStringList words {u"create"_s, u"--pull"_s, u"never"_s, u"--name"_s, options.name};
    for (auto it = options.labels.begin(); it != options.labels.end(); ++it)
        words << u"--label"_s << it.key() + u'=' + *it;
    if (!spec.restart.isEmpty())
        words << u"--restart"_s << spec.restart;
    if (spec.stopTimeoutSeconds > 0)
        words << u"--stop-timeout"_s << QString::number(spec.stopTimeoutSeconds);
    if (!spec.network.isEmpty())
        words << u"--network"_s << spec.network;
    for (const QString& port : slot.publish)
        words << u"--publish"_s << port;
    for (qsizetype i = 0; i < spec.mounts.size(); ++i) {
        const Mount& mount = spec.mounts[i];
        if (mount.source.isEmpty() || hasLineBreak(mount.source))
            fieldWrong(u"container.mounts[%1].source"_s.arg(i), u"a path or a volume's name"_s);
        if (!mount.target.startsWith(u'/') || hasLineBreak(mount.target))
            fieldWrong(u"container.mounts[%1].target"_s.arg(i), u"an absolute path"_s);
        words << u"--mount"_s << mountValue(mount);
    }
    for (const QString& file : spec.envFiles)
        words << u"--env-file"_s << file;
    if (options.secretsOnStdin)
        words << u"--env-file"_s << u"/dev/stdin"_s;
    words += environmentWords(spec, slot);
    words += spec.options;
    words += options.image;
    words += spec.command;
    return words;
}

QByteArray secretEnvFile(const QMap<QString, QByteArray>& secrets)
{
    // docker reads the file by lines of at most 64 KiB.
    constexpr qsizetype longest = 60'000;
    QByteArray file;
    for (auto it = secrets.begin(); it != secrets.end(); ++it) {
        static const QRegularExpression name(u"^[^\\s=#][^\\s=]*$"_s);
        if (!name.match(it.key()).hasMatch())
            fieldWrong(u"container.secretEnv"_s, u"a variable's name"_s);
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString decoded = decoder(*it);
        if (decoder.hasError() || it->size() > longest || hasLineBreak(decoded)
            || it->contains('\0'))
            fieldWrong(
                u"container.secretEnv.%1"_s.arg(it.key()), u"one line of text below 60000 bytes"_s);
        file += it.key().toUtf8() + '=' + *it + '\n';
    }
    return file;
}

QStringList inspectContainers(const QStringList& idsOrNames)
{
    return QStringList {u"container"_s, u"inspect"_s, u"--format"_s, u"{{json .}}"_s} + idsOrNames;
}

QStringList inspectImages(const QStringList& references)
{
    return QStringList {u"image"_s, u"inspect"_s, u"--format"_s, u"{{json .}}"_s} + references;
}

QStringList imageIds(const QString& repository)
{
    return {u"image"_s, u"ls"_s, u"--quiet"_s, u"--no-trunc"_s, u"--filter"_s,
        u"reference="_s + repository + u":*"_s};
}

QStringList psAll()
{
    return {u"ps"_s, u"--all"_s, u"--no-trunc"_s, u"--format"_s, u"{{json .}}"_s};
}

QStringList psPublishing(int hostPort)
{
    return psAll() << u"--filter"_s << u"publish=%1"_s.arg(hostPort);
}

QStringList psWithLabel(const QString& label)
{
    return psAll() << u"--filter"_s << u"label="_s + label;
}

QStringList info()
{
    return {u"info"_s, u"--format"_s, u"{{json .}}"_s};
}

QStringList version()
{
    return {u"version"_s, u"--format"_s, u"{{json .}}"_s};
}

QStringList port(const QString& id, const QString& containerPort)
{
    return {u"port"_s, id, containerPort};
}

QStringList start(const QString& id)
{
    return {u"start"_s, id};
}

QStringList stop(const QString& id, int graceSeconds)
{
    return {u"stop"_s, u"-t"_s, QString::number(graceSeconds), id};
}

QStringList kill(const QString& id, const QString& signal)
{
    return {u"kill"_s, u"--signal"_s, signal, id};
}

QStringList wait(const QString& id)
{
    return {u"wait"_s, id};
}

QStringList updateRestart(const QString& id, const QString& policy)
{
    return {u"update"_s, u"--restart="_s + policy, id};
}

QStringList rename(const QString& id, const QString& name)
{
    return {u"rename"_s, id, name};
}

QStringList remove(const QString& id, bool force)
{
    return force ? QStringList {u"rm"_s, u"--force"_s, id} : QStringList {u"rm"_s, id};
}

QStringList logs(const QString& id, int lines)
{
    return {u"logs"_s, u"--tail"_s, QString::number(lines), id};
}

QStringList tag(const QString& image, const QString& reference)
{
    return {u"tag"_s, image, reference};
}

QStringList removeImage(const QString& reference)
{
    return {u"rmi"_s, reference};
}

QStringList pruneDangling()
{
    return {u"image"_s, u"prune"_s, u"--force"_s};
}

QStringList load()
{
    return {u"load"_s};
}

QStringList save(const QStringList& references)
{
    return QStringList {u"save"_s} + references;
}

QStringList build(const BuildSpec& spec, const QStringList& tags, const QString& context,
    const QMap<QString, QString>& labels)
{
    QStringList words {u"build"_s};
    if (spec.noCache)
        words += u"--no-cache"_s;
    if (!spec.dockerfile.isEmpty())
        words << u"--file"_s << spec.dockerfile;
    for (const QString& reference : tags)
        words << u"--tag"_s << reference;
    for (auto it = labels.begin(); it != labels.end(); ++it)
        words << u"--label"_s << it.key() + u'=' + *it;
    return words << context;
}

} // namespace gapless::docker
