// SPDX-License-Identifier: MIT
#include "engine/site/doctor.h"
#include "engine/site/observed.h"
#include "tests/support/demostack/demostack.h"

#include <QFile>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

/// observeSite and the doctor on the demo stack, as it is and with something wrong.
class TestDoctorLive : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<DemoStack> m_stack;
    Target m_target;
    QByteArray m_upstream;

    QList<Check> checks(const Target& target, const QString& tag = {}, bool deep = true)
    {
        const auto hosts = m_stack->hosts(target);
        DoctorOptions options;
        options.tag = tag;
        options.deep = deep;
        return runDoctor(target, *hosts, options, {});
    }
    /// The checks that are `state`, `id what`, what being `what` or the error's kind.
    static QStringList those(const QList<Check>& checks, Check::State state)
    {
        QStringList found;
        for (const Check& check : checks)
            if (check.state == state)
                found << check.id + u' '
                        + check.facts[u"what"_s].toString(check.facts[u"kind"_s].toString());
        return found;
    }
    QStringList refusals(const Target& target, const QString& tag = {})
    {
        return those(checks(target, tag, false), Check::State::Refuse);
    }
    static Check named(const QList<Check>& checks, const QString& id)
    {
        for (const Check& check : checks)
            if (check.id == id)
                return check;
        return {};
    }
    QByteArray readUpstream() const
    {
        QFile file(m_target.gateway.upstreamFile);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void writeUpstream(const QByteArray& bytes) const
    {
        QFile file(m_target.gateway.upstreamFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QString server(int slot) const { return m_target.slots[slot].server; }
    /// Docker's and nginx's state, to see that nothing was changed.
    QString traces()
    {
        return m_stack->docker(u"web"_s,
                   {u"ps"_s, u"-a"_s, u"--no-trunc"_s, u"--format"_s,
                       u"{{.ID}} {{.Names}} {{.State}}"_s})
            + QString::fromUtf8(readUpstream());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_stack = std::make_unique<DemoStack>(QStringLiteral(GAPLESS_TEST_STACK));
        // The second machine may have an older one from before.
        m_stack->run({u"load"_s, m_stack->image(u"v1"_s)});
        m_stack->reset();
    }

    void init()
    {
        m_target = m_stack->target();
        m_upstream = readUpstream();
    }

    void cleanup() { writeUpstream(m_upstream); }

    void observes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("one host") << u"target"_s;
        QTest::newRow("two hosts") << u"target-two-hosts"_s;
    }
    void observes()
    {
        QFETCH(QString, name);
        const Target target = m_stack->target(name);
        const auto hosts = m_stack->hosts(target);
        const ObservedSite site = observeSite(target, *hosts, {});
        QCOMPARE(site.slots.size(), 2);
        for (const ObservedSlot& slot : site.slots) {
            QVERIFY(slot.container && slot.container->steady());
            QCOMPARE(slot.tag, m_stack->tag(u"v1"_s));
            QCOMPARE(slot.routing, ObservedSlot::Routing::Up);
        }
        QVERIFY(site.gateway.bytes.contains("upstream "));
        QCOMPARE(site.gateway.stateDir, target.gateway.stateDir);
        for (const QString& host : target.slotHosts())
            QVERIFY(!site.images[host].isEmpty());
    }

    void findsNothingWrong_data() { observes_data(); }
    void findsNothingWrong()
    {
        QFETCH(QString, name);
        const QString before = traces();
        QSet<QString> ids;
        for (const Check& check : checks(m_stack->target(name), m_stack->tag(u"v1"_s))) {
            ids << check.id;
            const bool isExpected
                = check.id == "maxFails"_L1 || check.id == "workerShutdownTimeout"_L1;
            QVERIFY2(check.state == Check::State::Ok || isExpected,
                QJsonDocument(toJson(check)).toJson().constData());
        }
        QCOMPARE(ids.size(), 25);
        QCOMPARE(traces(), before);
    }

    void findsThatClientsHaveNoAffinity()
    {
        m_stack->reset({{u"GAPLESS_DEMO_AFFINITY"_s, u"none"_s}});
        const Check affinity = named(checks(m_target), u"affinity"_s);
        const Check other = named(checks(m_target), u"session"_s);
        m_stack->reset();
        QCOMPARE(affinity.state, Check::State::Warn);
        QCOMPARE(affinity.facts[u"attempts"_s].toInt(), 20);
        QVERIFY(affinity.facts[u"notFound"_s].toInt() >= 3);
        QCOMPARE(affinity.facts[u"remedyText"_s].toString(), u"ip_hash;"_s);
        QCOMPARE(affinity.facts[u"line"_s].toInt(), 1);
        QCOMPARE(other.state, Check::State::Ok);
    }

    void refusesAnImageThatOneHostLacks()
    {
        const Target two = m_stack->target(u"target-two-hosts"_s);
        const QList<Check> found = checks(two, m_stack->tag(u"crash"_s), false);
        QCOMPARE(those(found, Check::State::Refuse), QStringList {u"image missing"_s});
        const std::optional<Error> error = refusalOf(found);
        QCOMPARE(error->kind, ErrorKind::ImageMissing);
        QCOMPARE(error->host, u"second"_s);
        QCOMPARE(refusals(m_target, u"hash_none"_s), QStringList {u"image missing"_s});
    }

    void refusesWhatIsNotInTheUpstreamFile_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no upstream") << u"upstream"_s << u"upstreamMissing"_s;
        QTest::newRow("no server") << u"server"_s << u"serverMissing"_s;
        QTest::newRow("server twice") << u"twice"_s << u"serverTwice"_s;
        QTest::newRow("no file") << u"file"_s << u"upstreamFileUnreadable"_s;
    }
    void refusesWhatIsNotInTheUpstreamFile()
    {
        QFETCH(QString, what);
        QFETCH(QString, expected);
        if (what == "upstream"_L1)
            m_target.gateway.upstream = u"nowhere"_s;
        if (what == "file"_L1)
            m_target.gateway.upstreamFile += u".none"_s;
        const QByteArray line = "    server " + server(1).toUtf8();
        if (what == "server"_L1)
            writeUpstream(QByteArray(m_upstream).replace(line, "#" + line));
        if (what == "twice"_L1)
            writeUpstream(QByteArray(m_upstream).replace(line, line + ";\n" + line));
        const QStringList found = refusals(m_target);
        m_target.gateway.upstreamFile = m_stack->target().gateway.upstreamFile;
        QCOMPARE(found, QStringList {u"upstream "_s + expected});
    }

    void refusesABrokenConfiguration()
    {
        writeUpstream(m_upstream + "\nnonsense;\n");
        const QList<Check> found = checks(m_target, {}, false);
        QCOMPARE(those(found, Check::State::Refuse), QStringList {u"nginxTest failed"_s});
        QVERIFY(refusalOf(found)->detail.contains(u"nonsense"_s));
    }

    void refusesAMissingDocker()
    {
        m_target.hosts[0].docker = u"no-such-docker"_s;
        QCOMPARE(refusals(m_target), QStringList {u"docker missing"_s});
        m_target.hosts[0].docker = u"docker -H unix:///nowhere.sock"_s;
        QCOMPARE(refusals(m_target), QStringList {u"docker daemon"_s});
    }

    void refusesAPortThatIsTaken()
    {
        const QString port = server(0).section(u':', -1);
        m_stack->docker(u"web"_s, {u"stop"_s, u"-t"_s, u"0"_s, m_target.slots[0].container});
        m_stack->docker(u"web"_s,
            {u"run"_s, u"-d"_s, u"--name"_s, u"somebody"_s, u"--label"_s,
                u"gapless.demo="_s
                    + m_stack
                          ->docker(u"web"_s,
                              {u"inspect"_s, u"--format"_s,
                                  u"{{index .Config.Labels \"gapless.demo\"}}"_s,
                                  m_target.slots[1].container})
                          .trimmed(),
                u"-p"_s, u"127.0.0.1:"_s + port + u":8080"_s, m_stack->image(u"v1"_s)});
        const QList<Check> container = checks(m_target, {}, false);
        m_stack->docker(u"web"_s, {u"rm"_s, u"-f"_s, u"somebody"_s});
        m_stack->docker(u"web"_s, {u"start"_s, m_target.slots[0].container});
        QCOMPARE(those(container, Check::State::Refuse), QStringList {u"ports container"_s});
        const std::optional<Error> error = refusalOf(container);
        QCOMPARE(error->kind, ErrorKind::PortTaken);
        QCOMPARE(error->facts[u"by"_s].toString(), u"somebody"_s);
        QCOMPARE(error->facts[u"port"_s].toInt(), port.toInt());
        QCOMPARE(error->facts[u"slot"_s].toString(), u"A"_s);
        m_stack->reset();
    }

    void refusesANameThatIsSomebodyElses()
    {
        const QString base = m_stack
                                 ->docker(u"web"_s, {u"images"_s, u"--format"_s, u"{{.Repository}}:{{.Tag}}"_s,
                                                        u"gapless-demo-base"_s})
                                 .section(u'\n', 0, 0);
        m_stack->docker(u"web"_s, {u"tag"_s, base, u"somebody:1"_s});
        m_stack->docker(
            u"web"_s, {u"create"_s, u"--name"_s, u"somebodys"_s, u"somebody:1"_s, u"true"_s});
        m_target.slots[0].container = u"somebodys"_s;
        const QList<Check> found = checks(m_target, {}, false);
        m_stack->docker(u"web"_s, {u"rm"_s, u"somebodys"_s});
        m_stack->docker(u"web"_s, {u"rmi"_s, u"somebody:1"_s});
        QVERIFY(those(found, Check::State::Refuse).contains(u"containers foreign"_s));
        const Check check = named(found, u"containers"_s);
        QCOMPARE(check.facts[u"image"_s].toString(), u"somebody:1"_s);
        QCOMPARE(check.facts[u"container"_s].toString(), u"somebodys"_s);
    }

    void refusesAnUnknownMountAndNetwork()
    {
        m_target.container.mounts << Mount {u"/nowhere/x.json"_s, u"/app/x.json"_s, true};
        m_target.container.network = u"nowhere"_s;
        QCOMPARE(refusals(m_target), (QStringList {u"networks missing"_s, u"mounts missing"_s}));
    }

    void refusesAHostThatIsAway()
    {
        QTcpServer silent; // a port that is nobody's once it is closed
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        m_target.hosts[0].port = silent.serverPort();
        silent.close();
        const QList<Check> found = checks(m_target);
        QCOMPARE(those(found, Check::State::Refuse), QStringList {u"ssh hostUnreachable"_s});
        for (const Check& check : found)
            QVERIFY(check.id == "ssh"_L1 || check.facts[u"skipped"_s] == "ssh"_L1);
    }

    void refusesAChangedHostKey()
    {
        m_target.hosts[0].hostKey = u"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s;
        QCOMPARE(refusals(m_target), QStringList {u"hostKey hostKeyChanged"_s});
    }

    void warnsOfASlotThatDoesNotAnswer()
    {
        m_stack->docker(u"web"_s, {u"pause"_s, m_target.slots[1].container});
        const QList<Check> found = checks(m_target);
        m_stack->docker(u"web"_s, {u"unpause"_s, m_target.slots[1].container});
        const QStringList warnings = those(found, Check::State::Warn);
        QVERIFY(warnings.contains(u"containers paused"_s));
        QVERIFY(warnings.contains(u"health noAnswer"_s));
    }

    void refusesWithoutNginx()
    {
        m_stack->run({u"stop"_s, u"nginx"_s});
        const QStringList found = refusals(m_target);
        m_stack->run({u"start"_s, u"nginx"_s});
        // Another stack's nginx may run on this machine: then the pid file tells.
        QVERIFY(found == QStringList {u"reload notRunning"_s}
            || found == QStringList {u"reload pidFile"_s});
    }
};

QTEST_GUILESS_MAIN(TestDoctorLive)
#include "tst_doctorlive.moc"
