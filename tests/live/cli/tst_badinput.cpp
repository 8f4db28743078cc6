// SPDX-License-Identifier: MIT
// Bad input, given to gaplessctl on the real stack: one sentence with what to do, the right exit
// status, runFinished as the last line under --json, and nothing changed on any host.
#include "engine/model/targetjson.h"
#include "tests/support/demostack/demostack.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

struct Ended {
    int status = -1;
    QString err;
    QList<QJsonObject> objects; ///< of standard output, one a line
};

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

/// Every entry below `folder`, with the bytes of files.
QString contentOf(const QString& folder)
{
    QStringList found;
    QDirIterator entries(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        entries.next();
        found.append(entries.filePath()
            + (entries.fileInfo().isFile()
                    ? u" "_s + QString::fromLatin1(bytesOf(entries.filePath()).toBase64())
                    : QString()));
    }
    found.sort();
    return found.join(u'\n');
}

/// The lines that only one of them has.
QString difference(const QString& before, const QString& after)
{
    const QStringList was = before.split(u'\n'), is = after.split(u'\n');
    QStringList found;
    for (const QString& line : was)
        if (!is.contains(line))
            found.append(u"gone: "_s + line);
    for (const QString& line : is)
        if (!was.contains(line))
            found.append(u"new: "_s + line);
    return found.join(u'\n');
}

int freePort()
{
    QTcpServer server; // nobody's once it is closed
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace

/// One thing that is wrong: with the target, or with the site until `mend`.
struct Wrong {
    QString stackTarget = u"target"_s;
    QString image = u"v2"_s; ///< a name of images.json, or a tag that is none
    std::function<void(Target&)> inTarget = {};
    std::function<void(DemoStack&, const Target&)> onSite = {};
    std::function<void(DemoStack&, const Target&)> mend = {};
    int status = 5;
    QString kind; ///< of the error, or of the check that refused: `ports container`
    QStringList said; ///< words of the one sentence
};
Q_DECLARE_METATYPE(Wrong)

class TestBadInput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_stack.emplace(QStringLiteral(GAPLESS_TEST_STACK));
        m_stack->reset();
    }
    void cleanupTestCase()
    {
        if (m_stack)
            m_stack->reset();
    }

    void aDeploymentIsRefused_data();
    void aDeploymentIsRefused()
    {
        QFETCH(Wrong, wrong);
        const Target good = m_stack->target(wrong.stackTarget);
        if (wrong.onSite)
            wrong.onSite(*m_stack, good);
        Target target = good;
        if (wrong.inTarget)
            wrong.inTarget(target);
        write(targetToJson(target));
        const QStringList deploy
            = {u"deploy"_s, u"--target"_s, m_folder.filePath(u"t.json"_s), u"--image"_s,
                wrong.image.startsWith(u"hash_"_s) ? wrong.image : m_stack->tag(wrong.image),
                u"--yes"_s};
        const QString before = traces(good);
        const Ended people = run(deploy);
        const Ended machine = run(deploy + QStringList {u"--json"_s});
        const QString after = traces(good);
        if (wrong.mend)
            wrong.mend(*m_stack, good);

        QCOMPARE(difference(before, after), QString());
        expectRefusal(people, machine, wrong);
    }

    void aBrokenTargetFile_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<Wrong>("wrong");
        const QByteArray whole = targetToJson(m_stack->target());
        QTest::newRow("cut off") << whole.left(whole.size()
            / 2) << Wrong {.status = 2, .kind = u"jsonBroken"_s, .said = {u"t.json"_s}};
        QTest::newRow("a field too many")
            << QByteArray(whole).replace("\"schema\"", "\"shcema\": 2, \"schema\"")
            << Wrong {.status = 2, .kind = u"fieldUnknown"_s, .said = {u"shcema"_s}};
        QTest::newRow("two slots with one server")
            << QByteArray(whole).replace("8091\"", "8090\"").replace(":8091:", ":8095:")
            << Wrong {.status = 2, .kind = u"fieldRepeated"_s, .said = {u"slots[1].server"_s}};
        QTest::newRow("a secret") << QByteArray(whole).replace(
            "\"privateKeyFile\"", "\"password\": \"hunter2\", \"privateKeyFile\"")
                                  << Wrong {.status = 2,
                                         .kind = u"fieldSecret"_s,
                                         .said = {u"hosts.web.auth.password"_s}};
    }
    void aBrokenTargetFile()
    {
        QFETCH(QByteArray, file);
        QFETCH(Wrong, wrong);
        QVERIFY(file != targetToJson(m_stack->target()));
        write(file);
        const QStringList deploy = {u"deploy"_s, u"--target"_s, m_folder.filePath(u"t.json"_s),
            u"--image"_s, m_stack->tag(u"v2"_s), u"--yes"_s};
        const QString before = traces(m_stack->target());
        const Ended people = run(deploy);
        const Ended machine = run(deploy + QStringList {u"--json"_s});
        QCOMPARE(difference(before, traces(m_stack->target())), QString());
        QVERIFY(!people.err.contains(u"hunter2"_s));
        expectRefusal(people, machine, wrong);
    }

private:
    void expectRefusal(const Ended& people, const Ended& machine, const Wrong& wrong)
    {
        QCOMPARE(people.status, wrong.status);
        QCOMPARE(machine.status, wrong.status);
        QVERIFY2(people.err.contains(u"Error: "_s), qPrintable(people.err));
        const QString message = people.err.mid(people.err.indexOf(u"Error: "_s));
        qInfo().noquote() << message;
        for (const QString& words : wrong.said)
            QVERIFY2(message.contains(words), qPrintable(words));
        // The sentence, and what to do.
        QVERIFY2(message.split(u'\n', Qt::SkipEmptyParts).size() >= 2, qPrintable(message));
        QVERIFY(!machine.objects.isEmpty());
        const QJsonObject last = machine.objects.last();
        QCOMPARE(last[u"type"_s].toString(), u"runFinished"_s);
        QCOMPARE(last[u"outcome"_s].toString(), u"refused"_s);
        const QJsonObject error = last[u"error"_s].toObject();
        QStringList kinds = {error[u"kind"_s].toString()};
        for (const QJsonValue& check : error[u"facts"_s][u"checks"_s].toArray())
            kinds.append(
                check[u"id"_s].toString() + u' ' + check[u"facts"_s][u"what"_s].toString());
        QVERIFY2(kinds.contains(wrong.kind), QJsonDocument(error).toJson().constData());
    }

    /// All that a refusal must leave alone, on both machines.
    QString traces(const Target& target) const
    {
        QString found;
        for (const char* machine : {"web", "second"}) {
            const QString name = QString::fromLatin1(machine);
            found += m_stack->docker(name,
                {u"ps"_s, u"-a"_s, u"--no-trunc"_s, u"--format"_s,
                    u"{{.ID}} {{.Names}} {{.State}}"_s});
            found += m_stack->docker(name,
                {u"images"_s, u"--no-trunc"_s, u"--format"_s,
                    u"{{.ID}} {{.Repository}}:{{.Tag}}"_s});
        }
        return found + contentOf(QFileInfo(target.gateway.upstreamFile).path())
            + contentOf(target.gateway.stateDir);
    }

    void write(const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(u"t.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }

    Ended run(const QStringList& arguments) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"GAPLESS_DATA_DIR"_s, m_folder.filePath(u"data"_s));
        environment.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        environment.remove(u"LANGUAGE"_s);
        process.setProcessEnvironment(environment);
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(QStringLiteral(GAPLESSCTL), arguments);
        Ended ended;
        if (!process.waitForFinished(120'000))
            return ended;
        ended.status = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2;
        ended.err = QString::fromUtf8(process.readAllStandardError());
        for (const QByteArray& line : process.readAllStandardOutput().split('\n'))
            if (!line.isEmpty())
                ended.objects << QJsonDocument::fromJson(line).object();
        return ended;
    }

    std::optional<DemoStack> m_stack;
    QTemporaryDir m_folder;
};

namespace {

using OnSite = std::function<void(DemoStack&, const Target&)>;

/// The upstream file with its last slot's server line changed, and back.
OnSite lastServerLine(const std::function<QByteArray(const QByteArray& line)>& change, bool back)
{
    return [change, back](DemoStack&, const Target& target) {
        const QByteArray line = "server " + target.slots.last().server.toUtf8();
        QByteArray bytes = bytesOf(target.gateway.upstreamFile);
        back ? bytes.replace(change(line), line) : bytes.replace(line, change(line));
        QFile file(target.gateway.upstreamFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
}

Wrong wrongServerLine(
    const std::function<QByteArray(const QByteArray& line)>& change, const QString& kind)
{
    return {.onSite = lastServerLine(change, false),
        .mend = lastServerLine(change, true),
        .kind = kind,
        .said = {u"127.0.0.1:"_s}};
}

QString ownLabel(DemoStack& stack, const Target& target)
{
    return u"gapless.demo="_s
        + stack
              .docker(u"web"_s,
                  {u"inspect"_s, u"--format"_s, u"{{index .Config.Labels \"gapless.demo\"}}"_s,
                      target.slots.last().container})
              .trimmed();
}

/// Slot A's port is somebody's: its own container is stopped, and another one has it.
void takePort(DemoStack& stack, const Target& target)
{
    stack.docker(u"web"_s, {u"stop"_s, u"-t"_s, u"0"_s, target.slots.first().container});
    stack.docker(u"web"_s,
        {u"run"_s, u"-d"_s, u"--name"_s, u"somebody"_s, u"--label"_s, ownLabel(stack, target),
            u"-p"_s, target.slots.first().server + u":8080"_s, stack.image(u"v1"_s)});
}

void givePortBack(DemoStack& stack, const Target& target)
{
    stack.docker(u"web"_s, {u"rm"_s, u"-f"_s, u"somebody"_s});
    stack.docker(u"web"_s, {u"start"_s, target.slots.first().container});
}

void makeForeignContainer(DemoStack& stack, const Target& target)
{
    QTemporaryFile nothing; // an empty tar
    QVERIFY(nothing.open());
    nothing.write(QByteArray(10240, '\0'));
    nothing.flush();
    stack.docker(u"web"_s, {u"import"_s, nothing.fileName(), u"somebody:1"_s});
    stack.docker(u"web"_s,
        {u"create"_s, u"--name"_s, u"somebodys"_s, u"--label"_s, ownLabel(stack, target),
            u"somebody:1"_s, u"true"_s});
}

void removeForeignContainer(DemoStack& stack, const Target&)
{
    stack.docker(u"web"_s, {u"rm"_s, u"somebodys"_s});
    stack.docker(u"web"_s, {u"rmi"_s, u"somebody:1"_s});
}

} // namespace

void TestBadInput::aDeploymentIsRefused_data()
{
    QTest::addColumn<Wrong>("wrong");
    QTest::newRow("unknown tag") << Wrong {
        .image = u"hash_none"_s, .kind = u"tagUnknown"_s, .said = {u"hash_none"_s}};
    QTest::newRow("unreachable host")
        << Wrong {.inTarget = [](Target& target) { target.hosts[0].port = freePort(); },
               .kind = u"hostUnreachable"_s,
               .said = {u"127.0.0.1"_s}};
    QTest::newRow("refused login")
        << Wrong {.inTarget = [](Target& target) { target.hosts[0].user = u"nobody-here"_s; },
               .kind = u"authenticationRefused"_s,
               .said = {u"nobody-here"_s}};
    QTest::newRow("another host key") << Wrong {.inTarget
        = [](Target& target) { target.hosts[0].hostKey = u"SHA256:"_s + QString(43, u'A'); },
        .kind = u"hostKeyChanged"_s,
        .said = {u"SHA256:AAAA"_s}};
    QTest::newRow("no docker") << Wrong {
        .inTarget = [](Target& target) { target.hosts[0].docker = u"no-such-docker"_s; },
        .kind = u"dockerMissing"_s,
        .said = {u"no-such-docker"_s}};
    QTest::newRow("no docker daemon") << Wrong {
        .inTarget = [](Target& target) { target.hosts[0].docker = u"docker -H unix:///no.sock"_s; },
        .kind = u"dockerUnusable"_s,
        .said = {u"web"_s}};
    QTest::newRow("unknown upstream")
        << Wrong {.inTarget = [](Target& target) { target.gateway.upstream = u"nowhere"_s; },
               .kind = u"upstreamMissing"_s,
               .said = {u"nowhere"_s}};
    QTest::newRow("no upstream file")
        << Wrong {.inTarget = [](Target& target) { target.gateway.upstreamFile += u".none"_s; },
               .kind = u"upstreamFileUnreadable"_s,
               .said = {u".none"_s}};
    QTest::newRow("a server line that is not there")
        << wrongServerLine([](const QByteArray& line) { return "#" + line; }, u"serverMissing"_s);
    QTest::newRow("a server line that is there twice") << wrongServerLine(
        [](const QByteArray& line) { return line + ";\n    " + line; }, u"serverTwice"_s);
    QTest::newRow("an image that one of two hosts lacks")
        << Wrong {.stackTarget = u"target-two-hosts"_s,
               .image = u"crash"_s,
               .kind = u"tagUnknown"_s,
               .said = {u"second"_s}};
    QTest::newRow("a port that somebody else's container has") << Wrong {.onSite = takePort,
        .mend = givePortBack,
        .kind = u"ports container"_s,
        .said = {u"somebody"_s}};
    QTest::newRow("a container name that belongs to something else")
        << Wrong {.inTarget = [](Target& target) { target.slots[0].container = u"somebodys"_s; },
               .onSite = makeForeignContainer,
               .mend = removeForeignContainer,
               .kind = u"containers foreign"_s,
               .said = {u"somebodys"_s, u"somebody:1"_s}};
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
