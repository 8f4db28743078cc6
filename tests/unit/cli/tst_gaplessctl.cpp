// SPDX-License-Identifier: MIT
// The program itself, run as users and scripts run it: what needs no host.
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int status = -1;
    QString out, err;
    QList<QJsonObject> objects; ///< of standard output, where each line is one
};

/// A target whose host refuses connections: nothing listens on port 1.
QString target(const QString& protection = u"open"_s)
{
    return uR"({ "schema": 1, "name": "chat", "protection": "%1",
        "hosts": { "web": { "address": "127.0.0.1", "port": 1, "user": "nobody",
                            "auth": { "method": "agent" } } },
        "gateway": { "host": "web", "upstreamFile": "/etc/nginx/up.conf", "upstream": "up" },
        "image": { "repository": "chat" },
        "slots": [
            { "name": "A", "container": "chat_A", "server": "127.0.0.1:8090", "publish": [ "8090:8080" ] },
            { "name": "B", "container": "chat_B", "server": "127.0.0.1:8091", "publish": [ "8091:8080" ] } ] })"_s
        .arg(protection);
}

} // namespace

class TestGaplessctl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badInput_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("file"); // the content of t.json
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("said");
        const QStringList status {u"status"_s, u"--target"_s, u"t.json"_s};
        QTest::newRow("no such file") << QStringList {u"status"_s, u"--target"_s, u"nope.json"_s}
                                      << QString() << 2 << u"fileUnreadable"_s << u"nope.json"_s;
        QTest::newRow("a folder for a file") << QStringList {u"status"_s, u"--target"_s, u"."_s}
                                             << QString() << 2 << u"fileUnreadable"_s << u"“.”"_s;
        QTest::newRow("broken JSON")
            << status << u"{\n  \"schema\": 1,\n  }"_s << 2 << u"jsonBroken"_s << u"line 3"_s;
        QTest::newRow("field missing")
            << status << u"{\"schema\": 1}"_s << 2 << u"fieldMissing"_s << u"“name”"_s;
        QTest::newRow("field unknown") << status << u"{\"schema\": 1, \"nmae\": \"x\"}"_s << 2
                                       << u"fieldUnknown"_s << u"“nmae”"_s;
        QTest::newRow("no target")
            << QStringList {u"status"_s} << QString() << 2 << u"usage"_s << u"--target FILE"_s;
        QTest::newRow("two targets") << QStringList {u"status"_s, u"x"_s} + status.mid(1) << u"{}"_s
                                     << 2 << u"usage"_s << u"either"_s;
        QTest::newRow("unknown target") << QStringList {u"status"_s, u"nobody"_s} << QString() << 2
                                        << u"targetUnknown"_s << u"“nobody”"_s;
        QTest::newRow("unknown target removed")
            << QStringList {u"target"_s, u"remove"_s, u"nobody"_s} << QString() << 2
            << u"targetUnknown"_s << u"“nobody”"_s;
        QTest::newRow("a secret in a target") << QStringList {u"target"_s, u"import"_s, u"t.json"_s}
                                              << u"{\"schema\": 1, \"password\": \"x\"}"_s << 2
                                              << u"fieldSecret"_s << u"“password”"_s;
        QTest::newRow("adopt") << QStringList {u"target"_s, u"adopt"_s} << QString() << 2
                               << u"usage"_s << u"--host is missing"_s;
        QTest::newRow("an empty secret") << QStringList {u"credential"_s, u"set"_s, u"x"_s}
                                         << QString() << 2 << u"usage"_s << u"empty"_s;
        QTest::newRow("unreachable host")
            << status << target() << 5 << u"hostUnreachable"_s << u"127.0.0.1, port 1"_s;
        QTest::newRow("unknown run") << QStringList {u"report"_s, u"nope"_s} << QString() << 2
                                     << u"runUnknown"_s << u"“nope”"_s;
        QTest::newRow("no such report") << QStringList {u"verify"_s, u"nope.html"_s} << QString()
                                        << 2 << u"fileUnreadable"_s << u"nope.html"_s;
        QTest::newRow("unknown format")
            << QStringList {u"report"_s, u"nope"_s, u"--format"_s, u"docx"_s} << QString() << 2
            << u"usage"_s << u"“docx”"_s;
        QTest::newRow("unknown language") << QStringList {u"history"_s, u"--lang"_s, u"tlh"_s}
                                          << QString() << 2 << u"usage"_s << u"“tlh”"_s;
        QTest::newRow("data folder is a file")
            << QStringList {u"history"_s, u"--data-dir"_s, u"t.json"_s} << u"{}"_s << 1
            << u"storeUnusable"_s << u"t.json"_s;
    }
    void badInput()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, file);
        QFETCH(QString, said);
        QFETCH(QString, kind);
        if (!file.isEmpty())
            write(u"t.json"_s, file);
        const Ended people = run(arguments);
        QTEST(people.status, "status");
        QCOMPARE(people.out, QString());
        QVERIFY2(people.err.startsWith(u"Error: "_s), qPrintable(people.err));
        QVERIFY2(people.err.section(u'\n', 0, 0).contains(said), qPrintable(people.err));
        QVERIFY2(people.err.count(u'\n') >= 2, qPrintable(people.err)); // and what to do

        const Ended machine = run(arguments + QStringList {u"--json"_s});
        QTEST(machine.status, "status");
        QCOMPARE(machine.objects.size(), 1);
        QCOMPARE(machine.objects.last()[u"type"_s].toString(), u"error"_s);
        QCOMPARE(machine.objects.last()[u"kind"_s].toString(), kind);
        QVERIFY(machine.err.startsWith(u"Error: "_s));
    }

    /// What refuses a rollout before it has spoken to a host, and how: its runFinished is the last
    /// line under --json even so.
    void refusedRollouts_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("protection");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("said");
        const QStringList deploy {u"deploy"_s, u"--target"_s, u"t.json"_s};
        const QStringList image = deploy + QStringList {u"--image"_s, u"hash_1"_s};
        QTest::newRow("no source") << deploy << u"open"_s << 2 << u"usage"_s << u"--image TAG"_s;
        for (const QString& source : {u"--context"_s, u"--archive"_s, u"--local"_s, u"--pull"_s})
            QTest::newRow(qPrintable(source + u" without a tag"_s))
                << deploy + QStringList {source, u"x"_s} << u"open"_s << 2 << u"usage"_s << source;
        QTest::newRow("two sources") << image + QStringList {u"--git"_s, u"x"_s} << u"open"_s << 2
                                     << u"usage"_s << u"--git"_s;
        QTest::newRow("--rev without --git") << image + QStringList {u"--rev"_s, u"x"_s}
                                             << u"open"_s << 2 << u"usage"_s << u"--rev"_s;
        QTest::newRow("no repository")
            << deploy + QStringList {u"--git"_s, u"/nowhere/at/all"_s} << u"open"_s << 5
            << u"repositoryUnusable"_s << u"/nowhere/at/all"_s;
        QTest::newRow("unknown strategy") << image + QStringList {u"--strategy"_s, u"teleport"_s}
                                          << u"open"_s << 2 << u"usage"_s << u"“teleport”"_s;
        QTest::newRow("a canary whose versions nobody can tell apart")
            << image + QStringList {u"--strategy"_s, u"canary"_s} << u"open"_s << 2
            << u"fieldMissing"_s << u"witness.http.versionFrom"_s;
        QTest::newRow("--on-partial") << image + QStringList {u"--on-partial"_s, u"pray"_s}
                                      << u"open"_s << 2 << u"usage"_s << u"“pray”"_s;
        QTest::newRow("unknown option")
            << image + QStringList {u"--fast"_s} << u"open"_s << 2 << u"usage"_s << u"--fast"_s;
        QTest::newRow("a folder that is named like a command")
            << QStringList {u"--data-dir"_s, u"history"_s} + image + QStringList {u"--fast"_s}
            << u"open"_s << 2 << u"usage"_s << u"--fast"_s;
        QTest::newRow("read-only")
            << image << u"readOnly"_s << 5 << u"readOnlyTarget"_s << u"chat"_s;
        QTest::newRow("to be confirmed, nobody there")
            << image << u"confirm"_s << 5 << u"notInteractive"_s << u"chat"_s;
        QTest::newRow("name to be typed, nobody there")
            << image << u"typeName"_s << 5 << u"protectionNotConfirmed"_s << u"chat"_s;
        QTest::newRow("--yes types no name") << image + QStringList {u"--yes"_s} << u"typeName"_s
                                             << 5 << u"protectionNotConfirmed"_s << u"chat"_s;
        QTest::newRow("another name typed")
            << image + QStringList {u"--confirm"_s, u"chit"_s, u"--reason"_s, u"x"_s}
            << u"typeName"_s << 5 << u"protectionNotConfirmed"_s << u"chat"_s;
        QTest::newRow("name typed, no reason")
            << image + QStringList {u"--confirm"_s, u"chat"_s} << u"typeName"_s << 5
            << u"notInteractive"_s << u"Reason"_s;
        QTest::newRow("rollback to a tag is typed, too")
            << QStringList {u"rollback"_s, u"--target"_s, u"t.json"_s, u"--to"_s, u"hash_1"_s,
                   u"--yes"_s}
            << u"typeName"_s << 5 << u"protectionNotConfirmed"_s << u"chat"_s;
        QTest::newRow("unreachable")
            << image << u"open"_s << 5 << u"hostUnreachable"_s << u"127.0.0.1, port 1"_s;
        QTest::newRow("unreachable, confirmed")
            << image + QStringList {u"--yes"_s} << u"confirm"_s << 5 << u"hostUnreachable"_s
            << u"127.0.0.1, port 1"_s;
        QTest::newRow("rollback to the previous release takes --yes")
            << QStringList {u"rollback"_s, u"--target"_s, u"t.json"_s, u"--yes"_s} << u"typeName"_s
            << 5 << u"hostUnreachable"_s << u"127.0.0.1, port 1"_s;
    }
    void refusedRollouts()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, protection);
        QFETCH(QString, kind);
        QFETCH(QString, said);
        write(u"t.json"_s, target(protection));
        const Ended people = run(arguments);
        QTEST(people.status, "status");
        QVERIFY2(people.err.startsWith(u"Error: "_s), qPrintable(people.err));
        QVERIFY2(people.err.section(u'\n', 0, 0).contains(said), qPrintable(people.err));
        const Ended machine = run(arguments + QStringList {u"--json"_s});
        QTEST(machine.status, "status");
        QVERIFY(!machine.objects.isEmpty());
        const QJsonObject last = machine.objects.last();
        QCOMPARE(last[u"type"_s].toString(), u"runFinished"_s);
        QCOMPARE(last[u"outcome"_s].toString(), u"refused"_s);
        QCOMPARE(last[u"error"_s][u"kind"_s].toString(), kind);
        QCOMPARE(last[u"verdict"_s][u"word"_s].toString(), u"notMeasured"_s);
        for (const QJsonObject& event : machine.objects)
            for (const QString& field : {u"seq"_s, u"at"_s, u"run"_s, u"type"_s})
                QVERIFY2(event.contains(field), qPrintable(field));
    }

    void aPlanThatCannotBeMadeIsAnError()
    {
        write(u"t.json"_s, target());
        const Ended machine
            = run({u"plan"_s, u"--target"_s, u"t.json"_s, u"--image"_s, u"hash_1"_s, u"--json"_s});
        QCOMPARE(machine.status, 5);
        QCOMPARE(machine.objects.size(), 1);
        QCOMPARE(machine.objects.first()[u"type"_s].toString(), u"error"_s);
        QCOMPARE(machine.objects.first()[u"kind"_s].toString(), u"hostUnreachable"_s);
    }

    void targetsComeAndGo()
    {
        write(u"t.json"_s, target());
        QCOMPARE(run({u"target"_s, u"import"_s, u"t.json"_s}).status, 0);
        const Ended again = run({u"target"_s, u"import"_s, u"t.json"_s});
        QCOMPARE(again.status, 5); // nobody is there to be asked
        QVERIFY2(again.err.contains(u"--replace"_s), qPrintable(again.err));
        QCOMPARE(run({u"target"_s, u"import"_s, u"t.json"_s, u"--replace"_s}).status, 0);

        const Ended listed = run({u"target"_s, u"list"_s, u"--json"_s});
        QCOMPARE(listed.objects.size(), 1);
        QCOMPARE(listed.objects.first()[u"name"_s].toString(), u"chat"_s);
        QVERIFY(run({u"target"_s, u"show"_s, u"chat"_s}).out.contains(u"chat_B"_s));

        const Ended written = run({u"target"_s, u"export"_s, u"chat"_s});
        write(u"u.json"_s, written.out);
        QCOMPARE(run({u"target"_s, u"import"_s, u"u.json"_s, u"--replace"_s}).status, 0);
        QCOMPARE(run({u"target"_s, u"export"_s, u"chat"_s}).out, written.out);

        QCOMPARE(run({u"target"_s, u"remove"_s, u"chat"_s}).status, 5);
        QCOMPARE(run({u"target"_s, u"remove"_s, u"chat"_s, u"--yes"_s}).status, 0);
        QCOMPARE(run({u"target"_s, u"show"_s, u"chat"_s}).status, 2);
    }

    void theDoctorRefusesWhatCannotBeReached()
    {
        write(u"t.json"_s, target());
        const Ended machine = run({u"doctor"_s, u"--target"_s, u"t.json"_s, u"--json"_s});
        QCOMPARE(machine.status, 5);
        QVERIFY(machine.objects.size() > 10);
        for (const QJsonObject& check : machine.objects)
            QCOMPARE(check[u"type"_s].toString(), u"check"_s);
        QCOMPARE(machine.objects.first()[u"id"_s].toString(), u"ssh"_s);
        QCOMPARE(machine.objects.first()[u"state"_s].toString(), u"refuse"_s);
        QVERIFY(!machine.objects.first()[u"remedy"_s].toString().isEmpty());
        const Ended people = run({u"doctor"_s, u"--target"_s, u"t.json"_s});
        QCOMPARE(people.status, 5);
        QCOMPARE(people.out.count(u"SSH login"_s), 2); // itself, and why the others were not made
    }

    void speaksChinese()
    {
        const Ended ended = run({u"status"_s, u"--target"_s, u"nope.json"_s, u"--lang=zh_TW"_s});
        QCOMPARE(ended.status, 2);
        QVERIFY2(ended.err.startsWith(u"錯誤：無法讀取檔案「nope.json」。\n請確認"_s),
            qPrintable(ended.err));
    }

    void followsTheSystemsLanguage()
    {
        m_environment = {{u"LC_ALL"_s, u"C"_s}, {u"LANGUAGE"_s, u"zh_TW"_s}};
        const Ended chinese = run({u"help"_s});
        m_environment = {{u"LC_ALL"_s, u"C"_s}};
        const Ended english = run({u"help"_s});
        m_environment.clear();
        QVERIFY(english.out.contains(u"Usage: gaplessctl"_s));
        QCOMPARE(english.err, QString()); // no remark about the locale
        QVERIFY(chinese.status == 0 && english.status == 0);
    }

    void anEmptyHistoryIsNoError()
    {
        const Ended people = run({u"history"_s, u"--data-dir"_s, u"empty"_s});
        QCOMPARE(people.status, 0);
        QCOMPARE(people.out, u"No run yet.\n"_s);
        const Ended machine = run({u"history"_s, u"--data-dir"_s, u"empty"_s, u"--json"_s});
        QCOMPARE(machine.status, 0);
        QCOMPARE(machine.out, QString());
    }

    void theManualPageIsUpToDate()
    {
        QFile page(QStringLiteral(GAPLESS_SOURCE_DIR "/packaging/man/gaplessctl.1"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const Ended made = run({u"help"_s, u"--man"_s});
        QVERIFY2(QString::fromUtf8(page.readAll()) == made.out,
            "run: gaplessctl --lang en help --man > packaging/man/gaplessctl.1");
    }

    void versionAndHelpGoToStandardOutput()
    {
        for (const QString& argument : {u"--version"_s, u"--help"_s, u"help"_s}) {
            const Ended ended = run({argument});
            QCOMPARE(ended.status, 0);
            QVERIFY(ended.out.contains(u"gaplessctl"_s));
            QCOMPARE(ended.err, QString());
        }
    }

private:
    void write(const QString& name, const QString& content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content.toUtf8());
    }

    Ended run(const QStringList& arguments)
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"GAPLESS_DATA_DIR"_s, m_folder.filePath(u"data"_s));
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        environment.remove(u"LANGUAGE"_s);
        for (auto variable = m_environment.begin(); variable != m_environment.end(); ++variable)
            environment.insert(variable.key(), variable.value());
        process.setProcessEnvironment(environment);
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(GAPLESSCTL), arguments);
        Ended ended;
        if (!process.waitForFinished(30'000))
            return ended;
        ended.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
        ended.out = QString::fromUtf8(process.readAllStandardOutput());
        ended.err = QString::fromUtf8(process.readAllStandardError());
        for (const QString& line : ended.out.split(u'\n', Qt::SkipEmptyParts))
            ended.objects << QJsonDocument::fromJson(line.toUtf8()).object();
        return ended;
    }

    QTemporaryDir m_folder;
    QMap<QString, QString> m_environment;
};

QTEST_GUILESS_MAIN(TestGaplessctl)
#include "tst_gaplessctl.moc"
