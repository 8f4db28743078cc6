// SPDX-License-Identifier: MIT
#include "engine/docker/words.h"
#include "engine/model/error.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

template <typename Act> Error errorOf(Act act)
{
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return Error(ErrorKind::Internal, {}, u"none"_s);
}

Slot slotA()
{
    Slot slot;
    slot.name = u"A"_s;
    slot.container = u"chat_A"_s;
    slot.publish = {u"8090:8080"_s, u"127.0.0.1:8190:8081"_s};
    slot.env = {{u"SLOT"_s, u"A"_s}, {u"B"_s, u"of the slot"_s}};
    return slot;
}

docker::CreateOptions newChat()
{
    return {u"chat:hash_1"_s, u"chat_A-r7"_s, {{u"gapless.run"_s, u"r7"_s}}, false};
}

} // namespace

class TestDockerWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void createsWhatTheTargetSays()
    {
        ContainerSpec spec;
        spec.env = {{u"A"_s, u"x y='z'"_s}, {u"B"_s, u"of the container"_s}};
        spec.envFiles = {u"/etc/chat.env"_s};
        spec.mounts = {{u"/srv/a.json"_s, u"/app/a.json"_s, true}, {u"data"_s, u"/data"_s, false}};
        spec.network = u"site"_s;
        spec.options = {u"--memory"_s, u"512m"_s, u"-it"_s};
        const QStringList expected {u"create"_s, u"--pull"_s, u"never"_s, u"--name"_s,
            u"chat_A-r7"_s, u"--label"_s, u"gapless.run=r7"_s, u"--restart"_s, u"unless-stopped"_s,
            u"--stop-timeout"_s, u"30"_s, u"--network"_s, u"site"_s, u"--publish"_s, u"8090:8080"_s,
            u"--publish"_s, u"127.0.0.1:8190:8081"_s, u"--mount"_s,
            u"type=bind,source=/srv/a.json,target=/app/a.json,readonly"_s, u"--mount"_s,
            u"type=volume,source=data,target=/data"_s, u"--env-file"_s, u"/etc/chat.env"_s,
            u"--env"_s, u"A=x y='z'"_s, u"--env"_s, u"B=of the slot"_s, u"--env"_s, u"SLOT=A"_s,
            u"--memory"_s, u"512m"_s, u"-it"_s, u"chat:hash_1"_s};
        QCOMPARE(docker::create(spec, slotA(), newChat()), expected);
    }

    void leavesOutWhatIsNotSaid()
    {
        ContainerSpec spec;
        spec.restart.clear();
        spec.stopTimeoutSeconds = 0;
        const QStringList expected {
            u"create"_s, u"--pull"_s, u"never"_s, u"--name"_s, u"n"_s, u"i"_s};
        QCOMPARE(docker::create(spec, Slot {}, {u"i"_s, u"n"_s, {}, false}), expected);
    }

    void secretsAreInNoWord()
    {
        ContainerSpec spec;
        spec.secretEnv = {u"PASSWORD"_s};
        docker::CreateOptions options = newChat();
        options.secretsOnStdin = true;
        const QStringList words = docker::create(spec, slotA(), options);
        QCOMPARE(words.count(u"/dev/stdin"_s), 1);
        QCOMPARE(words[words.indexOf(u"/dev/stdin"_s) - 1], u"--env-file"_s);
        QVERIFY(words.filter(u"PASSWORD"_s).isEmpty());

        spec.env = {{u"PASSWORD"_s, u"written down"_s}};
        const Error error = errorOf([&] { docker::create(spec, slotA(), options); });
        QCOMPARE(error.kind, ErrorKind::FieldRepeated);
        QCOMPARE(error.facts[u"path"_s].toString(), u"container.secretEnv[0]"_s);
        QVERIFY(!QByteArray(error.what()).contains("written down"));
    }

    void secretEnvFiles()
    {
        QCOMPARE(docker::secretEnvFile({{u"A"_s, "x = 'y' # z"}, {u"B"_s, ""}}),
            QByteArray("A=x = 'y' # z\nB=\n"));
        for (const QByteArray& value : {QByteArray("a\nb"), QByteArray("a\rb"),
                 QByteArray("a\0b", 3), QByteArray("\xff"), QByteArray(60'001, 'x')}) {
            const Error error = errorOf([&] { docker::secretEnvFile({{u"S"_s, value}}); });
            QCOMPARE(error.kind, ErrorKind::FieldWrong);
            QCOMPARE(error.facts[u"path"_s].toString(), u"container.secretEnv.S"_s);
        }
        for (const QString& name : {u""_s, u"A B"_s, u"A=B"_s, u"#A"_s, u"A\nB"_s})
            QCOMPARE(errorOf([&] {
                docker::secretEnvFile({{name, "x"}});
            }).kind,
                ErrorKind::FieldWrong);
    }

    void mounts_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << u"/a b"_s << u"type=bind,source=/a b,target=/t"_s;
        QTest::newRow("comma") << u"/a,b"_s << u"type=bind,\"source=/a,b\",target=/t"_s;
        QTest::newRow("quote") << u"/a\"b"_s << u"type=bind,\"source=/a\"\"b\",target=/t"_s;
        QTest::newRow("equals") << u"/a=b"_s << u"type=bind,source=/a=b,target=/t"_s;
    }

    void mounts()
    {
        QFETCH(QString, source);
        QFETCH(QString, value);
        QCOMPARE(docker::mountValue({source, u"/t"_s, false}), value);
    }

    void refusesWhatDockerWouldMisread()
    {
        const auto path = [](const ContainerSpec& spec, const docker::CreateOptions& options) {
            return errorOf([&] { docker::create(spec, slotA(), options); })
                .facts[u"path"_s]
                .toString();
        };
        QCOMPARE(path({}, {u"--help"_s, u"n"_s, {}, false}), u"image.repository"_s);
        QCOMPARE(path({}, {u""_s, u"n"_s, {}, false}), u"image.repository"_s);
        QCOMPARE(path({}, {u"i"_s, u"-n"_s, {}, false}), u"slots.container"_s);
        ContainerSpec spec;
        spec.mounts = {{u"/a"_s, u"/b"_s, false}, {u"/a\n"_s, u"/b"_s, false}};
        QCOMPARE(path(spec, newChat()), u"container.mounts[1].source"_s);
        spec.mounts = {{u"/a"_s, u"b"_s, false}};
        QCOMPARE(path(spec, newChat()), u"container.mounts[0].target"_s);
        spec.mounts = {{u""_s, u"/b"_s, false}};
        QCOMPARE(path(spec, newChat()), u"container.mounts[0].source"_s);
        spec.mounts.clear();
        spec.env = {{u"A=B"_s, u"x"_s}};
        QCOMPARE(path(spec, newChat()), u"container.env"_s);
    }

    void options_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<int>("refused"); // the word's index; -1: none
        const auto row = [](const char* options, int refused) {
            QTest::newRow(options)
                << QString::fromLatin1(options).split(u' ', Qt::SkipEmptyParts) << refused;
        };
        row("", -1);
        row("--memory 512m --cpus=2 -m 1g -m1g", -1);
        row("--init --read-only -it -e A=B -eA=B -epd", -1);
        row("--memory-swap -1 --oom-score-adj -500", -1);
        row("-v /a:/b --volume=/a:/b --log-opt max-size=1m", -1);
        row("-itmp --init", -1); // -m takes the rest of its word
        row("--restart-delay 5", -1);
        row("--publish-all", -1);
        row("--name x", 0);
        row("--name=x", 0);
        row("--init --name=x", 1);
        row("-p 1:2", 0);
        row("-p1:2", 0);
        row("--publish 1:2", 0);
        row("--publish=1:2", 0);
        row("-d", 0);
        row("-itd", 0);
        row("-dp 1:2", 0);
        row("-itp 1:2", 0);
        row("--detach", 0);
        row("--detach=true", 0);
        row("--rm", 0);
        row("--rm=false", 0);
        row("--restart always", 0);
        row("--restart=no", 0);
        row("--pull always", 0);
        row("--replace", 0);
        row("--memory 512m --restart=no", 2);
        row("--label --name", 1);
        row("--", 0);
        row("-", 0);
        row("alpine", 0);
        row("--init alpine", 1);
        row("-it alpine", 1);
        row("--memory 512m alpine", 2);
        row("--memory=512m alpine", 1);
        row("-m1g alpine", 1);
        row("--memory", 0);
        row("-m", 0);
    }

    void options()
    {
        QFETCH(QStringList, options);
        QFETCH(int, refused);
        const Error error = errorOf([&] { docker::checkOptions(options); });
        if (refused < 0) {
            QCOMPARE(error.detail, u"none"_s);
            return;
        }
        QCOMPARE(error.kind, ErrorKind::FieldWrong);
        QCOMPARE(error.facts[u"path"_s].toString(), u"container.options[%1]"_s.arg(refused));
    }

    void theOthers()
    {
        const auto joined = [](const QStringList& words) { return words.join(u' '); };
        QCOMPARE(joined(docker::inspectContainers({u"a"_s, u"b"_s})),
            u"container inspect --format {{json .}} a b"_s);
        QCOMPARE(
            joined(docker::inspectImages({u"c:d"_s})), u"image inspect --format {{json .}} c:d"_s);
        QCOMPARE(joined(docker::imageIds(u"chat"_s)),
            u"image ls --quiet --no-trunc --filter reference=chat:*"_s);
        QCOMPARE(joined(docker::psPublishing(8090)),
            u"ps --all --no-trunc --format {{json .}} --filter publish=8090"_s);
        QCOMPARE(joined(docker::psWithLabel(u"gapless.run"_s)),
            u"ps --all --no-trunc --format {{json .}} --filter label=gapless.run"_s);
        QCOMPARE(joined(docker::stop(u"a"_s, 30)), u"stop -t 30 a"_s);
        QCOMPARE(joined(docker::kill(u"a"_s)), u"kill --signal KILL a"_s);
        QCOMPARE(joined(docker::updateRestart(u"a"_s, u"no"_s)), u"update --restart=no a"_s);
        QCOMPARE(joined(docker::remove(u"a"_s)), u"rm a"_s);
        QCOMPARE(joined(docker::remove(u"a"_s, true)), u"rm --force a"_s);
        QCOMPARE(joined(docker::logs(u"a"_s, 20)), u"logs --tail 20 a"_s);
        BuildSpec spec;
        QCOMPARE(joined(docker::build(spec, {u"c:1"_s, u"c:latest"_s}, u"-"_s, {{u"l"_s, u"v"_s}})),
            u"build --no-cache --file Dockerfile --tag c:1 --tag c:latest --label l=v -"_s);
        spec.noCache = false;
        QCOMPARE(joined(docker::build(spec, {u"c:1"_s}, u"."_s)),
            u"build --file Dockerfile --tag c:1 ."_s);
    }
};

QTEST_GUILESS_MAIN(TestDockerWords)
#include "tst_dockerwords.moc"
