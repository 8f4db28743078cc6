// SPDX-License-Identifier: MIT
#include "tests/desktop/sheetrig.h"

class TestSheets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void deploysTheShownPlanOnly()
    {
        Rig rig;
        DeploySheet* sheet = rig.deploySheet();
        QAbstractButton* deploy = button(*sheet, u"Deploy"_s);
        QVERIFY(deploy);
        QVERIFY(!deploy->isEnabled()); // nothing has been looked at
        QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
        QCOMPARE(sheet->request().tag, u"hash_2"_s); // the newest that does not serve
        QCOMPARE(sheet->request().approvedPlan, u"h-hash_2"_s);
        QVERIFY(deploy->isEnabled());
        QVERIFY(look(rig.context, *rig.window, u"deploy"_s));
        // Another choice: the plan on the screen does not hold, and the button knows at once.
        sheet->choose(u"hash_1"_s);
        QVERIFY(!sheet->isFresh());
        QVERIFY(!deploy->isEnabled());
        QVERIFY(sheet->request().approvedPlan.isEmpty());
        QTRY_VERIFY(sheet->isFresh());
        QCOMPARE(sheet->request().approvedPlan, u"h-hash_1"_s);
        QCOMPARE(deploy->text().remove(u'&'), u"Deploy it again"_s);
    }

    void aPlanThatCannotBeMadeSaysWhy()
    {
        Rig rig;
        DeploySheet* sheet = rig.deploySheet();
        sheet->usePlanner([](const RolloutRequest&, std::stop_token) -> Plan {
            throw Error(ErrorKind::UpstreamMissing,
                {{u"file"_s, u"/etc/nginx/up.conf"_s}, {u"upstream"_s, u"app"_s}});
        });
        QSignalSpy settled(sheet, &DeploySheet::settled);
        QTRY_VERIFY_WITH_TIMEOUT(settled.size() >= 2, 60'000);
        QVERIFY(!sheet->isFresh());
        QVERIFY(!button(*sheet, u"Deploy"_s)->isEnabled());
        QVERIFY(named<QTextEdit>(*sheet, u"Plan"_s)->toPlainText().contains(u"/etc/nginx/up.conf"_s));
    }

    void onlyBuiltStrategiesCanBeChosen()
    {
        Rig rig;
        DeploySheet* sheet = rig.deploySheet();
        auto* strategies = named<QComboBox>(*sheet, u"Strategy"_s);
        auto* model = qobject_cast<QStandardItemModel*>(strategies->model());
        for (int i = 0; i < strategies->count(); ++i) {
            const auto strategy = strategyNamed(strategies->itemData(i).toString());
            QCOMPARE(model->item(i)->isEnabled(), isBuilt(*strategy));
            QCOMPARE(strategyText(*strategy).count(u'\n'), 1); // two lines
        }
    }

    void aNameIsTypedAndAReasonGiven()
    {
        Rig rig(Protection::TypeName, u"chat-é"_s);
        DeploySheet* sheet = rig.deploySheet();
        QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
        QAbstractButton* deploy = button(*sheet, u"Deploy"_s);
        auto* name = named<QLineEdit>(*sheet, u"The target's name"_s);
        auto* reason = named<QLineEdit>(*sheet, u"Reason"_s);
        QVERIFY(!deploy->isEnabled());
        name->setText(u"chat-e\u0301"_s); // the same name, composed otherwise
        QVERIFY(!deploy->isEnabled());
        reason->setText(u"  "_s);
        QVERIFY(!deploy->isEnabled());
        reason->setText(u"a new feature"_s);
        QVERIFY(deploy->isEnabled());
        name->setText(u"CHAT-é"_s);
        QVERIFY(!deploy->isEnabled());
    }

    void composingInAnInputMethodSubmitsNothing()
    {
        Rig rig(Protection::TypeName, u"聊天"_s);
        DeploySheet* sheet = rig.deploySheet();
        QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
        QAbstractButton* deploy = button(*sheet, u"Deploy"_s);
        auto* name = named<QLineEdit>(*sheet, u"The target's name"_s);
        named<QLineEdit>(*sheet, u"Reason"_s)->setText(u"a reason"_s);
        QInputMethodEvent composing(u"聊天"_s, {});
        QCoreApplication::sendEvent(name, &composing);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(!deploy->isEnabled());
        QCOMPARE(rig.window->runningCount(), 0);
        QInputMethodEvent committed;
        committed.setCommitString(u"聊天"_s);
        QCoreApplication::sendEvent(name, &committed);
        QVERIFY(deploy->isEnabled());
        QTest::keyClick(name, Qt::Key_Return); // Enter alone starts nothing either
        QCOMPARE(rig.window->runningCount(), 0);
    }

    void aReadOnlyTargetIsNotDeployedTo()
    {
        Rig rig(Protection::ReadOnly);
        DeploySheet* sheet = rig.deploySheet();
        QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
        QVERIFY(!button(*sheet, u"Deploy"_s)->isEnabled());
        RollbackDialog back(*rig.window, rig.target, u"hash_1"_s, true, {});
        QVERIFY(!back.whyNot().isEmpty());
    }

    void aRollbackToThePreviousReleaseIsOneClick()
    {
        Rig rig(Protection::TypeName);
        rig.ran(u"deploy"_s, u"hash_0"_s, u"hash_1"_s, u"succeeded"_s);
        rig.ran(u"rollback"_s, u"hash_2"_s, u"hash_1"_s, u"succeeded"_s);
        RollbackDialog dialog(*rig.window, rig.target, u"hash_1"_s, true,
            {{u"A"_s, u"hash_2"_s}, {u"B"_s, u"hash_2"_s}});
        QSignalSpy settled(&dialog, &RollbackDialog::settled);
        dialog.show();
        // Nothing is typed, the reason is there, and Enter does it.
        QCOMPARE(dialog.whyNot(), QString());
        QCOMPARE(dialog.reason(), rollbackReasons().first());
        QCOMPARE(dialog.request().kind, u"rollback"_s);
        QCOMPARE(dialog.request().tag, QString());
        QAbstractButton* go = button(dialog, u"Roll back to hash_1"_s);
        QVERIFY(go);
        QVERIFY(go->isEnabled());
        QVERIFY(!named<QLineEdit>(dialog, u"The target's name"_s));
        QTRY_COMPARE(settled.size(), 1);
        QVERIFY(look(rig.context, dialog, u"rollback"_s));
        QCOMPARE(accessComplaints(dialog), QStringList());
    }

    void aRollbackToAnyOtherAsksAsTheTargetSays()
    {
        Rig rig(Protection::TypeName);
        RollbackDialog dialog(*rig.window, rig.target, u"hash_0"_s, false, {});
        dialog.show();
        QVERIFY(!dialog.whyNot().isEmpty());
        named<QLineEdit>(dialog, u"The target's name"_s)->setText(u"chat"_s);
        QCOMPARE(dialog.whyNot(), QString());
        QCOMPARE(dialog.request().tag, u"hash_0"_s);
    }

    void showsTheReleases()
    {
        Rig rig;
        ReleasesPane pane(*rig.window);
        QAbstractItemModelTester tester(const_cast<ReleaseModel*>(&pane.model()));
        pane.resize(1000, 300);
        QSignalSpy settled(&pane, &ReleasesPane::settled);
        pane.show();
        QTRY_VERIFY_WITH_TIMEOUT(settled.size() >= 1, 60'000);
        QCOMPARE(pane.model().rowCount(), 2);
        QCOMPARE(pane.model().at(0)->tag, u"hash_2"_s); // the newest first
        QCOMPARE(pane.model().at(1)->runsIn, (QStringList {u"A"_s, u"B"_s}));
        QVERIFY(pane.model().at(1)->serves);
        pane.select(u"hash_1"_s);
        QVERIFY(!button(pane, u"Roll back to this one…"_s)->isEnabled()); // it serves
        pane.select(u"hash_2"_s);
        QVERIFY(button(pane, u"Roll back to this one…"_s)->isEnabled());
        QVERIFY(look(rig.context, pane, u"releases"_s));
        QCOMPARE(accessComplaints(pane), QStringList());
    }

    void asksForSecretsFromWorkerThreads()
    {
        Rig rig;
        SecretRequest request;
        request.user = u"deploy"_s, request.address = u"192.0.2.10"_s;
        auto question = std::make_shared<Question<Secret>>();
        std::optional<Secret> answer;
        std::jthread worker([&](std::stop_token stop) { answer = question->wait(stop); });
        rig.context.prompts().secret(request, question);
        auto* desk = rig.window->findChild<QuestionDesk*>();
        auto* dialog = qobject_cast<SecretDialog*>(desk->current());
        QVERIFY(dialog);
        QVERIFY(look(rig.context, *dialog, u"password"_s));
        QCOMPARE(accessComplaints(*dialog), QStringList());
        auto* field = dialog->findChild<QLineEdit*>();
        QCOMPARE(field->echoMode(), QLineEdit::Password);
        field->setText(u"pässword"_s);
        dialog->accept();
        worker.join();
        QVERIFY(answer);
        QCOMPARE(answer->view().toByteArray(), u"pässword"_s.toUtf8());
    }

    void oneQuestionAtATimeAndAWithdrawnOneCloses()
    {
        Rig rig;
        auto* desk = rig.window->findChild<QuestionDesk*>();
        auto first = std::make_shared<Question<Secret>>(), second = first;
        second = std::make_shared<Question<Secret>>();
        SecretRequest request;
        request.what = SecretRequest::What::Answer, request.prompt = u"One-time code:"_s;
        rig.context.prompts().secret(request, first);
        rig.context.prompts().secret(request, second);
        QPointer<QDialog> dialog = desk->current();
        QVERIFY(dialog);
        first->dismiss(); // its worker was cancelled
        QTRY_VERIFY(!dialog);
        QTRY_VERIFY(desk->current());
        QVERIFY(!second->isOver());
        desk->current()->reject();
        QVERIFY(second->isOver());
        QTRY_VERIFY(!desk->current());
    }

    void aHostKeyIsNotAcceptedByEnter()
    {
        Rig rig;
        const UnknownHostKey key {u"web"_s, u"192.0.2.10"_s, 22, u"ssh-ed25519"_s,
            u"SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDRdwAsWbS9YEsoVy4"_s, u"/home/ada/.ssh/known_hosts"_s};
        for (const bool trusts : {false, true}) {
            auto question = std::make_shared<Question<bool>>();
            rig.context.prompts().hostKey(key, question);
            auto* dialog
                = qobject_cast<HostKeyDialog*>(rig.window->findChild<QuestionDesk*>()->current());
            QVERIFY(dialog);
            QStringList texts;
            for (auto* label : dialog->findChildren<QLabel*>())
                texts.append(label->text());
            QVERIFY(texts.contains(key.fingerprint));
            QVERIFY(texts.contains(key.file));
            QCOMPARE(accessComplaints(*dialog), QStringList());
            if (trusts) {
                button(*dialog, u"Trust this key and connect"_s)->click();
            } else {
                QVERIFY(look(rig.context, *dialog, u"hostkey"_s));
                QTest::keyClick(dialog, Qt::Key_Return);
            }
            QCOMPARE(question->wait({}).value_or(false), trusts);
            QTRY_VERIFY(!rig.window->findChild<QuestionDesk*>()->current());
        }
    }

    void aChangedHostKeyCannotBeAccepted()
    {
        Rig rig;
        QDialog* dialog = showError(rig.window.get(),
            Error(ErrorKind::HostKeyChanged,
                {{u"address"_s, u"192.0.2.10"_s}, {u"fingerprint"_s, u"SHA256:new"_s},
                    {u"expected"_s, u"SHA256:old"_s}}));
        QStringList texts;
        for (auto* label : dialog->findChildren<QLabel*>())
            texts.append(label->text());
        QVERIFY(texts.contains(u"SHA256:new"_s));
        QVERIFY(texts.contains(u"SHA256:old"_s));
        QCOMPARE(dialog->findChildren<QAbstractButton*>().size(), 1);
        QVERIFY(button(*dialog, u"Close"_s));
        QVERIFY(look(rig.context, *dialog, u"hostkey-changed"_s));
    }

    void theDecisionSheetSaysWhatIsAtStake()
    {
        Rig rig;
        RunController controller(rig.context);
        RunFeed& feed = controller.feed();
        feed.begin(RunFeed::Kind::Live);
        qint64 seq = 0;
        const auto event = [&](EventBody body) {
            return Event {++seq, QDateTime::currentDateTimeUtc(), u"r"_s, std::move(body)};
        };
        feed.append({event(RunStarted {.target = u"chat"_s, .kind = u"deploy"_s, .from = u"hash_1"_s,
                         .to = u"hash_2"_s, .serving = {{u"A"_s, u"hash_1"_s}, {u"B"_s, u"hash_1"_s}},
                         .slotOrder = {u"A"_s, u"B"_s}}),
            event(SlotChanged {.slot = u"A"_s, .image = u"hash_2"_s, .state = u"serving"_s}),
            event(StepStarted {.step = u"check"_s, .slot = u"B"_s}),
            event(SlotEvidence {.slot = u"B"_s, .image = u"hash_2"_s, .state = u"exited"_s,
                .log = {u"Unhandled exception: no database"_s}, .health = {u"503"_s, u"503"_s}}),
            event(SlotChanged {.slot = u"B"_s, .image = u"hash_2"_s, .state = u"out"_s}),
            event(StepFailed {.step = u"check"_s, .slot = u"B"_s, .reason = u"containerExited"_s,
                .error = toJson(Error(ErrorKind::ContainerExited, {{u"slot"_s, u"B"_s}, {u"exit"_s, 139}}))})});
        const DecisionAsked asked {.question = u"partialFailure"_s, .slot = u"B"_s,
            .fallback = u"hold"_s, .choices = {u"retry"_s, u"hold"_s, u"rollback"_s}};
        auto* sheet = new DecisionSheet(*rig.window, controller, asked);
        rig.window->openSheet(sheet, MainWindow::Place::BelowTimeline);
        const QString text = sheet->text();
        QVERIFY2(text.contains(u"1 of 2 slots serve"_s), qPrintable(text));
        QVERIFY(text.contains(u"no database"_s));
        QVERIFY(text.contains(u"139"_s));
        QVERIFY(text.contains(u"503"_s));
        QVERIFY(button(*sheet, u"1  Mend it, then try slot B again"_s));
        QVERIFY(button(*sheet, u"2  Keep hash_2 serving on A, with B out"_s));
        QVERIFY(button(*sheet, u"3  Roll everything back: hash_1 serves everywhere again"_s));
        QVERIFY(look(rig.context, *sheet, u"decision"_s));
        QCOMPARE(accessComplaints(*sheet), QStringList());
        rig.window->closeSheet();
    }

    void listsTargetsAndFindsThem()
    {
        Rig rig;
        Target other = rig.target;
        other.name = u"staging-tw"_s;
        rig.context.targets().save(other);
        QFile broken(rig.folder.filePath(u"targets/broken.json"_s));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{");
        broken.close();
        rig.context.tellTargetsChanged();
        auto* list = rig.window->findChild<TargetList*>();
        QCOMPARE(list->shown(), (QStringList {u"chat"_s, u"staging-tw"_s, u"broken.json"_s}));
        named<QLineEdit>(*list, u"Search targets"_s)->setText(u"TW"_s);
        QCOMPARE(list->shown(), QStringList {u"staging-tw"_s});
        named<QLineEdit>(*list, u"Search targets"_s)->clear();
        named<QListWidget>(*list, u"Targets"_s)->setCurrentRow(1);
        QCOMPARE(rig.window->currentTarget()->name, u"staging-tw"_s);
        const QString file = rig.folder.filePath(u"out.json"_s);
        list->exportFile(file);
        rig.context.targets().remove(u"staging-tw"_s);
        rig.context.tellTargetsChanged();
        QCOMPARE(list->shown().size(), 2);
        list->importFile(file);
        QCOMPARE(list->shown().size(), 3);
        QVERIFY(look(rig.context, *rig.window, u"window"_s));
    }

    void theWizardOffersAdoptionFirst()
    {
        Rig rig;
        auto* wizard = new WizardSheet(*rig.window);
        rig.window->openSheet(wizard);
        QCOMPARE(wizard->offers().first(), u"Adopt what already runs…"_s);
        QVERIFY(wizard->offers().contains(u"Play the demo"_s));
        QVERIFY(look(rig.context, *rig.window, u"wizard"_s));
        QCOMPARE(accessComplaints(*wizard), QStringList());
        rig.window->closeSheet();
    }

    void aCommandLineDoesTheSame()
    {
        RolloutRequest request;
        request.target.name = u"chat prod"_s;
        request.tag = u"hash_2"_s;
        QCOMPARE(commandText(request), u"gaplessctl deploy 'chat prod' --image hash_2"_s);
        request.reason = u"it's due"_s;
        request.strict = true;
        request.paceSeconds = 3;
        request.onPartialFailure = OnPartialFailure::Rollback;
        QCOMPARE(commandText(request, false),
            u"gaplessctl deploy 'chat prod' --image hash_2 --on-partial rollback --reason "
            u"'it'\\''s due' --pace 3 --strict --no-witness"_s);
        RolloutRequest back;
        back.target.name = u"chat"_s;
        back.kind = u"rollback"_s;
        QCOMPARE(commandText(back), u"gaplessctl rollback chat"_s);
    }

    /// In both languages and palettes, for the eye and for mnemonics.
    void picturesOfTheSheets()
    {
        for (const QString& language : {u"en"_s, u"zh_TW"_s})
            for (const auto palette : {Theme::Choice::Light, Theme::Choice::Dark}) {
                Rig rig(Protection::TypeName);
                rig.context.useLanguage(language);
                rig.context.theme().choose(palette);
                DeploySheet* sheet = rig.deploySheet();
                QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
                QVERIFY(look(rig.context, *rig.window, u"deploy-typename"_s));
                QStringList complaints = accessComplaints(*sheet);
                QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
                rig.window->openSheet(new WizardSheet(*rig.window));
                QVERIFY(look(rig.context, *rig.window, u"wizard"_s));
                RollbackDialog dialog(*rig.window, rig.target, u"hash_1"_s, false, {});
                dialog.show();
                QVERIFY(look(rig.context, dialog, u"rollback-any"_s));
                complaints = accessComplaints(dialog);
                QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
            }
    }
};

QTEST_MAIN(TestSheets)
#include "tst_sheets.moc"
