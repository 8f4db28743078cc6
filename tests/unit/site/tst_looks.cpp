// SPDX-License-Identifier: MIT
#include "engine/site/fanout.h"
#include "engine/site/gatewaylook.h"
#include "tests/support/fakehost/localhost.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

Command command(const QByteArray& script)
{
    Command c;
    c.script = script;
    c.shown = u"look"_s;
    return c;
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// The looking scripts, really run in a sh here.
class TestLooks : public QObject {
    Q_OBJECT

private:
    GatewayLook look(LocalHost& host, const Target& target)
    {
        const CommandResult result
            = host.run(command(ScriptReport::functions()
                           + gatewayLookScript(target, host.home() + u"/system state"_s)),
                {});
        if (!result.ok())
            qWarning("%s", result.err.constData());
        return gatewayLookFrom(ScriptReport(result.out));
    }
    Target targetWith(const QString& file)
    {
        Target target;
        target.gateway.upstreamFile = file;
        return target;
    }

private Q_SLOTS:
    void reportsSurviveAnything()
    {
        LocalHost host(u"web"_s);
        const CommandResult result
            = host.run(command(ScriptReport::functions()
                           + "echo banner; echo '@ x'; say a 'one two'; say a 3\n"
                             "printf 'x\\000y\\n\\377' | say64in b; say64 c 'two\nlines'\n"
                             "told d sh -c 'echo out; echo err >&2; cat; exit 4'\n"
                             "echo no newline at the end | tr -d '\\n'"),
                {});
        const ScriptReport report(result.out);
        QCOMPARE(report.value("a"), "one two");
        QCOMPARE(report.values("a"), (QList<QByteArray> {"one two", "3"}));
        QCOMPARE(report.bytes("b"), QByteArray("x\0y\n\377", 5));
        QCOMPARE(report.text("c"), u"two\nlines"_s);
        QCOMPARE(report.number("d.rc"), 4);
        QCOMPARE(report.lines("d.text"), (QList<QByteArray> {"out", "err"}));
        QVERIFY(!report.has("e"));
        QCOMPARE(report.number("e.rc", -1), -1);
    }

    void readsTheFileByteForByte()
    {
        LocalHost host(u"web"_s);
        const QByteArray bytes("# \xe9 \0\r\nupstream a { server b; }", 31);
        const QString folder = host.home() + u"/it's a folder"_s;
        QDir().mkpath(folder);
        write(folder + u"/real.conf"_s, bytes);
        QFile::link(folder + u"/real.conf"_s, folder + u"/-link $(reboot).conf"_s);
        const GatewayLook found = look(host, targetWith(folder + u"/-link $(reboot).conf"_s));
        QCOMPARE(found.unreadable, QString());
        QCOMPARE(found.bytes, bytes);
        QCOMPARE(found.realPath, QFileInfo(folder + u"/real.conf"_s).canonicalFilePath());
        QVERIFY(!found.pinned);
    }

    void saysWhyAFileCannotBeRead()
    {
        LocalHost host(u"web"_s);
        QCOMPARE(look(host, targetWith(host.home() + u"/none"_s)).unreadable, u"missing"_s);
        QCOMPARE(look(host, targetWith(host.home())).unreadable, u"notFile"_s);
        host.stub(u"ls"_s, "echo \"ls: cannot access 'x': Permission denied\" >&2; exit 2\n");
        QCOMPARE(look(host, targetWith(host.home())).unreadable, u"permission"_s);
    }

    void knowsItsTools()
    {
        LocalHost host(u"web"_s);
        host.onlyPrograms({u"id"_s, u"base64"_s, u"tr"_s, u"ls"_s, u"mkdir"_s});
        host.stub(u"ss"_s, "");
        const GatewayLook found = look(host, targetWith(u"/none"_s));
        QCOMPARE(found.tools, (QSet<QString> {u"ss"_s, u"base64"_s}));
    }

    void knowsWhetherItIsRoot()
    {
        LocalHost host(u"web"_s);
        host.stub(u"id"_s, "echo 1000\n");
        QVERIFY(!look(host, targetWith(u"/none"_s)).root);
        host.stub(u"id"_s, "echo 0\n");
        QVERIFY(look(host, targetWith(u"/none"_s)).root);
    }

    void createsTheStateFolder()
    {
        LocalHost host(u"web"_s);
        Target target = targetWith(u"/none"_s);
        const GatewayLook system = look(host, target);
        QCOMPARE(system.stateDir, host.home() + u"/system state"_s);
        QVERIFY(system.stateDirShared);
        QCOMPARE(QFileInfo(system.stateDir).permissions() & 0x0077, QFile::Permissions());

        target.gateway.stateDir = u"~/own/state"_s;
        QCOMPARE(look(host, target).stateDir, host.home() + u"/own/state"_s);
        QVERIFY(QFileInfo(host.home() + u"/own/state"_s).isDir());
    }

    void fallsBackToTheUsersStateFolder()
    {
        LocalHost host(u"web"_s);
        write(host.home() + u"/system state"_s, "in the way");
        const GatewayLook found = look(host, targetWith(u"/none"_s));
        QCOMPARE(found.stateDir, host.home() + u"/.local/state/gapless"_s);
        QVERIFY(!found.stateDirShared);
        host.setEnvironment(u"XDG_STATE_HOME"_s, host.home() + u"/xdg"_s);
        QCOMPARE(look(host, targetWith(u"/none"_s)).stateDir, host.home() + u"/xdg/gapless"_s);
    }

    void hasNoStateFolderWhereNoneCanBe()
    {
        LocalHost host(u"web"_s);
        write(host.home() + u"/file"_s, {});
        Target target = targetWith(u"/none"_s);
        target.gateway.stateDir = host.home() + u"/file/state"_s;
        QCOMPARE(look(host, target).stateDir, QString());
    }

    void asksHostsAtOnce()
    {
        FakeHosts hosts;
        FakeHost& a = hosts.add(std::make_unique<FakeHost>(u"a"_s));
        hosts.add(std::make_unique<FakeHost>(u"b"_s)).breakWith(Error(ErrorKind::HostUnreachable));
        // Each answers only once the other has been asked.
        FakeHost& c = hosts.add(std::make_unique<FakeHost>(u"c"_s));
        std::atomic_int asked = 0;
        const auto together = [&](const RanCommand&, std::stop_token) {
            ++asked;
            asked.notify_all();
            for (int seen = asked; seen < 2; seen = asked)
                asked.wait(seen);
            return CommandResult {};
        };
        a.on(u"look"_s, together);
        c.on(u"look"_s, together);
        const QList<HostOutcome> outcomes = runAtOnce(
            hosts, {{u"a"_s, command({})}, {u"b"_s, command({})}, {u"c"_s, command({})}}, {});
        QCOMPARE(std::get<CommandResult>(outcomes[0]).host, u"a"_s);
        QCOMPARE(std::get<Error>(outcomes[1]).host, u"b"_s);
        QCOMPARE(std::get<CommandResult>(outcomes[2]).host, u"c"_s);
    }

    void stopsAtOnce()
    {
        FakeHosts hosts;
        hosts.add(std::make_unique<FakeHost>(u"a"_s)).on(u"look"_s, "");
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            runAtOnce(hosts, {{u"a"_s, command({})}}, stop.get_token()), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestLooks)
#include "tst_looks.moc"
