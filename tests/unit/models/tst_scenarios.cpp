// SPDX-License-Identifier: MIT
#include "app/models/scenarios.h"

#include <QFile>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

Target demoTarget()
{
    Target target;
    target.container.options = {u"--label"_s, u"gapless.demo=abcd"_s};
    target.slots = {{u"A"_s, {}, {}, {}, {}, {}}, {u"B"_s, {}, {}, {}, {}, {}}};
    return target;
}

const DemoImages images {u"hash_1"_s, u"hash_2"_s, u"hash_bad"_s};

} // namespace

class TestScenarios : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void knowsTheDemosImages()
    {
        QFile file(QStringLiteral(GAPLESS_SOURCE_DIR) + u"/packaging/demo/images.json"_s);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const DemoImages found = demoImages(file.readAll());
        QVERIFY(found.isValid());
        QVERIFY(found.v1.startsWith(u"hash_"_s) && found.v1 != found.v2);
        QVERIFY(!demoImages("{}").isValid());
        QVERIFY(!demoImages("no json").isValid());
    }
    void touchesNoOtherTarget()
    {
        QVERIFY(isDemo(demoTarget()));
        QVERIFY(!isDemo({}));
    }
    void asksForWhatItShows()
    {
        const Target target = demoTarget();
        const auto asked = [&](Scenario scenario, const QString& serving) {
            return scenarioRequest(scenario, target, images, serving, 3);
        };
        QCOMPARE(asked(Scenario::Rolling, u"hash_1"_s).tag, u"hash_2"_s);
        QCOMPARE(asked(Scenario::Rolling, u"hash_2"_s).tag, u"hash_1"_s);
        QCOMPARE(asked(Scenario::Rolling, u"hash_1"_s).paceSeconds, 3);
        QCOMPARE(asked(Scenario::FirstSlotFails, u"hash_1"_s).tag, u"hash_bad"_s);
        const RolloutRequest second = asked(Scenario::SecondSlotFails, u"hash_1"_s);
        QVERIFY(second.target.slots[0].env.isEmpty()); // A gets ready
        QCOMPARE(second.target.slots[1].env[u"CHAT_BEHAVIOUR"_s], u"unhealthy"_s);
        QCOMPARE(second.onPartialFailure, OnPartialFailure::Ask);
        const RolloutRequest back = asked(Scenario::Rollback, u"hash_2"_s);
        QCOMPARE(back.kind, u"rollback"_s);
        QVERIFY(back.tag.isEmpty()); // the engine finds the previous one
    }
    void readsWhatTheOldPipelineSays_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("types");
        QTest::newRow("down") << u"    12 ms  A down"_s << QStringList {u"stepStarted"_s, u"trafficChanged"_s};
        QTest::newRow("recreate") << u"   412 ms  recreate A"_s << QStringList {u"stepStarted"_s, u"slotChanged"_s};
        QTest::newRow("check") << u"  1412 ms  check A"_s << QStringList {u"stepStarted"_s, u"slotChanged"_s};
        QTest::newRow("both") << u"  2412 ms  A up, B down"_s
                              << QStringList {u"stepStarted"_s, u"slotChanged"_s, u"trafficChanged"_s,
                                     u"stepStarted"_s, u"trafficChanged"_s};
        QTest::newRow("prune") << u" 99999 ms  prune"_s << QStringList {u"stepStarted"_s};
        QTest::newRow("done") << u" 99999 ms  done: chat:hash_2"_s << QStringList();
        QTest::newRow("nginx") << u"nginx: the configuration file is ok"_s << QStringList();
    }
    void readsWhatTheOldPipelineSays()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, types);
        QStringList found;
        for (const EventBody& event : pipelineEvents(line, u"hash_1"_s, u"hash_2"_s))
            found << std::visit([](const auto& body) { return QString::fromLatin1(body.type); }, event);
        QCOMPARE(found, types);
    }
};

QTEST_GUILESS_MAIN(TestScenarios)
#include "tst_scenarios.moc"
