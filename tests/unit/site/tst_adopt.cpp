// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/model/targetjson.h"
#include "engine/nginx/upstreamfile.h"
#include "engine/site/adopt.h"
#include "engine/site/seencontainer.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

QString imageId(const QString& letter)
{
    return u"sha256:"_s + letter.repeated(64);
}

QJsonObject image(const QString& letter, const QStringList& tags, const QStringList& env = {})
{
    return {{u"Id"_s, imageId(letter)}, {u"RepoTags"_s, QJsonArray::fromStringList(tags)},
        {u"Config"_s, QJsonObject {{u"Env"_s, QJsonArray::fromStringList(env)}}}};
}

struct Given {
    QString name, image = u"chat:latest"_s, letter = u"a"_s;
    QList<std::pair<int, int>> ports {{8090, 8080}};
    QStringList env;
    bool running = true;
    QJsonObject labels {};
    QString restart = u"unless-stopped"_s;
};

QJsonObject container(const Given& given)
{
    QJsonObject bindings;
    for (const auto& [host, inside] : given.ports)
        bindings[u"%1/tcp"_s.arg(inside)] = QJsonArray {
            QJsonObject {{u"HostIp"_s, u"127.0.0.1"_s}, {u"HostPort"_s, QString::number(host)}}};
    return {{u"Id"_s, QString::fromLatin1(given.name.toUtf8().toHex().leftJustified(64, '0'))},
        {u"Name"_s, QString(u'/' + given.name)}, {u"Image"_s, imageId(given.letter)},
        {u"State"_s,
            QJsonObject {{u"Status"_s, QString(given.running ? u"running"_s : u"exited"_s)},
                {u"Running"_s, given.running}}},
        {u"Config"_s,
            QJsonObject {{u"Image"_s, given.image}, {u"Env"_s, QJsonArray::fromStringList(given.env)},
                {u"Labels"_s, given.labels}}},
        {u"HostConfig"_s,
            QJsonObject {{u"PortBindings"_s, bindings},
                {u"RestartPolicy"_s, QJsonObject {{u"Name"_s, given.restart}}},
                {u"NetworkMode"_s, u"default"_s}, {u"Memory"_s, 536870912},
                {u"Mounts"_s,
                    QJsonArray {QJsonObject {{u"Type"_s, u"bind"_s}, {u"Source"_s, u"/srv/a.json"_s},
                        {u"Target"_s, u"/app/a.json"_s}, {u"ReadOnly"_s, true}}}}}}};
}

SurveyedNginx nginx(const QByteArray& upstreamFile, const QByteArray& site = "proxy_pass http://zero_down_time;")
{
    const QByteArray text = "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n"
                            "# configuration file /etc/nginx/nginx.conf:\n"
                            "http { include /etc/nginx/conf.d/*.conf; }\n"
                            "# configuration file /etc/nginx/conf.d/site.conf:\n"
                            "server { listen 80; server_name chat.example.org; location / { "
        + site + " } }\n"
        + (upstreamFile.isEmpty() ? QByteArray()
                                  : "# configuration file /etc/nginx/conf.d/up.conf:\n" + upstreamFile);
    auto dump = readNginxDump(text);
    if (!dump)
        qFatal("not a dump");
    return {*dump, u"nginx -t"_s, u"nginx -s reload"_s, {}, {}};
}

constexpr const char* pair
    = "upstream zero_down_time { server 127.0.0.1:8090; server 127.0.0.1:8091; keepalive 32; }\n";

HostSurvey survey(const QList<QJsonObject>& containers, const QByteArray& upstreamFile = pair)
{
    HostSurvey made;
    made.host = {.name = u"web"_s, .address = u"192.0.2.10"_s, .user = u"deploy"_s, .auth = {.privateKeyFile = u"~/.ssh/id_ed25519"_s}};
    made.nginxes = {nginx(upstreamFile)};
    made.containers = containers;
    made.images = {image(u"a"_s, {u"chat:latest"_s, u"chat:hash_aaa"_s}, {u"PATH=/bin"_s}),
        image(u"b"_s, {u"chat:hash_bbb"_s}), image(u"c"_s, {u"other:1"_s})};
    return made;
}

const AdoptionNote* noteOf(const Adoption& adoption, const QString& id, const QString& slot = {})
{
    for (const AdoptionNote& note : adoption.notes)
        if (note.id == id && (slot.isEmpty() || note.slot == slot))
            return &note;
    return nullptr;
}

Adoption only(const HostSurvey& host, const AdoptionOptions& options = {})
{
    const QList<Adoption> made = proposeTargets(host, options);
    if (made.size() != 1)
        qFatal("%lld proposals", qint64(made.size()));
    return made.first();
}

} // namespace

class TestAdopt : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aPairOfLatestIsMatchedByImageId()
    {
        const Adoption made = only(survey({container({.name = u"chat_A"_s, .env = {u"PATH=/bin"_s, u"SLOT=A"_s, u"MODE=x"_s}}),
            container({.name = u"chat_B"_s, .ports = {{8091, 8080}}, .env = {u"PATH=/bin"_s, u"SLOT=B"_s, u"MODE=x"_s}})}));
        const Target& target = made.target;
        QCOMPARE(target.name, u"chat"_s);
        QCOMPARE(target.gateway.upstream, u"zero_down_time"_s);
        QCOMPARE(target.gateway.upstreamFile, u"/etc/nginx/conf.d/up.conf"_s);
        QCOMPARE(target.image.repository, u"chat"_s);
        QCOMPARE(target.image.tagPrefix, u"hash_"_s);
        QCOMPARE(target.slots.size(), 2);
        QCOMPARE(target.slots[0].name, u"A"_s);
        QCOMPARE(target.slots[1].container, u"chat_B"_s);
        QCOMPARE(target.slots[1].publish, QStringList {u"127.0.0.1:8091:8080/tcp"_s});
        QCOMPARE(target.slots[1].env, (QMap<QString, QString> {{u"SLOT"_s, u"B"_s}}));
        // What the image sets is not the target's to say; what both have is said once.
        QCOMPARE(target.container.env, (QMap<QString, QString> {{u"MODE"_s, u"x"_s}}));
        QCOMPARE(target.container.options, (QStringList {u"--memory"_s, u"536870912"_s}));
        QCOMPARE(target.container.mounts,
            (QList<Mount> {{u"/srv/a.json"_s, u"/app/a.json"_s, true}}));
        QCOMPARE(target.witness->url, u"http://chat.example.org"_s);
        QVERIFY(noteOf(made, u"releaseKnown"_s, u"A"_s));
        QCOMPARE(noteOf(made, u"releaseKnown"_s, u"B"_s)->facts[u"tag"_s], u"hash_aaa"_s);
        QVERIFY(!noteOf(made, u"releasesDiffer"_s));
        // It is a target that the reader takes.
        try {
            QCOMPARE(targetFromJson(targetToJson(target), u"adopted"_s), target);
        } catch (const Error& error) {
            QFAIL(QJsonDocument(toJson(error)).toJson().constData());
        }
    }

    void aSlotWithoutAContainerGetsItsNeighboursPorts()
    {
        const Adoption made = only(survey({container({.name = u"chat_A"_s, .ports = {{8090, 8080}, {8190, 8081}}})}));
        QVERIFY(noteOf(made, u"slotEmpty"_s, u"B"_s));
        QCOMPARE(made.target.slots[1].container, u"chat_B"_s);
        QCOMPARE(made.target.slots[1].publish,
            (QStringList {u"127.0.0.1:8091:8080"_s, u"127.0.0.1:8191:8081"_s}));
        QVERIFY(!made.target.gateway.addServers);
    }

    void anAbortedPipelineIsRecognised()
    {
        const Adoption made = only(survey(
            {container({.name = u"chat_A"_s, .image = u"chat:hash_bbb"_s, .letter = u"b"_s}),
                container({.name = u"chat_B"_s, .ports = {{8091, 8080}}, .running = false})},
            "upstream zero_down_time { server 127.0.0.1:8090; server 127.0.0.1:8091 down; }\n"));
        QVERIFY(noteOf(made, u"slotDown"_s, u"B"_s));
        QVERIFY(noteOf(made, u"slotStopped"_s, u"B"_s));
        QVERIFY(noteOf(made, u"releasesDiffer"_s));
        QCOMPARE(noteOf(made, u"releaseKnown"_s, u"A"_s)->facts[u"tag"_s], u"hash_bbb"_s);
    }

    void aSingleContainerBecomesTwoSlotsOnFreePorts()
    {
        HostSurvey host = survey({container({.name = u"chat"_s, .ports = {{8080, 8080}}})},
            "upstream zero_down_time {\n    server 127.0.0.1:8080;\n}\n");
        host.listening = {8080, 8081, 8082};
        const Adoption made = only(host);
        const Target& target = made.target;
        QVERIFY(target.gateway.addServers);
        QCOMPARE(target.slots.size(), 2);
        QCOMPARE(target.slots[0].container, u"chat"_s);
        QCOMPARE(target.slots[0].server, u"127.0.0.1:8080"_s);
        QCOMPARE(target.slots[1].container, u"chat_B"_s);
        QCOMPARE(target.slots[1].server, u"127.0.0.1:8083"_s);
        QCOMPARE(target.slots[1].publish, QStringList {u"127.0.0.1:8083:8080"_s});
        QCOMPARE(noteOf(made, u"converts"_s)->facts[u"newPort"_s].toInt(), 8083);
    }

    void aPortWithoutAnUpstreamIsShownWithItsRemedy()
    {
        HostSurvey host = survey({container({.name = u"chat"_s, .ports = {{8080, 8080}}})}, {});
        host.nginxes = {nginx({}, "proxy_pass http://127.0.0.1:8080/;")};
        const Adoption made = only(host);
        const AdoptionNote* note = noteOf(made, u"noUpstream"_s);
        QVERIFY(note);
        QVERIFY(note->facts[u"snippet"_s].toString().contains(u"server 127.0.0.1:8080;"_s));
        QCOMPARE(made.target.gateway.upstreamFile, u"/etc/nginx/conf.d/chat_slots.conf"_s);
    }

    void secretsAreNamedAndNotWritten()
    {
        const QStringList env {u"DB_PASSWORD=hunter2"_s, u"REDIS=redis://:p4ss@db:6379"_s,
            u"Sql=Server=db;Password=x"_s, u"PLAIN=1"_s};
        const Adoption made = only(survey({container({.name = u"chat_A"_s, .env = env}),
            container({.name = u"chat_B"_s, .ports = {{8091, 8080}}, .env = env})}));
        QCOMPARE(made.target.container.secretEnv,
            (QStringList {u"DB_PASSWORD"_s, u"REDIS"_s, u"Sql"_s}));
        QCOMPARE(made.target.container.env, (QMap<QString, QString> {{u"PLAIN"_s, u"1"_s}}));
        QCOMPARE(made.secrets[u"DB_PASSWORD"_s], u"hunter2"_s);
        const QByteArray json = targetToJson(made.target);
        for (const char* secret : {"hunter2", "p4ss", "Password=x"})
            QVERIFY2(!json.contains(secret), secret);
        for (const AdoptionNote& note : made.notes)
            QVERIFY(!QJsonDocument(note.facts).toJson().contains("hunter2"));
    }

    void composeAndAMissingRestartPolicyAreSaid()
    {
        const Adoption made = only(survey(
            {container({.name = u"chat_A"_s,
                 .labels = {{u"com.docker.compose.project"_s, u"shop"_s}}, .restart = u"no"_s}),
                container({.name = u"chat_B"_s, .ports = {{8091, 8080}}})}));
        QCOMPARE(noteOf(made, u"compose"_s)->facts[u"project"_s], u"shop"_s);
        QVERIFY(noteOf(made, u"noRestart"_s));
        QCOMPARE(made.target.container.restart, u"unless-stopped"_s);
        QVERIFY(!made.target.container.options.contains(u"--label"_s));
    }

    void nginxInAContainerIsSpokenToThroughDocker()
    {
        HostSurvey host = survey({container({.name = u"chat_A"_s}),
            container({.name = u"chat_B"_s, .ports = {{8091, 8080}}})});
        host.nginxes.first().container = u"edge"_s;
        host.nginxes.first().testCommand = u"docker exec edge nginx -t"_s;
        host.nginxes.first().mounts = {{u"/etc/nginx/conf.d"_s, u"/srv/nginx"_s}};
        QCOMPARE(only(host).target.gateway.upstreamFile, u"/srv/nginx/up.conf"_s);
        host.nginxes.first().mounts = {};
        QVERIFY(noteOf(only(host), u"fileHidden"_s));
    }

    void otherUpstreamsAreOffersOfTheirOwn()
    {
        const QByteArray two = QByteArray(pair) + "upstream unused { server 127.0.0.1:7000; }\n"
                                                  "upstream shop { server 127.0.0.1:9000; server 127.0.0.1:9001; }\n";
        const HostSurvey host = survey({container({.name = u"chat_A"_s}),
                                           container({.name = u"chat_B"_s, .ports = {{8091, 8080}}}),
                                           container({.name = u"shop-1"_s, .image = u"other:1"_s, .letter = u"c"_s, .ports = {{9000, 80}}})},
            two);
        const QList<Adoption> made = proposeTargets(host);
        QCOMPARE(made.size(), 2);
        QCOMPARE(made[0].target.name, u"chat"_s);
        QCOMPARE(made[1].target.name, u"shop"_s);
        QCOMPARE(made[1].target.slots[1].container, u"shop-2"_s);
        QCOMPARE(made[1].target.image.tagPrefix, QString());
        QCOMPARE(proposeTargets(host, {.upstream = u"shop"_s}).size(), 1);
    }

    void aPastedRunLineSaysHowContainersAreMade()
    {
        const SeenContainer seen = seenFromRunLine(
            u"sudo docker run -d --name chat_A \\\n  -p 8090:8080 -p8190:8081 -e MODE='a b' --env-file=/etc/chat.env "
            "-v /srv/a:/app/a:ro -v cache:/cache -itm 512m --restart=always chat:hash_aaa --urls http://+:8080"_s);
        QCOMPARE(seen.name, u"chat_A"_s);
        QCOMPARE(seen.publish, (QStringList {u"8090:8080"_s, u"8190:8081"_s}));
        QCOMPARE(seen.env, (QMap<QString, QString> {{u"MODE"_s, u"a b"_s}}));
        QCOMPARE(seen.envFiles, QStringList {u"/etc/chat.env"_s});
        QCOMPARE(seen.mounts,
            (QList<Mount> {{u"/srv/a"_s, u"/app/a"_s, true}, {u"cache"_s, u"/cache"_s, false}}));
        QCOMPARE(seen.options,
            (QStringList {u"--interactive"_s, u"--tty"_s, u"--memory"_s, u"512m"_s}));
        QCOMPARE(seen.restart, u"always"_s);
        QCOMPARE(seen.image, u"chat:hash_aaa"_s);
        QCOMPARE(seen.command, (QStringList {u"--urls"_s, u"http://+:8080"_s}));
    }

    void whatIsNoRunLineIsRefused_data()
    {
        QTest::addColumn<QString>("line");
        for (const char* line : {"", "ls -l", "docker ps", "docker run", "docker run -p", "docker run -Z x img", "docker run 'x"})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void whatIsNoRunLineIsRefused()
    {
        QFETCH(QString, line);
        QVERIFY_EXCEPTION_THROWN(seenFromRunLine(line), Error);
    }
};

QTEST_APPLESS_MAIN(TestAdopt)
#include "tst_adopt.moc"
