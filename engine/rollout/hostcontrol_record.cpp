// SPDX-License-Identifier: MIT
// HostControl's part that remembers what containers are made of, and makes them again.
#include "engine/rollout/hostcontrol.h"

#include "engine/docker/daemon.h"
#include "engine/docker/recreate.h"
#include "engine/docker/words.h"
#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// What one mounted path holds, in a word: configuration files are small, and a database that is
    /// mounted is not read through.
    constexpr auto digestOfPath = R"sh(
digest() {
  if [ -f "$1" ]; then
    if [ ! -r "$1" ]; then echo unreadable
    elif [ "$(stat -Lc %s "$1")" -gt 16777216 ]; then echo large
    else sha256sum <"$1" | cut -c1-64
    fi
  elif [ -d "$1" ]; then echo folder
  elif [ -e "$1" ]; then echo other
  else echo missing
  fi
}
)sh";

}

QList<ContainerRecorded> HostControl::describe(
    const Slot& slot, const QStringList& ids, std::stop_token stop)
{
    Command command = dockerCommand(slot.host, {});
    command.changes = false;
    command.shown.clear();
    command.script = digestOfPath;
    for (const QString& id : ids) {
        command.script += dockerLine(slot.host, docker::inspectContainers({ id })) + " 2>/dev/null\n";
        command.script += dockerLine(slot.host,
                              { u"container"_s, u"inspect"_s, u"--format"_s,
                                  u"{{range .Mounts}}{{if eq .Type \"bind\"}}{{println .Source}}{{end}}{{end}}"_s,
                                  id })
            + " 2>/dev/null | while IFS= read -r p; do [ -z \"$p\" ] || "
              "printf 'file %s %s\\n' \"$(digest \"$p\")\" \"$p\"; done\n";
    }
    command.script += ":\n";
    if (planning())
        return {};
    QList<ContainerRecorded> found;
    for (const QByteArray& line : m_hosts.at(slot.host).run(command, stop).orThrow().out.split('\n')) {
        if (line.startsWith('{')) {
            for (const QJsonObject& inspect : objectsFromDocker(line))
                found.append({ slot.name, {}, inspect[u"Id"_s].toString(),
                    recordable(m_target, slot, inspect), {} });
        } else if (line.startsWith("file ") && !found.isEmpty()) {
            const QString text = QString::fromUtf8(line);
            found.last().files[text.section(u' ', 2)] = text.section(u' ', 1, 1);
        }
    }
    return found;
}

QString HostControl::recreate(const Slot& slot, const ObservedSlot& seen, std::stop_token stop)
{
    Command look = dockerCommand(slot.host, docker::inspectImages({ seen.imageId }));
    look.changes = false;
    look.shown.clear();
    const QList<QJsonObject> images = objectsFromDocker(m_hosts.at(slot.host).run(look, stop).out);
    QMap<QString, QByteArray> secrets = seen.secrets;
    if (!m_target.container.secretEnv.isEmpty() && m_secretEnv) {
        const auto kept = m_secretEnv();
        for (auto secret = kept.begin(); secret != kept.end(); ++secret)
            if (!secrets.contains(secret.key()))
                secrets[secret.key()] = secret.value();
    }
    const docker::Recreation made = docker::recreate(
        seen.inspect, images.isEmpty() ? QJsonObject() : images.first(), slot.container, secrets);
    if (!made.missingSecrets.isEmpty())
        throw Error(ErrorKind::RecreationImpossible,
            { { u"slot"_s, slot.name }, { u"container"_s, slot.container },
                { u"variables"_s, QJsonArray::fromStringList(made.missingSecrets) } })
            .on(slot.host);
    Command command = dockerCommand(slot.host, made.words);
    if (!made.envFile.isEmpty())
        command.input = inputOf(made.envFile);
    const CommandResult result = m_hosts.at(slot.host).run(command, stop);
    if (!result.ok())
        throw errorFromDocker(result.err)
            .value_or(Error(ErrorKind::ContainerCreateFailed,
                { { u"slot"_s, slot.name }, { u"image"_s, seen.tag } },
                QString::fromUtf8(result.err).trimmed()))
            .on(slot.host);
    for (const QStringList& words : made.afterwards)
        docker(slot.host, words, stop).orThrow();
    return QString::fromLatin1(result.out).trimmed().section(u'\n', -1);
}

} // namespace gapless
