// SPDX-License-Identifier: MIT
#include "engine/remote/script.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

static Command commandOf(const QByteArray& script, bool readsInput = false)
{
    Command command;
    command.script = script;
    command.keepInputOpen = readsInput;
    return command;
}

/// How scripts are brought to run, with the shells that run them.
class TestScript : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void request_data();
    void request();
    void requestIsPortable();
    void runs_data() { shells(); }
    void runs();
    void cutShortRunsNothing_data() { shells(); }
    void cutShortRunsNothing();
    void payload_data() { shells(); }
    void payload();

private:
    void shells();
};

void TestScript::shells()
{
    QTest::addColumn<QString>("shell");
    for (const QString& shell : {u"dash"_s, u"bash"_s, u"bash --posix"_s, u"busybox sh"_s})
        QTest::newRow(qPrintable(shell)) << shell;
}

void TestScript::request_data()
{
    QTest::addColumn<int>("sudo");
    QTest::addColumn<QByteArray>("request");
    QTest::newRow("none") << int(Sudo::None) << QByteArray("exec sh -s");
    QTest::newRow("passwordless") << int(Sudo::Passwordless)
                                  << QByteArray("exec sudo -n -- /bin/sh -s");
    QTest::newRow("password") << int(Sudo::Password)
                              << QByteArray("exec sudo -S -p gapless-password-abc: -- /bin/sh -c "
                                            "'echo gapless-ready-abc; exec /bin/sh -s'");
}

void TestScript::request()
{
    QFETCH(int, sudo);
    HostSpec host;
    host.sudo = Sudo(sudo);
    Command command = commandOf("secret-script");
    command.privilege = Privilege::Docker;
    const ScriptPlan plan = planScript(command, host, "abc");
    QTEST(plan.request, "request");
    QVERIFY(!plan.request.contains("secret-script"));
}

void TestScript::requestIsPortable()
{
    // Whatever shell the login has: these read the sudo request as sh does, here with `echo` for
    // sudo.
    HostSpec host;
    host.sudo = Sudo::Password;
    Command command = commandOf(":");
    command.privilege = Privilege::Gateway;
    QByteArray request = planScript(command, host, "abc").request;
    request.replace("exec sudo", "echo");
    const QByteArray expected = "-S -p gapless-password-abc: -- /bin/sh -c echo gapless-ready-abc; "
                                "exec /bin/sh -s\n";
    int tried = 0;
    for (const QString& shell : {u"sh"_s, u"bash"_s, u"tcsh"_s, u"fish"_s, u"zsh"_s, u"ksh"_s}) {
        if (QStandardPaths::findExecutable(shell).isEmpty())
            continue;
        QProcess process;
        process.start(shell, {u"-c"_s, QString::fromLatin1(request)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), expected);
        ++tried;
    }
    QVERIFY(tried >= 2);
}

static void start(QProcess& process, const QString& shell)
{
    const QStringList words = shell.split(u' ');
    process.start(words.first(), words.mid(1) + QStringList {u"-s"_s});
    QVERIFY(process.waitForStarted());
}

void TestScript::runs()
{
    QFETCH(QString, shell);
    if (QStandardPaths::findExecutable(shell.section(u' ', 0, 0)).isEmpty())
        QSKIP("not installed");
    const QByteArray script = "cat <<'E'\nit's a \"here\" $document\nE\ncat # no input\n"
                              "f() { echo \"f $1\"; }\nf 'a  b'; (exit 3)";
    const ScriptPlan plan = planScript(commandOf(script), HostSpec {}, "abc");
    QProcess process;
    start(process, shell);
    process.write(plan.text + "echo EVIL\n"); // what follows is never a script
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    QCOMPARE(
        process.readAllStandardOutput(), plan.marker + "\nit's a \"here\" $document\nf a  b\n");
    QCOMPARE(process.readAllStandardError(), plan.marker + '\n');
    QCOMPARE(process.exitCode(), 3);
}

void TestScript::cutShortRunsNothing()
{
    QFETCH(QString, shell);
    if (QStandardPaths::findExecutable(shell.section(u' ', 0, 0)).isEmpty())
        QSKIP("not installed");
    // A connection that is lost half-way through a long script.
    QByteArray script;
    for (int i = 0; i < 3000; ++i)
        script += "echo line " + QByteArray::number(i) + '\n';
    const ScriptPlan plan = planScript(commandOf(script), HostSpec {}, "abc");
    for (const double part : {0.01, 0.5, 0.999}) {
        QProcess process;
        start(process, shell);
        process.write(plan.text.left(qsizetype(double(plan.text.size()) * part)));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QVERIFY(!process.readAllStandardOutput().contains("line"));
    }
}

void TestScript::payload()
{
    QFETCH(QString, shell);
    if (QStandardPaths::findExecutable(shell.section(u' ', 0, 0)).isEmpty())
        QSKIP("not installed");
    const ScriptPlan plan
        = planScript(commandOf("read x; echo \"[$x]\"; wc -c", true), HostSpec {}, "abc");
    QProcess process;
    start(process, shell);
    process.write(plan.text);
    QByteArray out;
    while (!out.contains(plan.marker + '\n') && process.waitForReadyRead())
        out += process.readAllStandardOutput();
    process.write("first\n" + QByteArray(300'000, 'x'));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    out += process.readAllStandardOutput();
    QCOMPARE(out.simplified(), plan.marker + " [first] 300000");
    QCOMPARE(process.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestScript)
#include "tst_script.moc"
