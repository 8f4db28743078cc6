// SPDX-License-Identifier: MIT
#include "engine/witness/sitewitness.h"
#include "tests/support/demostack/demostack.h"

#include <QJsonDocument>
#include <QTest>
#include <algorithm>
#include <mutex>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The witness in front of the demo stack: nginx, two ASP.NET Core slots, Redis behind them.
class TestWitnessLive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void nothingHappens();
    void aSlotIsKilledWhileTheWitnessIsAlone();
    void aSlotIsKilledBehindARolloutsBack();
    void aSlotIsStoppedByARollout();
    void bothSlotsAreGone();

private:
    Event asEvent(EventBody body);
    void kill(int slot);

    std::unique_ptr<DemoStack> m_stack;
    Target m_target;
};

namespace {

class Reports {
public:
    std::function<void(EventBody)> sink()
    {
        return [this](EventBody body) {
            const std::lock_guard lock(m_mutex);
            m_all.append(std::move(body));
        };
    }
    template <typename Body> QList<Body> of() const
    {
        const std::lock_guard lock(m_mutex);
        QList<Body> found;
        for (const EventBody& body : m_all)
            if (const auto* one = std::get_if<Body>(&body))
                found.append(*one);
        return found;
    }
    QList<Gap> hubGaps() const
    {
        QList<Gap> gaps = of<Gap>();
        gaps.removeIf([](const Gap& gap) { return gap.probe != u"hub"; });
        return gaps;
    }

private:
    mutable std::mutex m_mutex;
    QList<EventBody> m_all;
};

QByteArray textOf(const Verdict& verdict)
{
    return QJsonDocument(toJson(verdict)).toJson();
}

} // namespace

#define COMPARE_WORD(verdict, expected)                                                            \
    QVERIFY2(int((verdict).word) == int(Verdict::Word::expected), textOf(verdict).constData())

void TestWitnessLive::initTestCase()
{
    m_stack = std::make_unique<DemoStack>(QStringLiteral(GAPLESS_TEST_STACK));
    m_target = m_stack->target();
    QVERIFY(m_target.witness);
    QVERIFY(m_target.witness->hub && m_target.witness->hub->echo);
}

void TestWitnessLive::init()
{
    m_stack->reset();
}

Event TestWitnessLive::asEvent(EventBody body)
{
    Event event;
    event.body = std::move(body);
    return event;
}

void TestWitnessLive::kill(int slot)
{
    m_stack->docker(u"web"_s, {u"kill"_s, m_target.slots.at(slot).container});
}

void TestWitnessLive::nothingHappens()
{
    Reports reports;
    const auto witness = makeSiteWitness(m_target);
    witness->start(reports.sink(), 60s, {});
    QTRY_VERIFY(reports.of<ProbeSummary>().size() >= 6);
    const Verdict verdict = witness->finish();

    COMPARE_WORD(verdict, Unbroken);
    QVERIFY(verdict.clean);
    QVERIFY(verdict.http->sent > 40);
    QCOMPARE(verdict.http->failed, 0);
    QVERIFY(verdict.signalr->connections >= 3);
    QVERIFY(verdict.signalr->sent > 0);
    QCOMPARE(verdict.signalr->lost, 0);
    if (verdict.session)
        QCOMPARE(verdict.session->lost, 0);
    const QStringList harmless {u"versionsSeen"_s, u"stalled"_s, u"connectFailed"_s};
    for (const QJsonValue& note : verdict.notes)
        QVERIFY2(harmless.contains(note[u"id"].toString()), textOf(verdict).constData());
    QSet<QString> covered;
    for (const ConnectionChanged& event : reports.of<ConnectionChanged>())
        covered.insert(event.slot);
    QVERIFY(covered.contains(u"A"_s) && covered.contains(u"B"_s));
}

void TestWitnessLive::aSlotIsKilledWhileTheWitnessIsAlone()
{
    Reports reports;
    const auto witness = makeSiteWitness(m_target);
    witness->start(reports.sink(), 60s, {});
    kill(0);
    QTRY_VERIFY_WITH_TIMEOUT(!reports.hubGaps().isEmpty(), 20'000);
    const Verdict verdict = witness->finish();

    COMPARE_WORD(verdict, Recovered);
    QVERIFY(verdict.signalr->reconnects >= 1);
    QCOMPARE(verdict.signalr->closed, 0);
    QVERIFY(verdict.signalr->maxGapMs > 0);
    const Gap gap = reports.hubGaps().first();
    QCOMPARE(gap.cause, u"eof"_s);
    QCOMPARE(gap.slotBefore, u"A"_s);
    QCOMPARE(gap.slotAfter, u"B"_s);
    QVERIFY(gap.attempt >= 1);
}

void TestWitnessLive::aSlotIsKilledBehindARolloutsBack()
{
    Reports reports;
    const auto witness = makeSiteWitness(m_target);
    witness->observe(asEvent(RunStarted {}));
    witness->start(reports.sink(), 60s, {});
    witness->observe(asEvent(StepStarted {u"create"_s, u"A"_s, 0}));
    kill(1);
    QTRY_VERIFY_WITH_TIMEOUT(!reports.hubGaps().isEmpty(), 20'000);
    const Verdict verdict = witness->finish();

    COMPARE_WORD(verdict, Broken);
    QCOMPARE(verdict.why, u"unexplainedDrop"_s);
    const Gap gap = reports.hubGaps().first();
    QCOMPARE(gap.slotBefore, u"B"_s);
    QCOMPARE(gap.after, u"create"_s);
    QCOMPARE(gap.afterSlot, u"A"_s);
    QVERIFY(gap.sinceStepMs >= 0);
}

void TestWitnessLive::aSlotIsStoppedByARollout()
{
    Reports reports;
    const auto witness = makeSiteWitness(m_target);
    witness->observe(asEvent(RunStarted {}));
    witness->start(reports.sink(), 60s, {});
    witness->observe(asEvent(StepStarted {u"stop"_s, u"A"_s, 0}));
    kill(0);
    ContainerStopped stopped;
    stopped.slot = u"A"_s;
    stopped.by = u"TERM"_s;
    witness->observe(asEvent(stopped));
    QTRY_VERIFY_WITH_TIMEOUT(!reports.hubGaps().isEmpty(), 20'000);
    const Verdict verdict = witness->finish();

    COMPARE_WORD(verdict, Recovered);
    QVERIFY(verdict.clean);
    const Gap gap = reports.hubGaps().first();
    QCOMPARE(gap.after, u"stop"_s);
    QCOMPARE(gap.afterSlot, u"A"_s);
}

void TestWitnessLive::bothSlotsAreGone()
{
    Target impatient = m_target;
    impatient.witness->maxGapMs = 1500;
    Reports reports;
    const auto witness = makeSiteWitness(impatient);
    witness->start(reports.sink(), 60s, {});
    kill(0);
    kill(1);
    const auto failed = [&] {
        const QList<ProbeSummary> all = reports.of<ProbeSummary>();
        return std::any_of(all.cbegin(), all.cend(), [](const ProbeSummary& summary) {
            return summary.connected == 0 && summary.failed > 0;
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(failed(), 20'000);
    const Verdict verdict = witness->finish();

    COMPARE_WORD(verdict, Broken);
    QCOMPARE(verdict.why, u"gap"_s);
    QVERIFY(!verdict.clean);
    QVERIFY(verdict.http->failed > 0);
    QVERIFY(verdict.signalr->maxGapMs > 1500);
}

QTEST_GUILESS_MAIN(TestWitnessLive)
#include "tst_witnesslive.moc"
