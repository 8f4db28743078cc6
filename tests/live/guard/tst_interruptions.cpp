// SPDX-License-Identifier: MIT
// Gapless itself is killed, stopped, cut off and run twice, on the real stack, while users are at it.
#include "tests/support/livesite/livesite.h"

#include <QJsonArray>
#include <QTest>
#include <signal.h>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestInterruptions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_site.emplace(QStringLiteral(GAPLESS_TEST_STACK));
        m_site->stack.reset();
    }
    void init()
    {
        if (!m_site->untidy().isEmpty())
            m_site->stack.reset();
        m_site->target.ownerLostSeconds = 60;
        m_site->write();
    }
    void cleanupTestCase()
    {
        if (m_site)
            m_site->stack.reset();
    }

    void killedInAStep_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("slot");
        QTest::addColumn<QString>("choice");
        const bool full = qEnvironmentVariableIntValue("GAPLESS_TEST_FULL") == 1;
        const std::pair<const char*, const char*> steps[] { { "create", "A" }, { "down", "A" },
            { "drain", "A" }, { "stop", "A" }, { "start", "A" }, { "check", "A" }, { "warmUp", "A" },
            { "up", "A" }, { "watch", "A" }, { "down", "B" }, { "check", "B" }, { "up", "B" },
            { "retire", "A" }, { "retire", "B" }, { "unlock", "" } };
        int number = 0;
        for (const auto& [step, slot] : steps)
            for (const char* choice : { "--restore", "--finish", "--yes" }) {
                // Every step, and by turns each of the three ways to go on.
                if (full || number % 4 == 0)
                    QTest::addRow("%s %s %s", step, slot, choice)
                        << QString::fromLatin1(step) << QString::fromLatin1(slot)
                        << QString::fromLatin1(choice);
                ++number;
            }
    }
    void killedInAStep()
    {
        QFETCH(QString, step);
        QFETCH(QString, slot);
        QFETCH(QString, choice);
        const QString old = m_site->tag();
        const QString next = other(old);
        Users users(m_site->target);
        const auto deploy = start(next);
        QVERIFY2(deploy->untilStep(step, slot), deploy->said().constData());
        deploy->signal(SIGKILL);
        QCOMPARE(deploy->finish(), -1);
        // From another desk, which knows of it from the gateway alone.
        const int exit = resume({ choice, u"--yes"_s });
        const QJsonObject seen = users.stop();
        printRow(u"kill -9 in %1 %2, resume %3"_s.arg(step, slot, choice), seen, m_site->tag() == next
                ? u"new version"_s
                : u"old version"_s,
            exit);
        QCOMPARE(exit, 0);
        QCOMPARE(m_site->untidy(), QString());
        if (choice == u"--finish")
            QCOMPARE(m_site->tag(), next);
        if (choice == u"--restore")
            QCOMPARE(m_site->tag(), old);
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
        QVERIFY(seen[u"gets"_s][u"sent"_s].toInt() > 50);
    }

    /// A closed laptop does not leave half the capacity for a night.
    void aLostOwnersSlotComesBack()
    {
        m_site->target.ownerLostSeconds = 5;
        m_site->write();
        const QString old = m_site->tag();
        Users users(m_site->target);
        const auto deploy = start(other(old));
        QVERIFY2(deploy->untilStep(u"check"_s, u"A"_s), deploy->said().constData());
        deploy->signal(SIGKILL);
        deploy->finish();
        QTRY_VERIFY_WITH_TIMEOUT(bothServe(old), 120'000);
        // It is in the run's record, for whoever looks from another desk.
        QTRY_VERIFY_WITH_TIMEOUT(tellsOwnerLost(deploy->run), 60'000);
        const int exit = resume({ u"--yes"_s });
        const QJsonObject seen = users.stop();
        printRow(u"owner lost while a slot is out"_s, seen, u"the guard put the slot back"_s, exit);
        QCOMPARE(exit, 0);
        QCOMPARE(m_site->untidy(), QString());
        QCOMPARE(m_site->tag(), old);
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    /// Stopped, taken over by somebody else, and woken up again: it must not change anything.
    void aForgottenProcessIsFencedOff()
    {
        m_site->target.ownerLostSeconds = 5;
        m_site->write();
        const QString old = m_site->tag();
        Users users(m_site->target);
        const auto forgotten = start(other(old));
        QVERIFY2(forgotten->untilStep(u"check"_s, u"A"_s), forgotten->said().constData());
        forgotten->signal(SIGSTOP);
        const int exit = resume({ u"--restore"_s, u"--yes"_s });
        QCOMPARE(exit, 0);
        QCOMPARE(m_site->untidy(), QString());
        const QByteArray file = m_site->upstreamFile();
        const QJsonArray slotsBefore = m_site->status()[u"slots"_s].toArray();
        forgotten->signal(SIGCONT);
        const int end = forgotten->finish();
        const QJsonObject seen = users.stop();
        printRow(u"SIGSTOP, takeover, SIGCONT"_s, seen, u"the forgotten process changed nothing"_s, end);
        QVERIFY2(end != 0 && end != -2, forgotten->said().constData());
        QCOMPARE(m_site->upstreamFile(), file);
        QCOMPARE(m_site->status()[u"slots"_s].toArray(), slotsBefore);
        QCOMPARE(m_site->untidy(), QString());
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    void ofTwoDeployersOneIsRefused()
    {
        const QString next = other(m_site->tag());
        Users users(m_site->target);
        const auto one = start(next, 0), two = start(next, 1);
        QList<int> exits { one->finish(), two->finish() };
        const QJsonObject seen = users.stop();
        const Ctl& refused = exits[0] == 5 ? *one : *two;
        std::sort(exits.begin(), exits.end());
        printRow(u"two deployers at once"_s, seen, u"one of them is refused"_s, exits.last());
        QCOMPARE(exits, (QList<int> { 0, 5 }));
        QCOMPARE(refused.last()[u"outcome"_s].toString(), u"refused"_s);
        QCOMPARE(m_site->untidy(), QString());
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    void aCutConnectionIsWaitedFor_data()
    {
        QTest::addColumn<QString>("step");
        for (const char* step : { "stop", "start", "check", "up", "watch" })
            QTest::newRow(step) << QString::fromLatin1(step);
    }
    void aCutConnectionIsWaitedFor()
    {
        QFETCH(QString, step);
        const QString next = other(m_site->tag());
        Users users(m_site->target);
        const auto deploy = start(next);
        QVERIFY2(deploy->untilStep(step, u"A"_s), deploy->said().constData());
        m_site->cutConnections();
        const int exit = deploy->finish();
        const QJsonObject seen = users.stop();
        printRow(u"sshd killed in %1"_s.arg(step), seen, deploy->last()[u"outcome"_s].toString(), exit);
        QVERIFY2(exit == 0, deploy->said().constData());
        QCOMPARE(m_site->untidy(), QString());
        QCOMPARE(m_site->tag(), next);
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    /// Nobody gets in any more; the guards on the host need nobody.
    void anUnreachableHostMendsItself()
    {
        m_site->target.ownerLostSeconds = 5;
        m_site->write();
        const QString old = m_site->tag();
        Users users(m_site->target);
        const auto deploy = start(other(old));
        QVERIFY2(deploy->untilStep(u"check"_s, u"A"_s), deploy->said().constData());
        m_site->stack.run({ u"stop"_s, u"web-sshd"_s });
        m_site->cutConnections();
        const QByteArray out = m_site->upstreamFile();
        QTRY_VERIFY_WITH_TIMEOUT(m_site->upstreamFile() != out, 120'000);
        m_site->stack.run({ u"start"_s, u"web-sshd"_s });
        const int end = deploy->finish();
        QTRY_VERIFY_WITH_TIMEOUT(bothServe(old), 120'000);
        const int exit = resume({ u"--yes"_s });
        const QJsonObject seen = users.stop();
        printRow(u"host unreachable"_s, seen, u"the guard put the slot back"_s, end);
        QVERIFY(end != 0);
        QCOMPARE(exit, 0);
        QCOMPARE(m_site->untidy(), QString());
        QCOMPARE(m_site->tag(), old);
        QCOMPARE(seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }

    /// Another desk, whose target has another name, knows who deployed what and where to go back to.
    void anotherDeskKnowsThePreviousRelease()
    {
        const QString old = m_site->tag();
        QCOMPARE(m_site->run(u"deploy"_s, words(other(old)), 3), 0);
        m_site->target.name = u"the-same-site"_s;
        m_site->write();
        QJsonObject last;
        QCOMPARE(m_site->run(u"rollback"_s, { u"--yes"_s, u"--no-witness"_s }, 4, &last), 0);
        m_site->target.name = m_site->stack.target().name;
        m_site->write();
        QCOMPARE(m_site->tag(), old);
    }

    void unlockTakesADeadLockAway()
    {
        const auto deploy = start(other(m_site->tag()));
        QVERIFY2(deploy->untilStep(u"create"_s, u"A"_s), deploy->said().constData());
        QCOMPARE(m_site->run(u"unlock"_s, { u"--yes"_s }, 2), 5); // its owner lives
        deploy->signal(SIGKILL);
        deploy->finish();
        QTRY_COMPARE_WITH_TIMEOUT(m_site->run(u"unlock"_s, { u"--yes"_s }, 2), 0, 120'000);
        QVERIFY(m_site->status()[u"lock"_s].isNull());
        m_site->stack.reset();
    }

private:
    QString other(const QString& tag) const
    {
        const QString v2 = m_site->stack.tag(u"v2"_s);
        return tag == v2 ? m_site->stack.tag(u"v1"_s) : v2;
    }
    static QStringList words(const QString& tag)
    {
        return { u"--image"_s, tag, u"--yes"_s, u"--no-witness"_s };
    }
    std::unique_ptr<Ctl> start(const QString& tag, int desk = 0)
    {
        return m_site->start(u"deploy"_s, words(tag), desk);
    }
    /// Until the owner counts as dead; 5 before that.
    int resume(const QStringList& how)
    {
        int exit = 5;
        for (int i = 0; i < 60 && exit == 5; ++i) {
            exit = m_site->run(u"resume"_s, how, 2);
            if (exit == 5)
                QTest::qWait(1000);
        }
        return exit;
    }
    bool bothServe(const QString& tag)
    {
        const QJsonArray slotList = m_site->status()[u"slots"_s].toArray();
        return slotList.size() == 2 && std::all_of(slotList.begin(), slotList.end(), [&](const QJsonValue& value) {
            const QJsonObject slot = value.toObject();
            return slot[u"routing"_s].toString() == u"up"_s
                && slot[u"state"_s].toString() == u"running"_s && slot[u"tag"_s].toString() == tag;
        });
    }
    bool tellsOwnerLost(const QString& run)
    {
        m_site->status(); // takes the gateway's record in
        const auto report = std::make_unique<Ctl>(
            QStringList { u"report"_s, run, u"--format"_s, u"json"_s }, m_site->dataFolder(9));
        report->finish();
        for (const QJsonObject& line : std::as_const(report->lines))
            if (line[u"type"_s].toString() == u"warned"_s
                && line[u"check"_s].toString() == u"ownerLost"_s)
                return true;
        return false;
    }

    std::optional<LiveSite> m_site;
};

QTEST_GUILESS_MAIN(TestInterruptions)
#include "tst_interruptions.moc"
