// SPDX-License-Identifier: MIT
#include "app/desktop/credentialspane.h"
#include "app/desktop/doctorpane.h"
#include "app/desktop/targeteditor.h"
#include "engine/model/targetjson.h"
#include "tests/desktop/look.h"
#include "tests/support/fakehost/localhost.h"

#include <QCheckBox>
#include <QDirIterator>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

/// A keychain that is not there.
class NoKeychain final : public Keychain {
public:
    std::optional<Secret> read(const QString&, std::stop_token) override { throw gone(); }
    void write(const QString&, const Secret&, std::stop_token) override { throw gone(); }
    void remove(const QString&, std::stop_token) override { throw gone(); }
    QString backend() const override { return u"secretService"_s; }

private:
    static Error gone()
    {
        return Error(ErrorKind::KeychainUnavailable,
            {{u"backend"_s, u"secretService"_s}, {u"why"_s, u"none"_s}});
    }
};

struct Rig {
    explicit Rig(std::unique_ptr<Keychain> keychain = std::make_unique<MemoryKeychain>())
        : context(folder.path(), std::move(keychain))
    {
        context.theme().install();
        context.theme().choose(Theme::Choice::Light);
        context.useLanguage(u"en"_s);
    }
    QTemporaryDir folder;
    DesktopContext context;
};

Target sample(const QString& file = u"everything.json"_s)
{
    QFile in(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/model/targets/") + file);
    if (!in.open(QIODevice::ReadOnly))
        qFatal("%s: %s", qPrintable(in.fileName()), qPrintable(in.errorString()));
    return targetFromJson(in.readAll(), file);
}

FieldEditor* editorOf(const QWidget& in, const QString& path)
{
    for (auto* editor : in.findChildren<FieldEditor*>())
        if (editor->field().path == path && !qobject_cast<GroupEditor*>(editor))
            return editor;
    return nullptr;
}

void type(const QWidget& in, const QString& path, const QString& text, int which = 0)
{
    // The order of children is that of raising; the order of objects is the file's.
    const QWidget* place = &in;
    for (auto* several : in.findChildren<ObjectsEditor*>())
        if (path.startsWith(several->field().path + u'.'))
            place = several->objects().at(which);
    for (auto* editor : place->findChildren<FieldEditor*>())
        if (editor->field().path == path) {
            auto* line = editor->findChild<QLineEdit*>();
            QVERIFY2(line, qPrintable(path));
            line->setText(text);
            return;
        }
    QFAIL(qPrintable(path + u" is not in the form"_s));
}

void collectPaths(const QList<TargetField>& fields, QStringList& paths)
{
    for (const TargetField& field : fields) {
        paths.append(field.path);
        collectPaths(field.members, paths);
    }
}

} // namespace

class TestTargetEditor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFieldHasANameInBothLanguages()
    {
        Rig rig;
        QStringList paths;
        collectPaths(targetFields(), paths);
        QVERIFY(paths.size() > 80);
        for (const QString& path : std::as_const(paths))
            QVERIFY2(targetFieldName(path) != path,
                qPrintable(path + u": name it in app/models/targetlabels.cpp"_s));
        for (const QString& path : namedTargetFields())
            QVERIFY2(paths.contains(path), qPrintable(path + u" is no field of a target"_s));
    }

    void everyFieldCanBeReached()
    {
        Rig rig;
        TargetEditor editor(rig.context, sample());
        editor.show();
        QStringList paths;
        collectPaths(targetFields(), paths);
        for (const QString& path : std::as_const(paths)) {
            FieldEditor* found = editorOf(editor, path);
            if (!found) // groups are not inputs
                continue;
            editor.reveal(path);
        }
        editor.reveal(u"slots[1].env"_s);
        QWidget* focus = editor.focusWidget();
        QVERIFY(focus);
        QCOMPARE(focus->isVisible(), true);
    }

    void keepsEveryField_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString& file : {u"everything.json"_s, u"contract.json"_s, u"minimal.json"_s})
            QTest::newRow(qPrintable(file)) << file;
    }
    void keepsEveryField()
    {
        QFETCH(QString, file);
        Rig rig;
        const Target before = sample(file);
        TargetEditor editor(rig.context, before);
        QCOMPARE(editor.problems(), FieldProblems());
        QVERIFY(editor.target());
        QCOMPARE(targetToJson(*editor.target()), targetToJson(before));
        QVERIFY(*editor.target() == before);
    }

    void saysEachErrorAtItsField_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path");
        QTest::newRow("no name") << u"name"_s << 0 << QString() << u"name"_s;
        QTest::newRow("a slash") << u"name"_s << 0 << u"a/b"_s << u"name"_s;
        QTest::newRow("relative") << u"gateway.upstreamFile"_s << 0 << u"nginx.conf"_s
                                  << u"gateway.upstreamFile"_s;
        QTest::newRow("second slot's server") << u"slots.server"_s << 1 << u"bad;word"_s
                                              << u"slots[1].server"_s;
        QTest::newRow("the same server twice")
            << u"slots.server"_s << 1 << u"127.0.0.1:8090"_s << u"slots[1].server"_s;
        QTest::newRow("a host that is not there")
            << u"gateway.host"_s << 0 << u"nowhere"_s << u"gateway.host"_s;
        QTest::newRow("status") << u"health.expectStatus"_s << 0 << u"7"_s << u"health.expectStatus"_s;
        QTest::newRow("pin") << u"hosts.hostKey"_s << 0 << u"MD5:aa"_s << u"hosts.web.hostKey"_s;
    }
    void saysEachErrorAtItsField()
    {
        QFETCH(QString, field);
        QFETCH(int, which);
        QFETCH(QString, text);
        QFETCH(QString, path);
        Rig rig;
        TargetEditor editor(rig.context, sample(u"contract.json"_s));
        QVERIFY(button(editor, u"Save"_s)->isEnabled());
        type(editor, field, text, which);
        QTRY_COMPARE(editor.problems().keys(), QStringList {path});
        QVERIFY(!editor.problems()[path].isEmpty());
        QVERIFY(!button(editor, u"Save"_s)->isEnabled());
        // It stands beside the field, not only in a list.
        bool isShown = false;
        for (auto* label : editor.findChildren<QLabel*>())
            isShown = isShown || label->text().contains(editor.problems()[path]);
        QVERIFY(isShown);
    }

    void twoErrorsAreTwo()
    {
        Rig rig;
        TargetEditor editor(rig.context, sample(u"contract.json"_s));
        type(editor, u"name"_s, u"a/b"_s);
        type(editor, u"slots.container"_s, u"-x"_s, 1);
        QTRY_COMPARE(editor.problems().keys(), (QStringList {u"name"_s, u"slots[1].container"_s}));
    }

    void aNewTargetIsSavedAndAnotherOfItsNameIsNot()
    {
        Rig rig;
        QSignalSpy changed(&rig.context, &DesktopContext::targetsChanged);
        {
            TargetEditor editor(rig.context, {}, sample(u"minimal.json"_s));
            QSignalSpy saved(&editor, &TargetEditor::savedTarget);
            button(editor, u"Save"_s)->click();
            QCOMPARE(saved.size(), 1);
        }
        QCOMPARE(changed.size(), 1);
        QCOMPARE(rig.context.targets().load(sample(u"minimal.json"_s).name), sample(u"minimal.json"_s));
        TargetEditor again(rig.context, {}, sample(u"minimal.json"_s));
        again.show();
        button(again, u"Save"_s)->click();
        QVERIFY(again.isVisible());
        QVERIFY(again.problems().contains(u"name"_s));
        QCOMPARE(rig.context.targets().names().size(), 1);
    }

    void checksTheSiteFromTheForm()
    {
        Rig rig;
        auto hosts = std::make_shared<FakeHosts>();
        auto& web = hosts->add(std::make_unique<LocalHost>(u"web"_s));
        web.breakWith(Error(ErrorKind::HostUnreachable, {{u"address"_s, u"192.0.2.10"_s}, {u"port"_s, 22}}));
        rig.context.useHosts([hosts](const Target&) { return hosts; });
        TargetEditor editor(rig.context, {}, sample(u"minimal.json"_s));
        editor.show();
        auto* pane = editor.findChild<DoctorPane*>();
        QSignalSpy done(pane, &DoctorPane::done);
        button(editor, u"Check the site"_s)->click();
        QVERIFY(pane->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(done.size(), 1, 60'000);
        QVERIFY2(pane->text().contains(u"cannot be logged in to"_s), qPrintable(pane->text()));
        QVERIFY(pane->text().contains(u"would refuse a deployment"_s));
        QVERIFY(look(rig.context, editor, u"target-check"_s));
    }

    void secretsGoIntoTheKeychain()
    {
        Rig rig;
        Target target = sample(u"minimal.json"_s);
        target.hosts.first().auth.method = Auth::Method::Password;
        CredentialsPane pane(rig.context);
        pane.setTarget(target);
        QSignalSpy settled(&pane, &CredentialsPane::settled);
        pane.show();
        QTRY_COMPARE(settled.size(), 1);
        QCOMPARE(pane.state(0), u"Not set: asked for when it is needed"_s);
        pane.keep(0, Secret("s3cret"));
        QTRY_COMPARE(settled.size(), 2);
        QCOMPARE(pane.state(0), u"In the keychain"_s);
        const QString name = secretsOf(target).first().name;
        QCOMPARE(rig.context.systemKeychain().read(name)->view(), "s3cret");
        pane.remove(0);
        QTRY_COMPARE(settled.size(), 3);
        QVERIFY(!rig.context.systemKeychain().read(name));
        QVERIFY(!rig.context.keychain().read(name));
    }

    void withoutAKeychainItSaysSoAndForgets()
    {
        Rig rig {std::make_unique<NoKeychain>()};
        Target target = sample(u"minimal.json"_s);
        target.hosts.first().auth.method = Auth::Method::Password;
        CredentialsPane pane(rig.context);
        pane.setTarget(target);
        QSignalSpy settled(&pane, &CredentialsPane::settled);
        pane.show();
        QTRY_COMPARE(settled.size(), 1);
        QVERIFY(pane.notice().contains(u"for this run only"_s));
        pane.keep(0, Secret("s3cret"));
        QTRY_COMPARE(settled.size(), 2);
        QCOMPARE(pane.state(0), u"Known for this run only"_s);
        QVERIFY(pane.notice().contains(u"for this run only"_s));
        QCOMPARE(rig.context.keychain().read(secretsOf(target).first().name)->view(), "s3cret");
        // Nothing of it is in any file.
        QDirIterator files(rig.folder.path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("s3cret"), qPrintable(file.fileName()));
        }
    }

    void hasNamesAndMnemonicsInBothLanguages()
    {
        Rig rig;
        for (const QString& language : {u"en"_s, u"zh_TW"_s})
            for (const auto palette : {Theme::Choice::Light, Theme::Choice::Dark}) {
                rig.context.useLanguage(language);
                rig.context.theme().choose(palette);
                TargetEditor editor(rig.context, sample());
                editor.show();
                auto* pages = editor.findChild<QListWidget*>();
                for (int page = 0; page < pages->count(); ++page) {
                    pages->setCurrentRow(page);
                    QVERIFY(look(rig.context, editor, u"target-%1"_s.arg(page)));
                    const QStringList complaints = accessComplaints(editor);
                    QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
                }
            }
    }
};

QTEST_MAIN(TestTargetEditor)
#include "tst_targeteditor.moc"
