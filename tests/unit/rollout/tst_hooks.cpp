// SPDX-License-Identifier: MIT
// Hooks: what they are told, how they are ended, and what a failing one means.
#include "engine/rollout/hooks.h"
#include "tests/support/fakesite/stage.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace gapless;

namespace {

using Lines = QStringList;

Lines run(const Hook& hook, std::stop_token stop = {})
{
    Lines lines;
    runHook(
        hook,
        [&](OutputStream stream, const QString& line) {
            lines.append((stream == OutputStream::Out ? u"out "_s : u"err "_s) + line);
        },
        stop);
    return lines;
}

std::optional<Error> failureOf(const Hook& hook)
{
    try {
        run(hook);
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

QStringList outputOf(const Observer& observer, const QString& step)
{
    QStringList lines;
    for (const OutputLine& line : observer.all<OutputLine>())
        if (line.step == step)
            lines.append(line.text);
    return lines;
}

bool lives(qint64 pid) { return ::kill(pid_t(pid), 0) == 0; }

}

class TestHooks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aShellRunsIt()
    {
        const Lines lines = run({ u"x"_s, u"printf 'a\\nb'; echo c >&2; cat"_s, {} });
        QCOMPARE(lines.filter(u"out"_s), (Lines { u"out a"_s, u"out b"_s }));
        QCOMPARE(lines.filter(u"err"_s), Lines { u"err c"_s });
    }
    void itsFactsAreEnvironmentAndNeverText()
    {
        const QString hostile = u"\"; echo pwned; $(echo pwned) `echo pwned` '"_s;
        QCOMPARE(run({ u"x"_s, u"printf '%s\\n' \"$GAPLESS_REASON\""_s, { { u"GAPLESS_REASON"_s, hostile } } }),
            Lines { u"out "_s + hostile });
    }
    void itsFailureSaysHow()
    {
        const auto exit = failureOf({ u"x"_s, u"echo why >&2; exit 7"_s, {} });
        QVERIFY(exit);
        QCOMPARE(exit->kind, ErrorKind::HookFailed);
        QCOMPARE(exit->facts[u"exit"_s].toInt(), 7);
        QCOMPARE(exit->detail, u"why"_s);
        const auto signal = failureOf({ u"x"_s, u"kill -9 $$"_s, {} });
        QVERIFY(signal);
        QCOMPARE(signal->facts[u"signal"_s].toInt(), 9);
    }
    void itsDeadlineEndsTheWholeGroup()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(u"pid"_s);
        const auto late = failureOf({ u"x"_s,
            u"sleep 600 & echo $! >'"_s + file + u"'; wait"_s, {}, 300ms });
        QVERIFY(late);
        QVERIFY(late->facts.contains(u"seconds"_s));
        QFile pid(file);
        QVERIFY(pid.open(QIODevice::ReadOnly));
        const qint64 child = pid.readAll().trimmed().toLongLong();
        QVERIFY(child > 0);
        QTRY_VERIFY(!lives(child));
    }
    void aCancelEndsIt()
    {
        std::stop_source stop;
        QVERIFY_THROWS_EXCEPTION(Cancelled, runHook({ u"x"_s, u"echo begun; sleep 600"_s, {} },
            [&](OutputStream, const QString&) { stop.request_stop(); }, stop.get_token()));
    }
    void theFirstComesWithTheLockBeforeAnythingIsChanged()
    {
        Stage stage;
        stage.target.hooks.beforeRollout = u"echo $GAPLESS_HOOK $GAPLESS_TARGET $GAPLESS_FROM $GAPLESS_TO"_s;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        QCOMPARE(outputOf(stage.observer, u"beforeRollout"_s),
            QStringList { u"beforeRollout chat hash_v1 hash_v2"_s });
        const QStringList steps = stage.observer.stepsTaken();
        QCOMPARE(steps.indexOf(u"beforeRollout"_s), steps.indexOf(u"lock"_s) + 1);
    }
    void aFailingFirstRefuses()
    {
        Stage stage;
        stage.target.hooks.beforeRollout = u"exit 3"_s;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"refused"_s);
        QCOMPARE(exitCodeOf(finished), 5);
        QCOMPARE(finished.error[u"kind"_s].toString(), u"hookFailed"_s);
        QCOMPARE(stage.site.acts, (QStringList { u"lock "_s, u"unlock "_s }));
    }
    void aFailingFirstIsOnlyReportedWhereTheTargetSaysSo()
    {
        Stage stage;
        stage.target.hooks.beforeRollout = u"exit 3"_s;
        stage.target.hooks.reportOnly = true;
        QCOMPARE(stage.roll().outcome, u"succeeded"_s);
        const auto warnings = stage.observer.all<Warned>();
        QCOMPARE(warnings.size(), 1);
        QCOMPARE(warnings[0].check, u"beforeRollout"_s);
    }
    void theLastIsToldTheOutcome()
    {
        Stage stage;
        stage.target.hooks.afterRollout
            = u"echo $GAPLESS_OUTCOME $GAPLESS_EXIT $GAPLESS_VERDICT $GAPLESS_CLEAN; exit 1"_s;
        stage.target.hooks.onFailure = u"echo wrong"_s;
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"succeeded"_s); // its failure is only reported
        QCOMPARE(exitCodeOf(finished), 0);
        QCOMPARE(outputOf(stage.observer, u"afterRollout"_s),
            QStringList { u"succeeded 0 notMeasured false"_s });
        QVERIFY(outputOf(stage.observer, u"onFailure"_s).isEmpty());
        QVERIFY(std::holds_alternative<RunFinished>(stage.observer.events.last()));
        QVERIFY(!stage.site.lockTaken);
    }
    void aFailureHasItsOwn()
    {
        Stage stage;
        stage.target.hooks.afterRollout = u"echo wrong"_s;
        stage.target.hooks.onFailure = u"echo $GAPLESS_OUTCOME $GAPLESS_EXIT $GAPLESS_ERROR"_s;
        QCOMPARE(stage.roll({ .crashes = true }).outcome, u"restored"_s);
        QCOMPARE(outputOf(stage.observer, u"onFailure"_s),
            QStringList { u"restored 1 containerExited"_s });
        QVERIFY(outputOf(stage.observer, u"afterRollout"_s).isEmpty());
    }
    void noneSpeaksOfARolloutThatAnotherHolds()
    {
        Stage stage;
        stage.site.lockTaken = true;
        stage.target.hooks.beforeRollout = stage.target.hooks.onFailure = u"echo wrong"_s;
        QCOMPARE(stage.roll().outcome, u"refused"_s);
        QVERIFY(stage.observer.all<OutputLine>().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestHooks)
#include "tst_hooks.moc"
