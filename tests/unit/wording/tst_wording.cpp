// SPDX-License-Identifier: MIT
#include "app/wording/checktable.h"
#include "app/wording/language.h"
#include "app/wording/wording.h"
#include "engine/site/doctorchecks.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

/// Facts under every name that error.h documents, so that no sentence is left with a “?”.
QJsonObject everyFact()
{
    QJsonObject facts;
    for (const char* name :
        {"text", "file", "line", "column", "path", "expected", "other", "strategy", "target", "run",
            "address", "port", "fingerprint", "user", "tried", "credential", "backend", "command",
            "seconds", "exit", "docker", "image", "tag", "repository", "container", "slot", "by",
            "source", "freeBytes", "neededBytes", "upstream", "server", "include", "status",
            "machine", "version", "since", "what", "tags", "checks", "question", "hook", "step",
            "copy", "option", "socket", "dir", "signal", "why", "note", "days", "percent", "new", "old",
            "samples", "minimum", "listen", "folder", "commit", "id", "variables"})
        facts[QLatin1String(name)] = u"‹%1›"_s.arg(QLatin1String(name));
    return facts;
}

/// A default value with a few members set.
template <typename Body, typename Set> EventBody made(Set set)
{
    Body body;
    set(body);
    return body;
}

/// One of each kind of event; what is not set is told apart by no sentence.
QList<EventBody> everyEvent()
{
    const QJsonObject error = toJson(Error(ErrorKind::HealthTimedOut, everyFact()));
    const QString a = u"A"_s, x = u"x"_s;
    return {
        made<RunStarted>(
            [&](RunStarted& e) { e.kind = u"deploy"_s, e.target = e.from = e.to = x; }),
        made<StepStarted>([&](StepStarted& e) { e.step = u"start"_s, e.slot = a; }),
        made<StepFinished>([&](StepFinished& e) { e.step = u"start"_s, e.ms = 1234; }),
        made<StepFailed>([&](StepFailed& e) { e.step = u"check"_s, e.error = error; }),
        made<WaitingFor>([&](WaitingFor& e) { e.step = u"check"_s, e.what = u"hub"_s; }),
        made<CommandRan>([&](CommandRan& e) { e.host = e.command = x; }),
        made<OutputLine>([&](OutputLine& e) { e.host = e.text = x; }),
        made<TrafficChanged>([&](TrafficChanged& e) { e.slot = a, e.state = u"down"_s; }),
        made<SlotChanged>([&](SlotChanged& e) { e.slot = a, e.state = u"serving"_s; }),
        made<FileChanged>([&](FileChanged& e) { e.host = e.file = e.backup = x; }),
        made<ReloadProven>([&](ReloadProven& e) { e.newWorkers = 2, e.oldDraining = 1; }),
        made<ConnectionsDrained>([&](ConnectionsDrained& e) { e.slot = a; }),
        made<ContainerRecorded>([&](ContainerRecorded& e) { e.slot = a, e.image = u"hash_v1"_s; }),
        made<ConfigurationDiffers>([&](ConfigurationDiffers& e) {
            e.slot = a, e.other = u"B"_s;
            e.differences = {QJsonObject {{u"what"_s, u"env"_s}, {u"name"_s, u"X"_s},
                {u"before"_s, u"1"_s}, {u"after"_s, u"2"_s}}};
        }),
        made<ContainerStopped>([&](ContainerStopped& e) { e.slot = a, e.by = u"TERM"_s; }),
        made<HealthAnswered>([&](HealthAnswered& e) { e.slot = a, e.text = x, e.status = 503; }),
        made<SlotEvidence>([&](SlotEvidence& e) { e.slot = a, e.log = QStringList {x}; }),
        made<Warned>([&](Warned& e) { e.check = u"upstream"_s, e.state = u"warn"_s; }),
        made<DecisionAsked>(
            [&](DecisionAsked& e) { e.question = u"partialFailure"_s, e.slot = a; }),
        made<DecisionMade>([&](DecisionMade& e) { e.choice = u"hold"_s, e.by = x; }),
        made<ReasonChanged>([&](ReasonChanged& e) { e.reason = e.by = x; }),
        made<UndoRan>([&](UndoRan& e) { e.what = u"stop"_s, e.slot = a; }),
        PointOfNoReturn {},
        made<ConnectionChanged>([&](ConnectionChanged& e) { e.state = u"reconnecting"_s; }),
        made<Gap>([&](Gap& e) { e.probe = e.cause = x, e.after = u"stop"_s, e.afterSlot = a; }),
        ProbeSummary {},
        made<CanaryCompared>([&](CanaryCompared& e) {
            e.slot = a, e.result = u"worse"_s, e.why = u"failed"_s, e.percent = 10;
        }),
        made<KeptWarm>([&](KeptWarm& e) { e.slot = a, e.seconds = 300, e.longLived = 2; }),
        made<RunFinished>([&](RunFinished& e) { e.outcome = u"succeeded"_s; }),
        made<HostSeen>([&](HostSeen& e) {
            e.host = e.address = e.docker = e.nginx = x, e.uncertaintyMs = 2;
        }),
        made<ImageSeen>([&](ImageSeen& e) { e.host = e.image = e.id = x; }),
        made<WitnessStarted>([&](WitnessStarted& e) { e.url = x; }),
    };
}

RunFinished finishedWith(const char* outcome, const QMap<QString, QString>& serving = {})
{
    RunFinished finished;
    finished.outcome = QLatin1String(outcome);
    finished.serving = serving;
    return finished;
}

const QStringList everyStep {u"connect"_s, u"doctor"_s, u"lock"_s, u"build"_s, u"send"_s,
    u"baseline"_s, u"rehearse"_s, u"create"_s, u"down"_s, u"drain"_s, u"stop"_s, u"start"_s,
    u"check"_s, u"warmUp"_s, u"up"_s, u"watch"_s, u"retire"_s, u"prune"_s, u"unlock"_s,
    u"restore"_s, u"switch"_s, u"approve"_s, u"weight"_s, u"compare"_s, u"preview"_s,
    u"keepWarm"_s};

bool isChinese(const QString& text)
{
    static const QRegularExpression han(u"\\p{Han}"_s);
    return text.contains(han);
}

} // namespace

class TestWording : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyError_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("language");
        const QMetaEnum kinds = QMetaEnum::fromType<ErrorKind>();
        for (const QString& language : Language::codes())
            for (int i = 0; i < kinds.keyCount(); ++i)
                QTest::addRow("%s %s", qPrintable(language), kinds.key(i))
                    << kinds.value(i) << language;
    }
    void everyError()
    {
        QFETCH(int, kind);
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        const Error error(ErrorKind(kind), everyFact());
        complete(sentence(error), language);
        complete(remedy(error), language);
    }

    void everyEventHasALine_data() { languages(); }
    void everyEventHasALine()
    {
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        const QList<EventBody> all = everyEvent();
        QSet<size_t> kinds;
        for (const EventBody& body : all) {
            kinds << body.index();
            const QString said = sentence(body);
            QVERIFY2(
                !said.isEmpty() && !said.contains(u'\n'), qPrintable(said));
            static const QRegularExpression placeholder(u"%[0-9n]"_s);
            QVERIFY2(!said.contains(placeholder), qPrintable(said));
            // A command and a line of output are shown as they are.
            if (!std::holds_alternative<CommandRan>(body)
                && !std::holds_alternative<OutputLine>(body))
                complete(said, language);
        }
        QCOMPARE(size_t(kinds.size()), std::variant_size_v<EventBody>);
    }

    void everyNameIsKnown_data() { languages(); }
    void everyNameIsKnown()
    {
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        for (const QString& step : everyStep)
            complete(stepName(step), language);
        for (const char* outcome : {"succeeded", "restored", "partial", "cancelled", "refused"}) {
            complete(outcomeName(QLatin1String(outcome)), language);
            complete(sentence(finishedWith(outcome)), language);
        }
        for (const char* choice : {"retry", "hold", "rollback", "finish", "restore", "leave",
                 "approve", "reject", "promote", "pause", "abort", "pauseRun", "continue", "keep"})
            complete(choiceName(QLatin1String(choice)), language);
        for (const char* why : {"failed", "p50", "p99", "reconnects"})
            complete(canaryReason(QLatin1String(why)), language);
        for (const char* what : {"approval", "promotion", "samples"}) {
            WaitingFor waiting;
            waiting.what = QLatin1String(what);
            waiting.numbers = {{u"newSent"_s, 1}, {u"minimum"_s, 1}, {u"newFailed"_s, 1},
                {u"oldSent"_s, 1}, {u"oldFailed"_s, 1}};
            complete(sentence(waiting), language);
        }
    }

    void everyStrategyIsExplained_data() { languages(); }
    void everyStrategyIsExplained()
    {
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        for (const QString& strategy : strategyIds()) {
            const StrategyText text = strategyText(strategy);
            QCOMPARE(text.summary.count(u'\n'), 1); // two lines in the picker
            for (const QString& part :
                {text.name, text.summary, text.pros, text.cons, text.needs, text.risk, text.time})
                complete(part, language);
            QCOMPARE(strategyLines(strategy).size(), 6);
        }
    }

    void everyCheckHasItsWords_data() { languages(); }
    void everyCheckHasItsWords()
    {
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        for (const checks::Finding& finding : checks::findings()) {
            QJsonObject facts {{u"what"_s, QLatin1String(finding.what)}, {u"slot"_s, u"A"_s}};
            for (const char* fact : finding.facts)
                if (fact)
                    facts[QLatin1String(fact)] = 7;
            const QString check = QLatin1String(finding.id);
            const QString state = *finding.state ? QLatin1String(finding.state) : u"warn"_s;
            complete(checkSentence(check, state, facts), language);
            complete(checkRemedy(check, state, facts), language);
        }
        // Every check that the doctor makes has a name, and something to say for itself.
        for (const doctor::Rule& rule : doctor::rules()) {
            const QString check = QLatin1String(rule.id);
            QVERIFY2(checkName(check) != check || check == u"sudo"_s, rule.id);
            complete(checkSentence(check, u"ok"_s, {}), language);
            complete(checkSentence(check, u"info"_s, {{u"skipped"_s, u"ssh"_s}}), language);
            complete(checkRemedy(check, u"warn"_s, {{u"what"_s, u"somethingNew"_s}}), language);
            QVERIFY(checkRemedy(check, u"ok"_s, {}).isEmpty());
        }
    }

    void checksSayWhatTheyFound()
    {
        QVERIFY(m_language.use(u"en"_s));
        const QJsonObject port {{u"what"_s, u"container"_s}, {u"port"_s, 8090},
            {u"by"_s, u"%2\x1b[1mevil"_s}, {u"slot"_s, u"A"_s}};
        QCOMPARE(checkSentence(u"ports"_s, u"refuse"_s, port),
            u"Ports (slot A): port 8090 is taken by the container “%2evil”"_s);
        const QJsonObject clock {{u"offsetMs"_s, -2500.5}, {u"host"_s, u"web"_s}};
        QCOMPARE(checkSentence(u"clock"_s, u"warn"_s, clock),
            u"Clock (host web): the host's clock differs from this machine's by 2.5 s"_s);
        const QJsonObject refused {
            {u"error"_s, toJson(Error(ErrorKind::SudoRefused, {{u"user"_s, u"deploy"_s}}))},
            {u"remedyText"_s, u"deploy ALL=(root) …"_s}};
        QCOMPARE(checkSentence(u"sudo"_s, u"refuse"_s, refused), u"sudo: sudo refused “deploy”."_s);
        QVERIFY(checkRemedy(u"sudo"_s, u"refuse"_s, refused).contains(u"beneath"_s));
        QCOMPARE(checkSnippet(refused), u"deploy ALL=(root) …"_s);
    }

    void aRefusalSaysWhatTheChecksFound()
    {
        QVERIFY(m_language.use(u"en"_s));
        const QJsonObject port {{u"id"_s, u"ports"_s}, {u"state"_s, u"refuse"_s}, {u"slot"_s, u"A"_s},
            {u"facts"_s,
                QJsonObject {{u"what"_s, u"container"_s}, {u"port"_s, 8090}, {u"by"_s, u"x"_s}}}};
        const Error error(ErrorKind::DoctorRefused, {{u"checks"_s, QJsonArray {port}}});
        QVERIFY2(sentence(error).contains(u"Ports (slot A): port 8090 is taken by the container “x”"_s),
            qPrintable(sentence(error)));
        QVERIFY(remedy(error).startsWith(
            checkRemedy(u"ports"_s, u"refuse"_s, port[u"facts"_s].toObject())));
        const Error named(ErrorKind::DoctorRefused, {{u"checks"_s, QJsonArray {u"ports"_s}}});
        QVERIFY(sentence(named).endsWith(u": Ports."_s));
    }

    void whatSaysWhere()
    {
        QVERIFY(m_language.use(u"en"_s));
        Error error(ErrorKind::HostUnreachable, {{u"address"_s, u"192.0.2.1"_s}, {u"port"_s, 22}});
        QCOMPARE(sentence(error), u"Nothing answers at 192.0.2.1, port 22."_s);
        error.host = u"web"_s;
        QCOMPARE(sentence(error), u"On web: Nothing answers at 192.0.2.1, port 22."_s);
        error.step = u"connect"_s;
        QCOMPARE(sentence(error), u"Connect, on web: Nothing answers at 192.0.2.1, port 22."_s);
    }

    void aPlannedWaitHasNoNumbers()
    {
        WaitingFor waiting;
        waiting.what = u"http"_s;
        QCOMPARE(sentence(waiting), u"waiting for healthy answers"_s);
        waiting.what = u"connections"_s;
        QCOMPARE(sentence(waiting), u"waiting for requests in flight to end"_s);
    }

    /// Who wants to hold or end a run where none is under way is not told of answers.
    void nothingToPauseIsSaidSo()
    {
        const Error error(ErrorKind::NothingToApprove, {{u"run"_s, u"chat"_s}, {u"question"_s, u"control"_s}});
        QCOMPARE(sentence(error), u"No rollout is under way for “chat”."_s);
    }

    void factsAreUntrusted()
    {
        QVERIFY(m_language.use(u"en"_s));
        const Error error(ErrorKind::ImageMissing, {{u"image"_s, u"a\x1b[2J%1\nb"_s}});
        QCOMPARE(sentence(error), u"The image a%1 b is not there."_s);
    }

    void verdictWithItsNumbers()
    {
        QVERIFY(m_language.use(u"en"_s));
        Verdict verdict;
        verdict.word = Verdict::Word::Recovered;
        verdict.http.emplace();
        verdict.signalr.emplace();
        verdict.http->sent = 18204;
        verdict.signalr->maxGapMs = 38;
        QCOMPARE(sentence(verdict), u"Recovered: 0 of 18,204 failed; gap 38 ms; 0 lost"_s);
        verdict.word = Verdict::Word::Broken;
        verdict.why = u"closed"_s;
        verdict.signalr->closed = 1;
        QCOMPARE(sentence(verdict),
            u"Broken (a client was disconnected for good): 0 of 18,204 failed; gap 38 ms; 0 lost; "
            "1 client disconnected for good"_s);
        QVERIFY(m_language.use(u"zh_TW"_s));
        QCOMPARE(sentence(verdict),
            u"已斷線（有用戶端斷線且未再重連）：18,204 次中 0 次失敗；最長中斷 38 ms；遺失 0 "
            "則訊息；1 個用戶端斷線且未再重連"_s);
    }

    void whatServesNow()
    {
        QVERIFY(m_language.use(u"en"_s));
        QCOMPARE(servingText({{u"A"_s, u"h1"_s}, {u"B"_s, u"h1"_s}}), u"h1"_s);
        QCOMPARE(servingText({{u"A"_s, u"h1"_s}, {u"B"_s, QString()}}), u"A h1, B out"_s);
        QCOMPARE(sentence(finishedWith("partial", {{u"A"_s, u"h2"_s}, {u"B"_s, {}}})),
            u"Half done, a person must decide. Now serving: A h2, B out."_s);
    }

    void anUnknownIdentifierIsShownAsItIs()
    {
        QCOMPARE(stepName(u"teleport"_s), u"teleport"_s);
        QCOMPARE(checkName(u"x\x1b[1my"_s), u"xy"_s);
    }

private:
    void languages()
    {
        QTest::addColumn<QString>("language");
        for (const QString& language : Language::codes())
            QTest::newRow(qPrintable(language)) << language;
    }
    /// Said, in that language, with each placeholder filled and each fact there.
    static void complete(const QString& said, const QString& language)
    {
        static const QRegularExpression open(u"%\\d|%n|[ “「（(]\\?|\\(s\\)"_s);
        QVERIFY(!said.isEmpty());
        QVERIFY2(!said.contains(open), qPrintable(said));
        static const QStringList sameInBoth {u"sudo"_s};
        if (language == "zh_TW"_L1 && !sameInBoth.contains(said))
            QVERIFY2(isChinese(said), qPrintable(said));
        else if (language == "en"_L1)
            QVERIFY2(!isChinese(said), qPrintable(said));
    }
    Language m_language;
};

QTEST_GUILESS_MAIN(TestWording)
#include "tst_wording.moc"
