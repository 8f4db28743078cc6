// SPDX-License-Identifier: MIT
#include "engine/site/examination.h"
#include "tests/support/fakehost/localhost.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace gapless;
using namespace gapless::doctor;
using namespace Qt::StringLiterals;

namespace {

const QByteArray dockerStub = R"sh(
case "$1 $2" in
"info --format") echo '{"ServerVersion":"20.10.24","DockerRootDir":"'"$HOME"'","Architecture":"x86_64","ID":"d1","Driver":"overlay2"}' ;;
"ps --no-trunc") echo '{"ID":"c1","Names":"chat_A","Image":"chat:hash_1","State":"running","Ports":"0.0.0.0:8090->8080/tcp"}' ;;
"ps --all") ;;
"network ls") echo '{"ID":"n1","Name":"bridge"}'; echo '{"ID":"n2","Name":"front"}' ;;
"container inspect") echo '{"Id":"c1","Name":"/chat_A","Image":"sha256:i1","State":{"Status":"running","Running":true}}' ;;
"image ls") echo sha256:i1 ;;
"image inspect") echo '{"Id":"sha256:i1","RepoTags":["chat:hash_1"]}' ;;
*) echo "unexpected: $*" >&2; exit 9 ;;
esac
)sh";

/// An nginx that knows -t, -T and -V.
const QByteArray nginxStub = R"sh(
case "$*" in
*-T*) echo 'nginx: [warn] conflicting server name' >&2
      printf '# configuration file %s/nginx.conf:\npid %s/nginx.pid;\nhttp { include up.conf; }\n\n# configuration file %s/up.conf:\n' "$HOME" "$HOME" "$HOME"
      cat "$HOME/up.conf" ;;
*-t*) echo 'test is successful' >&2 ;;
*-V*) echo 'configure arguments: --pid-path=/run/built-in.pid --user=x' >&2 ;;
esac
)sh";

} // namespace

/// The doctor's scripts, really run in a sh here.
class TestExamination : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeHosts> m_hosts;
    LocalHost* m_host = nullptr;
    Target m_target;
    DoctorOptions m_options;

    void write(const QString& path, const QByteArray& bytes)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    Examination examined() { return examine(m_target, *m_hosts, m_options, {}); }

private Q_SLOTS:
    void init()
    {
        m_hosts = std::make_unique<FakeHosts>();
        m_host = &m_hosts->add(std::make_unique<LocalHost>(u"web"_s));
        m_host->stub(u"docker"_s, dockerStub);
        m_host->stub(u"nginx"_s, nginxStub);
        m_host->stub(u"ss"_s,
            R"(printf 'LISTEN 0 511 127.0.0.1:8090 0.0.0.0:* users:(("nginx",pid=12,fd=6))\n')");
        m_target = Target {};
        HostSpec web;
        web.name = u"web"_s;
        web.user = u"deploy"_s;
        m_target.hosts = {web};
        m_target.gateway.host = u"web"_s;
        m_target.gateway.upstream = u"app"_s;
        m_target.gateway.upstreamFile = m_host->home() + u"/up.conf"_s;
        m_target.gateway.stateDir = m_host->home() + u"/state"_s;
        m_target.image.repository = u"chat"_s;
        m_target.container.network = u"front"_s;
        m_target.slots
            = {{u"A"_s, u"web"_s, u"chat_A"_s, u"127.0.0.1:8090"_s, {u"8090:8080"_s}, {}}};
        write(m_target.gateway.upstreamFile, "upstream app { server 127.0.0.1:8090; }\n");
    }

    void learnsOfTheHost()
    {
        const Examination found = examined();
        const HostLook& host = found.host(u"web"_s);
        QVERIFY(!host.failure && !host.sudoFailure);
        QVERIFY(!host.user.isEmpty());
        QCOMPARE(host.root, ::getuid() == 0);
        QVERIFY(host.tools.contains(u"flock"_s));
        // One clock, so what it is off by is within what the reading leaves open.
        QVERIFY(std::abs(host.offsetMs) <= host.uncertaintyMs + 1);
    }

    void readsAClockThatIsOff()
    {
        m_host->stub(u"date"_s, "echo 1000000000.5\n");
        const HostLook host = examined().host(u"web"_s);
        const double off = 1000000000500. - double(QDateTime::currentMSecsSinceEpoch());
        QVERIFY(std::abs(host.offsetMs - off) < 60000);
    }

    void learnsOfDocker()
    {
        const QString mount = m_host->home() + u"/it's here"_s;
        QDir().mkpath(mount);
        m_target.container.mounts = {{mount, u"/a"_s, false}, {u"volume"_s, u"/b"_s, false},
            {m_host->home() + u"/none"_s, u"/c"_s, false}};
        m_target.container.envFiles = {m_target.gateway.upstreamFile};
        const SlotHostLook look = examined().slotHost(u"web"_s);
        QVERIFY(!look.failure && !look.docker.unusable);
        QCOMPARE(look.daemon->serverVersion, u"20.10.24"_s);
        QCOMPARE(look.disk->path, m_host->home());
        QVERIFY(look.disk->freeBytes > 0);
        QCOMPARE(look.running.size(), 1);
        QCOMPARE(look.running[0].ports, u"0.0.0.0:8090->8080/tcp"_s);
        QCOMPARE(look.docker.containers[0].name, u"chat_A"_s);
        QCOMPARE(look.docker.images[0].tags, QStringList {u"chat:hash_1"_s});
        QVERIFY(look.networks->contains(u"front"_s));
        QCOMPARE(look.listeners.size(), 1);
        QCOMPARE(look.listeners[0].program, u"nginx"_s);
        QCOMPARE(look.paths,
            (QMap<QString, QString> {{mount, u"dir"_s}, {m_host->home() + u"/none"_s, u"missing"_s},
                {m_target.gateway.upstreamFile, u"file"_s}}));
    }

    void stillLooksWhereDockerIsMissing()
    {
        m_target.hosts[0].docker = u"no-such-docker"_s;
        const SlotHostLook look = examined().slotHost(u"web"_s);
        QCOMPARE(look.docker.unusable->kind, ErrorKind::DockerMissing);
    }

    void learnsOfNginx()
    {
        const GatewayExamination gateway = examined().gateway;
        QVERIFY(!gateway.failure && !gateway.upstreamError);
        QCOMPARE(gateway.test->exit, 0);
        QVERIFY(gateway.test->text.contains(u"[warn]"_s));
        QVERIFY(gateway.dump && gateway.upstream);
        QVERIFY(gateway.dump->files.contains(m_target.gateway.upstreamFile));
        QCOMPARE(gateway.pidFile, m_host->home() + u"/nginx.pid"_s);
        QCOMPARE(gateway.pidInFile, 0);
        QVERIFY(gateway.stateDisk->freeBytes > 0);
        QCOMPARE(gateway.look.stateDir, m_target.gateway.stateDir);
    }

    void findsTheMaster()
    {
        // A process that calls itself what nginx's master does.
        QProcess master;
        master.start(u"bash"_s,
            {u"-c"_s, u"exec -a 'nginx: master process /usr/sbin/nginx -c x' sleep 1000"_s});
        QVERIFY(master.waitForStarted());
        // It has its name only once exec has happened.
        QFile title(u"/proc/%1/cmdline"_s.arg(master.processId()));
        while (!title.open(QIODevice::ReadOnly) || !title.readAll().startsWith("nginx: master"))
            title.close();
        write(m_host->home() + u"/nginx.pid"_s, QByteArray::number(master.processId()) + '\n');
        const GatewayExamination gateway = examined().gateway;
        master.kill();
        master.waitForFinished();
        QCOMPARE(gateway.pidInFile, master.processId() ? master.processId() : gateway.pidInFile);
        QVERIFY(std::any_of(gateway.masters.begin(), gateway.masters.end(),
            [&](const NginxMaster& one) { return one.pid == gateway.pidInFile; }));
        QVERIFY(gateway.canReload);
    }

    void fallsBackToTheTargetsOwnTest()
    {
        // As with a sudoers line for `nginx -t` alone.
        m_host->stub(u"nginx"_s,
            "case $* in *-T*) echo refused >&2; exit 1 ;; *-t*) echo fine >&2 ;; esac\n");
        const GatewayExamination gateway = examined().gateway;
        QCOMPARE(gateway.test->exit, 0);
        QVERIFY(!gateway.dump);
        m_host->stub(u"nginx"_s, "echo 'nginx: [emerg] broken' >&2; exit 1\n");
        QCOMPARE(examined().gateway.test->exit, 1);
        QVERIFY(examined().gateway.test->text.contains(u"[emerg]"_s));
    }

    void fallsBackToTheBuildsPidFile()
    {
        m_host->stub(u"nginx"_s, QByteArray(nginxStub).replace("pid %s/nginx.pid;", "# %s"));
        QCOMPARE(examined().gateway.pidFile, u"/run/built-in.pid"_s);
    }

    void runsOtherTestCommandsAsTheyAre()
    {
        m_host->stub(u"check-proxy"_s, "echo \"$1\" >&2; exit 3\n");
        m_target.gateway.testCommand = u"check-proxy 'a b; reboot'"_s;
        const GatewayExamination gateway = examined().gateway;
        QCOMPARE(gateway.test->exit, 3);
        QCOMPARE(gateway.test->text, u"a b; reboot"_s);
        QVERIFY(gateway.pidFile.isEmpty());
    }

    void asksSudoWithoutReloading()
    {
        m_host->stub(u"sudo"_s,
            R"(case "$*" in "-n -l -- nginx -s reload") exit 1 ;; *) echo "$*" >>"$HOME/sudo" ;; esac)");
        m_target.gateway.reloadCommand = u"sudo -n nginx -s reload"_s;
        QVERIFY(!examined().gateway.canReload);
        QVERIFY(!QFile::exists(m_host->home() + u"/sudo"_s));
    }

    void readsLocks()
    {
        QDir().mkpath(m_target.gateway.stateDir + u"/locks"_s);
        const QString base = m_target.gateway.stateDir + u"/locks/"_s;
        write(base + u"aaaa.json"_s, R"({"by":"ann"})");
        write(base + u"bbbb.json"_s, R"({"by":"ben"})");
        write(base + u"bbbb.lock"_s, {});
        QProcess holder;
        holder.start(u"flock"_s, {base + u"bbbb.lock"_s, u"sh"_s, u"-c"_s, u"echo held; cat"_s});
        QVERIFY(holder.waitForReadyRead());
        const QList<LockFile> locks = examined().gateway.locks;
        holder.closeWriteChannel();
        holder.waitForFinished();
        QCOMPARE(locks.size(), 2);
        QCOMPARE(locks[0].key, u"aaaa"_s);
        QVERIFY(!locks[0].alive);
        QCOMPARE(locks[1].record, R"({"by":"ben"})");
        QVERIFY(locks[1].alive);
    }

    void keepsSudoApartFromTheWayThere()
    {
        m_host->breakWith(Error(ErrorKind::SudoRefused));
        const Examination sudo = examined();
        QVERIFY(sudo.host(u"web"_s).sudoFailure && !sudo.host(u"web"_s).failure);
        m_host->breakWith(Error(ErrorKind::HostUnreachable));
        const Examination lost = examined();
        QVERIFY(lost.host(u"web"_s).failure && !lost.host(u"web"_s).sudoFailure);
        m_host->breakWith(Error(ErrorKind::CommandTimedOut));
        const Examination slow = examined();
        QVERIFY(!slow.host(u"web"_s).failure && slow.gateway.failure);
    }

    void asksHostsThatAreNeitherGatewayNorSlot()
    {
        HostSpec spare;
        spare.name = u"spare"_s;
        m_target.hosts << spare;
        LocalHost& other = m_hosts->add(std::make_unique<LocalHost>(u"spare"_s));
        const Examination found = examined();
        QVERIFY(!found.host(u"spare"_s).user.isEmpty());
        QCOMPARE(other.ran().size(), 1);
        QCOMPARE(other.ran()[0].privilege, Privilege::None);
    }

    void changesNothing()
    {
        examined();
        for (const RanCommand& ran : m_host->ran())
            QVERIFY(!ran.changes);
        QCOMPARE(m_host->ran().size(), 2);
    }

    void readsListeners_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("port");
        QTest::addColumn<QString>("program");
        QTest::newRow("v4") << u"LISTEN 0 511 0.0.0.0:80 0.0.0.0:* users:((\"nginx\",pid=3,fd=4))"_s
                            << u"0.0.0.0"_s << 80 << u"nginx"_s;
        QTest::newRow("v6") << u"LISTEN 0 4096 [::1]:8080 [::]:*"_s << u"[::1]"_s << 8080
                            << QString();
        QTest::newRow("any") << u"LISTEN 0 4096      *:22        *:*    "_s << u"*"_s << 22
                             << QString();
        QTest::newRow("interface")
            << u"LISTEN 0 32 127.0.0.53%lo:53 0.0.0.0:*"_s << u"127.0.0.53%lo"_s << 53 << QString();
    }
    void readsListeners()
    {
        QFETCH(QString, line);
        QFETCH(QString, address);
        QFETCH(int, port);
        QFETCH(QString, program);
        const QList<Listener> found = listenersFrom(u"\n"_s + line + u"\njunk\n"_s);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found[0].address, address);
        QCOMPARE(found[0].port, port);
        QCOMPARE(found[0].program, program);
    }
};

QTEST_GUILESS_MAIN(TestExamination)
#include "tst_examination.moc"
