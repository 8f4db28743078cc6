// SPDX-License-Identifier: MIT
// One rollout after the other on the demo stack, with faults mixed in, while users are at it:
// `bench_soak [N]`, 50 by default. Prints what users noticed and what has leaked, and judges nothing.
// Half of the rollouts are plain; the others are rollbacks, bad images, cancelled, cut off from the host,
// or killed and resumed. All but the killed ones run in this process, so that it shows what they leave.
#include "tests/bench/benchtable.h"
#include "tests/live/rollout/livestage.h"
#include "tests/support/livesite/faultstage.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <random>
#include <signal.h>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What may leak, at one moment.
struct Held {
    qsizetype containers = 0, files = 0, locks = 0, processes = 0, descriptors = 0, memoryKiB = 0;
};

qsizetype filesIn(const QString& folder)
{
    qsizetype count = 0;
    for (QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); files.hasNext();
         files.next())
        ++count;
    return count;
}

/// Processes that know the folder by name: keepers of locks, guards, detached steps.
qsizetype processesOf(const QString& folder)
{
    qsizetype count = 0;
    for (const QString& pid : QDir(u"/proc"_s).entryList({ u"[1-9]*"_s }, QDir::Dirs))
        if (pid.toLongLong() != QCoreApplication::applicationPid()
            && bytesOf(u"/proc/%1/cmdline"_s.arg(pid)).contains(folder.toLocal8Bit()))
            ++count;
    return count;
}

/// Locks that somebody holds on a file there.
qsizetype locksIn(const QString& folder)
{
    qsizetype count = 0;
    const QByteArray held = bytesOf(u"/proc/locks"_s);
    for (QDirIterator files(folder, { u"*.lock"_s }, QDir::Files, QDirIterator::Subdirectories); files.hasNext();) {
        struct stat info {};
        if (::stat(QFile::encodeName(files.next()).constData(), &info) == 0)
            count += held.count(':' + QByteArray::number(qulonglong(info.st_ino)) + ' ');
    }
    return count;
}

Held heldNow(const LiveSite& site)
{
    Held held;
    const QString state = site.target.gateway.stateDir;
    held.containers = site.containers().size();
    held.files = filesIn(state);
    held.locks = locksIn(state);
    held.processes = processesOf(state);
    held.descriptors = QDir(u"/proc/self/fd"_s).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
    for (const QByteArray& line : bytesOf(u"/proc/self/status"_s).split('\n'))
        if (line.startsWith("VmRSS:"))
            held.memoryKiB = line.simplified().split(' ').value(1).toLongLong();
    return held;
}

class Soak {
public:
    Soak()
        : m_site(m_faults.site)
    {
        for (LiveStage* stage : { &m_live })
            stage->target.health.watchSeconds = 1;
        m_faults.target.health.deadlineSeconds = m_live.target.health.deadlineSeconds = 20;
        m_faults.target.ownerLostSeconds = m_live.target.ownerLostSeconds = 10;
        m_faults.prepare();
        m_old = m_faults.old;
    }

    /// One rollout; what kind it was, and how it ended.
    std::pair<QString, QString> one()
    {
        const int kind = below(10);
        if (kind < 5)
            return { u"plain"_s, roll(next(), {}) };
        if (kind == 5)
            return { u"rollback"_s, roll({}, {}, u"rollback"_s) };
        if (kind == 6) {
            const QString bad = m_site.stack.tag(below(2) ? u"crash"_s : u"unhealthy"_s);
            return { u"bad image"_s, roll(bad, {}) };
        }
        const QString step = QStringList { u"create"_s, u"drain"_s, u"start"_s, u"check"_s, u"watch"_s }[below(5)];
        const QString slot = below(2) ? u"A"_s : u"B"_s;
        if (kind == 7)
            return { u"cancelled"_s, roll(next(), [&](const StepStarted& at) {
                        if (at.step == step && at.slot == slot)
                            m_live.stop.request_stop();
                    }) };
        if (kind == 8)
            return { u"cut off"_s, roll(next(), [&](const StepStarted& at) {
                        if (at.step == step && at.slot == slot)
                            m_site.cutConnections();
                    }) };
        const auto ctl = m_faults.start(next());
        ctl->untilStep(step, slot);
        ctl->signal(SIGKILL);
        ctl->finish();
        const int exit = m_faults.resume({ u"--yes"_s });
        return { u"killed, resumed"_s, u"exit %1"_s.arg(exit) };
    }

    /// What is not as it should be after a rollout, and puts it right.
    QString settle()
    {
        const QString wrong = m_site.untidy();
        if (!wrong.isEmpty())
            m_faults.resume({ u"--yes"_s });
        m_old = wrong.isEmpty() ? m_site.served() : m_site.tag();
        return wrong;
    }
    LiveSite& site() { return m_site; }
    const Target& target() const { return m_faults.target; }

private:
    int below(int limit) { return int(m_random() % unsigned(limit)); }
    QString next() const
    {
        const QString v2 = m_site.stack.tag(u"v2"_s);
        return m_old == v2 ? m_site.stack.tag(u"v1"_s) : v2;
    }
    QString roll(const QString& tag, const std::function<void(const StepStarted&)>& fault,
        const QString& kind = u"deploy"_s)
    {
        m_live.stop = {};
        m_live.onEvent = [&](const Event& event) {
            if (const auto* step = std::get_if<StepStarted>(&event.body); step && fault)
                fault(*step);
        };
        return m_live.run({ .target = m_live.target, .kind = kind, .tag = tag }).outcome;
    }

    FaultStage m_faults { QStringLiteral(GAPLESS_TEST_STACK) };
    LiveStage m_live;
    LiveSite& m_site;
    QString m_old;
    std::mt19937 m_random { 1 };
};

}

int main(int argc, char* argv[])
{
    QCoreApplication app(argc, argv);
    const int count = app.arguments().value(1, u"50"_s).toInt();
    // The events themselves are for a failing test.
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
        if (type > QtWarningMsg)
            std::fprintf(stderr, "%s\n", qPrintable(text));
    });
    Soak soak;
    constexpr int warmUp = 3;
    for (int i = 0; i < warmUp; ++i) {
        soak.one();
        soak.settle();
    }
    const Held before = heldNow(soak.site());
    QMap<QString, QMap<QString, int>> outcomes;
    QStringList wrong;
    Users users(soak.target());
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < count; ++i) {
        const auto [kind, outcome] = soak.one();
        ++outcomes[kind][outcome];
        if (const QString what = soak.settle(); !what.isEmpty())
            wrong.append(u"%1 (%2, %3): %4"_s.arg(i).arg(kind, outcome, what));
        std::fprintf(stderr, "%d %s: %s\n", i + 1, qPrintable(kind), qPrintable(outcome));
    }
    const double seconds = double(time.elapsed()) / 1000;
    const QJsonObject seen = users.stop();
    const Held after = heldNow(soak.site());

    BenchTable rollouts({ u"rollouts"_s, u"number"_s, u"ended"_s });
    for (auto kind = outcomes.cbegin(); kind != outcomes.cend(); ++kind) {
        QStringList ended;
        int sum = 0;
        for (auto outcome = kind->cbegin(); outcome != kind->cend(); ++outcome) {
            ended.append(u"%1 %2"_s.arg(outcome.value()).arg(outcome.key()));
            sum += outcome.value();
        }
        rollouts.add({ kind.key(), QString::number(sum), ended.join(u", "_s) });
    }
    rollouts.print();
    const QJsonObject hub = seen[u"verdict"_s][u"signalr"_s].toObject();
    const auto number = [](const QJsonValue& value) { return QString::number(value.toDouble(-1)); };
    BenchTable users_({ u"%1 rollouts in %2 s"_s.arg(count).arg(seconds, 0, 'f', 0), u"figure"_s });
    for (const QString& kind : { u"gets"_s, u"posts"_s })
        users_.add({ kind, u"%1 of %2 failed"_s.arg(number(seen[kind][u"failed"_s]), number(seen[kind][u"sent"_s])) });
    users_.add({ u"hub clients closed"_s, number(hub[u"closed"_s]) });
    users_.add({ u"reconnects, longest gap"_s, u"%1, %2 ms"_s.arg(number(hub[u"reconnects"_s]), number(hub[u"maxGapMs"_s])) });
    users_.add({ u"site not whole afterwards"_s, QString::number(wrong.size()) });
    const auto grew = [&](const QString& what, qsizetype from, qsizetype to) {
        users_.add({ what, u"%1, %2 before"_s.arg(to).arg(from) });
    };
    grew(u"containers"_s, before.containers, after.containers);
    grew(u"files in the gateway's state folder"_s, before.files, after.files);
    grew(u"locks held there"_s, before.locks, after.locks);
    grew(u"processes left on the host"_s, before.processes, after.processes);
    grew(u"descriptors of the process"_s, before.descriptors, after.descriptors);
    grew(u"its memory, KiB"_s, before.memoryKiB, after.memoryKiB);
    users_.print();
    for (const QString& what : std::as_const(wrong))
        std::printf("not whole: %s\n", qPrintable(what));
    return 0;
}
