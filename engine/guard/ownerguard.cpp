// SPDX-License-Identifier: MIT
#include "engine/guard/ownerguard.h"

#include "engine/guard/statedir.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    QByteArray names(const GuardDuty& duty)
    {
        return "set -u; umask 077\n" + stateDirLine(duty.stateDir) + "g=$d/guard/"
            + quote(duty.run + u'-' + duty.slot + u'-' + duty.part) + "\nf=$d/fences/" + quote(duty.key)
            + "\nbeat=" + (duty.beatFile.isEmpty() ? QByteArray("$g.beat") : quote(duty.beatFile)) + "\n";
    }

    QByteArray told(const QList<QByteArray>& events)
    {
        QByteArray lines;
        for (const QByteArray& event : events)
            lines += "tell " + quote(event.mid(1)) + "\n";
        return lines;
    }

    /// Seconds are counted, not read from a clock: one that jumps proves nobody dead.
    QByteArray watcher(const GuardDuty& duty)
    {
        const QByteArray run = quote(duty.run), guard = quote(guardFence(duty.run));
        return names(duty) + "e=$d/runs/" + quote(duty.key) + "/" + quote(duty.run)
            + ".guard.jsonl\n"
              "tell() { mkdir -p \"${e%/*}\" && printf '{\"at\":\"%s\",%s\\n' \"$(date -u +%Y-%m-%dT%H:%M:%S.000Z)\" \"$1\" >>\"$e\"; }\n"
              "mine() { case $(cat \"$f\" 2>/dev/null) in "
            + run + "|" + guard
            + ") return 0 ;; esac; return 1; }\n"
              ": >\"$g.on\"\nidle=0 last=\n"
              "while [ \"$idle\" -lt "
            + QByteArray::number(duty.ownerLostSeconds)
            + " ]; do\n"
              "  sleep 1; [ -e \"$g.armed\" ] && mine || exit 0\n"
              "  now=$(cat \"$beat\" 2>/dev/null)\n"
              "  if [ \"$now\" = \"$last\" ]; then idle=$((idle + 1)); else idle=0 last=$now; fi\n"
              "done\n"
              "mine || exit 0\n( "
            + duty.before
            + "\n:\n)\n"
              "exec 8>>\"$f.lock\"\nflock 8\n"
              "[ -e \"$g.armed\" ] && mine || exit 0\n"
              "printf %s "
            + guard
            + " >\"$f.new\" && mv \"$f.new\" \"$f\"\nmv \"$g.armed\" \"$g.acted\"\n"
              "if ( "
            + duty.act + "\n); then\n" + told(duty.done) + ":\nelse rc=$?\n" + told(duty.failed)
            + "echo \"$rc\" >\"$g.failed\"\nfi\n";
    }

    /// Told apart from one that is there already: this may be sent a second time. Armed is who has begun, in a
    /// session of its own: before that what ends the owner ends the watcher, too.
    QByteArray armScript(const GuardDuty& duty)
    {
        return names(duty)
            + "mkdir -p \"${g%/*}\" || exit 74\n"
              "if [ ! -e \"$g.sh\" ]; then\n"
              "  printf %s "
            + quote(watcher(duty))
            + " >\"$g.sh\" && : >\"$g.armed\" || exit 74\n"
              "  setsid sh \"$g.sh\" >\"$g.log\" 2>&1 </dev/null &\n"
              "  n=0; until [ -e \"$g.on\" ] || [ \"$n\" -ge 500 ]; do n=$((n + 1)); sleep 0.01; done\n"
              "  [ -e \"$g.on\" ] || exit 75\n"
              "fi\n"
              "[ -e \"$g.armed\" ] || exit 75\n";
    }

}

QString guardFence(const QString& run) { return u"guard-"_s + run; }

GuardPost::GuardPost(Host& host, Privilege privilege, GuardDuty duty)
    : m_host(host)
    , m_privilege(privilege)
    , m_duty(std::move(duty))
{
}

GuardPost::~GuardPost() = default;

void GuardPost::arm(std::stop_token stop)
{
    if (!m_duty.beatFile.isEmpty()) {
        Command command;
        command.privilege = m_privilege;
        command.shown = u"guard slot %1"_s.arg(m_duty.slot);
        command.script = armScript(m_duty);
        m_host.run(command, stop).orThrow();
        return;
    }
    m_beat = std::make_unique<KeptProcess>(m_host, m_privilege, "armed",
        [duty = m_duty](bool) {
            return armScript(duty) + "echo armed\n" + keepBeat(duty.ownerLostSeconds, {});
        },
        m_duty.ownerLostSeconds);
    if (const auto refused = m_beat->start(stop)) {
        m_beat.reset();
        refused->orThrow();
        throw Error(ErrorKind::CommandUnknown, { { u"command"_s, u"guard"_s } }).on(m_host.name());
    }
}

bool GuardPost::disarm()
{
    if (m_beat)
        m_beat->stopKeeping();
    Command command;
    command.privilege = m_privilege;
    // Under the fence's lock, so that one that acts just now is waited for.
    command.script = names(m_duty)
        + "exec 8>>\"$f.lock\"\nflock -w 45 8 || exit 75\n[ -e \"$g.armed\" ] || exit 1\n"
          "rm -f \"$g.armed\" \"$g.sh\" \"$g.beat\" \"$g.log\" \"$g.on\"\n";
    command.deadline = std::chrono::seconds(60);
    bool gone = false;
    try {
        gone = m_host.run(command, {}).ok();
    } catch (const Error&) {
        // It acts when its time has come, unless somebody has taken the fence by then.
    }
    m_beat.reset();
    return gone;
}

} // namespace gapless
