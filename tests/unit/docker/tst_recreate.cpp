// SPDX-License-Identifier: MIT
#include "engine/docker/container.h"
#include "engine/docker/recreate.h"
#include "engine/model/error.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

// The words for container-full.json were run on dockerd 20.10.24: the inspect of what they created
// differed in the container's id and name, the image being named by its id, and volumes being
// listed under HostConfig.Mounts instead of Binds.

namespace {

QJsonObject recorded(const QString& name)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/docker/recorded/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no such recording");
    return objectsFromDocker(file.readAll()).value(0);
}

QJsonObject image()
{
    return recorded(u"image.json"_s);
}

/// `json` with one field of one of its objects replaced.
QJsonObject with(
    QJsonObject json, const QString& object, const QString& field, const QJsonValue& value)
{
    QJsonObject inner = json[object].toObject();
    inner[field] = value;
    json[object] = inner;
    return json;
}

/// The values that an option has in the words.
QStringList valuesOf(const QStringList& words, const QString& option)
{
    QStringList values;
    for (qsizetype i = 0; i + 1 < words.size(); ++i)
        if (words[i] == option)
            values += words[i + 1];
    return values;
}

} // namespace

class TestRecreate : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyOption()
    {
        const docker::Recreation made
            = docker::recreate(recorded(u"container-full.json"_s), image(), u"again"_s);
        const QString volume
            = u"60b0441544a07e50616b134b8e06d128e77dccbf6cf45dd0d2f4ac9bfab8a3ef"_s;
        const QStringList expected = QStringList {u"create"_s, u"--pull"_s, u"never"_s, u"--name"_s,
            u"again"_s, u"--hostname"_s, u"web1"_s, u"--domainname"_s, u"example.org"_s,
            u"--user"_s, u"1000:1000"_s, u"--workdir"_s, u"/tmp"_s, u"--stop-signal"_s, u"SIGINT"_s,
            u"--stop-timeout"_s, u"7"_s, u"--tty"_s, u"--interactive"_s, u"--label"_s, u"own=1"_s,
            u"--expose"_s, u"9000/tcp"_s, u"--health-cmd"_s, u"busybox true"_s,
            u"--health-interval"_s, u"2000000000ns"_s, u"--health-timeout"_s, u"3000000000ns"_s,
            u"--health-start-period"_s, u"1000000000ns"_s, u"--health-retries"_s, u"4"_s,
            u"--ipc"_s, u"shareable"_s, u"--cpuset-cpus"_s, u"0"_s, u"--memory"_s, u"67108864"_s,
            u"--memory-reservation"_s, u"33554432"_s, u"--memory-swap"_s, u"134217728"_s,
            u"--cpu-shares"_s, u"512"_s, u"--pids-limit"_s, u"50"_s, u"--oom-score-adj"_s, u"100"_s,
            u"--shm-size"_s, u"33554432"_s, u"--cpus"_s, u"0.500000000"_s, u"--read-only"_s,
            u"--init"_s, u"--cap-add"_s, u"CAP_NET_ADMIN"_s, u"--cap-drop"_s, u"CAP_MKNOD"_s,
            u"--security-opt"_s, u"no-new-privileges"_s, u"--group-add"_s, u"5"_s, u"--dns"_s,
            u"1.1.1.1"_s, u"--dns-option"_s, u"ndots:1"_s, u"--dns-search"_s, u"ex.org"_s,
            u"--add-host"_s, u"h:1.2.3.4"_s, u"--sysctl"_s, u"net.ipv4.ip_forward=0"_s,
            u"--ulimit"_s, u"nofile=100:200"_s, u"--device"_s, u"/dev/null:/dev/xnull:r"_s,
            u"--restart"_s, u"unless-stopped"_s, u"--log-driver"_s, u"local"_s, u"--log-opt"_s,
            u"max-size=1m"_s, u"--mount"_s, u"type=bind,source=/srv/site/mdir,target=/bound2"_s,
            u"--volume"_s, u"/srv/site/mdir:/bound:ro,z"_s, u"--mount"_s,
            u"type=volume,source=named,target=/named"_s, u"--mount"_s,
            u"type=tmpfs,target=/tm,tmpfs-size=1048576"_s, u"--mount"_s,
            u"type=volume,source=%1,target=/data"_s.arg(volume), u"--tmpfs"_s, u"/run:size=1m"_s,
            u"--network"_s, u"net1"_s, u"--network-alias"_s, u"al1"_s, u"--publish"_s,
            u"8090:8080/tcp"_s, u"--publish"_s, u"[::1]:8091:8080/tcp"_s, u"--publish"_s,
            u"127.0.0.1::8081/udp"_s, u"--env-file"_s, u"/dev/stdin"_s,
            u"sha256:606e84477ebc7f426a729e790ed1e9f53a52984c6bb4d6ea3c3670782282bbd3"_s,
            u"sleep"_s, u"1000"_s};
        QCOMPARE(made.words, expected);
        const QStringList connect {
            u"network"_s, u"connect"_s, u"--alias"_s, u"al2"_s, u"net2"_s, u"again"_s};
        QCOMPARE(made.afterwards, QList<QStringList> {connect});
        QCOMPARE(made.envFile, "MULTI=x\n");
        QCOMPARE(made.lost, QStringList());
        QCOMPARE(made.missingSecrets, QStringList());
    }

    void whatGaplessCreated()
    {
        const docker::Recreation made
            = docker::recreate(recorded(u"container-running.json"_s), image(), u"chat_A"_s);
        QCOMPARE(made.envFile, "A=x y='z'\nSECRET_TOKEN=s3cr3t value\nSLOT=A\n");
        QVERIFY(made.words.filter(u"s3cr3t"_s).isEmpty());
        QCOMPARE(valuesOf(made.words, u"--restart"_s), QStringList {u"on-failure:5"_s});
        QCOMPARE(valuesOf(made.words, u"--label"_s),
            (QStringList {u"gapless.by=Ann \"x\" = y"_s, u"gapless.run=r7"_s}));
        QVERIFY(valuesOf(made.words, u"--mount"_s)
                    .contains(u"type=bind,\"source=/srv/site/a,b \"\"c\",target=/x"_s));
        QVERIFY(valuesOf(made.words, u"--mount"_s)
                    .contains(u"type=bind,source=/srv/site/appsettings.json,target=/app/"
                              "appsettings.json,readonly"_s));
        QVERIFY(!made.words.contains(u"--hostname"_s));
        QVERIFY(!made.words.contains(u"--network"_s));
        QVERIFY(!made.words.contains(u"--entrypoint"_s));
        QVERIFY(!made.words.contains(u"--user"_s));
        QVERIFY(made.words.last().startsWith(u"sha256:"_s));
        QVERIFY(made.afterwards.isEmpty());
    }

    void withoutTheImagesOwnInspect()
    {
        const docker::Recreation made
            = docker::recreate(recorded(u"container-exited.json"_s), {}, u"x"_s);
        QCOMPARE(valuesOf(made.words, u"--entrypoint"_s), QStringList {u"/bin/busybox"_s});
        QCOMPARE(made.words.last(), u"false"_s);
        QCOMPARE(made.envFile, "GREETING=hello\nPATH=/bin\n");
    }

    void programs()
    {
        const QJsonObject plain = recorded(u"container-exited.json"_s);
        const QJsonObject shell
            = with(with(plain, u"Config"_s, u"Entrypoint"_s, QJsonArray {u"/bin/sh"_s, u"-c"_s}),
                u"Config"_s, u"Cmd"_s, QJsonArray {u"a b"_s});
        const docker::Recreation made = docker::recreate(shell, image(), u"x"_s);
        QCOMPARE(valuesOf(made.words, u"--entrypoint"_s), QStringList {u"/bin/sh"_s});
        QCOMPARE(made.words.last(2), (QStringList {u"-c"_s, u"a b"_s}));
        // None, although the image has one.
        const docker::Recreation none = docker::recreate(
            with(plain, u"Config"_s, u"Entrypoint"_s, QJsonValue()), image(), u"x"_s);
        QCOMPARE(valuesOf(none.words, u"--entrypoint"_s), QStringList {u""_s});
    }

    void healthChecks()
    {
        const QJsonObject plain = recorded(u"container-exited.json"_s);
        const auto made = [&](const QJsonArray& test) {
            return docker::recreate(
                with(plain, u"Config"_s, u"Healthcheck"_s, QJsonObject {{u"Test"_s, test}}),
                image(), u"x"_s);
        };
        QVERIFY(made({u"NONE"_s}).words.contains(u"--no-healthcheck"_s));
        QCOMPARE(valuesOf(made({u"CMD-SHELL"_s, u"a b"_s}).words, u"--health-cmd"_s),
            QStringList {u"a b"_s});
        QCOMPARE(made({u"CMD"_s, u"a"_s}).lost, QStringList {u"Config.Healthcheck.Test"_s});
    }

    void whatNoOptionGivesBackIsNamed()
    {
        const QJsonObject gpu = with(recorded(u"container-exited.json"_s), u"HostConfig"_s,
            u"DeviceRequests"_s, QJsonArray {QJsonObject {{u"Count"_s, -1}}});
        QCOMPARE(docker::recreate(gpu, image(), u"x"_s).lost,
            QStringList {u"HostConfig.DeviceRequests"_s});
    }

    void recordsHoldNoSecret()
    {
        const QJsonObject whole = with(recorded(u"container-running.json"_s), u"Config"_s, u"Env"_s,
            QJsonArray {u"LISTED=planted1"_s, u"DB_PASSWORD=planted2"_s,
                u"ConnectionStrings__Main=planted3"_s, u"API_KEY=planted4"_s,
                u"REDIS_PASSWORD=not secret"_s, u"SLOT=A"_s, u"PASSENGERS=4"_s, u"PATH=/bin"_s,
                u"Redis=redis://:planted5@cache:6379"_s, u"Main=Server=db;Password=planted6"_s});
        const QJsonObject record
            = docker::recordableInspect(whole, {u"LISTED"_s}, {u"REDIS_PASSWORD"_s});
        const QByteArray text = QJsonDocument(record).toJson();
        QVERIFY(!text.contains("planted"));
        QVERIFY(text.contains("REDIS_PASSWORD=not secret"));
        QVERIFY(text.contains("PASSENGERS=4"));
        QVERIFY(text.contains("SLOT=A"));

        const docker::Recreation made
            = docker::recreate(record, image(), u"x"_s, {{u"LISTED"_s, "from the keychain"}});
        QCOMPARE(made.missingSecrets,
            (QStringList {u"DB_PASSWORD"_s, u"ConnectionStrings__Main"_s, u"API_KEY"_s, u"Redis"_s,
                u"Main"_s}));
        QVERIFY(made.envFile.contains("LISTED=from the keychain\n"));
        QVERIFY(!made.envFile.contains("PATH="));
        QVERIFY(made.words.filter(u"keychain"_s).isEmpty());
    }

    /// Not only variables carry secrets: arguments, labels, a health check's and a log driver's options do.
    void recordsHoldNoSecretOfArgumentsLabelsOrOptions()
    {
        QJsonObject whole = recorded(u"container-running.json"_s);
        QJsonObject config = whole[u"Config"_s].toObject();
        config[u"Cmd"_s] = QJsonArray {u"serve"_s, u"--db-password"_s, u"hunter2"_s,
            u"--api-key=hunter3"_s, u"redis://:hunter4@db"_s, u"--port"_s, u"80"_s};
        config[u"Labels"_s] = QJsonObject {{u"deploy.token"_s, u"hunter5"_s}, {u"team"_s, u"shop"_s}};
        config[u"Healthcheck"_s] = QJsonObject {{u"Test"_s,
            QJsonArray {u"CMD-SHELL"_s, u"curl http://x/?token=hunter6"_s}}};
        whole[u"Config"_s] = config;
        QJsonObject host = whole[u"HostConfig"_s].toObject();
        host[u"LogConfig"_s] = QJsonObject {{u"Type"_s, u"splunk"_s},
            {u"Config"_s, QJsonObject {{u"splunk-token"_s, u"hunter7"_s}}}};
        whole[u"HostConfig"_s] = host;

        const QJsonObject kept = docker::recordableInspect(whole, {}, {});
        QVERIFY(!QJsonDocument(kept).toJson().contains("hunter"));
        QVERIFY(QJsonDocument(kept).toJson().contains("shop"));
        // What is not in the record cannot be given back, and is not made up.
        const docker::Recreation made = docker::recreate(kept, {}, u"again"_s);
        for (const QString& missing : {u"deploy.token"_s, u"splunk-token"_s, u"--db-password"_s, u"--api-key"_s})
            QVERIFY2(made.missingSecrets.contains(missing), qPrintable(made.missingSecrets.join(u' ')));
        // From the whole inspect all of it comes back.
        const docker::Recreation again = docker::recreate(whole, {}, u"again"_s);
        QVERIFY(again.missingSecrets.isEmpty());
        QVERIFY(again.words.contains(u"hunter2"_s));
    }

    void linesInAValueAreRefused()
    {
        const QJsonObject lines = with(recorded(u"container-exited.json"_s), u"Config"_s, u"Env"_s,
            QJsonArray {u"CERT=a\nb"_s});
        try {
            docker::recreate(lines, image(), u"x"_s);
            QFAIL("not refused");
        } catch (const Error& error) {
            QCOMPARE(error.kind, ErrorKind::FieldWrong);
            QVERIFY(error.facts[u"path"_s].toString().endsWith(u"CERT"_s));
        }
    }
};

QTEST_GUILESS_MAIN(TestRecreate)
#include "tst_recreate.moc"
