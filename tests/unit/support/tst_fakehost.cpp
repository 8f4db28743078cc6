// SPDX-License-Identifier: MIT
#include "tests/support/fakehost/localhost.h"

#include <QTest>
#include <semaphore>
#include <thread>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

Command script(const QByteArray& text)
{
    Command command;
    command.script = text;
    command.shown = u"a script"_s;
    return command;
}

std::function<qsizetype(char*, qsizetype)> bytes(QByteArray data)
{
    return [data, at = qsizetype(0)](char* buffer, qsizetype size) mutable {
        const qsizetype count = std::min(size, data.size() - at);
        std::copy_n(data.constData() + at, count, buffer);
        at += count;
        return count;
    };
}

ErrorKind kindOf(const std::function<void()>& act)
{
    try {
        act();
    } catch (const Error& error) {
        return error.kind;
    }
    return ErrorKind::Usage;
}

} // namespace

class TestFakeHost : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void localRunsScripts()
    {
        LocalHost host(u"web"_s);
        const CommandResult result
            = host.run(script("echo one; echo two >&2; echo \"$LC_ALL\"; exit 3\n"), {});
        QCOMPARE(result.exit, std::optional(3));
        QCOMPARE(result.out, "one\nC\n");
        QCOMPARE(result.err, "two\n");
        QCOMPARE(result.host, u"web"_s);
        QCOMPARE(host.shown(), QStringList {u"a script"_s});
    }

    void localTellsSignalsApart()
    {
        LocalHost host(u"web"_s);
        const CommandResult result = host.run(script("kill -KILL $$\n"), {});
        QVERIFY(!result.exit);
        QCOMPARE(result.signal, "KILL");
    }

    void localStubsComeFirst()
    {
        LocalHost host(u"web"_s);
        host.stub(u"docker"_s, "echo stub \"$@\"\n");
        QCOMPARE(host.run(script("docker ps -a\n"), {}).out, "stub ps -a\n");
        host.onlyPrograms({u"cat"_s});
        QCOMPARE(host.run(script("command -v nginx || echo none; command -v cat >/dev/null && "
                                 "echo cat; docker x\n"),
                         {})
                     .out,
            "none\ncat\nstub x\n");
    }

    void localFeedsInput()
    {
        LocalHost host(u"web"_s);
        Command command = script("wc -c | tr -d ' '\n");
        command.input = bytes(QByteArray(300000, 'x'));
        QCOMPARE(host.run(command, {}).out, "300000\n");
        QCOMPARE(host.ran().constLast().input.size(), 300000);
    }

    void localReadsNothingUnlessFed()
    {
        LocalHost host(u"web"_s);
        QCOMPARE(host.run(script("cat\necho after\n"), {}).out, "after\n");
    }

    void localKeepsInputOpen()
    {
        LocalHost host(u"web"_s);
        std::binary_semaphore begun(0);
        Command command = script("echo begun; cat; echo ended\n");
        command.keepInputOpen = true;
        command.deadline = {};
        command.onLine = [&](OutputStream, const QByteArray& line) {
            QCOMPARE(line, "begun");
            begun.release();
        };
        const auto process = host.start(command);
        begun.acquire();
        QVERIFY(process->running());
        process->cancel();
        QVERIFY_EXCEPTION_THROWN(process->wait({}), Cancelled);
    }

    void localGivesLinesAsTheyCome()
    {
        LocalHost host(u"web"_s);
        QList<QByteArray> lines;
        Command command = script("printf 'a\\nb'; echo c >&2\n");
        command.discardOutput = true;
        command.onLine = [&](OutputStream stream, const QByteArray& line) {
            lines << (stream == OutputStream::Out ? "out " : "err ") + line;
        };
        const CommandResult result = host.run(command, {});
        std::sort(lines.begin(), lines.end());
        QCOMPARE(lines, (QList<QByteArray> {"err c", "out a", "out b"}));
        QVERIFY(result.out.isEmpty());
    }

    void localObeysDeadlineAndStop()
    {
        LocalHost host(u"web"_s);
        Command command = script("sleep 1000\n");
        command.deadline = std::chrono::milliseconds(50);
        QCOMPARE(kindOf([&] { host.run(command, {}); }), ErrorKind::CommandTimedOut);

        std::stop_source stop;
        std::binary_semaphore begun(0);
        Command slow = script("echo begun; sleep 1000\n");
        slow.onLine = [&](OutputStream, const QByteArray&) { begun.release(); };
        std::jthread canceller([&] {
            begun.acquire();
            stop.request_stop();
        });
        QVERIFY_EXCEPTION_THROWN(host.run(slow, stop.get_token()), Cancelled);
    }

    void localStartsProcesses()
    {
        LocalHost host(u"web"_s);
        const auto process = host.start(script("echo hi\n"));
        QCOMPARE(process->wait({}).out, "hi\n");
        QVERIFY(!process->running());
        host.start(script("sleep 1000\n")); // destroying it ends it
    }

    void localTunnelsAreItsPorts()
    {
        LocalHost host(u"web"_s);
        QCOMPARE(host.openTunnel(u"127.0.0.1:8090"_s, {})->localPort(), quint16(8090));
        QCOMPARE(kindOf([&] { host.openTunnel(u"192.0.2.1:80"_s, {}); }), ErrorKind::TunnelRefused);
        host.refuseTunnels();
        QCOMPARE(
            kindOf([&] { host.openTunnel(u"127.0.0.1:8090"_s, {}); }), ErrorKind::TunnelRefused);
    }

    void fakeAnswersByWhatIsShown()
    {
        FakeHost host(u"web"_s);
        host.on(u"docker"_s, "any");
        host.on(u"docker rm"_s, {}, 1, "no such container\n");
        host.on(u"docker rm"_s, "once", 0, {}, 1);
        Command command;
        command.shown = u"docker rm x"_s;
        command.changes = true;
        command.input = bytes("abc");
        QCOMPARE(host.run(command, {}).out, "once");
        QCOMPARE(host.run(command, {}).exit, std::optional(1));
        command.shown = u"docker ps"_s;
        QCOMPARE(host.run(command, {}).out, "any");
        QCOMPARE(host.shown(), (QStringList {u"docker rm x"_s, u"docker rm x"_s, u"docker ps"_s}));
        QVERIFY(host.ran().constFirst().changes);
        QCOMPARE(host.ran().constFirst().input, "abc");
        command.shown = u"reboot"_s;
        QCOMPARE(kindOf([&] { host.run(command, {}); }), ErrorKind::Internal);
    }

    void fakeBreaksAndTunnels()
    {
        FakeHosts hosts;
        FakeHost& host = hosts.add(std::make_unique<FakeHost>(u"web"_s));
        QCOMPARE(&hosts.at(u"web"_s), &host);
        QCOMPARE(kindOf([&] { hosts.at(u"db"_s); }), ErrorKind::Internal);
        QCOMPARE(kindOf([&] { host.openTunnel(u"x:1"_s, {}); }), ErrorKind::TunnelRefused);
        host.setTunnel(u"x:1"_s, 4242);
        QCOMPARE(host.openTunnel(u"x:1"_s, {})->localPort(), quint16(4242));
        host.breakWith(Error(ErrorKind::ConnectionLost));
        QCOMPARE(kindOf([&] { host.openTunnel(u"x:1"_s, {}); }), ErrorKind::ConnectionLost);
        QCOMPARE(kindOf([&] { host.run(script(""), {}); }), ErrorKind::ConnectionLost);
    }

    void fakeProcessesCanBeCancelled()
    {
        FakeHost host(u"web"_s);
        host.on(u"forever"_s, [](const RanCommand&, std::stop_token stop) {
            std::binary_semaphore stopped(0);
            const std::stop_callback wake(stop, [&] { stopped.release(); });
            stopped.acquire();
            return CommandResult {};
        });
        Command command;
        command.shown = u"forever"_s;
        const auto process = host.start(command);
        QVERIFY(process->running());
        process->cancel();
        QVERIFY_EXCEPTION_THROWN(process->wait({}), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestFakeHost)
#include "tst_fakehost.moc"
