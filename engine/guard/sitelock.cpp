// SPDX-License-Identifier: MIT
#include "engine/guard/sitelock.h"

#include "engine/guard/heartbeat.h"
#include "engine/remote/quoting.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    constexpr int heldStatus = 75; ///< EX_TEMPFAIL: the script's own word for "somebody has it"

    QByteArray recordJson(const LockRecord& record)
    {
        QJsonObject json { { u"run"_s, record.run }, { u"by"_s, record.by },
            { u"machine"_s, record.machine }, { u"version"_s, record.version },
            { u"target"_s, record.target },
            { u"since"_s, record.since.toUTC().toString(Qt::ISODateWithMs) } };
        if (!record.waitsFor.isEmpty())
            json[u"waitsFor"_s] = record.waitsFor;
        return QJsonDocument(json).toJson(QJsonDocument::Compact);
    }

    std::optional<LockRecord> recordFrom(const QByteArray& json, bool alive)
    {
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        if (object.isEmpty())
            return std::nullopt;
        return LockRecord { object[u"run"_s].toString(), object[u"by"_s].toString(),
            object[u"machine"_s].toString(), object[u"version"_s].toString(),
            object[u"target"_s].toString(),
            QDateTime::fromString(object[u"since"_s].toString(), Qt::ISODateWithMs), {},
            object[u"waitsFor"_s].toString(), alive };
    }

    Error heldBy(const LockRecord& record)
    {
        return Error(ErrorKind::LockHeld,
            { { u"by"_s, record.by }, { u"machine"_s, record.machine }, { u"run"_s, record.run },
                { u"version"_s, record.version },
                { u"since"_s, record.since.toString(Qt::ISODateWithMs) },
                { u"alive"_s, record.alive }, { u"waitsFor"_s, record.waitsFor } });
    }

    QByteArray names(const QString& stateDir, const QString& key)
    {
        return "set -u; umask 077; d=" + quote(stateDir) + "/locks; k=\"$d/\"" + quote(key) + "\n";
    }

}

QString siteKey(const QString& realUpstreamFile, const QString& upstream)
{
    const QByteArray name = realUpstreamFile.toUtf8() + '\n' + upstream.toLower().toUtf8();
    return QString::fromLatin1(
        QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(16));
}

SiteLock::SiteLock(Host& gateway, QString stateDir, QString key, int ownerLostSeconds)
    : m_gateway(gateway)
    , m_stateDir(std::move(stateDir))
    , m_key(std::move(key))
    , m_ownerLostSeconds(ownerLostSeconds)
{
}

SiteLock::~SiteLock() = default;

QString SiteLock::beatFile() const { return m_stateDir + u"/locks/"_s + m_key + u".beat"_s; }

void SiteLock::take(const LockRecord& record, std::stop_token stop)
{
    const QByteArray ours = quote(record.run);
    // What a dead run has written stays its own until somebody takes it over by name. Once it was ours
    // it is never taken a second time unless it still is: a forgotten process must not come back.
    const auto script = [=, this](bool again) {
        return names(m_stateDir, m_key)
            + "mkdir -p \"$d\" || exit 74\nexec 9>>\"$k.lock\"\nwas() { cat \"$k.run\" 2>/dev/null; }\n"
            + (again ? "[ \"$(was)\" = " + ours
                       + " ] || { echo gone; exit 75; }\nkill \"$(cat \"$k.pid\")\" 2>/dev/null\nflock -w 5 9"
                     : QByteArray("flock -n 9"))
            + " || { echo alive; cat \"$k.json\"; echo; exit 75; }\nover=" + quote(record.takesOver)
            + "\nif [ -s \"$k.json\" ] && [ \"$(was)\" != " + ours
            + " ] && { [ -z \"$over\" ] || [ \"$(was)\" != \"$over\" ]; }; then\n"
              "  echo dead; cat \"$k.json\"; echo; exit 75\nfi\n"
              "printf %s "
            + ours + " >\"$k.run.new\" && mv \"$k.run.new\" \"$k.run\" || exit 74\nprintf %s "
            + quote(recordJson(record))
            + " >\"$k.json.new\" && mv \"$k.json.new\" \"$k.json\" || exit 74\n"
              "echo $$ >\"$k.pid\"\necho taken\nbeat=$k.beat\n"
            // Helpers must not inherit the lock, or it would outlive its holder.
            + keepBeat(m_ownerLostSeconds, "9>&-");
    };
    m_holder = std::make_unique<KeptProcess>(
        m_gateway, Privilege::Gateway, "taken", script, m_ownerLostSeconds);
    std::optional<CommandResult> refused;
    try {
        refused = m_holder->start(stop);
    } catch (...) {
        m_holder.reset();
        throw;
    }
    if (!refused) {
        m_run = record.run;
        m_record = record;
        return;
    }
    m_holder.reset();
    if (refused->exit == heldStatus) {
        const QByteArray json = refused->out.mid(refused->out.indexOf('\n') + 1);
        throw heldBy(recordFrom(json, refused->out.startsWith("alive")).value_or(LockRecord {}))
            .on(m_gateway.name());
    }
    refused->orThrow();
    throw Error(ErrorKind::CommandUnknown, { { u"command"_s, refused->shown } }).on(m_gateway.name());
}

void SiteLock::release(std::stop_token stop)
{
    if (m_run.isEmpty())
        return;
    Command command;
    command.shown = u"rm %1.json"_s.arg(m_key);
    command.privilege = Privilege::Gateway;
    command.script = names(m_stateDir, m_key) + "[ \"$(cat \"$k.run\" 2>/dev/null)\" = " + quote(m_run)
        + " ] || exit 0\n"
          "pid=$(cat \"$k.pid\"); rm -f \"$k.json\" \"$k.run\" \"$k.pid\" \"$k.beat\"\n"
          "kill \"$pid\" 2>/dev/null || :\n";
    m_holder->stopKeeping();
    m_gateway.run(command, stop).orThrow();
    m_holder.reset();
    m_run.clear();
}

void SiteLock::tellWaiting(const QString& question)
{
    if (m_run.isEmpty())
        return;
    m_record.waitsFor = question;
    Command command;
    command.privilege = Privilege::Gateway;
    command.script = names(m_stateDir, m_key) + "[ \"$(cat \"$k.run\" 2>/dev/null)\" = " + quote(m_run)
        + " ] || exit 0\nprintf %s " + quote(recordJson(m_record))
        + " >\"$k.json.new\" && mv \"$k.json.new\" \"$k.json\"\n";
    m_gateway.run(command, {}).orThrow();
}

std::optional<LockRecord> SiteLock::holder(std::stop_token stop)
{
    Command command;
    command.privilege = Privilege::Gateway;
    command.script = names(m_stateDir, m_key)
        + "[ -s \"$k.json\" ] || exit 0\n"
          "if [ -e \"$k.lock\" ] && ! flock -n \"$k.lock\" true; then echo alive; else echo dead; fi\n"
          "cat \"$k.json\"\n";
    const CommandResult result = m_gateway.run(command, stop);
    result.orThrow();
    if (result.out.isEmpty())
        return std::nullopt;
    return recordFrom(result.out.mid(result.out.indexOf('\n') + 1), result.out.startsWith("alive"));
}

} // namespace gapless
