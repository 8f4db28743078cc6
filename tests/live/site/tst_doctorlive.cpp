// SPDX-License-Identifier: MIT
#include "engine/site/doctor.h"
#include "engine/site/observed.h"
#include "tests/support/demostack/demostack.h"

#include <QJsonDocument>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

/// observeSite and the doctor on the demo stack.
class TestDoctorLive : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DemoStack> m_stack;

private Q_SLOTS:
    void initTestCase()
    {
        m_stack = std::make_unique<DemoStack>(QStringLiteral(GAPLESS_TEST_STACK));
        m_stack->reset();
    }

    void observes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("one host") << u"target"_s;
        QTest::newRow("two hosts") << u"target-two-hosts"_s;
    }
    void observes()
    {
        QFETCH(QString, name);
        const Target target = m_stack->target(name);
        const auto hosts = m_stack->hosts(target);
        const ObservedSite site = observeSite(target, *hosts, {});
        QCOMPARE(site.slots.size(), 2);
        for (const ObservedSlot& slot : site.slots) {
            QVERIFY(slot.container && slot.container->steady());
            QCOMPARE(slot.tag, m_stack->tag(u"v1"_s));
            QCOMPARE(slot.routing, ObservedSlot::Routing::Up);
        }
        QVERIFY(site.gateway.bytes.contains("upstream "));
        QCOMPARE(site.gateway.stateDir, target.gateway.stateDir);
        for (const QString& host : target.slotHosts())
            QVERIFY(!site.images[host].isEmpty());
    }

    void findsNothingWrong_data() { observes_data(); }
    void findsNothingWrong()
    {
        QFETCH(QString, name);
        const Target target = m_stack->target(name);
        const auto hosts = m_stack->hosts(target);
        DoctorOptions options;
        options.tag = m_stack->tag(u"v1"_s);
        QSet<QString> ids;
        for (const Check& check : runDoctor(target, *hosts, options, {})) {
            ids << check.id;
            const bool isExpected
                = check.id == "maxFails"_L1 || check.id == "workerShutdownTimeout"_L1;
            QVERIFY2(check.state == Check::State::Ok || isExpected,
                QJsonDocument(toJson(check)).toJson().constData());
        }
        QCOMPARE(ids.size(), 25);
    }
};

QTEST_GUILESS_MAIN(TestDoctorLive)
#include "tst_doctorlive.moc"
