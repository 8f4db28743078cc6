// SPDX-License-Identifier: MIT
// Going back to a release with what has changed since, and a release that is made or sent first.
#include "app/desktop/sourceform.h"
#include "tests/desktop/sheetrig.h"

#include <QCheckBox>

namespace {

ReleaseThen otherwise(const Target& target)
{
    ReleaseThen then {.tag = u"hash_1"_s, .known = true, .recorded = target};
    const auto change = [](const QString& what, const QString& name, const QString& before,
                            const QString& after) {
        return QJsonObject {
            {u"what"_s, what}, {u"name"_s, name}, {u"before"_s, before}, {u"after"_s, after}};
    };
    then.changes = {{.slot = u"A"_s, .image = u"hash_1"_s,
        .differences = {change(u"env"_s, u"MODE"_s, u"strict"_s, u"loose"_s),
            change(u"option"_s, u"--memory"_s, u"536870912"_s, {}),
            change(u"file"_s, u"/srv/appsettings.json"_s, QString(64, u'a'), QString(64, u'b'))}}};
    then.canUseRecorded = true;
    then.recorded.container.env[u"MODE"_s] = u"strict"_s;
    return then;
}

QString allTexts(const QWidget& in)
{
    QStringList texts;
    for (auto* label : in.findChildren<QLabel*>())
        texts << label->text();
    return texts.join(u'\n');
}

} // namespace

class TestReleaseSheets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRollbackSaysWhatHasChangedSince()
    {
        for (const QString& language : {u"en"_s, u"zh_TW"_s})
            for (const auto palette : {Theme::Choice::Light, Theme::Choice::Dark}) {
                Rig rig;
                rig.context.useLanguage(language);
                rig.context.theme().choose(palette);
                RollbackDialog dialog(*rig.window, rig.target, u"hash_1"_s, true,
                    {{u"A"_s, u"hash_2"_s}, {u"B"_s, u"hash_2"_s}});
                dialog.useLookBack([&](std::stop_token) { return otherwise(rig.target); });
                QSignalSpy settled(&dialog, &RollbackDialog::settled);
                QSignalSpy lookedBack(&dialog, &RollbackDialog::lookedBack);
                dialog.show();
                QCOMPARE(dialog.whyNot(), QString()); // nobody waits for the look
                QTRY_COMPARE(settled.size(), 1);
                QTRY_COMPARE(lookedBack.size(), 1);
                const QString text = allTexts(dialog);
                for (const QString& said : {u"MODE"_s, u"strict → loose"_s, u"--memory"_s,
                         u"/srv/appsettings.json"_s, u"aaaaaaaaaaaa…"_s})
                    QVERIFY2(text.contains(said), qPrintable(text));
                QVERIFY(look(rig.context, dialog, u"rollback-changes"_s));
                const QStringList complaints = accessComplaints(dialog);
                QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
                // The recorded options are offered, not taken.
                auto* recorded = dialog.findChild<QCheckBox*>();
                QVERIFY(recorded->isVisible() && !recorded->isChecked());
                QVERIFY(dialog.request().target == rig.target);
                recorded->click();
                QCOMPARE(dialog.request().target.container.env.value(u"MODE"_s), u"strict"_s);
                QCOMPARE(dialog.request().tag, QString());
            }
    }

    void whereNothingIsKnownNothingIsOffered()
    {
        Rig rig;
        RollbackDialog dialog(*rig.window, rig.target, u"hash_1"_s, true, {});
        QSignalSpy lookedBack(&dialog, &RollbackDialog::lookedBack);
        dialog.show(); // the real look, at a site of which no run noted anything
        QTRY_COMPARE_WITH_TIMEOUT(lookedBack.size(), 1, 60'000);
        QVERIFY2(allTexts(dialog).contains(u"no run noted"_s), qPrintable(allTexts(dialog)));
        QVERIFY(!dialog.findChild<QCheckBox*>()->isVisible());
        QVERIFY(button(dialog, u"Roll back to hash_1"_s)->isEnabled());
    }

    void aHostThatCannotBeReachedDoesNotStandInTheWay()
    {
        Rig rig;
        RollbackDialog dialog(*rig.window, rig.target, u"hash_1"_s, true, {});
        dialog.useLookBack([](std::stop_token) -> ReleaseThen {
            throw Error(ErrorKind::HostUnreachable, {{u"address"_s, u"192.0.2.10"_s}});
        });
        QSignalSpy lookedBack(&dialog, &RollbackDialog::lookedBack);
        dialog.show();
        QTRY_COMPARE(lookedBack.size(), 1);
        QVERIFY(allTexts(dialog).contains(u"could not be found out"_s));
        QVERIFY(button(dialog, u"Roll back to hash_1"_s)->isEnabled());
    }

    void aReleaseComesFromASource_data()
    {
        using Kind = SourceSpec::Kind;
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("command");
        QTest::newRow("git") << int(Kind::Git) << u"Path or URL"_s
                             << u"gaplessctl deploy chat --git /src/chat --rev v2"_s;
        QTest::newRow("folder") << int(Kind::Context) << u"Folder"_s
                                << u"gaplessctl deploy chat --context /src/chat --tag hash_9"_s;
        QTest::newRow("archive") << int(Kind::Archive) << u"File or folder"_s
                                 << u"gaplessctl deploy chat --archive /src/chat --tag hash_9"_s;
        QTest::newRow("local") << int(Kind::Local) << u"Image, docker's name"_s
                               << u"gaplessctl deploy chat --local /src/chat --tag hash_9"_s;
        QTest::newRow("registry") << int(Kind::Registry) << u"Registry reference"_s
                                  << u"gaplessctl deploy chat --pull /src/chat --tag hash_9"_s;
    }
    void aReleaseComesFromASource()
    {
        QFETCH(int, kind);
        QFETCH(QString, field);
        QFETCH(QString, command);
        const bool git = kind == int(SourceSpec::Kind::Git);
        Rig rig;
        DeploySheet* sheet = rig.deploySheet();
        sheet->usePlanner([&](const RolloutRequest& request, std::stop_token) {
            RolloutRequest named = request;
            named.tag = request.source.tag.isEmpty() ? u"hash_of_it"_s : request.source.tag;
            return rig.plan(named);
        });
        QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
        sheet->source().choose(SourceSpec::Kind(kind));
        QVERIFY(!sheet->isFresh());
        QVERIFY(!button(*sheet, u"Deploy"_s)->isEnabled());
        QVERIFY(sheet->request().tag.isEmpty()); // what is chosen in the table does not count
        auto* location = named<QLineEdit>(*sheet, field);
        QVERIFY(location && location->isVisible());
        location->setText(u"/src/chat"_s);
        auto* second = named<QLineEdit>(*sheet, git ? u"Revision"_s : u"Tag"_s);
        QVERIFY(second->isVisible());
        if (!git)
            QVERIFY(!sheet->isFresh()); // it has no name yet
        second->setText(git ? u"v2"_s : u"hash_9"_s);
        QTest::keyClick(second, Qt::Key_Return);
        QTRY_VERIFY(sheet->isFresh());
        QVERIFY(button(*sheet, u"Deploy"_s)->isEnabled());
        QCOMPARE(int(sheet->request().source.kind), kind);
        QCOMPARE(sheet->request().source.location, u"/src/chat"_s);
        QCOMPARE(commandText(sheet->request()), command);
        QVERIFY(look(rig.context, *rig.window, u"deploy-source"_s));
        QCOMPARE(accessComplaints(*sheet), QStringList());
        // One letter more: the plan on the screen is of another source.
        location->setText(u"/src/chat2"_s);
        QVERIFY(!sheet->isFresh());
        QVERIFY(!button(*sheet, u"Deploy"_s)->isEnabled());
    }

    void picturesOfASource()
    {
        for (const QString& language : {u"en"_s, u"zh_TW"_s})
            for (const auto palette : {Theme::Choice::Light, Theme::Choice::Dark}) {
                Rig rig;
                rig.context.useLanguage(language);
                rig.context.theme().choose(palette);
                DeploySheet* sheet = rig.deploySheet();
                QTRY_VERIFY_WITH_TIMEOUT(sheet->isFresh(), 60'000);
                sheet->source().choose(SourceSpec::Kind::Git);
                QVERIFY(look(rig.context, *rig.window, u"deploy-git"_s));
                const QStringList complaints = accessComplaints(*sheet);
                QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
            }
    }
};

QTEST_MAIN(TestReleaseSheets)
#include "tst_releasesheets.moc"
