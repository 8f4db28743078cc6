// SPDX-License-Identifier: MIT
#include "engine/rollout/connectionwatch.h"

#include "engine/nginx/connections.h"
#include "engine/remote/quoting.h"

#include <mutex>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    /// `ss` with everything the history wants, for all slots at once, names left as numbers.
    QByteArray ssLine(const QStringList& servers)
    {
        QStringList filters;
        for (const QString& server : servers)
            if (socketsCanBeSeen(server.toUtf8()))
                filters.append(u"dst "_s + server);
        if (filters.isEmpty())
            return "true";
        return "ss -tniHOp state established " + quote(u"( %1 )"_s.arg(filters.join(u" or "_s)));
    }

}

/// The history, shared with the I/O thread that feeds it.
struct ConnectionWatch::Shared {
    std::mutex mutex;
    ConnectionHistory history;
    QByteArray look; ///< lines of the look that is being received
    qint64 looks = 0;
    QSet<QString> seen; ///< servers that had a connection since their mark

    void add(const QByteArray& out, const QStringList& servers)
    {
        const std::lock_guard guard(mutex);
        history.add(++looks, readSockets(out));
        for (const QString& server : servers)
            if (history.count(server.toUtf8()) > 0)
                seen.insert(server);
    }
};

ConnectionWatch::ConnectionWatch(
    Host& gateway, QStringList servers, int requestSeconds, QStringList dumpWords)
    : m_gateway(gateway)
    , m_servers(std::move(servers))
    , m_requestSeconds(requestSeconds)
    , m_dumpWords(std::move(dumpWords))
    , m_shared(std::make_shared<Shared>())
{
}

ConnectionWatch::~ConnectionWatch() = default;

void ConnectionWatch::start()
{
    Command command;
    command.privilege = Privilege::Gateway;
    command.deadline = 24h;
    command.discardOutput = true;
    // Ends with its connection: nobody reads the echo any more. Between two looks it rests 0.1 s, and three times as
    // long as a look took: `ss -p` reads every process's files, and must not take what the site itself needs.
    command.script = "now() { up=0.00; { read -r up _ </proc/uptime; } 2>/dev/null; up=1${up%.*}${up#*.}; }\n" // no 0 in front: octal
                     "while echo look; do now; since=$up; "
        + ssLine(m_servers)
        + " || exit; now; rest=$(((up - since) * 3))\n"
          "[ \"$rest\" -ge 10 ] || rest=10; [ \"$rest\" -le 99 ] || rest=99; sleep \"0.$rest\"; done\n";
    command.onLine = [shared = m_shared, servers = m_servers](
                         OutputStream stream, const QByteArray& line) {
        if (stream != OutputStream::Out)
            return;
        if (line == "look") {
            shared->add(shared->look, servers);
            shared->look.clear();
        } else {
            shared->look += line + '\n';
        }
    };
    m_process = m_gateway.start(command);
    if (m_dumpWords.isEmpty())
        return;
    // Early, so that no drain has to wait for it.
    Command dump;
    dump.privilege = Privilege::Gateway;
    dump.script = "[ \"$(id -u)\" = 0 ] && command -v perl >/dev/null && " + quoteWords(m_dumpWords)
        + " 2>/dev/null\n:\n";
    m_dump = m_gateway.start(dump);
}

void ConnectionWatch::stop()
{
    m_process.reset();
    m_dump.reset();
}

/// Whether sockets can be asked (upgradeProbe) and their answers trusted.
bool ConnectionWatch::canProbe(std::stop_token stop)
{
    if (!m_canProbe && m_dump) {
        const QByteArray dump = m_dump->wait(stop).out;
        m_canProbe = !dump.isEmpty() && upgradesShow(dump);
        m_dump.reset();
    }
    return m_canProbe.value_or(false);
}

/// Asks the sockets themselves for what their traffic does not tell for certain.
void ConnectionWatch::clearUp(
    const QByteArray& server, const QSet<qint64>& workers, std::stop_token stop)
{
    QStringList unclear;
    {
        const std::lock_guard guard(m_shared->mutex);
        unclear = m_shared->history.unclear(server, workers);
    }
    if (unclear.isEmpty() || !canProbe(stop))
        return;
    Command command;
    command.privilege = Privilege::Gateway;
    command.script = "perl -e " + quote(upgradeProbe()) + ' ' + quoteWords(unclear)
        + " 2>/dev/null\n:\n";
    const QByteArray out = m_gateway.run(command, stop).orThrow().out;
    const std::lock_guard guard(m_shared->mutex);
    m_shared->history.learn(out);
}

HeldConnections ConnectionWatch::held(
    const QString& server, const QList<qint64>& oldWorkers, std::stop_token stop)
{
    QByteArray script = "command -v ss >/dev/null || echo blind\n", pids;
    QSet<qint64> workers;
    for (const qint64 pid : oldWorkers) {
        pids += (pids.isEmpty() ? "" : ",") + QByteArray::number(pid);
        workers.insert(pid);
    }
    // A zombie has closed all its sockets.
    if (!pids.isEmpty())
        script += "ps -o stat= -p " + pids + " | grep -qv '^Z' && echo alive\n";
    script += ssLine(m_servers) + " 2>/dev/null\n:\n";
    Command command;
    command.privilege = Privilege::Gateway;
    command.script = script;
    const QByteArray out = m_gateway.run(command, stop).orThrow().out;
    m_shared->add(out, m_servers);

    HeldConnections held;
    held.workersGone = !oldWorkers.isEmpty() && !out.contains("alive\n");
    held.visible = !out.contains("blind\n") && socketsCanBeSeen(server.toUtf8());
    const auto count = [&] {
        const std::lock_guard guard(m_shared->mutex);
        return m_shared->history.held(server.toUtf8(), workers, m_requestSeconds * qint64(1000));
    };
    HeldCount counted = count();
    if (!workers.isEmpty() && counted.inFlight + counted.ambiguous > 0) {
        clearUp(server.toUtf8(), workers, stop);
        counted = count();
    }
    held.inFlight = counted.inFlight;
    held.longLived = counted.longLived;
    held.ambiguous = counted.ambiguous;
    return held;
}

void ConnectionWatch::mark(const QString& server)
{
    const std::lock_guard guard(m_shared->mutex);
    m_shared->seen.remove(server);
}

bool ConnectionWatch::seenSinceMark(const QString& server, std::stop_token stop)
{
    {
        const std::lock_guard guard(m_shared->mutex);
        if (m_shared->seen.contains(server))
            return true;
    }
    held(server, {}, stop);
    const std::lock_guard guard(m_shared->mutex);
    return m_shared->seen.contains(server);
}

} // namespace gapless
