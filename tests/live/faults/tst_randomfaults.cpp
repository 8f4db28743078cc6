// SPDX-License-Identifier: MIT
// Random faults at random steps of a rollout, and of the recovery from it, on the real stack: what
// tst_faults does by the hundred on a model. Each row is a seed; the same seed gives the same faults.
#include "engine/remote/quoting.h"
#include "tests/support/livesite/faultstage.h"

#include <QFile>
#include <QTest>
#include <random>
#include <signal.h>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestRandomFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_stage.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init() { m_stage->prepare(); }
    void cleanup() { m_stage->cleanUp(); }
    void cleanupTestCase() { m_stage.reset(); }

    void whateverHappensTheSiteIsMended_data()
    {
        QTest::addColumn<unsigned>("seed");
        const bool full = qEnvironmentVariableIntValue("GAPLESS_TEST_FULL") == 1;
        const unsigned first = qEnvironmentVariable("GAPLESS_TEST_SEED", u"1"_s).toUInt();
        const unsigned count = qEnvironmentVariable("GAPLESS_TEST_SEEDS", full ? u"50"_s : u"12"_s).toUInt();
        for (unsigned seed = first; seed < first + count; ++seed)
            QTest::newRow(qPrintable(QString::number(seed))) << seed;
    }
    void whateverHappensTheSiteIsMended()
    {
        QFETCH(unsigned, seed);
        m_random.seed(seed);
        m_trace.clear();
        m_usersMayNotice = false;
        FaultStage& stage = *m_stage;
        stage.site.target.ownerLostSeconds = 5;
        stage.site.target.health.deadlineSeconds = 15;
        stage.site.write();

        const QString images[] { stage.next(), stage.next(), stage.next(), stage.site.stack.tag(u"unhealthy"_s),
            stage.site.stack.tag(u"crash"_s) };
        const QString to = images[below(5)];
        Users users(stage.site.target);
        const auto deploy = stage.start(to);
        struct Moment {
            const char *step, *slot;
        };
        const Moment moments[] { { "create", "A" }, { "down", "A" }, { "drain", "A" }, { "stop", "A" },
            { "start", "A" }, { "check", "A" }, { "up", "A" }, { "watch", "A" }, { "create", "B" },
            { "down", "B" }, { "stop", "B" }, { "check", "B" }, { "up", "B" }, { "retire", "A" } };
        const Moment moment = moments[below(14)];
        m_trace.append(u"to %1, in %2 %3"_s.arg(to.left(12), QLatin1String(moment.step), QLatin1String(moment.slot)));
        if (deploy->untilStep(QLatin1String(moment.step), QLatin1String(moment.slot)))
            fault(*deploy);
        const int exit = deploy->finish();
        m_trace.append(u"ended with %1"_s.arg(exit));
        QVERIFY2(nginxAccepts(), qPrintable(m_trace.join(u", ")));

        // A recovery may be cut off, too.
        if (exit != 0 && exit != 1 && below(3) == 0) {
            const auto first = stage.site.start(u"resume"_s, { u"--yes"_s }, 2);
            const int events = 3 + below(20);
            for (int i = 0; i < events && first->until([](const QJsonObject&) { return true; }); ++i) { }
            first->signal(SIGKILL);
            first->finish();
            m_trace.append(u"resume killed after %1 events"_s.arg(first->lines.size()));
        }
        // Nothing goes wrong any more.
        int recovered = 0;
        if (!stage.site.untidy().isEmpty())
            recovered = stage.resume({ u"--yes"_s });
        Ended ended { exit, u"exit %1, resume %2"_s.arg(exit).arg(recovered) };
        ended.seen = users.stop();
        const QString served = stage.site.tag();
        const QByteArray why = (m_trace.join(u", ") + u"; serves "_s + served).toLocal8Bit();
        QVERIFY2(recovered == 0 || recovered == 1, why.constData());
        QVERIFY2(nginxAccepts(), why.constData());
        QVERIFY2(served == stage.old || served == stage.next(), why.constData());
        const QString wrong = stage.end(u"seed %1: %2"_s.arg(seed).arg(m_trace.join(u", ")), ended, exit, served,
            m_usersMayNotice ? FaultStage::Users::MayNotice : FaultStage::Users::NoticeNothing);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

private:
    int below(int limit) { return int(m_random() % unsigned(limit)); }

    void fault(Ctl& ctl)
    {
        FaultStage& stage = *m_stage;
        switch (below(9)) {
        case 0:
            m_trace.append(u"killed"_s);
            ctl.signal(SIGKILL);
            break;
        case 1:
            m_trace.append(u"cancelled"_s);
            ctl.signal(SIGINT);
            break;
        case 2:
            m_trace.append(u"connections cut"_s);
            stage.site.cutConnections();
            break;
        case 3:
            m_trace.append(u"connections cut, and killed"_s);
            stage.site.cutConnections();
            ctl.signal(SIGKILL);
            break;
        case 4: {
            const QStringList names = stage.site.containers();
            const QString name = names[below(int(names.size()))];
            m_trace.append(u"somebody stops "_s + name);
            m_usersMayNotice = true;
            stage.docker({ u"stop"_s, u"-t"_s, u"1"_s, name });
            break;
        }
        case 5: {
            const QString slot = below(2) ? u"A"_s : u"B"_s;
            const QString name = stage.newContainer(slot);
            if (name.isEmpty())
                break;
            m_trace.append(u"somebody removes "_s + name);
            m_usersMayNotice = true;
            stage.docker({ u"rm"_s, u"-f"_s, name });
            break;
        }
        case 6:
            m_trace.append(u"nginx restarted"_s);
            m_usersMayNotice = true;
            stage.site.stack.run({ u"stop"_s, u"nginx"_s });
            stage.site.stack.run({ u"start"_s, u"nginx"_s });
            break;
        case 7: {
            m_trace.append(u"upstream file edited"_s);
            QFile file(stage.target.gateway.upstreamFile);
            if (file.open(QIODevice::Append))
                file.write("# somebody was here\n");
            break;
        }
        default:
            m_trace.append(u"dockerd restarted"_s);
            m_usersMayNotice = true;
            stage.site.stack.run({ u"stop"_s, u"web-dockerd"_s });
            stage.site.stack.run({ u"start"_s, u"web-dockerd"_s });
            break;
        }
    }

    bool nginxAccepts() const
    {
        const QStringList words = splitWords(m_stage->target.gateway.testCommand).value_or(QStringList());
        return QProcess::execute(words.first(), words.mid(1) + QStringList { u"-q"_s }) == 0;
    }

    std::optional<FaultStage> m_stage;
    std::mt19937 m_random;
    QStringList m_trace;
    bool m_usersMayNotice = false;
};

QTEST_GUILESS_MAIN(TestRandomFaults)
#include "tst_randomfaults.moc"
