// SPDX-License-Identifier: MIT
// What can be done to a run that is under way or was cut off: the action bar, the decision sheet, the
// recovery sheet.
#include "app/desktop/actionbar.h"
#include "app/desktop/recoverysheet.h"
#include "app/desktop/runcontroller.h"
#include "tests/desktop/sheetrig.h"

#include <condition_variable>

namespace {

/// Hosts that nobody gets to before the gate is opened: a run of ours stays under way.
class GatedHosts final : public Hosts {
public:
    Host& at(const QString& name) override
    {
        std::unique_lock lock(m_mutex);
        m_opened.wait(lock, [this] { return m_open; });
        throw Error(ErrorKind::HostUnreachable, {{u"address"_s, name}});
    }
    void open()
    {
        const std::lock_guard lock(m_mutex);
        m_open = true;
        m_opened.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_open = false;
};

/// A rig whose run is under way, and the events that it would say.
struct RunningRig : Rig {
    explicit RunningRig(const QString& kind = u"deploy"_s)
    {
        context.useHosts([this](const Target&) { return gated; });
        RolloutRequest request;
        request.target = target;
        request.kind = kind;
        request.tag = u"hash_2"_s;
        request.reason = u"the new basket"_s;
        window->startRun(request, false);
        controller = window->runningOf(target.name);
    }
    ~RunningRig()
    {
        gated->open();
        (void)QTest::qWaitFor([this] { return window->runningCount() == 0; }, 60'000);
    }
    void say(EventBody body)
    {
        controller->feed().append(
            {Event {++seq, QDateTime::currentDateTimeUtc(), u"r"_s, std::move(body)}});
    }
    void begins()
    {
        say(RunStarted {.target = u"chat"_s, .kind = u"deploy"_s, .strategy = u"rolling"_s,
            .from = u"hash_1"_s, .to = u"hash_2"_s,
            .serving = {{u"A"_s, u"hash_1"_s}, {u"B"_s, u"hash_1"_s}},
            .slotOrder = {u"A"_s, u"B"_s}});
        say(StepStarted {.step = u"create"_s, .slot = u"A"_s});
    }
    void servesOnA()
    {
        say(SlotChanged {.slot = u"A"_s, .image = u"hash_2"_s, .state = u"serving"_s});
        say(TrafficChanged {.slot = u"A"_s, .state = u"up"_s});
        say(StepStarted {.step = u"down"_s, .slot = u"B"_s});
    }
    QAbstractButton* theButton(const QString& text) { return button(*window, text); }

    std::shared_ptr<GatedHosts> gated = std::make_shared<GatedHosts>();
    RunController* controller = nullptr;
    qint64 seq = 0;
};

Recovery cutOff()
{
    Recovery found;
    found.interrupted.run = u"20261127-101500-q7w2"_s;
    found.interrupted.owner = {.run = u"20261127-101500-q7w2"_s, .by = u"ann"_s, .machine = u"desk"_s};
    found.interrupted.from = u"hash_1"_s;
    found.interrupted.to = u"hash_2"_s;
    found.interrupted.step = u"start"_s;
    found.interrupted.slot = u"B"_s;
    using State = SlotFinding::State;
    found.slots = {{.slot = u"A"_s, .state = State::Finished, .routed = true, .ready = true,
                       .runningTag = u"hash_2"_s, .oldKept = true, .leftover = 1},
        {.slot = u"B"_s, .state = State::NewReady, .ready = true, .runningTag = u"hash_2"_s,
            .oldKept = true, .leftover = 1}};
    found.canFinish = found.canRestore = true;
    found.proposal = u"finish"_s;
    return found;
}

} // namespace

class TestRunControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachButtonSaysItsOutcome()
    {
        RunningRig rig;
        rig.begins();
        QVERIFY(!rig.theButton(u"Deploy…"_s)); // nothing else can be begun meanwhile
        QVERIFY(rig.theButton(u"Pause before the next step"_s));
        QVERIFY(rig.theButton(u"Stop and roll back:\nhash_1 serves everywhere again"_s));
        QCOMPARE(rig.theButton(u"Stop and roll back:\nhash_1 serves everywhere again"_s)->accessibleName(),
            u"Stop and roll back: hash_1 serves everywhere again"_s);
        // Nothing new serves: keeping would be the same.
        QVERIFY(!rig.theButton(u"Stop and keep:\nA hash_2, B hash_1"_s));
        rig.servesOnA();
        QVERIFY(rig.theButton(u"Stop and keep:\nA hash_2, B hash_1"_s));
        QVERIFY(look(rig.context, *rig.window, u"running"_s));
        QCOMPARE(accessComplaints(*rig.window->findChild<ActionBar*>()), QStringList());
        rig.say(PointOfNoReturn {});
        QVERIFY(rig.theButton(u"Finish tidily:\nhash_2 serves everywhere"_s));
        QVERIFY(!rig.theButton(u"Stop and keep:\nA hash_2, B hash_1"_s));
        QVERIFY(!rig.theButton(u"Pause before the next step"_s)->isEnabled());
    }

    void pausesAndGoesOn()
    {
        RunningRig rig;
        rig.begins();
        rig.theButton(u"Pause before the next step"_s)->click();
        QVERIFY(rig.controller->isPausing());
        QVERIFY(rig.theButton(u"Do not pause"_s));
        rig.say(StepFinished {.step = u"create"_s, .slot = u"A"_s});
        rig.say(DecisionAsked {.question = u"pause"_s, .slot = u"A"_s, .fallback = u"rollback"_s,
            .choices = {u"continue"_s, u"rollback"_s}});
        QVERIFY(rig.controller->isPaused());
        QVERIFY(!rig.controller->isPausing());
        QVERIFY(look(rig.context, *rig.window, u"paused"_s));
        rig.theButton(u"Continue with the next step"_s)->click();
        rig.say(DecisionMade {.question = u"pause"_s, .choice = u"continue"_s, .by = u"ada"_s});
        QVERIFY(!rig.controller->isPaused());
        QVERIFY(rig.theButton(u"Pause before the next step"_s));
    }

    void stopsOnce()
    {
        for (const QString& text : {u"Stop and keep:\nA hash_2, B hash_1"_s,
                 u"Stop and roll back:\nhash_1 serves everywhere again"_s}) {
            RunningRig rig;
            rig.begins();
            rig.servesOnA();
            rig.theButton(text)->click();
            QVERIFY(rig.controller->isStopping()); // the click is seen at once
            QVERIFY(!rig.theButton(text)->isEnabled());
            QVERIFY(!rig.theButton(u"Pause before the next step"_s)->isEnabled());
        }
    }

    void theReasonCanBeEditedUntilTheEnd()
    {
        RunningRig rig(u"rollback"_s);
        rig.begins();
        auto* reason = named<QComboBox>(*rig.window, u"Reason"_s);
        QVERIFY(reason && reason->isVisible());
        QCOMPARE(reason->currentText(), u"the new basket"_s);
        QCOMPARE(reason->count(), 3); // the presets
        reason->setCurrentIndex(1);
        Q_EMIT reason->activated(1);
        QCOMPARE(rig.controller->reason(), rollbackReasons()[1]);
        reason->setEditText(u"orders were lost"_s);
        QTest::keyClick(reason->lineEdit(), Qt::Key_Return);
        QCOMPARE(rig.controller->reason(), u"orders were lost"_s);
        // An event does not write over what stands there.
        rig.servesOnA();
        QCOMPARE(reason->currentText(), u"orders were lost"_s);
    }

    void theDecisionSheetShowsHowTheSlotsDiffer()
    {
        for (const QString& language : {u"en"_s, u"zh_TW"_s})
            for (const auto palette : {Theme::Choice::Light, Theme::Choice::Dark}) {
                RunningRig rig;
                rig.context.useLanguage(language);
                rig.context.theme().choose(palette);
                rig.begins();
                rig.servesOnA();
                rig.say(SlotEvidence {.slot = u"B"_s, .image = u"hash_2"_s, .state = u"exited"_s,
                    .log = {u"Unhandled exception: no database"_s}, .health = {u"503 warming"_s}});
                rig.say(StepFailed {.step = u"check"_s, .slot = u"B"_s, .ms = 900,
                    .reason = u"containerExited"_s,
                    .error = toJson(Error(
                        ErrorKind::ContainerExited, {{u"slot"_s, u"B"_s}, {u"exit"_s, 139}}))});
                rig.say(ConfigurationDiffers {.slot = u"B"_s, .image = u"hash_2"_s, .other = u"A"_s,
                    .differences = {QJsonObject {{u"what"_s, u"env"_s}, {u"name"_s, u"DB_HOST"_s},
                                        {u"before"_s, u"db1"_s}, {u"after"_s, u""_s}},
                        QJsonObject {{u"what"_s, u"file"_s}, {u"name"_s, u"/srv/appsettings.json"_s},
                            {u"before"_s, QString(64, u'a')}, {u"after"_s, QString(64, u'b')}}}});
                const DecisionAsked asked {.question = u"partialFailure"_s, .slot = u"B"_s,
                    .fallback = u"hold"_s, .choices = {u"retry"_s, u"hold"_s, u"rollback"_s}};
                auto* sheet = new DecisionSheet(*rig.window, *rig.controller, asked);
                rig.window->openSheet(sheet, MainWindow::Place::BelowTimeline);
                const QString text = sheet->text();
                for (const QString& said : {u"DB_HOST"_s, u"db1"_s, u"/srv/appsettings.json"_s,
                         u"aaaaaaaaaaaa…"_s, u"bbbbbbbbbbbb…"_s, u"139"_s, u"503 warming"_s,
                         u"no database"_s})
                    QVERIFY2(text.contains(said), qPrintable(said + u'\n' + text));
                if (language == u"en") {
                    QVERIFY(button(*sheet, u"1  Mend it, then try slot B again"_s));
                    QVERIFY(button(*sheet, u"2  Keep hash_2 serving on A, with B out"_s));
                    QVERIFY(button(*sheet, u"3  Roll everything back: hash_1 serves everywhere again"_s));
                }
                QVERIFY(look(rig.context, *rig.window, u"decision"_s));
                const QStringList complaints = accessComplaints(*sheet);
                QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
                rig.window->closeSheet();
            }
    }

    void aCutOffRunHasThreeWaysOn()
    {
        for (const QString& language : {u"en"_s, u"zh_TW"_s})
            for (const auto palette : {Theme::Choice::Light, Theme::Choice::Dark}) {
                Rig rig;
                rig.context.useLanguage(language);
                rig.context.theme().choose(palette);
                auto* sheet = new RecoverySheet(
                    *rig.window, rig.target, [](std::stop_token) { return cutOff(); });
                QSignalSpy settled(sheet, &RecoverySheet::settled);
                rig.window->openSheet(sheet);
                QTRY_COMPARE(settled.size(), 1);
                const QString text = sheet->text();
                QVERIFY2(text.contains(u"20261127-101500-q7w2"_s), qPrintable(text));
                QVERIFY(text.contains(u"ann"_s));
                if (language == u"en") {
                    QVERIFY2(text.contains(u"cut off in the step “Slot B: Start the new container”"_s),
                        qPrintable(text));
                    QVERIFY(text.contains(u"ready and gets no users yet"_s));
                    auto* finish = button(*sheet,
                        u"Finish: every slot serves hash_2; if that fails, it is restored (proposed)"_s);
                    QVERIFY(finish && finish->isEnabled());
                    QVERIFY(rig.window->focusWidget() == finish); // what is proposed
                    QVERIFY(button(*sheet, u"Restore: every slot serves hash_1 again"_s)->isEnabled());
                    QVERIFY(button(*sheet,
                        u"Leave it as it is: A hash_2, B out; only the lock is taken away"_s)
                                ->isEnabled());
                }
                QVERIFY(look(rig.context, *rig.window, u"recovery"_s));
                const QStringList complaints = accessComplaints(*sheet);
                QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
            }
    }

    void aLivingOwnersRunIsLeftAlone()
    {
        Rig rig;
        auto* sheet = new RecoverySheet(*rig.window, rig.target, [](std::stop_token) {
            Recovery found = cutOff();
            found.interrupted.owner.alive = true;
            return found;
        });
        QSignalSpy settled(sheet, &RecoverySheet::settled);
        rig.window->openSheet(sheet);
        QTRY_COMPARE(settled.size(), 1);
        QVERIFY(sheet->text().contains(u"under way, not cut off"_s));
        for (auto* one : sheet->findChildren<QPushButton*>())
            if (one->text().contains(u"estore"_s))
                QVERIFY(!one->isVisible());
    }

    void whatCannotBeDoneSaysWhy()
    {
        Rig rig;
        auto* sheet = new RecoverySheet(*rig.window, rig.target, [](std::stop_token) {
            Recovery found = cutOff();
            found.canRestore = false;
            return found;
        });
        QSignalSpy settled(sheet, &RecoverySheet::settled);
        rig.window->openSheet(sheet);
        QTRY_COMPARE(settled.size(), 1);
        QVERIFY(!button(*sheet, u"Restore: every slot serves hash_1 again"_s)->isEnabled());
        QVERIFY(sheet->text().contains(u"cannot be restored"_s));
    }

    void theChosenWayRuns()
    {
        Rig rig;
        auto gated = std::make_shared<GatedHosts>();
        rig.context.useHosts([&](const Target&) { return gated; });
        auto* sheet
            = new RecoverySheet(*rig.window, rig.target, [](std::stop_token) { return cutOff(); });
        QSignalSpy settled(sheet, &RecoverySheet::settled);
        rig.window->openSheet(sheet);
        QTRY_COMPARE(settled.size(), 1);
        button(*sheet, u"Restore: every slot serves hash_1 again"_s)->click();
        QCOMPARE(rig.window->runningCount(), 1);
        QCOMPARE(rig.window->runningOf(u"chat"_s)->request().kind, u"resume"_s);
        QVERIFY(!rig.window->sheet());
        gated->open();
        QTRY_COMPARE_WITH_TIMEOUT(rig.window->runningCount(), 0, 60'000);
    }

    void theWindowOffersIt()
    {
        Rig rig;
        Journal& journal = rig.context.journal();
        const QString run = journal.newRun();
        journal.append(run,
            RunStarted {.target = u"chat"_s, .kind = u"deploy"_s, .from = u"hash_1"_s,
                .to = u"hash_2"_s, .by = u"ann"_s, .slotOrder = {u"A"_s, u"B"_s}});
        rig.context.tellRunsChanged();
        QTRY_VERIFY(button(*rig.window, u"Finish or restore the cut-off run…"_s));
        journal.append(run, RunFinished {.outcome = u"partial"_s});
        rig.context.tellRunsChanged();
        QTRY_VERIFY(button(*rig.window, u"Finish or restore the half-done run…"_s));
        rig.ran(u"deploy"_s, u"hash_1"_s, u"hash_2"_s, u"succeeded"_s);
        rig.context.tellRunsChanged();
        QTRY_VERIFY(!button(*rig.window, u"Finish or restore the half-done run…"_s));
    }
};

QTEST_MAIN(TestRunControl)
#include "tst_runcontrol.moc"
