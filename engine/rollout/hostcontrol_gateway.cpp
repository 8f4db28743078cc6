// SPDX-License-Identifier: MIT
// HostControl's half that speaks to the gateway: routes, workers, connections, the lock.
#include "engine/rollout/hostcontrol.h"

#include "engine/guard/answer.h"
#include "engine/guard/fence.h"
#include "engine/model/targetjson.h"
#include "engine/nginx/linediff.h"
#include "engine/nginx/previewblock.h"
#include "engine/remote/quoting.h"
#include "engine/rollout/recordedhosts.h"
#include "engine/rollout/siterecord.h"
#include "engine/rollout/run.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    /// nginx's test and reload, with a reserve for a large configuration (a map of 300,000 lines takes 1.2 s).
    constexpr auto editDeadline = 60s;
    /// Another hand may edit the file between our look and our edit; its change is kept and ours
    /// made again. More often than this and somebody is fighting us.
    constexpr int editTries = 3;

    QString sha256Of(const QByteArray& bytes)
    {
        return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }

    QStringList wordsOf(const QString& commandLine, const QString& path)
    {
        const auto words = splitWords(commandLine);
        if (!words || words->isEmpty())
            throw Error(ErrorKind::FieldWrong, { { u"path"_s, path } });
        return *words;
    }

    Error editFailed(const CommandResult& result, const ObservedGateway& gateway)
    {
        const auto what = [&]() -> ErrorKind {
            switch (GatewayEditStatus(result.exit.value_or(0))) {
            case GatewayEditStatus::TestFailedBefore:
                return ErrorKind::NginxTestFailed;
            case GatewayEditStatus::ChangedMeanwhile:
                return ErrorKind::FileChangedMeanwhile;
            case GatewayEditStatus::Rejected:
                return ErrorKind::NginxRejectedEdit;
            case GatewayEditStatus::ReloadFailed:
            case GatewayEditStatus::NotTaken:
                return ErrorKind::ReloadNotTaken;
            case GatewayEditStatus::NotRunning:
                return ErrorKind::NginxNotRunning;
            case GatewayEditStatus::Busy:
            case GatewayEditStatus::Io:
                break;
            }
            return result.exit == fencedStatus ? ErrorKind::LockLost : ErrorKind::CommandFailed;
        }();
        return Error(what, { { u"file"_s, gateway.realPath }, { u"command"_s, result.shown },
                               { u"exit"_s, result.exit.value_or(-1) } },
            QString::fromUtf8(result.err).trimmed().right(2000))
            .on(result.host);
    }

}

bool HostControl::planning() const { return m_sink && m_sink->planning(); }

QByteArray HostControl::edited(const QList<Route>& routes) const
{
    QMap<QByteArray, ServerState> states;
    for (const Route& route : routes)
        states[m_target.slot(route.slot)->server.toUtf8()] = { route.up,
            route.weight ? std::optional(std::max(route.weight, 0)) : std::nullopt,
            route.remove                    ? ServerState::Line::Remove
                : m_target.gateway.addServers ? ServerState::Line::Add
                                            : ServerState::Line::Refuse };
    const QByteArray upstream = m_target.gateway.upstream.toUtf8();
    // nginx takes a block whose servers are all down, and answers 502 to everybody.
    if (upServersAfter(m_found.gateway.bytes, upstream, states, m_found.gateway.realPath) == 0
        && !routes.first().leaveNobody)
        throw Error(ErrorKind::LastReadySlot, { { u"slot"_s, routes.first().slot } })
            .on(m_target.gateway.host);
    return withoutPreview(
        setServers(m_found.gateway.bytes, upstream, states, m_found.gateway.realPath));
}

void HostControl::applyToGateway(const QByteArray& bytes, RouteOutcome& outcome, std::stop_token stop)
{
    const QString step = u"%1-%2"_s.arg(m_runId).arg(++m_edits);
    const bool creates = m_found.gateway.missing;
    if (!creates)
        outcome.backup = u"%1/backups/%2.conf"_s.arg(m_found.gateway.stateDir, step);
    Command command;
    command.shown = u"%1 && %2"_s.arg(m_target.gateway.testCommand, m_target.gateway.reloadCommand);
    command.changes = true;
    command.privilege = Privilege::Gateway;
    command.deadline = editDeadline;
    command.script = gatewayEditScript({ .realPath = m_found.gateway.realPath,
        .sha256 = creates ? QString() : m_found.gateway.sha256,
        .bytes = bytes,
        .backup = u"%1/backups/%2.conf"_s.arg(m_found.gateway.stateDir, step),
        .lock = m_found.gateway.stateDir + u"/locks/gateway.lock"_s,
        .testCommand = wordsOf(m_target.gateway.testCommand, u"gateway.testCommand"_s),
        .reloadCommand = wordsOf(m_target.gateway.reloadCommand, u"gateway.reloadCommand"_s) });
    const CommandResult result = m_hosts.at(m_target.gateway.host).run(command, stop);
    const auto proof = readGatewayEditProof(result.out);
    if (!result.ok() || !proof)
        throw editFailed(result, m_found.gateway);
    m_found.gateway.missing = false;
    m_madeSite = m_madeSite || creates;
    outcome.oldWorkers = proof->oldWorkers;
    outcome.newWorkers = proof->newWorkers;
    outcome.oldDraining = proof->oldDraining;
    outcome.took = result.took;
}

RouteOutcome HostControl::route(const QList<Route>& routes, std::stop_token stop)
{
    return changeGateway([&] { return edited(routes); }, routes, stop);
}

RouteOutcome HostControl::changeGateway(
    const std::function<QByteArray()>& edit, const QList<Route>& routes, std::stop_token stop)
{
    for (int attempt = 1;; ++attempt) {
        const QByteArray bytes = edit();
        RouteOutcome outcome;
        outcome.sha256Before = m_found.gateway.sha256;
        outcome.sha256After = sha256Of(bytes);
        if (bytes == m_found.gateway.bytes)
            return outcome;
        if (planning()) {
            m_sink->planned({ u"diff"_s, m_target.gateway.host,
                unifiedDiff(m_found.gateway.bytes, bytes, m_found.gateway.realPath) });
            m_hosts.at(m_target.gateway.host)
                .run({ .script = {},
                         .shown = u"%1 && %2"_s.arg(
                             m_target.gateway.testCommand, m_target.gateway.reloadCommand) },
                    stop);
            m_sink->planned({ u"wait"_s, m_target.gateway.host, u"workers"_s });
        } else {
            for (const Route& route : routes)
                if (m_connections)
                    m_connections->mark(m_target.slot(route.slot)->server);
            try {
                applyToGateway(bytes, outcome, stop);
            } catch (const Error& error) {
                if (error.kind != ErrorKind::FileChangedMeanwhile || attempt == editTries)
                    throw;
                observe(stop);
                continue;
            }
        }
        m_found.gateway.bytes = bytes;
        m_found.gateway.sha256 = outcome.sha256After;
        m_found.gateway.upstream = findUpstream(
            bytes, m_target.gateway.upstream.toUtf8(), m_found.gateway.realPath);
        return outcome;
    }
}

void HostControl::openPreview(
    const QString& listen, const QStringList& slotNames, std::stop_token stop)
{
    PreviewBlock block { .listen = listen.toUtf8() };
    block.scheme = m_target.health.scheme.toUtf8();
    block.run = m_runId.toUtf8();
    for (const QString& name : slotNames)
        block.servers.append(m_target.slot(name)->server.toUtf8());
    changeGateway(
        [&] {
            return withPreview(m_found.gateway.bytes, m_target.gateway.upstream.toUtf8(), block,
                m_found.gateway.realPath);
        },
        {}, stop);
    if (!planning() && !m_probe.answersAt(m_target.gateway.host, listen, stop))
        throw Error(ErrorKind::PreviewUnusable, { { u"listen"_s, listen } })
            .on(m_target.gateway.host);
}

void HostControl::closePreview(std::stop_token stop)
{
    changeGateway([&] { return withoutPreview(m_found.gateway.bytes); }, {}, stop);
}

std::optional<DecisionMade> HostControl::answer(const QString& question, std::stop_token stop)
{
    return takeAnswer(
        m_hosts.at(m_target.gateway.host), m_found.gateway.stateDir, m_runId, question, stop);
}

void HostControl::removeSite(std::stop_token stop)
{
    const ObservedGateway& gateway = m_found.gateway;
    if (planning() || gateway.missing)
        return;
    if (!m_madeSite)
        throw Error(ErrorKind::FileChangedMeanwhile, { { u"file"_s, gateway.realPath } })
            .on(m_target.gateway.host);
    const QString step = u"%1-%2"_s.arg(m_runId).arg(++m_edits);
    Command command;
    command.shown = u"rm %1 && %2 && %3"_s.arg(
        gateway.realPath, m_target.gateway.testCommand, m_target.gateway.reloadCommand);
    command.changes = true;
    command.privilege = Privilege::Gateway;
    command.deadline = editDeadline;
    command.script = gatewayEditScript({ .realPath = gateway.realPath,
        .sha256 = gateway.sha256,
        .backup = u"%1/backups/%2.conf"_s.arg(gateway.stateDir, step),
        .lock = gateway.stateDir + u"/locks/gateway.lock"_s,
        .testCommand = wordsOf(m_target.gateway.testCommand, u"gateway.testCommand"_s),
        .reloadCommand = wordsOf(m_target.gateway.reloadCommand, u"gateway.reloadCommand"_s),
        .remove = true });
    const CommandResult result = m_hosts.at(m_target.gateway.host).run(command, stop);
    if (!result.ok())
        throw editFailed(result, gateway);
    m_found.gateway.missing = true;
    m_madeSite = false;
}

HeldConnections HostControl::held(
    const Slot& slot, const QList<qint64>& oldWorkers, std::stop_token stop)
{
    return m_connections->held(slot.server, oldWorkers, stop);
}

bool HostControl::trafficSeen(const Slot& slot, std::stop_token stop)
{
    return m_connections->seenSinceMark(slot.server, stop);
}

QList<Check> HostControl::doctor(const QString& tag, std::stop_token stop)
{
    QList<Check> checks = runDoctor(m_target, m_hosts, { .tag = tag }, stop);
    if (m_record)
        if (const auto differs = targetDiffersCheck(m_target, recordPlace(), stop))
            checks.append(*differs);
    return checks;
}

void HostControl::lock(const LockRecord& record, std::stop_token stop)
{
    const QString key = siteKey(m_found.gateway.realPath, m_target.gateway.upstream);
    m_lock = std::make_unique<SiteLock>(m_hosts.at(m_target.gateway.host), m_found.gateway.stateDir, key,
        m_target.ownerLostSeconds > 0 ? m_target.ownerLostSeconds : Target {}.ownerLostSeconds);
    m_lock->take(record, stop);
    if (m_fences)
        m_fences->raiseFence(
            { key, m_target.gateway.host, m_found.gateway.stateDir, m_target.slotHosts() }, stop);
    if (m_record)
        m_record->begin(recordPlace(), targetToJson(m_target));
    QStringList servers;
    for (const Slot& slot : m_target.slots)
        servers.append(slot.server);
    QStringList dumpWords = wordsOf(m_target.gateway.testCommand, u"gateway.testCommand"_s);
    const qsizetype test = dumpWords.indexOf(u"-t"_s);
    if (test < 0)
        dumpWords.clear();
    else
        dumpWords[test] = u"-T"_s;
    m_connections = std::make_unique<ConnectionWatch>(
        m_hosts.at(m_target.gateway.host), servers, m_target.drain.requestSeconds, dumpWords);
    m_connections->start();
}

void HostControl::tellWaiting(const QString& question)
{
    if (m_lock)
        m_lock->tellWaiting(question);
}

void HostControl::unlock()
{
    if (m_connections)
        m_connections->stop();
    for (const Slot& slot : m_target.slots)
        unguardSlot(slot);
    if (m_lock)
        m_lock->release({});
}

} // namespace gapless
