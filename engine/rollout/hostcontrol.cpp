// SPDX-License-Identifier: MIT
// HostControl's half that speaks to docker and asks the slots.
#include "engine/rollout/hostcontrol.h"

#include "engine/docker/daemon.h"
#include "engine/docker/words.h"
#include "engine/guard/fence.h"
#include "engine/remote/quoting.h"
#include "engine/rollout/conduct.h"
#include "engine/rollout/recordedhosts.h"
#include "engine/site/publish.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr auto dockerDeadline = 60s;
    constexpr int keptLogLines = 50;
    constexpr int killedBySigkill = 137; ///< 128 + 9, docker's exit status for it

    const CommandResult& dockerOrThrow(const CommandResult& result)
    {
        if (!result.ok())
            if (const auto error = errorFromDocker(result.err))
                throw error->on(result.host);
        return result.orThrow();
    }

    Error inSlot(Error error, const Slot& slot)
    {
        error.facts[u"slot"_s] = slot.name;
        return error;
    }

    /// Layers without a tag that a build of this target's repository left; nobody else's.
    QStringList danglingWords(const Target& target)
    {
        return docker::pruneDangling()
            << u"--filter"_s << u"label=gapless.repository="_s + target.image.repository;
    }

    /// The id that the tag has on that host.
    QString imageIdOf(
        const ObservedSite& found, const QString& host, const Target& target, const QString& tag)
    {
        for (const Image& image : found.images.value(host))
            if (image.tagsIn(target.image.repository).contains(tag))
                return image.id;
        return u"none"_s;
    }

    /// The container's port that the slot's server line leads to, `8080/tcp`. Error RehearsalImpossible
    /// where that is not one that docker could publish on another port of the host.
    QString rehearsedPort(const Target& target, const Slot& slot)
    {
        const auto impossible = [&](const QString& why) {
            return Error(ErrorKind::RehearsalImpossible, { { u"slot"_s, slot.name }, { u"why"_s, why } })
                .on(slot.host);
        };
        if (target.container.network == u"host")
            throw impossible(u"hostNetwork"_s);
        bool isNumber = false;
        const int port = slot.server.section(u':', -1).toInt(&isNumber);
        if (slot.server.startsWith(u"unix:") || !isNumber)
            throw impossible(u"noPort"_s);
        for (const QString& value : slot.publish)
            for (const Publication& one : readPublish(value).value_or(QList<Publication>()))
                if (one.hostPort == port && one.protocol == u"tcp")
                    return u"%1/tcp"_s.arg(one.containerPort);
        // A server in docker's own network is named by the container's port.
        return u"%1/tcp"_s.arg(port);
    }

    /// `docker wait` on the host tells the end at once; nothing is asked meanwhile.
    class DockerWait final : public ExitWatch {
    public:
        DockerWait(Clock& clock, std::function<std::unique_ptr<RemoteProcess>()> start)
            : m_clock(clock)
            , m_start(std::move(start))
        {
            begin();
        }
        std::optional<int> exited() override
        {
            if (m_process->running())
                return std::nullopt;
            const auto ended = result();
            // The connection went, or docker's daemon, and says nothing of the container: whoever asks
            // next learns more.
            if (!ended && m_clock.steady() - m_began >= askedAgainAfter)
                begin();
            return ended;
        }

    private:
        static constexpr auto askedAgainAfter = 500ms;

        void begin()
        {
            m_process = m_start();
            m_began = m_clock.steady();
        }
        std::optional<int> result()
        {
            try {
                const CommandResult result = m_process->wait({});
                bool isNumber = false;
                const int exit = result.out.trimmed().toInt(&isNumber);
                if (isNumber)
                    return exit;
                const auto error = errorFromDocker(result.err);
                if (result.exit && error && error->kind == ErrorKind::ContainerMissing)
                    return -1;
            } catch (const Error& error) {
                if (error.kind != ErrorKind::ConnectionLost && error.kind != ErrorKind::HostUnreachable)
                    throw;
            }
            return std::nullopt;
        }

        Clock& m_clock;
        std::function<std::unique_ptr<RemoteProcess>()> m_start;
        std::unique_ptr<RemoteProcess> m_process;
        Clock::Steady m_began {};
    };

}

std::function<qsizetype(char*, qsizetype)> inputOf(const QByteArray& bytes)
{
    return [bytes, at = qsizetype(0)](char* buffer, qsizetype size) mutable {
        const qsizetype count = std::min(size, bytes.size() - at);
        std::copy_n(bytes.constData() + at, count, buffer);
        at += count;
        return count;
    };
}

HostControl::HostControl(const Target& target, Hosts& hosts, Clock& clock, RunSink* sink,
    const QString& runId, SecretEnv secretEnv)
    : m_target(target)
    , m_hosts(hosts)
    , m_clock(clock)
    , m_sink(sink)
    , m_runId(runId)
    , m_secretEnv(std::move(secretEnv))
    , m_probe(target, hosts)
{
}

HostControl::~HostControl() = default;

ObservedSite HostControl::observe(std::stop_token stop)
{
    m_found = observeSite(m_target, m_hosts, stop);
    return m_found;
}

QByteArray HostControl::dockerLine(const QString& host, const QStringList& words) const
{
    const auto program = splitWords(m_target.host(host).docker);
    if (!program || program->isEmpty())
        throw Error(ErrorKind::FieldWrong, { { u"path"_s, u"hosts.%1.docker"_s.arg(host) } });
    return quoteWords(*program + words);
}

Command HostControl::dockerCommand(const QString& host, const QStringList& words) const
{
    Command command;
    command.script = dockerLine(host, words) + '\n';
    command.shown = QString::fromUtf8("docker " + quoteWords(words));
    command.privilege = Privilege::Docker;
    command.deadline = dockerDeadline;
    command.changes = true;
    return command;
}

CommandResult HostControl::docker(const QString& host, const QStringList& words, std::stop_token stop)
{
    return m_hosts.at(host).run(dockerCommand(host, words), stop);
}

QString HostControl::create(const Slot& slot, const NewContainer& wanted, std::stop_token stop)
{
    docker::CreateOptions options { wanted.image, wanted.name, wanted.labels };
    options.secretsOnStdin = !m_target.container.secretEnv.isEmpty();
    ContainerSpec spec = m_target.container;
    Slot where = slot;
    if (wanted.rehearsal) {
        spec.restart = u"no"_s;
        where.publish = { u"127.0.0.1::"_s + rehearsedPort(m_target, slot) };
    }
    Command command = dockerCommand(slot.host, docker::create(spec, where, options));
    if (options.secretsOnStdin && !planning())
        command.input = inputOf(docker::secretEnvFile(m_secretEnv()));
    const CommandResult result = m_hosts.at(slot.host).run(command, stop);
    if (planning())
        return u"<new %1>"_s.arg(slot.name);
    if (!result.ok())
        throw inSlot(errorFromDocker(result.err)
                         .value_or(Error(ErrorKind::ContainerCreateFailed,
                             { { u"image"_s, wanted.image } },
                             QString::fromUtf8(result.err).trimmed()))
                         .on(slot.host),
            slot);
    return QString::fromLatin1(result.out).trimmed().section(u'\n', -1);
}

QString HostControl::rehearsalAddress(const Slot& slot, const QString& id, std::stop_token stop)
{
    Command command = dockerCommand(slot.host, docker::port(id, rehearsedPort(m_target, slot)));
    command.changes = false;
    command.shown.clear();
    // One that has ended has no port any more.
    command.script = command.script.trimmed() + " 2>/dev/null || "
        + dockerLine(slot.host,
            { u"container"_s, u"inspect"_s, u"--format"_s, u"{{.State.ExitCode}}"_s, id })
        + '\n';
    if (planning())
        return u"127.0.0.1:0"_s;
    const CommandResult result = m_hosts.at(slot.host).run(command, stop);
    const QString said = QString::fromLatin1(dockerOrThrow(result).out).section(u'\n', 0, 0);
    if (!said.contains(u':'))
        throw Error(ErrorKind::ContainerExited, { { u"slot"_s, slot.name }, { u"exit"_s, said.toInt() } })
            .on(slot.host);
    return said;
}

void HostControl::start(const Slot& slot, const QString& id, std::stop_token stop)
{
    const CommandResult result = docker(slot.host, docker::start(id), stop);
    if (!result.ok())
        throw inSlot(errorFromDocker(result.err)
                         .value_or(Error(ErrorKind::ContainerStartFailed, {},
                             QString::fromUtf8(result.err).trimmed()))
                         .on(slot.host),
            slot);
}

StopOutcome HostControl::stop(const Slot& slot, const QString& id, std::stop_token stop)
{
    // Whatever of ours still leads there would be one more connection for the site to end.
    m_probe.forget(slot);
    const int grace = m_target.container.stopTimeoutSeconds;
    Command command = dockerCommand(slot.host, docker::stop(id, grace));
    command.shown = u"docker update --restart=no %1 && docker stop -t %2 %1"_s.arg(id).arg(grace);
    command.deadline = dockerDeadline + std::chrono::seconds(grace);
    command.script = dockerLine(slot.host, docker::updateRestart(id, u"no"_s)) + " >&2 || exit\n"
        + dockerLine(slot.host,
            { u"container"_s, u"inspect"_s, u"--format"_s, u"{{.State.Running}}"_s, id })
        + " || exit\n" + command.script.trimmed() + " >&2 || exit\n"
        + dockerLine(slot.host,
            { u"container"_s, u"inspect"_s, u"--format"_s, u"{{.State.ExitCode}}"_s, id })
        + '\n';
    const CommandResult result = m_hosts.at(slot.host).run(command, stop);
    if (planning())
        return {};
    // Another hand has removed it: it runs no more, and a way back makes it anew.
    if (const auto error = errorFromDocker(result.err);
        !result.ok() && error && error->kind == ErrorKind::ContainerMissing)
        return { u"exited"_s, -1, result.took };
    dockerOrThrow(result);
    const QList<QByteArray> lines = result.out.trimmed().split('\n');
    const bool wasRunning = lines.first() == "true";
    const int exit = lines.last().toInt();
    const QString by = !wasRunning ? u"exited"_s : exit == killedBySigkill ? u"KILL"_s : u"TERM"_s;
    return { by, exit, result.took };
}

void HostControl::kill(const Slot& slot, const QString& id, std::stop_token stop)
{
    m_probe.forget(slot);
    Command command = dockerCommand(slot.host, docker::kill(id));
    // One that has ended by itself cannot be killed, and one that restarts must not come back.
    command.script = dockerLine(slot.host, docker::updateRestart(id, u"no"_s)) + " >&2\n"
        + command.script.trimmed() + " >&2\n"
        + dockerLine(slot.host, docker::stop(id, 0)) + " >&2\n";
    const CommandResult result = m_hosts.at(slot.host).run(command, stop);
    if (!result.ok() && !planning())
        if (const auto error = errorFromDocker(result.err);
            error && error->kind != ErrorKind::ContainerMissing)
            throw error->on(slot.host);
}

void HostControl::revive(
    const Slot& slot, const QString& id, const QString& restartPolicy, std::stop_token stop)
{
    Command command = dockerCommand(slot.host, docker::start(id));
    command.shown = u"docker start %1"_s.arg(id);
    command.script = dockerLine(slot.host,
                         docker::updateRestart(id, restartPolicy.isEmpty() ? u"no"_s : restartPolicy))
        + " >&2 && " + command.script;
    dockerOrThrow(m_hosts.at(slot.host).run(command, stop));
}

void HostControl::stopLater(
    const Slot& slot, const QString& id, int seconds, std::stop_token stop)
{
    const int grace = m_target.container.stopTimeoutSeconds;
    Command later = dockerCommand(slot.host, docker::stop(id, grace));
    later.script = dockerLine(slot.host, docker::updateRestart(id, u"no"_s)) + "\n" + later.script;
    const QString key = siteKey(m_found.gateway.realPath, m_target.gateway.upstream);
    const QString stateDir
        = m_fences ? m_fences->stateDir(slot.host, Privilege::Docker) : QString();
    // The fence still names this run when the time is up, unless another one has begun: then it is
    // that one's affair what becomes of the container, and this script ends without a deed.
    later = fenced(later, stateDir, key, m_runId);
    Command command = dockerCommand(slot.host, {});
    command.shown = u"sleep %1; docker update --restart=no %2 && docker stop -t %3 %2"_s.arg(seconds)
                        .arg(id)
                        .arg(grace);
    // In a session of its own: it has to outlive our connection. And without what it would inherit: an
    // open fence would keep every later run out for as long as this one sleeps.
    command.script = "setsid sh -c "
        + quote("exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-\nsleep " + QByteArray::number(seconds) + "\n" + later.script)
        + " >/dev/null 2>&1 </dev/null &\n";
    dockerOrThrow(m_hosts.at(slot.host).run(command, stop));
}

void HostControl::takeName(
    const Slot& slot, const QString& id, const QString& old, std::stop_token stop)
{
    Command command = dockerCommand(slot.host, docker::rename(id, slot.container));
    // Once it has the name docker refuses to give it again.
    command.script = command.script.trimmed() + " || [ \"$("
        + dockerLine(slot.host,
            { u"container"_s, u"inspect"_s, u"--format"_s, u"{{.Name}}"_s, id })
        + ")\" = " + quote(u'/' + slot.container) + " ]\n";
    if (!old.isEmpty()) {
        command.shown = u"docker rm %1 && docker rename %2 %3"_s.arg(old, id, slot.container);
        command.script
            = dockerLine(slot.host, docker::remove(old, true)) + " >&2\n" + command.script;
    }
    dockerOrThrow(m_hosts.at(slot.host).run(command, stop));
}

void HostControl::remove(const Slot& slot, const QString& id, std::stop_token stop)
{
    const CommandResult result = docker(slot.host, docker::remove(id, true), stop);
    if (!result.ok())
        if (const auto error = errorFromDocker(result.err);
            !error || error->kind != ErrorKind::ContainerMissing)
            dockerOrThrow(result);
}

std::optional<Container> HostControl::inspect(
    const Slot& slot, const QString& id, std::stop_token stop)
{
    Command command = dockerCommand(slot.host, docker::inspectContainers({ id }));
    command.changes = false;
    command.shown.clear();
    const QList<Container> found = containersFromInspect(m_hosts.at(slot.host).run(command, stop).out);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QStringList HostControl::lastLog(const Slot& slot, const QString& id, std::stop_token stop)
{
    Command command = dockerCommand(slot.host, docker::logs(id, keptLogLines));
    command.changes = false;
    command.script = command.script.trimmed() + " 2>&1\n";
    return QString::fromUtf8(m_hosts.at(slot.host).run(command, stop).out)
        .split(u'\n', Qt::SkipEmptyParts);
}

std::unique_ptr<ExitWatch> HostControl::watchExit(const Slot& slot, const QString& id)
{
    if (planning())
        return nullptr;
    Command command = dockerCommand(slot.host, docker::wait(id));
    command.changes = false;
    command.shown.clear();
    command.deadline = 24h;
    return std::make_unique<DockerWait>(
        m_clock, [&host = m_hosts.at(slot.host), command] { return host.start(command); });
}

HealthAnswer HostControl::askHealth(const Slot& slot, std::stop_token stop)
{
    return m_probe.ask(slot, stop);
}

QString HostControl::askHub(const Slot& slot, std::stop_token stop)
{
    return m_probe.askHub(slot, stop);
}

int HostControl::runHealthCommand(
    const Slot& slot, const QString& containerName, std::stop_token stop)
{
    const auto words = splitWords(m_target.health.command);
    if (!words || words->isEmpty())
        throw Error(ErrorKind::FieldWrong, { { u"path"_s, u"health.command"_s } });
    Command command;
    command.script = quoteWords(*words + QStringList { containerName }) + '\n';
    command.shown = m_target.health.command + u' ' + containerName;
    command.deadline = std::chrono::seconds(m_target.health.deadlineSeconds);
    const CommandResult result = m_hosts.at(slot.host).run(command, stop);
    return result.exit.value_or(-1);
}

void HostControl::warmUp(const Slot& slot, int requests, std::stop_token stop)
{
    if (planning())
        m_sink->planned({ u"wait"_s, slot.host, u"warmUp"_s });
    else
        m_probe.warmUp(slot, requests, stop);
}

bool HostControl::nudgeGateway(std::stop_token stop) { return m_probe.nudge(stop); }

QByteArray HostControl::usedImages(const QString& host) const
{
    // Ids come from docker itself, so they may stand unquoted.
    return "ids=$(" + dockerLine(host, { u"ps"_s, u"--all"_s, u"--quiet"_s, u"--no-trunc"_s })
        + ") || exit\nused=$([ -z \"$ids\" ] || "
        + dockerLine(host, { u"container"_s, u"inspect"_s, u"--format"_s, u"{{.Image}}"_s })
        + " $ids 2>/dev/null)\n";
}

QStringList HostControl::prune(const QStringList& keepTags, std::stop_token stop)
{
    QStringList removed;
    for (const QString& host : m_target.slotHosts()) {
        QByteArray script = usedImages(host);
        const qsizetype nothing = script.size();
        QStringList shown;
        for (const QString& tag : prunableTags(m_target, m_found, host, keepTags)) {
            const QStringList words = docker::removeImage(m_target.imageReference(tag));
            // One that something still uses stays. docker's own refusal protects a tag that a container
            // was made from, and not another one of the same image.
            script += "case $used in *" + quote(imageIdOf(m_found, host, m_target, tag)) + "*) ;; *) "
                + dockerLine(host, words) + " >/dev/null 2>&1 && echo " + quote(tag) + " ;; esac\n";
            shown.append(u"docker "_s + QString::fromUtf8(quoteWords(words)));
        }
        if (script.size() == nothing)
            continue;
        Command command = dockerCommand(host, {});
        command.script = script + dockerLine(host, danglingWords(m_target)) + " >/dev/null 2>&1\n:\n";
        command.shown = shown.join(u"; "_s);
        for (const QByteArray& tag : m_hosts.at(host).run(command, stop).out.split('\n'))
            if (!tag.isEmpty())
                removed.append(QString::fromUtf8(tag));
    }
    return removed;
}

void HostControl::pruneDangling(std::stop_token stop)
{
    for (const QString& host : m_target.slotHosts())
        docker(host, danglingWords(m_target), stop);
}

QStringList prunableTags(const Target& target, const ObservedSite& found, const QString& host,
    const QStringList& keepTags)
{
    QList<Image> releases = found.images.value(host);
    std::stable_sort(releases.begin(), releases.end(),
        [](const Image& a, const Image& b) { return a.created > b.created; });
    QSet<QString> used;
    for (const ObservedSlot& slot : found.slots)
        used.insert(slot.imageId);
    for (const QList<Container>& others : found.others)
        for (const Container& container : others)
            used.insert(container.imageId);
    QStringList prunable;
    int kept = 0;
    for (const Image& image : releases) {
        for (const QString& tag : image.tagsIn(target.image.repository)) {
            if (!tag.startsWith(target.image.tagPrefix))
                continue;
            const bool held = used.contains(image.id) || keepTags.contains(tag)
                || target.image.pins.contains(tag);
            if (++kept > target.image.keep && !held)
                prunable.append(tag);
        }
    }
    return prunable;
}

} // namespace gapless
