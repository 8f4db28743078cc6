// SPDX-License-Identifier: MIT
#include "engine/remote/host.h"
#include "engine/remote/secrets.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

static CommandResult resultOf(std::optional<int> exit, const QByteArray& signal = {})
{
    CommandResult result;
    result.exit = exit;
    result.signal = signal;
    result.shown = u"docker ps"_s;
    result.host = u"web"_s;
    return result;
}

class TestCommandResult : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesThroughAtZero();
    void throwsOtherwise_data();
    void throwsOtherwise();
    void detailIsTheLastLines_data();
    void detailIsTheLastLines();
    void secretsHaveNames_data();
    void secretsHaveNames();
    void secretsMove();
};

void TestCommandResult::goesThroughAtZero()
{
    const CommandResult result = resultOf(0);
    QVERIFY(&result.orThrow() == &result);
}

void TestCommandResult::throwsOtherwise_data()
{
    QTest::addColumn<std::optional<int>>("exit");
    QTest::addColumn<QByteArray>("signal");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QJsonObject>("facts");
    const QJsonObject command {{u"command"_s, u"docker ps"_s}};
    QJsonObject exit = command, signal = command;
    exit[u"exit"_s] = 3;
    signal[u"signal"_s] = u"KILL"_s;
    QTest::newRow("exit") << std::optional(3) << QByteArray() << ErrorKind::CommandFailed << exit;
    QTest::newRow("signal") << std::optional<int>() << QByteArray("KILL")
                            << ErrorKind::CommandFailed << signal;
    QTest::newRow("unknown") << std::optional<int>() << QByteArray() << ErrorKind::CommandUnknown
                             << command;
}

void TestCommandResult::throwsOtherwise()
{
    QFETCH(std::optional<int>, exit);
    QFETCH(QByteArray, signal);
    QFETCH(ErrorKind, kind);
    QFETCH(QJsonObject, facts);
    try {
        resultOf(exit, signal).orThrow();
        QFAIL("it did not throw");
    } catch (const Error& error) {
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.facts, facts);
        QCOMPARE(error.host, u"web"_s);
    }
}

void TestCommandResult::detailIsTheLastLines_data()
{
    QTest::addColumn<QByteArray>("err");
    QTest::addColumn<QString>("detail");
    QByteArray many;
    for (int i = 1; i <= 30; ++i)
        many += QByteArray::number(i) + '\n';
    QTest::newRow("none") << QByteArray() << QString();
    QTest::newRow("one") << QByteArray("no such container\n\n") << u"no such container"_s;
    QTest::newRow("ten") << many << u"21\n22\n23\n24\n25\n26\n27\n28\n29\n30"_s;
    QTest::newRow("leading line end") << QByteArray("\na\n") << u"a"_s;
    QTest::newRow("not utf-8") << QByteArray("caf\xe9") << u"caf\ufffd"_s;
    QTest::newRow("long") << QByteArray(9000, 'x') << QString(4000, u'x');
}

void TestCommandResult::detailIsTheLastLines()
{
    QFETCH(QByteArray, err);
    CommandResult result = resultOf(1);
    result.err = err;
    try {
        result.orThrow();
        QFAIL("it did not throw");
    } catch (const Error& error) {
        QTEST(error.detail, "detail");
    }
}

void TestCommandResult::secretsHaveNames_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("name");
    using What = SecretRequest::What;
    QTest::newRow("password") << int(What::Password) << 22 << u"deploy@192.0.2.10"_s;
    QTest::newRow("port") << int(What::Password) << 2222 << u"deploy@192.0.2.10:2222"_s;
    QTest::newRow("sudo") << int(What::Sudo) << 22 << u"sudo:deploy@192.0.2.10"_s;
    QTest::newRow("key") << int(What::Passphrase) << 22 << u"key:~/.ssh/id_ed25519"_s;
    QTest::newRow("code") << int(What::Answer) << 22 << QString();
}

void TestCommandResult::secretsHaveNames()
{
    QFETCH(int, what);
    QFETCH(int, port);
    SecretRequest request;
    request.what = SecretRequest::What(what);
    request.user = u"deploy"_s;
    request.address = u"192.0.2.10"_s;
    request.port = port;
    request.file = u"~/.ssh/id_ed25519"_s;
    QTEST(request.name(), "name");
}

void TestCommandResult::secretsMove()
{
    QByteArray bytes("hunter2");
    Secret secret = Secret::takenFrom(bytes);
    QVERIFY(bytes.isEmpty());
    Secret moved = std::move(secret);
    QVERIFY(secret.isEmpty());
    QCOMPARE(QByteArray(secret.c_str()), QByteArray());
    QCOMPARE(moved.view().toByteArray(), QByteArray("hunter2"));
    secret = moved.copy();
    QCOMPARE(QByteArray(secret.c_str()), QByteArray("hunter2"));
    static_assert(!std::is_convertible_v<Secret, QString>);
    static_assert(!std::is_convertible_v<Secret, QByteArray>);
    static_assert(!std::is_copy_constructible_v<Secret>);
}

QTEST_GUILESS_MAIN(TestCommandResult)
#include "tst_commandresult.moc"
