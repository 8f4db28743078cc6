// SPDX-License-Identifier: MIT
#include "engine/site/observed.h"
#include "tests/support/fakehost/localhost.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

const QByteArray upstream = "upstream app {\n  server 127.0.0.1:8090 weight=3;\n"
                            "  server 127.0.0.1:8091 down;\n}\n";

/// A docker that knows two slots' containers, one of a rollout, and two images.
const QByteArray dockerStub = R"sh(
container() { printf '{"Id":"%s","Name":"/%s","Image":"sha256:%s","Config":{"Image":"%s","Labels":{%s}},"State":{"Status":"running","Running":true}}\n' "$1" "$2" "$3" "$4" "$5"; }
image() { printf '{"Id":"sha256:%s","RepoTags":[%s]}\n' "$1" "$2"; }
case "$1 $2" in
"ps --all") echo c3 ;;
"container inspect")
    rc=0
    shift 4
    for name; do
        case $name in
        chat_A) container c1 chat_A i1 chat:hash_1 ;;
        c3) container c3 chat_B.new i2 chat:hash_2 '"gapless.run":"r"' ;;
        chat_C) container c4 chat_C i9 other:latest ;;
        *) echo; echo "Error: No such container: $name" >&2; rc=1 ;;
        esac
    done
    exit $rc ;;
"image ls") echo sha256:i1; echo sha256:i2; echo sha256:i1 ;;
"image inspect")
    shift 4
    for id; do
        case $id in
        sha256:i1) image i1 '"chat:latest","chat:hash_0","chat:hash_1"' ;;
        sha256:i2) image i2 '"chat:hash_2"' ;;
        esac
    done ;;
*) echo "unexpected: $*" >&2; exit 9 ;;
esac
)sh";

Target twoSlots()
{
    Target target;
    HostSpec web;
    web.name = u"web"_s;
    target.hosts = {web};
    target.gateway.host = u"web"_s;
    target.gateway.upstream = u"app"_s;
    target.image.repository = u"chat"_s;
    target.slots = {
        {u"A"_s, u"web"_s, u"chat_A"_s, u"127.0.0.1:8090"_s, {u"8090:8080"_s}, {}},
        {u"B"_s, u"web"_s, u"chat_B"_s, u"127.0.0.1:8091"_s, {u"8091:8080"_s}, {}},
    };
    return target;
}

} // namespace

class TestObserve : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeHosts> m_hosts;
    LocalHost* m_host = nullptr;
    Target m_target;

    void write(const QByteArray& bytes)
    {
        QFile file(m_target.gateway.upstreamFile);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    ErrorKind refused()
    {
        try {
            observeSite(m_target, *m_hosts, {});
        } catch (const Error& error) {
            m_error = error;
            return error.kind;
        }
        return ErrorKind::Usage;
    }
    Error m_error {ErrorKind::Internal};

private Q_SLOTS:
    void init()
    {
        m_hosts = std::make_unique<FakeHosts>();
        m_host = &m_hosts->add(std::make_unique<LocalHost>(u"web"_s));
        m_host->stub(u"docker"_s, dockerStub);
        m_target = twoSlots();
        m_target.gateway.upstreamFile = m_host->home() + u"/up.conf"_s;
        m_target.gateway.stateDir = m_host->home() + u"/state"_s;
        write(upstream);
    }

    void seesTheSite()
    {
        const ObservedSite site = observeSite(m_target, *m_hosts, {});
        QCOMPARE(site.gateway.bytes, upstream);
        QCOMPARE(site.gateway.sha256,
            QString::fromLatin1(
                QCryptographicHash::hash(upstream, QCryptographicHash::Sha256).toHex()));
        QCOMPARE(
            site.gateway.realPath, QFileInfo(m_target.gateway.upstreamFile).canonicalFilePath());
        QCOMPARE(site.gateway.upstream.servers.size(), 2);
        QCOMPARE(site.gateway.stateDir, m_target.gateway.stateDir);
        QVERIFY(site.gateway.hasFlock);

        QCOMPARE(site.slots.size(), 2);
        const ObservedSlot& a = site.slot(u"A"_s);
        QCOMPARE(a.container->id, u"c1"_s);
        QCOMPARE(a.imageId, u"sha256:i1"_s);
        QCOMPARE(a.tag, u"hash_1"_s); // what it was created from, of two that fit
        QCOMPARE(a.routing, ObservedSlot::Routing::Up);
        QCOMPARE(a.weight, 3);
        const ObservedSlot& b = site.slot(u"B"_s);
        QVERIFY(!b.container);
        QCOMPARE(b.routing, ObservedSlot::Routing::Down);
        QCOMPARE(b.weight, 1);

        QCOMPARE(site.images[u"web"_s].size(), 2);
        QCOMPARE(site.others[u"web"_s].size(), 1);
        QCOMPARE(site.others[u"web"_s][0].name, u"chat_B.new"_s);
    }

    void asksEachHostOnceAndChangesNothing()
    {
        observeSite(m_target, *m_hosts, {});
        const QList<RanCommand> ran = m_host->ran();
        QCOMPARE(ran.size(), 2); // as the gateway, and as docker's host
        QCOMPARE(int(ran[0].privilege) + int(ran[1].privilege),
            int(Privilege::Gateway) + int(Privilege::Docker));
        QVERIFY(!ran[0].changes && !ran[1].changes);
    }

    void hasNoTagForAnImageOfAnotherRepository()
    {
        m_target.slots[1].container = u"chat_C"_s;
        const ObservedSite site = observeSite(m_target, *m_hosts, {});
        QCOMPARE(site.slot(u"B"_s).imageId, u"sha256:i9"_s);
        QCOMPARE(site.slot(u"B"_s).tag, QString());
    }

    void tellsDockersFaultsApart_data()
    {
        QTest::addColumn<QByteArray>("stub");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("why");
        QTest::newRow("no daemon") << QByteArray(
            "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. "
            "Is the docker daemon running?' >&2; exit 1")
                                   << int(ErrorKind::DockerUnusable) << u"daemon"_s;
        QTest::newRow("no permission")
            << QByteArray("echo 'permission denied while trying to connect to the Docker daemon "
                          "socket at unix:///var/run/docker.sock' >&2; exit 1")
            << int(ErrorKind::DockerUnusable) << u"permission"_s;
        QTest::newRow("anything else") << QByteArray("echo 'unknown flag: -X' >&2; exit 125")
                                       << int(ErrorKind::DockerUnusable) << u"other"_s;
        QTest::newRow("silent") << QByteArray("exit 1") << int(ErrorKind::DockerUnusable)
                                << u"other"_s;
    }
    void tellsDockersFaultsApart()
    {
        QFETCH(QByteArray, stub);
        QFETCH(int, kind);
        QFETCH(QString, why);
        m_host->stub(u"docker"_s, stub);
        QCOMPARE(int(refused()), kind);
        QCOMPARE(m_error.facts[u"why"_s].toString(), why);
        QCOMPARE(m_error.host, u"web"_s);
    }

    void missesDocker()
    {
        m_target.hosts[0].docker = u"'/opt/my docker/docker' -H 'unix:///x y'"_s;
        QCOMPARE(refused(), ErrorKind::DockerMissing);
        QCOMPARE(m_error.facts[u"docker"_s].toString(), m_target.hosts[0].docker);
    }

    void passesDockersChatterOver()
    {
        m_host->stub(u"docker"_s,
            "echo 'WARNING: Error loading config file: /root/.docker/config.json' >&2\n"
                + dockerStub);
        QCOMPARE(observeSite(m_target, *m_hosts, {}).slot(u"A"_s).tag, u"hash_1"_s);
    }

    void refusesAFileItCannotUse_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("kind");
        QTest::newRow("no upstream")
            << QByteArray("upstream b { server a; }") << int(ErrorKind::UpstreamMissing);
        QTest::newRow("twice") << upstream + upstream << int(ErrorKind::UpstreamTwice);
        QTest::newRow("no server") << QByteArray("upstream app { server 127.0.0.1:8090; }")
                                   << int(ErrorKind::ServerMissing);
        QTest::newRow("server twice") << QByteArray(
            "upstream app { server 127.0.0.1:8090; server 127.0.0.1:8090; server "
            "127.0.0.1:8091; }") << int(ErrorKind::ServerTwice);
        QTest::newRow("broken") << QByteArray("upstream app {") << int(ErrorKind::ConfigUnreadable);
    }
    void refusesAFileItCannotUse()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, kind);
        write(bytes);
        QCOMPARE(idOf(refused()), idOf(ErrorKind(kind)));
        QCOMPARE(m_error.host, u"web"_s);
    }

    void refusesWithoutAFile()
    {
        QFile::remove(m_target.gateway.upstreamFile);
        QCOMPARE(refused(), ErrorKind::UpstreamFileUnreadable);
        QCOMPARE(m_error.facts[u"why"_s].toString(), u"missing"_s);
    }

    void refusesWithoutAStateFolder()
    {
        m_target.gateway.stateDir = m_target.gateway.upstreamFile + u"/state"_s;
        QCOMPARE(refused(), ErrorKind::StateDirUnusable);
    }

    void refusesALostHost()
    {
        m_host->breakWith(Error(ErrorKind::ConnectionLost));
        QCOMPARE(refused(), ErrorKind::ConnectionLost);
    }
};

QTEST_GUILESS_MAIN(TestObserve)
#include "tst_observe.moc"
