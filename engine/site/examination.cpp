// SPDX-License-Identifier: MIT
#include "engine/site/examination.h"

#include "engine/site/newsite.h"

#include "engine/remote/quoting.h"
#include "engine/site/fanout.h"

#include <QDateTime>
#include <QRegularExpression>

#include <memory>

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

constexpr std::chrono::seconds scriptDeadline(15);

/// When a script was asked and when its first line came, on this machine's clock.
struct Stopwatch {
    QDateTime asked, answered;
};

struct Asked {
    enum class About { Gateway, SlotHost, Host };
    About about;
    HostCommand command;
    std::shared_ptr<Stopwatch> watch;
};

Asked ask(Asked::About about, const QString& host, const QByteArray& script, Privilege privilege,
    const QString& shown)
{
    Asked asked {about, {host, {}}, std::make_shared<Stopwatch>()};
    Command& command = asked.command.command;
    command.script = ScriptReport::functions() + hostExamScript() + script;
    command.privilege = privilege;
    command.shown = shown;
    command.deadline = scriptDeadline;
    command.onLine = [watch = asked.watch](OutputStream, const QByteArray& line) {
        if (!watch->answered.isValid() && line.startsWith("@now "))
            watch->answered = QDateTime::currentDateTimeUtc();
    };
    return asked;
}

/// What is asked of whom: the gateway, each slot host, and whatever other hosts the target names.
QList<Asked> questions(const Target& target)
{
    QList<Asked> asked {ask(Asked::About::Gateway, target.gateway.host, gatewayExamScript(target),
        Privilege::Gateway, u"examine the gateway"_s)};
    QStringList others;
    for (const HostSpec& host : target.hosts)
        others << host.name;
    others.removeAll(target.gateway.host);
    for (const QString& host : target.slotHosts()) {
        asked << ask(Asked::About::SlotHost, host, slotHostExamScript(target, host),
            Privilege::Docker, u"examine docker"_s);
        others.removeAll(host);
    }
    for (const QString& host : others)
        asked << ask(Asked::About::Host, host, {}, Privilege::None, u"examine the host"_s);
    return asked;
}

/// The best of two readings of one host's clock: the one that took less time.
void readClock(HostLook& look, const ScriptReport& report, const Stopwatch& watch)
{
    bool isNumber = false;
    const double there = report.value("now").toDouble(&isNumber) * 1000;
    if (!isNumber || !watch.answered.isValid())
        return;
    const double asked = double(watch.asked.toMSecsSinceEpoch());
    const double answered = double(watch.answered.toMSecsSinceEpoch());
    if (look.answered.count() > 0 && answered - asked >= double(look.answered.count()))
        return;
    look.answered = std::chrono::milliseconds(qint64(answered - asked));
    look.uncertaintyMs = (answered - asked) / 2;
    look.offsetMs = there - (asked + answered) / 2;
}

std::optional<Told> toldOf(const ScriptReport& report, const QByteArray& key)
{
    if (!report.has(key + ".rc"))
        return std::nullopt;
    return Told {int(report.number(key + ".rc")), report.text(key + ".text")};
}

std::optional<DiskSpace> diskOf(const ScriptReport& report, const QByteArray& name)
{
    const qint64 kilobytes = report.number("disk." + name, -1);
    if (kilobytes < 0)
        return std::nullopt;
    return DiskSpace {report.text("disk." + name + ".path"), kilobytes * 1024};
}

QList<LockFile> locksFrom(const ScriptReport& report)
{
    QList<LockFile> locks;
    for (const QByteArray& line : report.values("lock")) {
        const QList<QByteArray> parts = line.split(' ');
        if (parts.size() == 3)
            locks << LockFile {
                QString::fromUtf8(parts[1]), QByteArray::fromBase64(parts[2]), parts[0] == "alive"};
    }
    return locks;
}

void readMasters(GatewayExamination& gateway, const ScriptReport& report)
{
    for (const QByteArray& value : report.values("master")) {
        const QByteArray line = QByteArray::fromBase64(value);
        const qsizetype space = line.indexOf(' ');
        gateway.masters << NginxMaster {
            line.left(space).toLongLong(), QString::fromUtf8(line.mid(space + 1)).trimmed()};
    }
    gateway.shuttingDown = int(report.number("shuttingDown"));
    gateway.pidFile = report.text("pidFile");
    gateway.pidInFile = report.number("pidInFile");
}

/// Whether the reload command would be let through, where that could be asked without running it.
bool canReload(const GatewayExamination& gateway, const Target& target, const ScriptReport& report)
{
    if (const std::optional<Told> may = toldOf(report, "mayReload"))
        return may->exit == 0;
    const QStringList words = splitWords(target.gateway.reloadCommand).value_or(QStringList());
    if (!words.value(0).contains(u"nginx"_s) || gateway.masters.isEmpty())
        return true;
    const QList<QByteArray> mayKill = report.values("mayKill");
    return std::any_of(
        gateway.masters.begin(), gateway.masters.end(), [&](const NginxMaster& master) {
            const bool isMeant = gateway.pidInFile == 0 || master.pid == gateway.pidInFile;
            return isMeant && mayKill.contains(QByteArray::number(master.pid));
        });
}

void readUpstream(GatewayExamination& gateway, const Target& target)
{
    if (gateway.look.unreadable == "missing"_L1 && target.gateway.site) {
        gateway.toBeWritten = true;
        gateway.look.bytes = newSiteFile(target);
        gateway.look.realPath = target.gateway.upstreamFile;
    } else if (!gateway.look.unreadable.isEmpty()) {
        gateway.upstreamError = Error(ErrorKind::UpstreamFileUnreadable,
            {{u"file"_s, target.gateway.upstreamFile}, {u"why"_s, gateway.look.unreadable}});
        return;
    }
    try {
        gateway.upstream = findUpstream(
            gateway.look.bytes, target.gateway.upstream.toUtf8(), target.gateway.upstreamFile);
        for (const Slot& slot : target.slots)
            if (!target.gateway.addServers || gateway.upstream->has(slot.server.toUtf8()))
                findServer(*gateway.upstream, slot.server.toUtf8(), target.gateway.upstreamFile);
    } catch (const Error& error) {
        gateway.upstreamError = error.on(target.gateway.host);
    }
}

/// Whose fault it was: the way to the host, sudo, or the script itself.
void readFailure(Examination& examination, const Asked& asked, const Error& error)
{
    HostLook& host = examination.hosts[asked.command.host];
    if (asked.about == Asked::About::Gateway)
        examination.gateway.failure = error;
    else if (asked.about == Asked::About::SlotHost)
        examination.slotHosts[asked.command.host].failure = error;
    if (error.kind == ErrorKind::SudoRefused)
        host.sudoFailure = error;
    else if (error.kind != ErrorKind::CommandTimedOut)
        host.failure = error;
}

} // namespace

const ServerLine* Examination::serverLine(const Slot& slot) const
{
    if (!gateway.upstream)
        return nullptr;
    for (const ServerLine& line : gateway.upstream->servers)
        if (sameServer(line.address, slot.server.toUtf8()))
            return &line;
    return nullptr;
}

const Container* Examination::container(const Slot& slot) const
{
    for (const Container& container : slotHost(slot.host).docker.containers)
        if (container.name == slot.container)
            return &container;
    return nullptr;
}

QList<const Slot*> Examination::upSlots() const
{
    QList<const Slot*> up;
    for (const Slot& slot : target.slots) {
        const ServerLine* line = serverLine(slot);
        if (line && !line->down)
            up << &slot;
    }
    return up;
}

QList<Listener> listenersFrom(const QString& text)
{
    static const QRegularExpression line(
        uR"re(^LISTEN\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+(?:\s+users:\(\("([^"]*)",pid=(\d+))?)re"_s,
        QRegularExpression::MultilineOption);
    QList<Listener> listeners;
    for (auto matches = line.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        listeners << Listener {match.captured(1), match.captured(2).toInt(), match.captured(3),
            match.captured(4).toLongLong()};
    }
    return listeners;
}

void readHost(HostLook& look, const ScriptReport& report)
{
    look.user = QString::fromUtf8(report.value("user"));
    look.root = report.value("uid") == "0";
    for (const QByteArray& tool : report.values("tool"))
        look.tools << QString::fromLatin1(tool);
}

void readGateway(GatewayExamination& gateway, const Target& target, const ScriptReport& report)
{
    gateway.look = gatewayLookFrom(report);
    gateway.writable = report.has("writable");
    gateway.version = report.text("nginxVersion").left(40);
    gateway.test = toldOf(report, "dump");
    if (const std::optional<Told> test = toldOf(report, "test"))
        gateway.test = test;
    readMasters(gateway, report);
    gateway.canReload = canReload(gateway, target, report);
    gateway.stateDisk = diskOf(report, "state");
    gateway.locks = locksFrom(report);
    readUpstream(gateway, target);
    try {
        gateway.dump = readNginxDump(report.bytes("dump.text"));
    } catch (const Error&) {
        // nginx reads what we do not: the checks that need the whole configuration say so.
    }
}

void readSlotHost(SlotHostLook& look, const HostSpec& host, const ScriptReport& report)
{
    try {
        look.docker = dockerLookFrom(report, host);
        if (look.docker.unusable)
            return;
        look.daemon = daemonFromInfo(report.bytes("info.text"));
        look.running = containersFromPs(report.bytes("running.text"));
        if (const std::optional<Told> told = toldOf(report, "networks")) {
            look.networks.emplace();
            for (const QJsonObject& network : objectsFromDocker(told->text.toUtf8()))
                *look.networks << network[u"Name"_s].toString() << network[u"ID"_s].toString();
        }
    } catch (const Error& error) {
        look.docker.unusable = error.on(host.name);
    }
    look.disk = diskOf(report, "docker");
    look.listeners = listenersFrom(report.text("listeners.text"));
    for (int i = 0; report.has("path." + QByteArray::number(i)); ++i) {
        const QByteArray key = "path." + QByteArray::number(i);
        look.paths[report.text(key + ".name")] = QString::fromLatin1(report.value(key));
    }
}

Examination examine(
    const Target& target, Hosts& hosts, const DoctorOptions& options, std::stop_token stop)
{
    const QList<Asked> asked = questions(target);
    QList<HostCommand> commands;
    for (const Asked& one : asked) {
        one.watch->asked = QDateTime::currentDateTimeUtc();
        commands << one.command;
    }
    const QList<HostOutcome> outcomes = runAtOnce(hosts, commands, stop);

    Examination examination {target, options, {}, {}, {}, {}};
    QSet<QString> reached;
    for (qsizetype i = 0; i < outcomes.size(); ++i) {
        const QString& name = asked[i].command.host;
        HostLook& host = examination.hosts[name];
        if (const Error* error = std::get_if<Error>(&outcomes[i])) {
            readFailure(examination, asked[i], *error);
            continue;
        }
        reached << name;
        const ScriptReport report(std::get<CommandResult>(outcomes[i]).out);
        readHost(host, report);
        readClock(host, report, *asked[i].watch);
        if (asked[i].about == Asked::About::Gateway)
            readGateway(examination.gateway, target, report);
        else if (asked[i].about == Asked::About::SlotHost)
            readSlotHost(examination.slotHosts[name], target.host(name), report);
    }
    for (const QString& name : reached)
        examination.hosts[name].failure.reset();
    return examination;
}

} // namespace gapless::doctor
