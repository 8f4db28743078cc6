// SPDX-License-Identifier: MIT
#include "engine/guard/sitelock.h"

#include "engine/remote/quoting.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <condition_variable>
#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr int heldStatus = 75; ///< EX_TEMPFAIL: the script's own word for "somebody has it"
    constexpr auto firstLineDeadline = 20s;

    QByteArray recordJson(const LockRecord& record)
    {
        return QJsonDocument(QJsonObject { { u"run"_s, record.run }, { u"by"_s, record.by },
                                 { u"machine"_s, record.machine }, { u"version"_s, record.version },
                                 { u"target"_s, record.target },
                                 { u"since"_s, record.since.toUTC().toString(Qt::ISODateWithMs) } })
            .toJson(QJsonDocument::Compact);
    }

    std::optional<LockRecord> recordFrom(const QByteArray& json, bool alive)
    {
        const QJsonObject object = QJsonDocument::fromJson(json).object();
        if (object.isEmpty())
            return std::nullopt;
        return LockRecord { object[u"run"_s].toString(), object[u"by"_s].toString(),
            object[u"machine"_s].toString(), object[u"version"_s].toString(),
            object[u"target"_s].toString(),
            QDateTime::fromString(object[u"since"_s].toString(), Qt::ISODateWithMs), alive };
    }

    Error heldBy(const LockRecord& record)
    {
        return Error(ErrorKind::LockHeld,
            { { u"by"_s, record.by }, { u"machine"_s, record.machine }, { u"run"_s, record.run },
                { u"version"_s, record.version },
                { u"since"_s, record.since.toString(Qt::ISODateWithMs) },
                { u"alive"_s, record.alive } });
    }

    QByteArray names(const QString& stateDir, const QString& key)
    {
        return "set -u; umask 077; d=" + quote(stateDir) + "/locks; k=\"$d/\"" + quote(key) + "\n";
    }

    /// What the holder's first lines said, handed from the host's I/O thread to the one that waits.
    struct FirstWord {
        std::mutex mutex;
        std::condition_variable_any changed;
        QByteArray word;
    };

}

QString siteKey(const QString& realUpstreamFile, const QString& upstream)
{
    const QByteArray name = realUpstreamFile.toUtf8() + '\n' + upstream.toLower().toUtf8();
    return QString::fromLatin1(
        QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(16));
}

SiteLock::SiteLock(Host& gateway, QString stateDir, QString key)
    : m_gateway(gateway)
    , m_stateDir(std::move(stateDir))
    , m_key(std::move(key))
{
}

SiteLock::~SiteLock() = default;

void SiteLock::take(const LockRecord& record, std::stop_token stop)
{
    const auto first = std::make_shared<FirstWord>();
    Command command;
    command.shown = u"flock %1.lock"_s.arg(m_key);
    command.privilege = Privilege::Gateway;
    command.deadline = 24h;
    command.discardOutput = false;
    // The holder lives as long as its connection: a beat that nobody reads any more ends it (EPIPE).
    // `sleep` must not inherit the lock, or it would outlive its parent's by a beat.
    command.script = names(m_stateDir, m_key)
        + "mkdir -p \"$d\" || exit 74\n"
          "exec 9>>\"$k.lock\"\n"
          "flock -n 9 || { echo alive; cat \"$k.json\"; echo; exit 75; }\n"
          "if [ -s \"$k.json\" ] && [ \"$(cat \"$k.run\" 2>/dev/null)\" != "
        + quote(record.run) + " ]; then echo dead; cat \"$k.json\"; echo; exit 75; fi\n"
        + "printf %s " + quote(record.run) + " >\"$k.run.new\" && mv \"$k.run.new\" \"$k.run\" || exit 74\n"
        + "printf %s " + quote(recordJson(record))
        + " >\"$k.json.new\" && mv \"$k.json.new\" \"$k.json\" || exit 74\n"
          "echo $$ >\"$k.pid\"\n"
          "echo taken\n"
          "while echo beat; do sleep 2 9>&-; done\n";
    command.onLine = [first](OutputStream stream, const QByteArray& line) {
        const std::lock_guard guard(first->mutex);
        if (stream == OutputStream::Out && first->word.isEmpty())
            first->word = line;
        first->changed.notify_all();
    };
    auto holder = m_gateway.start(command);
    {
        std::unique_lock lock(first->mutex);
        const auto deadline = std::chrono::steady_clock::now() + firstLineDeadline;
        while (first->word.isEmpty() && holder->running()
            && std::chrono::steady_clock::now() < deadline) {
            first->changed.wait_for(lock, stop, 50ms, [&] { return !first->word.isEmpty(); });
            if (stop.stop_requested())
                throw Cancelled {};
        }
    }
    if (first->word != "taken") {
        const CommandResult result = holder->wait(stop);
        if (result.exit == heldStatus) {
            const QByteArray json = result.out.mid(result.out.indexOf('\n') + 1);
            throw heldBy(recordFrom(json, result.out.startsWith("alive")).value_or(LockRecord {}))
                .on(m_gateway.name());
        }
        result.orThrow();
    }
    m_run = record.run;
    m_holder = std::move(holder);
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
          "pid=$(cat \"$k.pid\"); rm -f \"$k.json\" \"$k.run\" \"$k.pid\"\n"
          "kill \"$pid\" 2>/dev/null || :\n";
    m_gateway.run(command, stop).orThrow();
    m_holder.reset();
    m_run.clear();
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
