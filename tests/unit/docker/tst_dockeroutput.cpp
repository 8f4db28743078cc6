// SPDX-License-Identifier: MIT
#include "engine/docker/container.h"
#include "engine/docker/daemon.h"
#include "engine/docker/image.h"
#include "engine/model/error.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

// tests/unit/docker/recorded: printed by docker 28.2 talking to dockerd 20.10.24 (overlay2) and by
// podman 4.3.1, with folders renamed. What newer daemons and containerd stores print is after their
// documentation and source.

namespace {

QByteArray recorded(const QString& name)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/docker/recorded/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no such recording");
    return file.readAll();
}

Container container(const QString& name)
{
    return containersFromInspect(recorded(u"container-%1.json"_s.arg(name))).value(0);
}

template <typename Act> Error errorOf(Act act)
{
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return Error(ErrorKind::Internal, {}, u"none"_s);
}

} // namespace

class TestDockerOutput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aRunningContainer()
    {
        const Container c = container(u"running"_s);
        QCOMPARE(c.id, u"4a6ad88ad299821b1fc21879a33e6347be0bebe307e4ce22050da8e865141d59"_s);
        QCOMPARE(c.name, u"chat_A-r7"_s);
        QCOMPARE(c.image, u"chat:hash_1"_s);
        QCOMPARE(c.imageId,
            u"sha256:606e84477ebc7f426a729e790ed1e9f53a52984c6bb4d6ea3c3670782282bbd3"_s);
        QVERIFY(c.running && c.steady() && !c.restarting && !c.oomKilled);
        QVERIFY(c.pid > 0);
        QCOMPARE(c.restartPolicy, u"on-failure:5"_s);
        QCOMPARE(c.startedAt.date(), QDate(2026, 11, 23));
        QCOMPARE(c.startedAt.timeSpec(), Qt::UTC);
        QVERIFY(c.startedAt > c.created);
        QVERIFY(!c.finishedAt.isValid());
        QCOMPARE(c.health, QString());
        const QList<PortBinding> ports {
            {u"8080/tcp"_s, {}, u"8090"_s}, {u"8081/tcp"_s, u"127.0.0.1"_s, u"8190"_s}};
        QCOMPARE(c.ports, ports);
        QVERIFY(c.mounts.contains(
            {u"bind"_s, u"/srv/site/appsettings.json"_s, u"/app/appsettings.json"_s, true}));
        QVERIFY(c.mounts.contains({u"bind"_s, u"/srv/site/a,b \"c"_s, u"/x"_s, false}));
        QVERIFY(c.mounts.contains({u"volume"_s, u"named"_s, u"/named"_s, false}));
        QCOMPARE(c.env[u"A"_s], u"x y='z'"_s);
        QCOMPARE(c.env[u"GREETING"_s], u"hello"_s);
        QCOMPARE(c.env[u"SECRET_TOKEN"_s], u"s3cr3t value"_s);
        QCOMPARE(c.labels[u"gapless.run"_s], u"r7"_s);
        QCOMPARE(c.labels[u"gapless.by"_s], u"Ann \"x\" = y"_s);
        QCOMPARE(c.networkMode, u"default"_s);
        QCOMPARE(c.networks, QStringList {u"bridge"_s});
        QCOMPARE(c.logDriver, u"json-file"_s);
        QCOMPARE(c.user, u"1654"_s);
        QCOMPARE(c.composeProject, QString());
        QCOMPARE(c.stopTimeoutSeconds, 30);
        QCOMPARE(containersFromInspect(recorded(u"container-running.json"_s)).size(), 1);
    }

    void otherStates()
    {
        const Container exited = container(u"exited"_s);
        QCOMPARE(exited.status, u"exited"_s);
        QVERIFY(!exited.running && !exited.steady());
        QCOMPARE(exited.exitCode, 1);
        QVERIFY(exited.finishedAt.isValid());
        QCOMPARE(exited.restartPolicy, u"no"_s);
        QCOMPARE(exited.stopTimeoutSeconds, -1);

        const Container stopped = container(u"stopped"_s);
        QCOMPARE(stopped.exitCode, 137);
        QCOMPARE(stopped.restartPolicy, u"no"_s);

        // Between two restarts, docker says that it runs.
        const Container looping = container(u"restarting"_s);
        QCOMPARE(looping.restartPolicy, u"always"_s);
        QVERIFY(looping.restartCount > 0);

        const Container created = container(u"created"_s);
        QCOMPARE(created.status, u"created"_s);
        QCOMPARE(created.error, u"network nosuchnet not found"_s);
        QVERIFY(!created.startedAt.isValid());

        QCOMPARE(container(u"health"_s).health, u"healthy"_s);

        const Container full = container(u"full"_s);
        QCOMPARE(full.networks, (QStringList {u"net1"_s, u"net2"_s}));
        QVERIFY(full.ports.contains({u"8080/tcp"_s, u"::1"_s, u"8091"_s}));
        QVERIFY(full.ports.contains({u"8081/udp"_s, u"127.0.0.1"_s, u""_s}));
        QVERIFY(full.mounts.contains({u"bind"_s, u"/srv/site/mdir"_s, u"/bound"_s, true}));
    }

    void restarting()
    {
        QJsonObject json = objectsFromDocker(recorded(u"container-restarting.json"_s)).value(0);
        QJsonObject state = json[u"State"_s].toObject();
        state[u"Status"_s] = u"restarting"_s;
        state[u"Restarting"_s] = true;
        json[u"State"_s] = state;
        const Container c = containerFromInspect(json);
        QVERIFY(c.running && c.restarting && !c.steady());
    }

    void compose()
    {
        const Container c = containersFromInspect(
            "{\"Config\":{\"Labels\":{\"com.docker.compose.project\":\"shop\"}}}")
                                .value(0);
        QCOMPARE(c.composeProject, u"shop"_s);
    }

    void podmansContainer()
    {
        const QList<Container> found = containersFromInspect(recorded(u"podman-container.json"_s));
        QCOMPARE(found.size(), 1);
        const Container& c = found.first();
        QCOMPARE(c.name, u"chat_A"_s);
        QCOMPARE(c.imageId,
            u"sha256:606e84477ebc7f426a729e790ed1e9f53a52984c6bb4d6ea3c3670782282bbd3"_s);
        QCOMPARE(c.image, u"localhost/chat:hash_1"_s);
        QCOMPARE(c.status, u"created"_s);
        QCOMPARE(c.health, QString());
        QCOMPARE(c.restartPolicy, u"on-failure:5"_s);
        QCOMPARE(c.labels[u"gapless.run"_s], u"r7"_s);
        QVERIFY(
            c.mounts.contains({u"bind"_s, u"/srv/podman/policy.json"_s, u"/app/p.json"_s, true}));
        QVERIFY(!c.startedAt.isValid());
    }

    void processLists()
    {
        const QList<ContainerSummary> list = containersFromPs(recorded(u"ps.json"_s));
        QVERIFY(list.size() > 5);
        QCOMPARE(list.last().names, QStringList {u"chat_A-r7"_s});
        QCOMPARE(list.last().id.size(), 64);
        QCOMPARE(list.last().image, u"chat:hash_1"_s);
        QCOMPARE(list.last().state, u"exited"_s);
        const QList<ContainerSummary> podmans = containersFromPs(recorded(u"podman-ps.json"_s));
        QCOMPARE(podmans.size(), 1);
        QCOMPARE(podmans[0].names, QStringList {u"chat_A"_s});
        QCOMPARE(podmans[0].id.size(), 64);
        QCOMPARE(podmans[0].state, u"created"_s);
    }

    void images()
    {
        const QByteArray one = recorded(u"image.json"_s);
        const QList<Image> list = imagesFromInspect(one + '\n' + one);
        QCOMPARE(list.size(), 1);
        const Image& image = list.first();
        QCOMPARE(
            image.id, u"sha256:606e84477ebc7f426a729e790ed1e9f53a52984c6bb4d6ea3c3670782282bbd3"_s);
        QCOMPARE(image.tags, (QStringList {u"chat:hash_1"_s, u"chat:latest"_s}));
        QCOMPARE(image.tagsIn(u"chat"_s), (QStringList {u"hash_1"_s, u"latest"_s}));
        QCOMPARE(image.tagsIn(u"cha"_s), QStringList());
        QVERIFY(image.size > 1'000'000);
        QCOMPARE(image.layers.size(), 1);
        QVERIFY(image.layers[0].startsWith(u"sha256:"_s));
        QCOMPARE(image.labels[u"gapless.demo"_s], u"yes"_s);
        QCOMPARE(image.architecture, u"amd64"_s);
        QCOMPARE(image.os, u"linux"_s);
        QVERIFY(image.created.isValid());

        const QList<Image> podmans = imagesFromInspect(recorded(u"podman-image.json"_s));
        QCOMPARE(podmans.size(), 1);
        QCOMPARE(podmans[0].id, image.id);
        QCOMPARE(podmans[0].tagsIn(u"chat"_s), QStringList {u"hash_1"_s});
        QCOMPARE(podmans[0].layers, image.layers);
    }

    void loaded()
    {
        QCOMPARE(namesFromLoad("Loaded image: chat:hash_1\nLoaded image ID: sha256:00\n"),
            (QStringList {u"chat:hash_1"_s, u"sha256:00"_s}));
        QCOMPARE(namesFromLoad("Loaded image: localhost/chat:hash_1\n"),
            QStringList {u"localhost/chat:hash_1"_s});
        QCOMPARE(namesFromLoad(""), QStringList());
    }

    void daemons()
    {
        const DockerDaemon docker = daemonFromInfo(recorded(u"info.json"_s));
        QVERIFY(!docker.podman && !docker.containerdStore && !docker.rootless);
        QCOMPARE(docker.serverVersion, u"20.10.24+dfsg1"_s);
        QCOMPARE(docker.majorVersion(), 20);
        QCOMPARE(docker.clientVersion, u"28.2.2"_s);
        QCOMPARE(docker.storageDriver, u"overlay2"_s);
        QCOMPARE(docker.rootDir, u"/var/lib/docker"_s);
        QCOMPARE(docker.osType, u"linux"_s);
        QCOMPARE(docker.cgroupVersion, u"1"_s);
        QVERIFY(!docker.id.isEmpty());

        const DockerDaemon containerd
            = daemonFromInfo("{\"ServerVersion\":\"29.0.0\",\"Driver\":\"overlayfs\","
                             "\"DriverStatus\":[[\"driver-type\","
                             "\"io.containerd.snapshotter.v1\"]],\"SecurityOptions\":[\"name="
                             "seccomp,profile=builtin\","
                             "\"name=rootless\",\"name=cgroupns\"],\"LiveRestoreEnabled\":true}");
        QVERIFY(containerd.containerdStore && containerd.rootless && containerd.liveRestore);
        QCOMPARE(containerd.majorVersion(), 29);

        const DockerDaemon podman = daemonFromInfo(recorded(u"podman-info.json"_s));
        QVERIFY(podman.podman && !podman.rootless);
        QCOMPARE(podman.serverVersion, u"4.3.1"_s);
        QCOMPARE(podman.rootDir, u"/srv/podman/store"_s);
        QCOMPARE(podman.storageDriver, u"vfs"_s);
        QCOMPARE(podman.osType, u"linux"_s);
    }

    void noDaemon()
    {
        const Error none = errorOf([] { daemonFromInfo(recorded(u"info-no-daemon.json"_s)); });
        QCOMPARE(none.kind, ErrorKind::DockerUnusable);
        const Error said = errorOf(
            [] { daemonFromInfo("{\"ServerErrors\":[\"Cannot connect to the Docker daemon\"]}"); });
        QCOMPARE(said.detail, u"Cannot connect to the Docker daemon"_s);
        QCOMPARE(errorOf([] { daemonFromInfo(""); }).kind, ErrorKind::DockerUnusable);
    }

    void objects_data()
    {
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<int>("count"); // -1: refused
        const auto row = [](const char* name, const QByteArray& out, int count) {
            QTest::newRow(name) << out << count;
        };
        row("nothing", "", 0);
        row("blank lines", "\n\n  \n", 0);
        row("one a line", "{\"a\":1}\n{\"a\":2}\n", 2);
        row("CRLF", "{\"a\":1}\r\n{\"a\":2}\r\n", 2);
        row("over lines", "{\n \"a\": {\n }\n}\n{\"a\":2}", 2);
        row("an array", "[{\"a\":1},{\"a\":2}]", 2);
        row("an empty array", "[\n]\n", 0);
        row("two arrays", "[{\"a\":1}]\n[{\"a\":2}]", 2);
        row("braces in a string", "{\"a\":\"}{\\\"]\"}", 1);
        row("words", "permission denied", -1);
        row("words after", "{\"a\":1}\nWARNING: x", -1);
        row("cut short", "{\"a\":{\"b\":1}", -1);
        row("cut short in a string", "{\"a\":\"b", -1);
        row("no JSON", "{a}", -1);
        row("a closing brace", "}", -1);
    }

    void objects()
    {
        QFETCH(QByteArray, out);
        QFETCH(int, count);
        if (count < 0)
            QCOMPARE(errorOf([&] { objectsFromDocker(out); }).kind, ErrorKind::DockerUnusable);
        else
            QCOMPARE(objectsFromDocker(out).size(), count);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("err");
        QTest::addColumn<QString>("kind"); // empty: none that is known
        QTest::addColumn<QString>("fact");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* name, const QByteArray& err, const char* kind,
                             const char* fact = "", const char* value = "") {
            QTest::newRow(name) << err << QString::fromLatin1(kind) << QString::fromLatin1(fact)
                                << QString::fromLatin1(value);
        };
        // Recorded.
        row("port of a container",
            "Error response from daemon: driver failed programming external connectivity on "
            "endpoint "
            "taken (0ba73808e1e4): Bind for 0.0.0.0:8090 failed: port is already allocated\nError: "
            "failed to start containers: taken\n",
            "portTaken", "port", "8090");
        row("port of a process",
            "Error response from daemon: driver failed programming external connectivity on "
            "endpoint "
            "taken2 (64f4c1eb79d5): Error starting userland proxy: listen tcp4 0.0.0.0:8099: bind: "
            "address already in use\nError: failed to start containers: taken2",
            "portTaken", "port", "8099");
        row("no image", "Error response from daemon: No such image: nosuch:hash_9\n",
            "imageMissing", "image", "nosuch:hash_9");
        row("no image to inspect",
            "Error response from daemon: no such image: nosuch:1: No such image: nosuch:1",
            "imageMissing", "image", "nosuch:1");
        row("no mount source",
            "Error response from daemon: invalid mount config for type \"bind\": bind source path "
            "does not exist: /nosuch/x y\nError: failed to start containers: q",
            "mountMissing", "source", "/nosuch/x y");
        row("name in use",
            "Error response from daemon: Conflict. The container name \"/chat_A-r7\" is already in "
            "use "
            "by container \"4a6ad88ad299\". You have to remove (or rename) that container to be "
            "able "
            "to reuse that name.",
            "containerForeign", "by", "4a6ad88ad299");
        row("no container",
            "Error response from daemon: No such container: nosuch\nError: failed to start "
            "containers: nosuch",
            "containerMissing", "container", "nosuch");
        row("no daemon",
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker "
            "daemon "
            "running?",
            "dockerUnusable");
        row("podman: no image", "Error: nosuch:1: image not known", "imageMissing", "image",
            "nosuch:1");
        row("podman: no mount source", "Error: statfs /nosuch: no such file or directory",
            "mountMissing", "source", "/nosuch");
        row("podman: name in use",
            "Error: creating container storage: the container name \"chat_A\" is already in use by "
            "8b19b43ecdf2. You have to remove that container to be able to reuse that name: that "
            "name "
            "is already in use",
            "containerForeign", "container", "chat_A");
        row("podman: no container",
            "Error: no container with name or ID \"nosuch\" found: no such container",
            "containerMissing", "container", "nosuch");
        row("podman: no container to inspect", "Error: inspecting object: no such container nosuch",
            "containerMissing", "container", "nosuch");
        row("sh: no docker", "sh: 3: docker: not found", "dockerMissing", "docker", "docker");
        // After docker's source and reports.
        row("docker 28: port of a process",
            "docker: Error response from daemon: failed to set up container networking: driver "
            "failed "
            "programming external connectivity on endpoint a (b): failed to bind host port for "
            "0.0.0.0:8090:172.17.0.2:8080/tcp: address already in use",
            "portTaken", "port", "8090");
        row("docker 28.2: port of a process",
            "driver failed programming external connectivity on endpoint a (b): failed to bind "
            "host "
            "port 0.0.0.0:8090/tcp: address already in use",
            "portTaken", "port", "8090");
        row("IPv6: port of a container", "Bind for :::8090 failed: port is already allocated",
            "portTaken", "port", "8090");
        row("rootless: port of a process",
            "error while calling PortManager.AddPort(): listen tcp4 0.0.0.0:8090: bind: address "
            "already in use",
            "portTaken", "port", "8090");
        row("podman: port",
            "Error: rootlessport listen tcp 0.0.0.0:8090: bind: address already in use",
            "portTaken", "port", "8090");
        row("disk full",
            "Error processing tar file(exit status 1): write /app/big.dll: no space left on device",
            "diskFull", "path", "/app/big.dll");
        row("disk full, no path", "failed to register layer: no space left on device", "diskFull");
        row("no right to the socket, 20.10",
            "Got permission denied while trying to connect to the Docker daemon socket at "
            "unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission "
            "denied",
            "dockerUnusable");
        row("no right to the socket, 28",
            "permission denied while trying to connect to the docker API at "
            "unix:///var/run/docker.sock",
            "dockerUnusable");
        row("no daemon, 29",
            "failed to connect to the docker API at unix:///var/run/docker.sock; check if the path "
            "is "
            "correct and if the daemon is running",
            "dockerUnusable");
        row("client too new",
            "Error response from daemon: client version 1.50 is too new. Maximum supported API "
            "version is 1.41",
            "dockerUnusable");
        row("bash: no docker", "bash: line 1: docker: command not found", "dockerMissing");
        row("no docker at that path", "sh: 1: /opt/bin/docker: not found", "dockerMissing");
        row("env: no docker",
            "env: \xe2\x80\x98"
            "docker\xe2\x80\x99: No such file or directory",
            "dockerMissing");
        row("docker 28: port on an IPv6 address",
            "failed to bind host port for [2001:db8:10::1]:8090:[fd00::2]:8080/tcp: address "
            "already in "
            "use",
            "portTaken", "port", "8090");
        // None of these.
        row("nothing", "", "");
        row("a network", "Error response from daemon: network nosuchnet not found", "");
        row("an entrypoint",
            "OCI runtime create failed: exec: \"/nosuch\": stat /nosuch: no such file or directory",
            "");
        row("a file in the site's way", "cat: /etc/docker.conf: No such file or directory", "");
    }

    void errors()
    {
        QFETCH(QByteArray, err);
        QFETCH(QString, kind);
        QFETCH(QString, fact);
        QFETCH(QString, value);
        const std::optional<Error> error = errorFromDocker(err);
        QCOMPARE(error ? idOf(error->kind) : QString(), kind);
        if (!error)
            return;
        QVERIFY(!error->detail.isEmpty());
        if (!fact.isEmpty())
            QCOMPARE(error->facts[fact].toVariant().toString(), value);
    }
};

QTEST_GUILESS_MAIN(TestDockerOutput)
#include "tst_dockeroutput.moc"
