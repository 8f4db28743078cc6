// SPDX-License-Identifier: MIT
// HostControl's guards: what is done on the hosts when the owner is lost while a slot is out.
#include "engine/rollout/hostcontrol.h"

#include "engine/docker/words.h"
#include "engine/model/eventjson.h"
#include "engine/remote/quoting.h"
#include "engine/rollout/recordedhosts.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    /// A body as a run's record keeps it; the guard's script puts the time before it.
    QByteArray recorded(const EventBody& body)
    {
        QJsonObject json = toJson(body);
        json[u"type"_s] = typeOf(body);
        return QJsonDocument(json).toJson(QJsonDocument::Compact);
    }

    EventBody ownerLost(const Target& target, const QString& slot, bool restored)
    {
        return Warned { u"ownerLost"_s, u"warn"_s,
            { { u"what"_s, restored ? u"restored"_s : u"failed"_s }, { u"slot"_s, slot },
                { u"seconds"_s, target.ownerLostSeconds } } };
    }

    /// sh that succeeds for the statuses of `200-299,302` in `$c`.
    QByteArray statusTest(const QString& expected)
    {
        QByteArray test = "false";
        for (const QString& range : expected.split(u',')) {
            const int first = range.section(u'-', 0, 0).trimmed().toInt();
            const int last = range.section(u'-', -1).trimmed().toInt();
            test += " || { [ \"$c\" -ge " + QByteArray::number(first) + " ] && [ \"$c\" -le "
                + QByteArray::number(last) + " ]; }";
        }
        return test;
    }

    /// sh function `ready`: the slot answers as the target expects, at nginx's own path to it.
    QByteArray readyFunction(const Target& target, const Slot& slot)
    {
        const HealthSpec& health = target.health;
        QStringList words { u"curl"_s, u"-s"_s, u"-o"_s, u"/dev/null"_s, u"-w"_s, u"%{http_code}"_s,
            u"--max-time"_s, QString::number(qMax(1, (health.timeoutMs + 999) / 1000)) };
        if (!health.hostHeader.isEmpty())
            words << u"-H"_s << u"Host: "_s + health.hostHeader;
        else if (target.witness)
            words << u"-H"_s << u"Host: "_s + QUrl(target.witness->url).authority();
        for (auto header = health.headers.begin(); header != health.headers.end(); ++header)
            words << u"-H"_s << header.key() + u": "_s + header.value();
        QString server = slot.server;
        if (server.startsWith("unix:"_L1)) {
            words << u"--unix-socket"_s << server.mid(5);
            server = u"localhost"_s;
        }
        words << health.scheme + u"://"_s + server + health.path;
        // Without curl the container's own start has to do. 60: it answers, and TLS has no name for it.
        return "ready() { command -v curl >/dev/null || return 0\n  c=$(" + quoteWords(words)
            + "); [ $? != 60 ] || return 0\n  " + statusTest(health.expectStatus) + "\n}\n";
    }

}

RecordPlace HostControl::recordPlace()
{
    return { m_hosts.at(m_target.gateway.host), m_found.gateway.stateDir,
        siteKey(m_found.gateway.realPath, m_target.gateway.upstream) };
}

/// On the slot's host: the new container away, the old one as it was.
GuardDuty HostControl::dockerDuty(const Slot& slot, const SlotRescue& rescue) const
{
    const auto docker = [&](const QStringList& words) { return dockerLine(slot.host, words); };
    GuardDuty duty;
    duty.part = u"docker"_s;
    duty.act = docker(docker::updateRestart(rescue.newName, u"no"_s)) + " >/dev/null 2>&1\n"
        + docker(docker::kill(rescue.newName)) + " >/dev/null 2>&1\n"
        + docker(docker::stop(rescue.newName, 0)) + " >/dev/null 2>&1\n"
        + docker(docker::updateRestart(
            rescue.oldId, rescue.oldRestart.isEmpty() ? u"no"_s : rescue.oldRestart))
        + " && " + docker(docker::start(rescue.oldId));
    duty.done = { recorded(UndoRan { u"startOld"_s, slot.name, true, 0, {} }) };
    duty.failed = { recorded(UndoRan { u"startOld"_s, slot.name, false, 0,
        toJson(Error(ErrorKind::ContainerStartFailed, { { u"slot"_s, slot.name } }).on(slot.host)) }) };
    return duty;
}

/// On the gateway: once the slot answers, its line up again, by the very script that took it out.
GuardDuty HostControl::routeDuty(const Slot& slot, const SlotRescue& rescue) const
{
    const QByteArray before = m_found.gateway.bytes;
    const QByteArray upstream = m_target.gateway.upstream.toUtf8();
    const QByteArray without = edited({ { slot.name, false } });
    const auto hashOf = [](const QByteArray& bytes) {
        return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    };
    GatewayEdit edit;
    edit.realPath = m_found.gateway.realPath;
    edit.sha256 = hashOf(without);
    edit.bytes = setServers(without, upstream, { { slot.server.toUtf8(), { true, std::nullopt } } },
        m_found.gateway.realPath);
    edit.backup = u"%1/backups/%2-guard-%3.conf"_s.arg(m_found.gateway.stateDir, m_runId, slot.name);
    edit.lock = m_found.gateway.stateDir + u"/locks/gateway.lock"_s;
    edit.testCommand = splitWords(m_target.gateway.testCommand).value_or(QStringList());
    edit.reloadCommand = splitWords(m_target.gateway.reloadCommand).value_or(QStringList());

    GuardDuty duty;
    duty.part = u"nginx"_s;
    duty.beatFile = m_lock->beatFile();
    // What answers at first may be the container that the other guard is about to take away.
    const QByteArray seconds
        = QByteArray::number(m_target.health.deadlineSeconds + m_target.container.stopTimeoutSeconds);
    duty.before = readyFunction(m_target, slot)
        + "n=0; while [ $n -lt 10 ] && ready; do n=$((n + 1)); sleep 1; done\n"
          "n=0; while [ $n -lt "
        + seconds + " ]; do ready && sleep 1 && ready && break; n=$((n + 1)); sleep 1; done\n";
    duty.act = readyFunction(m_target, slot) + "ready || exit 65\n";
    if (before != without) // else it is out already
        duty.act += "[ \"$(sha256sum <" + quote(edit.realPath) + " | cut -c1-64)\" != "
            + quote(hashOf(before)) + " ] || exit 0\n";
    duty.act += gatewayEditScript(edit);
    duty.done = { recorded(ownerLost(m_target, slot.name, true)),
        recorded(TrafficChanged { slot.name, u"up"_s, 1 }),
        recorded(SlotChanged { slot.name, rescue.oldTag, u"serving"_s, rescue.oldId }) };
    duty.failed = { recorded(ownerLost(m_target, slot.name, false)) };
    return duty;
}

void HostControl::guardSlot(const Slot& slot, const SlotRescue& rescue, std::stop_token stop)
{
    if (planning() || !m_lock || !m_fences || m_target.ownerLostSeconds == 0)
        return;
    auto& guards = m_guards[slot.name];
    guards.clear();
    const auto add = [&](const QString& host, Privilege privilege, GuardDuty duty) {
        duty.run = m_runId;
        duty.key = siteKey(m_found.gateway.realPath, m_target.gateway.upstream);
        duty.slot = slot.name;
        duty.stateDir = m_fences->stateDir(host, privilege);
        duty.ownerLostSeconds = m_target.ownerLostSeconds;
        guards.push_back(std::make_unique<GuardPost>(m_hosts.at(host), privilege, std::move(duty)));
        guards.back()->arm(stop);
    };
    add(slot.host, Privilege::Docker, dockerDuty(slot, rescue));
    add(m_target.gateway.host, Privilege::Gateway, routeDuty(slot, rescue));
}

void HostControl::unguardSlot(const Slot& slot)
{
    const auto guards = m_guards.find(slot.name);
    if (guards == m_guards.end())
        return;
    // The gateway's first: it is the one that would send traffic.
    for (auto guard = guards->second.rbegin(); guard != guards->second.rend(); ++guard)
        (*guard)->disarm();
    m_guards.erase(guards);
}

} // namespace gapless
