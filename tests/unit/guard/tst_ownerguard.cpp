// SPDX-License-Identifier: MIT
// The guard that acts when the owner of a rollout is lost, with scripts that really run.
#include "engine/guard/fence.h"
#include "engine/guard/ownerguard.h"
#include "engine/guard/runrecord.h"
#include "engine/remote/quoting.h"
#include "tests/support/fakehost/localhost.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestOwnerGuard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_host.emplace(u"web"_s);
        m_host->run(setFence(dir(), u"key"_s, u"run1"_s, Privilege::None), {}).orThrow();
    }

    /// Armed is who has begun in a session of its own: what ends its owner then does not end it.
    void runsOnItsOwnOnceItIsArmed()
    {
        GuardPost guard(*m_host, Privilege::Docker, duty(60));
        guard.arm({});
        QCOMPARE(watchers(), 1);
        QVERIFY(guard.disarm());
    }

    void actsWhenNoBeatComes()
    {
        {
            GuardPost guard(*m_host, Privilege::Docker, duty(2));
            guard.arm({});
            QVERIFY(!acted());
        } // its owner is gone
        QTRY_VERIFY_WITH_TIMEOUT(acted(), 60'000);
        // It wrote down what it did, and the owner can change nothing more.
        const RecordPlace place { *m_host, dir(), u"key"_s };
        qint64 offset = 0;
        QTRY_COMPARE(readRunRecord(place, u"run1"_s, offset = 0, {}).size(), 1);
        const Event told = readRunRecord(place, u"run1"_s, offset = 0, {}).first();
        QCOMPARE(told.seq, guardSeq);
        QVERIFY(told.at.isValid());
        QCOMPARE(std::get<TrafficChanged>(told.body).state, u"up"_s);
        Command late;
        late.script = ":\n";
        QCOMPARE(m_host->run(fenced(late, dir(), u"key"_s, u"run1"_s), {}).exit, fencedStatus);
    }

    void tellsWhenItsActFailed()
    {
        GuardDuty fails = duty(1);
        fails.act = "exit 3\n";
        fails.failed = { R"({"type":"trafficChanged","slot":"A","state":"down"})" };
        {
            GuardPost guard(*m_host, Privilege::Docker, fails);
            guard.arm({});
        }
        const RecordPlace place { *m_host, dir(), u"key"_s };
        qint64 offset = 0;
        QTRY_COMPARE_WITH_TIMEOUT(readRunRecord(place, u"run1"_s, offset = 0, {}).size(), 1, 60'000);
        QCOMPARE(std::get<TrafficChanged>(readRunRecord(place, u"run1"_s, offset = 0, {}).first().body).state,
            u"down"_s);
    }

    void doesNothingWhileTheOwnerLives()
    {
        GuardPost guard(*m_host, Privilege::Docker, duty(2));
        guard.arm({});
        QTest::qWait(5000); // more than twice the time after which it would act
        QVERIFY(!acted());
        QVERIFY(guard.disarm());
    }

    void doesNothingOnceItIsDisarmed()
    {
        GuardPost guard(*m_host, Privilege::Docker, duty(1));
        guard.arm({});
        QVERIFY(guard.disarm());
        QTRY_COMPARE_WITH_TIMEOUT(watchers(), 0, 60'000);
        QVERIFY(!acted());
    }

    void doesNothingWhenAnotherRunHasTheFence()
    {
        {
            GuardPost guard(*m_host, Privilege::Docker, duty(3));
            guard.arm({});
        }
        m_host->run(setFence(dir(), u"key"_s, u"run2"_s, Privilege::None), {}).orThrow();
        QTRY_COMPARE_WITH_TIMEOUT(watchers(), 0, 60'000);
        QVERIFY(!acted());
    }

private:
    QString dir() const { return m_host->home() + u"/state"_s; }
    bool acted() const { return QFile::exists(dir() + u"/acted"_s); }
    GuardDuty duty(int seconds) const
    {
        GuardDuty made;
        made.run = u"run1"_s;
        made.key = u"key"_s;
        made.slot = u"A"_s;
        made.part = u"docker"_s;
        made.stateDir = dir();
        made.ownerLostSeconds = seconds;
        made.act = "echo yes >" + quote(dir() + u"/acted"_s) + "\n";
        made.done = { R"({"type":"trafficChanged","slot":"A","state":"up","weight":1})" };
        return made;
    }
    /// How many guards run on this host.
    int watchers() const
    {
        Command command;
        command.script = "ps -eo args= | grep -c '^sh " + dir().toUtf8() + "/guard/' || :\n";
        return m_host->run(command, {}).out.trimmed().toInt();
    }
    mutable std::optional<LocalHost> m_host;
};

QTEST_GUILESS_MAIN(TestOwnerGuard)
#include "tst_ownerguard.moc"
