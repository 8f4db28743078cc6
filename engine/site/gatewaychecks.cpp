// SPDX-License-Identifier: MIT
#include "engine/site/doctorchecks.h"

#include "engine/remote/quoting.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

/// Room for the lock, a run's record and a copy of the upstream file.
constexpr qint64 stateBytes = 4LL * 1024 * 1024;
constexpr int outputLines = 12;

/// The name of a site's lock, as whoever takes it writes it.
QString siteKey(const QString& realUpstreamFile, const QString& upstream)
{
    const QByteArray name = realUpstreamFile.toUtf8() + '\n' + upstream.toLower().toUtf8();
    return QString::fromLatin1(
        QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(16));
}

QString lastLines(const QString& text)
{
    return text.trimmed()
        .split(u'\n')
        .mid(std::max<qsizetype>(0, text.trimmed().count(u'\n') + 1 - outputLines))
        .join(u'\n');
}

QString userOn(const Examination& examination)
{
    return examination.host(examination.target.gateway.host).user;
}

/// A sudoers line for the two nginx commands alone, where their words are plain.
QString nginxSudoers(const Examination& examination)
{
    const Gateway& gateway = examination.target.gateway;
    const auto plain = [](const QString& command) {
        QStringList words = splitWords(command).value_or(QStringList());
        if (words.value(0) == "sudo"_L1)
            words.removeFirst();
        if (words.value(0) == "-n"_L1)
            words.removeFirst();
        if (!words.isEmpty() && !words[0].startsWith(u'/'))
            words[0] = u"/usr/sbin/"_s + words[0];
        return words.join(u' ');
    };
    return u"%1 ALL=(root) NOPASSWD: %2, %3"_s.arg(
        userOn(examination), plain(gateway.testCommand), plain(gateway.reloadCommand));
}

Finding failedTest(const Examination& examination, const Told& test)
{
    const QString& command = examination.target.gateway.testCommand;
    QString what = u"failed"_s;
    if (test.exit == 127)
        what = u"missing"_s;
    else if (test.exit == 126 || test.text.contains(u"ermission denied"_s)
        || test.text.contains(u"password is required"_s))
        what = u"permission"_s;
    const QJsonObject facts {{u"what"_s, what}, {u"command"_s, command}, {u"exit"_s, test.exit},
        {u"detail"_s, lastLines(test.text)},
        {u"remedyText"_s, what == "permission"_L1 ? nginxSudoers(examination) : QString()}};
    if (what != "failed"_L1)
        return refused(facts);
    return refused(
        Error(ErrorKind::NginxTestFailed, {{u"file"_s, examination.target.gateway.upstreamFile}},
            lastLines(test.text)),
        facts);
}

QStringList warningsIn(const QString& text)
{
    QStringList warnings;
    for (const QString& line : text.split(u'\n')) {
        if (line.startsWith("# configuration file "_L1))
            break;
        if (line.contains(u"[warn]"_s))
            warnings << line.trimmed();
    }
    return warnings;
}

bool isMaster(const GatewayExamination& gateway, qint64 pid)
{
    return std::any_of(gateway.masters.begin(), gateway.masters.end(),
        [&](const NginxMaster& master) { return master.pid == pid; });
}

bool callsNginx(const QString& command)
{
    return splitWords(command).value_or(QStringList()).value(0).contains(u"nginx"_s);
}

QString defaulted(const QByteArray& written, const QString& otherwise)
{
    return written.isEmpty() ? otherwise : QString::fromUtf8(written);
}

/// The line as it would be with max_fails=0, its other parameters kept.
QString withoutMaxFails(const ServerLine& line)
{
    QStringList words {u"server"_s, QString::fromUtf8(line.address), u"max_fails=0"_s};
    if (!line.failTimeout.isEmpty())
        words << u"fail_timeout="_s + QString::fromUtf8(line.failTimeout);
    if (line.weight)
        words << u"weight=%1"_s.arg(*line.weight);
    if (line.maxConns)
        words << u"max_conns=%1"_s.arg(*line.maxConns);
    for (const auto& [isSet, word] : {std::pair(line.resolve, u"resolve"_s),
             std::pair(line.backup, u"backup"_s), std::pair(line.down, u"down"_s)})
        if (isSet)
            words << word;
    return words.join(u' ') + u';';
}

/// What a WebSocket needs of the location that serves it and does not find there.
QStringList missingDirectives(const ProxyLocation& location)
{
    QStringList missing;
    if (location.httpVersion != "1.1")
        missing << u"proxy_http_version 1.1;"_s;
    if (location.headers.value("upgrade").toLower() != "$http_upgrade")
        missing << u"proxy_set_header Upgrade $http_upgrade;"_s;
    const QByteArray connection = location.headers.value("connection").toLower();
    if (!connection.contains('$') && !connection.contains("upgrade"))
        missing << u"proxy_set_header Connection \"upgrade\";"_s;
    return missing;
}

QString hubOf(const Target& target)
{
    return target.witness && target.witness->hub ? target.witness->hub->hub : QString();
}

} // namespace

QString sudoersLine(const HostSpec& host)
{
    // What the host is asked to run as root: a shell that reads the script from standard input.
    return host.sudo == Sudo::Password ? u"%1 ALL=(root) /bin/sh"_s.arg(host.user)
                                       : u"%1 ALL=(root) NOPASSWD: /bin/sh -s"_s.arg(host.user);
}

Findings upstream(const Examination& examination, const Place&)
{
    const GatewayExamination& gateway = examination.gateway;
    const Gateway& spec = examination.target.gateway;
    if (gateway.upstreamError)
        return {refused(*gateway.upstreamError)};
    if (!gateway.writable)
        return {refused({{u"what"_s, u"notWritable"_s}, {u"file"_s, gateway.look.realPath},
            {u"user"_s, userOn(examination)},
            {u"remedyText"_s, sudoersLine(examination.target.host(spec.host))}})};
    if (gateway.toBeWritten)
        return {{Check::State::Info,
            {{u"what"_s, u"toBeWritten"_s}, {u"file"_s, spec.upstreamFile}}}};
    Findings findings;
    if (gateway.dump
        && !gateway.dump->reads(spec.upstreamFile, gateway.look.realPath, gateway.look.bytes))
        findings << Finding {
            Check::State::Warn, {{u"what"_s, u"notRead"_s}, {u"file"_s, spec.upstreamFile}}};
    const qsizetype up = examination.upSlots().size();
    if (gateway.upstream->upCount() == 0)
        findings << Finding {Check::State::Warn,
            {{u"what"_s, u"allDown"_s}, {u"file"_s, spec.upstreamFile},
                {u"upstream"_s, spec.upstream}}};
    if (findings.isEmpty())
        findings << Finding {Check::State::Ok,
            {{u"file"_s, gateway.look.realPath}, {u"upstream"_s, spec.upstream},
                {u"line"_s, gateway.upstream->line}, {u"up"_s, up},
                {u"down"_s, examination.target.slots.size() - up}}};
    return findings;
}

Findings nginxTest(const Examination& examination, const Place&)
{
    const GatewayExamination& gateway = examination.gateway;
    if (gateway.failure && gateway.failure->kind == ErrorKind::CommandTimedOut)
        return {refused(
            {{u"what"_s, u"timedOut"_s}, {u"command"_s, examination.target.gateway.testCommand}})};
    if (gateway.failure)
        return {{Check::State::Info, {{u"skipped"_s, u"sudo"_s}}}};
    if (gateway.test && gateway.test->exit != 0)
        return {failedTest(examination, *gateway.test)};
    return {{Check::State::Ok,
        {{u"warnings"_s,
             QJsonArray::fromStringList(
                 warningsIn(gateway.test ? gateway.test->text : QString()))},
            {u"version"_s, gateway.version}}}};
}

Findings reload(const Examination& examination, const Place&)
{
    const GatewayExamination& gateway = examination.gateway;
    const QString& command = examination.target.gateway.reloadCommand;
    if (gateway.masters.isEmpty())
        return {refused(Error(ErrorKind::NginxNotRunning), {{u"what"_s, u"notRunning"_s}})};
    const bool pidIsRight = isMaster(gateway, gateway.pidInFile);
    if (callsNginx(command) && !gateway.pidFile.isEmpty() && !pidIsRight)
        return {refused({{u"what"_s, u"pidFile"_s}, {u"file"_s, gateway.pidFile},
            {u"pid"_s, gateway.pidInFile}})};
    if (!gateway.canReload)
        return {refused({{u"what"_s, u"permission"_s}, {u"command"_s, command},
            {u"user"_s, userOn(examination)}, {u"remedyText"_s, nginxSudoers(examination)}})};
    if (!callsNginx(command) || gateway.pidFile.isEmpty())
        return {{Check::State::Info, {{u"what"_s, u"notTried"_s}, {u"command"_s, command}}}};
    return {{Check::State::Ok, {{u"pid"_s, gateway.pidInFile}, {u"command"_s, command}}}};
}

Findings stateDir(const Examination& examination, const Place&)
{
    const GatewayExamination& gateway = examination.gateway;
    const QString& dir = gateway.look.stateDir;
    if (dir.isEmpty())
        return {refused(
            Error(ErrorKind::StateDirUnusable, {{u"dir"_s, examination.target.gateway.stateDir}}),
            {{u"what"_s, u"missing"_s}, {u"dir"_s, examination.target.gateway.stateDir}})};
    const qint64 freeBytes = gateway.stateDisk ? gateway.stateDisk->freeBytes : -1;
    if (gateway.stateDisk && freeBytes < stateBytes)
        return {refused(
            Error(ErrorKind::DiskFull,
                {{u"path"_s, dir}, {u"freeBytes"_s, freeBytes}, {u"neededBytes"_s, stateBytes}}),
            {{u"what"_s, u"full"_s}, {u"dir"_s, dir}, {u"freeBytes"_s, freeBytes}})};
    if (!gateway.look.stateDirShared)
        return {{Check::State::Info, {{u"what"_s, u"own"_s}, {u"dir"_s, dir}}}};
    return {{Check::State::Ok, {{u"dir"_s, dir}, {u"freeBytes"_s, freeBytes}}}};
}

Findings lock(const Examination& examination, const Place&)
{
    const GatewayExamination& gateway = examination.gateway;
    const QString key = siteKey(gateway.look.realPath, examination.target.gateway.upstream);
    for (const LockFile& lock : gateway.locks) {
        if (lock.key != key)
            continue;
        QJsonObject facts = QJsonDocument::fromJson(lock.record).object();
        const Error held(ErrorKind::LockHeld, facts);
        facts[u"what"_s] = lock.alive ? u"held"_s : u"dead"_s;
        return {refused(held, facts)};
    }
    return {{}};
}

Findings maxFails(const Examination& examination, const Place&)
{
    QJsonArray servers, lines;
    int most = 0;
    QString timeout;
    QStringList remedies;
    for (const Slot& slot : examination.target.slots) {
        const ServerLine* line = examination.serverLine(slot);
        if (!line || line->maxFails == 0)
            continue;
        servers << QString::fromUtf8(line->address);
        lines << line->line;
        most = std::max(most, line->maxFails.value_or(1));
        timeout = defaulted(line->failTimeout, u"10s"_s);
        remedies << withoutMaxFails(*line);
    }
    if (servers.isEmpty())
        return {{}};
    return {{Check::State::Warn,
        {{u"servers"_s, servers}, {u"lines"_s, lines},
            {u"file"_s, examination.target.gateway.upstreamFile}, {u"maxFails"_s, most},
            {u"failTimeout"_s, timeout}, {u"remedyText"_s, remedies.join(u'\n')}}}};
}

Findings zone(const Examination& examination, const Place&)
{
    if (examination.gateway.upstream && examination.gateway.upstream->zone)
        return {{}};
    return {{Check::State::Warn,
        {{u"upstream"_s, examination.target.gateway.upstream},
            {u"file"_s, examination.target.gateway.upstreamFile},
            {u"remedyText"_s,
                u"zone %1 64k;"_s.arg(examination.target.gateway.upstream)}}}};
}

Findings websocketHeaders(const Examination& examination, const Place&)
{
    const QString hub = hubOf(examination.target);
    if (hub.isEmpty())
        return {{Check::State::Info, {{u"what"_s, u"noHub"_s}}}};
    if (!examination.gateway.dump)
        return {{Check::State::Info, {{u"what"_s, u"unknown"_s}}}};
    const QList<ProxyLocation> locations = locationsFor(
        *examination.gateway.dump, examination.target.gateway.upstream.toUtf8(), hub.toUtf8());
    if (locations.isEmpty())
        return {{Check::State::Info, {{u"what"_s, u"notFound"_s}}}};
    Findings findings;
    for (const ProxyLocation& location : locations) {
        const QStringList missing = missingDirectives(location);
        if (!missing.isEmpty())
            findings << Finding {Check::State::Warn,
                {{u"what"_s, u"missing"_s}, {u"file"_s, location.file}, {u"line"_s, location.line},
                    {u"location"_s, QString::fromUtf8(location.path)},
                    {u"missing"_s, QJsonArray::fromStringList(missing)},
                    {u"remedyText"_s, missing.join(u'\n')}}};
    }
    if (findings.isEmpty())
        findings << Finding {Check::State::Ok, {{u"locations"_s, locations.size()}}};
    return findings;
}

Findings workerShutdownTimeout(const Examination& examination, const Place&)
{
    const GatewayExamination& gateway = examination.gateway;
    if (!gateway.dump)
        return {{Check::State::Info, {{u"what"_s, u"unknown"_s}}}};
    const DrainSpec& drain = examination.target.drain;
    const int needed = drain.requestSeconds + drain.longLivedSeconds;
    const QString remedy = u"worker_shutdown_timeout %1s;"_s.arg(std::max(60, 2 * needed));
    const Directive* directive = gateway.dump->root.last("worker_shutdown_timeout");
    const std::optional<double> seconds
        = directive ? nginxSeconds(directive->arguments.value(0)) : std::nullopt;
    if (!seconds || *seconds == 0)
        return {{Check::State::Info,
            {{u"what"_s, u"unset"_s}, {u"shuttingDown"_s, gateway.shuttingDown},
                {u"remedyText"_s, remedy}}}};
    if (*seconds < needed)
        return {{Check::State::Warn,
            {{u"what"_s, u"tooShort"_s}, {u"seconds"_s, *seconds}, {u"neededSeconds"_s, needed},
                {u"remedyText"_s, remedy}}}};
    return {
        {Check::State::Ok, {{u"seconds"_s, *seconds}, {u"shuttingDown"_s, gateway.shuttingDown}}}};
}

} // namespace gapless::doctor
