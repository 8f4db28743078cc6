// SPDX-License-Identifier: MIT
#include "engine/rollout/prune.h"

#include "engine/docker/container.h"
#include "engine/journal/journal.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/hostcontrol.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// What serves, and what a person may want to go back to.
    QStringList heldTags(const Target& target, const ObservedSite& found, const Journal& journal)
    {
        QStringList tags;
        for (const ObservedSlot& slot : found.slots)
            if (!slot.tag.isEmpty())
                tags.append(slot.tag);
        const QString serving = presentTag(found);
        if (const auto previous = journal.previousRelease(target.name, serving))
            tags.append(*previous);
        tags.removeDuplicates();
        return tags;
    }

}

std::optional<qint64> bytesFromDocker(const QString& text)
{
    static constexpr std::pair<const char*, double> units[]
        = { { "TB", 1e12 }, { "GB", 1e9 }, { "MB", 1e6 }, { "kB", 1e3 }, { "B", 1 } };
    for (const auto& [unit, factor] : units) {
        const QLatin1StringView name(unit);
        if (!text.endsWith(name))
            continue;
        bool isNumber = false;
        const double number = text.chopped(name.size()).trimmed().toDouble(&isNumber);
        return isNumber ? std::optional(qint64(number * factor)) : std::nullopt;
    }
    return std::nullopt;
}

QList<Prunable> HostControl::prunable(const QStringList& keepTags, std::stop_token stop)
{
    QList<Prunable> found;
    for (const QString& host : m_target.slotHosts()) {
        const QStringList tags = prunableTags(m_target, m_found, host, keepTags);
        if (tags.isEmpty())
            continue;
        Command command = dockerCommand(host, {});
        command.changes = false;
        command.shown.clear();
        command.script = usedImages(host) + "printf '%s\\n' \"$used\"\n"
            + dockerLine(host,
                { u"system"_s, u"df"_s, u"--verbose"_s, u"--format"_s, u"{{json .Images}}"_s })
            + " 2>/dev/null || :\n";
        const QByteArray said = m_hosts.at(host).run(command, stop).orThrow().out;
        const qsizetype json = said.indexOf('[');
        const QByteArray used = said.left(json);
        QMap<QString, qint64> unique;
        if (json >= 0)
            for (const QJsonObject& image : objectsFromDocker(said.mid(json)))
                if (const auto bytes = bytesFromDocker(image[u"UniqueSize"_s].toString()))
                    unique[image[u"ID"_s].toString()] = *bytes;
        for (const Image& image : m_found.images.value(host))
            for (const QString& tag : image.tagsIn(m_target.image.repository))
                if (tags.contains(tag) && !used.contains(image.id.toUtf8()))
                    found.append({ host, tag, image.id, image.size, unique.value(image.id, -1) });
    }
    return found;
}

QList<Prunable> planPrune(const Target& target, const RolloutPorts& ports, std::stop_token stop)
{
    HostControl site(target, ports.hosts, ports.clock, nullptr, {});
    const ObservedSite found = site.observe(stop);
    return site.prunable(heldTags(target, found, ports.journal), stop);
}

QStringList prune(const Target& target, const RolloutPorts& ports, const QString& by,
    const QString& machine, std::stop_token stop)
{
    const QString id = ports.journal.newRun();
    HostControl site(target, ports.hosts, ports.clock, nullptr, id);
    site.observe(stop);
    site.lock({ .run = id,
                  .by = by,
                  .machine = machine,
                  .version = QStringLiteral(GAPLESS_VERSION),
                  .target = target.name,
                  .since = ports.clock.now() },
        stop);
    QStringList removed;
    try {
        removed = site.prune(heldTags(target, site.observe(stop), ports.journal), stop);
        site.pruneDangling(stop);
    } catch (...) {
        site.unlock();
        throw;
    }
    site.unlock();
    return removed;
}

} // namespace gapless
