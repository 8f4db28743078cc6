// SPDX-License-Identifier: MIT
// What a new container gets that the one before had not.
#include "engine/rollout/creation.h"

#include "engine/docker/recreate.h"
#include "engine/docker/words.h"
#include "engine/journal/journal.h"
#include "engine/remote/quoting.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/hostcontrol.h"
#include "engine/site/seencontainer.h"

#include <QRegularExpression>
#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    using Values = QMap<QString, QString>;

    /// Variables of a recorded inspect beyond the image's own; one whose value was left out is `set`.
    Values variablesOf(const QJsonObject& inspect, const QJsonObject& imageConfig)
    {
        const QJsonArray own = imageConfig[u"Env"_s].toArray();
        Values values;
        for (const QJsonValue entry : inspect[u"Config"_s][u"Env"_s].toArray()) {
            if (own.contains(entry))
                continue;
            const QString text = entry.toString();
            const qsizetype equals = text.indexOf(u'=');
            values[text.left(equals)] = equals < 0 ? u"set"_s : text.mid(equals + 1);
        }
        return values;
    }

    Values variablesOf(const Target& target, const Slot& slot)
    {
        Values values = target.container.env;
        for (auto own = slot.env.begin(); own != slot.env.end(); ++own)
            values[own.key()] = *own;
        for (const QString& name : target.container.secretEnv)
            values[name] = u"set"_s;
        return values;
    }

    Values mountsOf(const QList<Mount>& mounts)
    {
        Values values;
        for (const Mount& mount : mounts)
            values[mount.target] = mount.source + (mount.readOnly ? u" (ro)"_s : QString());
        return values;
    }

    /// Docker writes 536870912 where somebody said 512m, and 1024:1024 where they said 1024.
    QString normalised(const QString& option, const QString& value)
    {
        static const QRegularExpression size(
            u"^(\\d+(?:\\.\\d+)?)([bkmgt]?)b?$"_s, QRegularExpression::CaseInsensitiveOption);
        if (option.startsWith("--memory"_L1) || option == "--shm-size"_L1) {
            const auto match = size.match(value);
            if (match.hasMatch()) {
                const QString units = u"bkmgt"_s;
                const qsizetype power
                    = std::max<qsizetype>(0, units.indexOf(match.captured(2).toLower().left(1)));
                const bool plain = match.captured(2).isEmpty();
                return QString::number(
                    qint64(match.captured(1).toDouble() * std::pow(1024.0, plain ? 0 : power)));
            }
        }
        if (option == "--cpus"_L1)
            return QString::number(value.toDouble());
        if (option == "--ulimit"_L1 && !value.contains(u':'))
            return value + u':' + value.section(u'=', 1);
        return value;
    }

    bool hasValueAfter(const QStringList& words, qsizetype i)
    {
        return i + 1 < words.size() && !words[i + 1].startsWith("--"_L1);
    }

    /// docker's options by name; what was given several times, joined in an order of its own.
    Values optionsOf(const SeenContainer& seen)
    {
        QMap<QString, QStringList> all;
        for (qsizetype i = 0; i < seen.options.size(); ++i) {
            const QString name = seen.options[i];
            all[name].append(hasValueAfter(seen.options, i) ? normalised(name, seen.options[++i]) : u"set"_s);
        }
        Values values;
        for (auto option = all.begin(); option != all.end(); ++option) {
            option->sort();
            values[option.key()] = option->join(u' ');
        }
        if (!seen.restart.isEmpty())
            values[u"--restart"_s] = seen.restart;
        if (seen.stopTimeoutSeconds > 0)
            values[u"--stop-timeout"_s] = QString::number(seen.stopTimeoutSeconds);
        if (!seen.command.isEmpty())
            values[u"CMD"_s] = seen.command.join(u' ');
        return values;
    }

    Values networksOf(const SeenContainer& seen)
    {
        return { { seen.network.isEmpty() ? u"bridge"_s : seen.network, u"set"_s } };
    }

    void compare(QList<ConfigurationDifference>& found, const QString& what, const Values& before,
        const Values& after, const QSet<QString>& notTold = {})
    {
        QStringList names = before.keys();
        for (const QString& name : after.keys())
            if (!before.contains(name))
                names.append(name);
        for (const QString& name : names) {
            const QString was = before.value(name), is = after.value(name);
            const bool hidden = !was.isEmpty() && !is.isEmpty()
                && (was == u"set" || is == u"set" || was.contains(docker::notRecorded));
            if (was != is && !hidden && !(is.isEmpty() && notTold.contains(name)))
                found.append({ what, name, was, is });
        }
    }

    /// What docker adds to a container by itself, or takes from the daemon's settings: nobody asked for it,
    /// and a new container gets it again.
    QSet<QString> byDockerItself(const Values& before, const QJsonObject& inspect, bool imageKnown)
    {
        QSet<QString> names;
        if (before.value(u"--memory-swap"_s).toLongLong() == 2 * before.value(u"--memory"_s).toLongLong())
            names.insert(u"--memory-swap"_s);
        if (inspect[u"Config"_s][u"Labels"_s].toObject().contains(u"gapless.run"_s))
            names.insert(u"--log-driver"_s);
        if (!imageKnown)
            for (const QString& name : { u"--user"_s, u"--workdir"_s, u"--entrypoint"_s, u"CMD"_s,
                     u"--stop-signal"_s, u"--label"_s, u"--expose"_s, u"--health-cmd"_s,
                     u"--health-interval"_s, u"--health-timeout"_s, u"--health-retries"_s,
                     u"--health-start-period"_s })
                names.insert(name);
        return names;
    }

    QSet<QString> notToldVariables(const Target& target, const Values& before, bool imageKnown)
    {
        // The image may have set them, or a file of variables on the host still does.
        if (imageKnown && target.container.envFiles.isEmpty())
            return {};
        const QStringList all = before.keys();
        return { all.begin(), all.end() };
    }

    SeenContainer seenThen(const QJsonObject& inspect, const QJsonObject& imageConfig)
    {
        return seenFromInspect(inspect, { { u"Config"_s, imageConfig } });
    }

    SeenContainer asTheTargetSays(const Target& target, const Slot& slot)
    {
        QString line = u"docker"_s;
        for (const QString& word : docker::create(
                 target.container, slot, { .image = u"image"_s, .name = slot.container }))
            line += u' ' + QString::fromUtf8(quote(word));
        return seenFromRunLine(line);
    }

    /// What the files that both mount held then and hold now.
    void compareFiles(QList<ConfigurationDifference>& found, const QMap<QString, QString>& then,
        const QMap<QString, QString>& now)
    {
        for (auto file = then.begin(); file != then.end(); ++file)
            if (now.contains(file.key()) && now[file.key()] != *file)
                found.append({ u"file"_s, file.key(), *file, now[file.key()] });
    }

}

QJsonObject configOfImage(const ObservedSite& found, const QString& host, const QString& imageId)
{
    for (const Image& image : found.images.value(host))
        if (image.id == imageId)
            return image.config;
    return {};
}

QList<ConfigurationDifference> creationChanges(const Target& target, const Slot& slot,
    const QJsonObject& inspect, const QJsonObject& imageConfig)
{
    QList<ConfigurationDifference> found;
    if (inspect.isEmpty())
        return found;
    const bool imageKnown = !imageConfig.isEmpty();
    const SeenContainer before = seenThen(inspect, imageConfig);
    const SeenContainer after = asTheTargetSays(target, slot);
    const Values variables = variablesOf(inspect, imageConfig);
    compare(found, u"env"_s, variables, variablesOf(target, slot),
        notToldVariables(target, variables, imageKnown));
    compare(found, u"mount"_s, mountsOf(before.mounts), mountsOf(target.container.mounts));
    compare(found, u"network"_s, networksOf(before), networksOf(after));
    const Values options = optionsOf(before);
    compare(found, u"option"_s, options, optionsOf(after), byDockerItself(options, inspect, imageKnown));
    if (!before.composeProject.isEmpty())
        found.append({ u"label"_s, u"com.docker.compose.*"_s, before.composeProject, {} });
    return found;
}

void useRecorded(ReleaseThen& then, const Target& target, const Slot& slot,
    const QJsonObject& inspect, const QJsonObject& imageConfig)
{
    const SeenContainer seen = seenThen(inspect, imageConfig);
    ContainerSpec& spec = then.recorded.container;
    spec.env.clear();
    const Values variables = variablesOf(inspect, imageConfig);
    for (auto one = variables.begin(); one != variables.end(); ++one) {
        if (slot.env.contains(one.key()) || target.container.secretEnv.contains(one.key()))
            continue;
        if (*one != u"set")
            spec.env[one.key()] = *one;
        else if (target.container.env.contains(one.key()))
            spec.env[one.key()] = target.container.env[one.key()];
        else if (target.container.envFiles.isEmpty())
            then.lost.append(one.key());
    }
    const QSet<QString> byItself = byDockerItself(optionsOf(seen), inspect, !imageConfig.isEmpty());
    spec.options.clear();
    for (qsizetype i = 0; i < seen.options.size(); ++i) {
        const QString name = seen.options[i];
        const bool hasValue = hasValueAfter(seen.options, i);
        const QString value = hasValue ? seen.options[++i] : QString();
        if (value.contains(docker::notRecorded))
            then.lost.append(name);
        else if (!byItself.contains(name))
            spec.options += hasValue ? QStringList { name, value } : QStringList { name };
    }
    spec.mounts = seen.mounts;
    spec.network = seen.network;
    if (!seen.restart.isEmpty() && seen.restart != u"no") // it was taken away to stop it
        spec.restart = seen.restart;
    spec.command = seen.command;
    if (seen.stopTimeoutSeconds > 0)
        spec.stopTimeoutSeconds = seen.stopTimeoutSeconds;
}

ReleaseThen releaseThen(
    const Target& target, const QString& tag, const RolloutPorts& ports, std::stop_token stop)
{
    ReleaseThen then { .tag = tagOf(target, tag), .recorded = target };
    HostControl site(target, ports.hosts, ports.clock, nullptr, {});
    const ObservedSite found = site.observe(stop);
    for (const Slot& slot : target.slots) {
        const auto record = ports.journal.lastRecord(target.name, slot.name, then.tag);
        if (!record || record->inspect.isEmpty())
            continue;
        const QJsonObject config
            = configOfImage(found, slot.host, record->inspect[u"Image"_s].toString());
        QList<ConfigurationDifference> changes = creationChanges(target, slot, record->inspect, config);
        // Of the restart policy a container that was stopped tells nothing.
        changes.removeIf([](const ConfigurationDifference& one) {
            return one.name == u"--restart" && (one.before.isEmpty() || one.before == u"no");
        });
        if (!then.known && !config.isEmpty() && !changes.isEmpty()) {
            useRecorded(then, target, slot, record->inspect, config);
            then.canUseRecorded = !(then.recorded.container == target.container);
        }
        then.known = true;
        const ObservedSlot& seen = found.slot(slot.name);
        if (seen.container && !record->files.isEmpty())
            for (const ContainerRecorded& now : site.describe(slot, { seen.container->id }, stop))
                compareFiles(changes, record->files, now.files);
        if (!changes.isEmpty())
            then.changes.append({ slot.name, then.tag, {}, toJson(changes) });
    }
    return then;
}

} // namespace gapless
