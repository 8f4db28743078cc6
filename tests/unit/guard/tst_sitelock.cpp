// SPDX-License-Identifier: MIT
// Lock, fence and detached steps, with scripts that really run, on this machine as the host.
#include "engine/guard/detached.h"
#include "engine/guard/fence.h"
#include "engine/guard/heartbeat.h"
#include "engine/guard/sitelock.h"
#include "engine/remote/quoting.h"
#include "tests/support/fakehost/localhost.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <signal.h>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

LockRecord record(const QString& run, const QString& by = u"ann"_s)
{
    LockRecord made;
    made.run = run;
    made.by = by;
    made.machine = u"desk"_s;
    made.version = u"1"_s;
    made.target = u"chat"_s;
    made.since = QDateTime::fromString(u"2026-11-27T10:00:00.000Z"_s, Qt::ISODateWithMs);
    return made;
}

/// The kind that `act` throws; nothing where it throws none.
template <typename Act> std::optional<ErrorKind> thrownBy(Act act)
{
    try {
        act();
    } catch (const Error& error) {
        return error.kind;
    }
    return std::nullopt;
}

} // namespace

class TestSiteLock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isHeldUntilItIsGivenBack()
    {
        SiteLock mine(m_host, dir(), u"k1"_s), other(m_host, dir(), u"k1"_s);
        QVERIFY(!other.holder({}));
        mine.take(record(u"run1"_s), {});
        QVERIFY(other.holder({})->alive);
        QCOMPARE(other.holder({})->by, u"ann"_s);
        QCOMPARE(thrownBy([&] { other.take(record(u"run2"_s), {}); }), ErrorKind::LockHeld);
        mine.release({});
        QVERIFY(!other.holder({}));
        other.take(record(u"run2"_s), {});
        other.release({});
    }

    void saysThatItsRunWaits()
    {
        SiteLock mine(m_host, dir(), u"k0"_s), other(m_host, dir(), u"k0"_s);
        mine.take(record(u"run1"_s), {});
        QCOMPARE(other.holder({})->waitsFor, QString());
        mine.tellWaiting(u"pause"_s);
        QCOMPARE(other.holder({})->waitsFor, u"pause"_s);
        QCOMPARE(other.holder({})->by, u"ann"_s);
        try {
            other.take(record(u"run2"_s), {});
            QFAIL("it was free");
        } catch (const Error& error) {
            QCOMPARE(error.facts[u"waitsFor"_s].toString(), u"pause"_s);
        }
        mine.tellWaiting({});
        QCOMPARE(other.holder({})->waitsFor, QString());
        mine.release({});
        mine.tellWaiting(u"pause"_s); // it is nobody's by now
        QVERIFY(!other.holder({}));
    }

    void aDeadOwnersLockIsTakenOverOnlyByName()
    {
        {
            SiteLock dead(m_host, dir(), u"k2"_s);
            dead.take(record(u"run1"_s), {});
        } // its process goes, its record stays
        SiteLock next(m_host, dir(), u"k2"_s);
        QTRY_VERIFY(next.holder({}) && !next.holder({})->alive);
        QCOMPARE(thrownBy([&] { next.take(record(u"run2"_s), {}); }), ErrorKind::LockHeld);
        LockRecord wrong = record(u"run2"_s);
        wrong.takesOver = u"run0"_s;
        QCOMPARE(thrownBy([&] { next.take(wrong, {}); }), ErrorKind::LockHeld);
        LockRecord right = record(u"run2"_s, u"bob"_s);
        right.takesOver = u"run1"_s;
        next.take(right, {});
        QCOMPARE(next.holder({})->by, u"bob"_s);
        next.release({});
    }

    void aLivingOwnerIsNotTakenOver()
    {
        SiteLock owner(m_host, dir(), u"k3"_s), other(m_host, dir(), u"k3"_s);
        owner.take(record(u"run1"_s), {});
        LockRecord over = record(u"run2"_s);
        over.takesOver = u"run1"_s;
        QCOMPARE(thrownBy([&] { other.take(over, {}); }), ErrorKind::LockHeld);
        owner.release({});
    }

    /// The owner's connection stands and nothing comes through it: a stopped process, a pulled cable.
    void withoutASignOfLifeTheOwnerCountsAsDead()
    {
        Command silent;
        silent.script = "set -u; mkdir -p " + quote(dir()) + "/locks; k=" + quote(dir() + u"/locks/k4"_s)
            + "\nexec 9>>\"$k.lock\"; flock -n 9 || exit 75\n"
              "printf run1 >\"$k.run\"; printf '{\"run\":\"run1\",\"by\":\"ann\"}' >\"$k.json\"; beat=$k.beat\n"
            + keepBeat(2, "9>&-");
        silent.keepInputOpen = true;
        const auto owner = m_host.start(silent);
        SiteLock lock(m_host, dir(), u"k4"_s);
        QTRY_VERIFY(lock.holder({}) && lock.holder({})->alive);
        QTRY_VERIFY_WITH_TIMEOUT(!lock.holder({})->alive, 60'000);
    }

    /// A process that comes back after somebody took over, and gave the lock back, does not get it again.
    void aForgottenOwnersKeeperDoesNotComeBack()
    {
        SiteLock forgotten(m_host, dir(), u"k5"_s, 2);
        forgotten.take(record(u"run1"_s), {});
        QFile pid(dir() + u"/locks/k5.pid"_s);
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const auto holder = pid.readAll().trimmed().toLongLong();
        // As after a takeover that has ended: the record is gone, and so is the holder.
        for (const char* part : { "json", "run" })
            QVERIFY(QFile::remove(dir() + u"/locks/k5."_s + QLatin1String(part)));
        ::kill(pid_t(holder), SIGKILL);
        SiteLock next(m_host, dir(), u"k5"_s);
        next.take(record(u"run2"_s), {});
        QTest::qWait(1500); // three looks of the keeper; there is nothing that could be waited for
        QCOMPARE(next.holder({})->run, u"run2"_s);
        next.release({});
    }

    /// A connection that was lost takes the holder with it; the owner lives and holds on.
    void aHolderThatWasCutOffIsStartedAnew()
    {
        SiteLock lock(m_host, dir(), u"k6"_s, 2);
        lock.take(record(u"run1"_s), {});
        const auto holder = [&] {
            QFile pid(dir() + u"/locks/k6.pid"_s);
            return pid.open(QIODevice::ReadOnly) ? pid.readAll().trimmed().toLongLong() : 0;
        };
        const qint64 first = holder();
        ::kill(pid_t(first), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(holder() != first && lock.holder({})->alive, 60'000);
        lock.release({});
        QVERIFY(!lock.holder({}));
    }

    void aFenceKeepsAForgottenProcessOut()
    {
        m_host.run(setFence(dir(), u"f1"_s, u"run1"_s, Privilege::Docker), {}).orThrow();
        Command act;
        act.script = "echo done >>" + quote(dir() + u"/acts"_s) + "\n";
        QVERIFY(m_host.run(fenced(act, dir(), u"f1"_s, u"run1"_s), {}).ok());
        m_host.run(setFence(dir(), u"f1"_s, u"run2"_s, Privilege::Docker), {}).orThrow();
        const CommandResult late = m_host.run(fenced(act, dir(), u"f1"_s, u"run1"_s), {});
        QCOMPARE(late.exit, fencedStatus);
        QVERIFY(late.err.contains("run2"));
        QCOMPARE(linesOf(u"acts"_s).size(), 1);
        // Set with the privilege of what it guards: with sudo that is another user's folder.
        for (const RanCommand& ran : m_host.ran())
            if (ran.shown.startsWith(u"fence"))
                QCOMPARE(ran.privilege, Privilege::Docker);
    }

    void aStepThatIsSentTwiceRunsOnce()
    {
        Command step;
        step.script = "echo ran >>" + quote(dir() + u"/steps-ran"_s) + "\necho said; echo warned >&2; exit 3\n";
        for (int i = 0; i < 2; ++i) {
            const CommandResult result = m_host.run(detached(step, dir(), u"run1-c1"_s), {});
            QCOMPARE(result.exit, 3);
            QCOMPARE(result.out, "said\n");
            QCOMPARE(result.err, "warned\n");
        }
        QCOMPARE(linesOf(u"steps-ran"_s).size(), 1);
        m_host.run(forgetDetached(dir(), u"run1-c"_s, Privilege::None), {}).orThrow();
        QCOMPARE(QDir(dir() + u"/steps"_s).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 0);
    }

    /// Whoever sent it is gone; it goes on, and whoever asks again gets what it said.
    /// Also where the host is slow to give it a session of its own: what is written down is a step that has one.
    void aStepOutlivesItsConnection()
    {
        m_host.stub(u"setsid"_s, "sleep 0.3\nexec /usr/bin/setsid \"$@\"\n");
        const auto quick = qScopeGuard([this] { QFile::remove(m_host.stubFolder() + u"/setsid"_s); });
        Command step;
        step.script = "until [ -e " + quote(dir() + u"/go"_s) + " ]; do sleep 0.05; done; echo finished\n";
        {
            const auto first = m_host.start(detached(step, dir(), u"run2-c1"_s));
            QTRY_VERIFY(QFile::exists(dir() + u"/steps/run2-c1.pid"_s));
        } // cut
        QFile go(dir() + u"/go"_s);
        QVERIFY(go.open(QIODevice::WriteOnly));
        go.close();
        QCOMPARE(m_host.run(detached(step, dir(), u"run2-c1"_s), {}).out, "finished\n");
    }

    /// Cut before it has a session: it ends with its connection, and nobody waits for it for ever.
    void aStepThatIsCutAtItsStartIsNotKnown()
    {
        m_host.stub(u"setsid"_s, ": >\"$HOME/slow\"\nsleep 60\n");
        const auto quick = qScopeGuard([this] { QFile::remove(m_host.stubFolder() + u"/setsid"_s); });
        Command step;
        step.script = "echo never\n";
        {
            const auto first = m_host.start(detached(step, dir(), u"run4-c1"_s));
            QTRY_VERIFY(QFile::exists(m_host.home() + u"/slow"_s));
        } // cut
        QCOMPARE(m_host.run(detached(step, dir(), u"run4-c1"_s), {}).exit, detachedUnknownStatus);
    }

    /// A reboot leaves a step without an end: nobody waits for it for ever, and nobody believes it done.
    void aStepThatWasKilledIsNotKnown()
    {
        Command step;
        step.script = "kill -9 $PPID\n";
        QCOMPARE(m_host.run(detached(step, dir(), u"run3-c1"_s), {}).exit, detachedUnknownStatus);
    }

private:
    QString dir() const { return m_host.home() + u"/state"_s; }
    QList<QByteArray> linesOf(const QString& file) const
    {
        QFile read(dir() + u'/' + file);
        if (!read.open(QIODevice::ReadOnly))
            return {};
        return read.readAll().trimmed().split('\n');
    }
    LocalHost m_host { u"web"_s };
};

QTEST_GUILESS_MAIN(TestSiteLock)
#include "tst_sitelock.moc"
