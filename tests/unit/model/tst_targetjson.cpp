// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/model/targetjson.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

QByteArray fixture(const QString& name)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/model/targets/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// contract.json with one piece of its text replaced; the piece has to be there.
QByteArray with(const char* piece, const char* replacement)
{
    QByteArray json = fixture(u"contract.json"_s);
    return json.contains(piece)
        ? json.replace(json.indexOf(piece), qsizetype(qstrlen(piece)), replacement)
        : QByteArray();
}

std::optional<Error> refusal(const QByteArray& json)
{
    try {
        targetFromJson(json, u"t.json"_s);
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace

class TestTargetJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheContract();
    void defaultsAreTheContractsValues();
    void readsEverything();
    void roundTrips_data();
    void roundTrips();
    void leavesOutDefaults();
    void refuses_data();
    void refuses();
    void refusesWhatAStrategyCannotUse_data();
    void refusesWhatAStrategyCannotUse();
    void saysLineAndColumn_data();
    void saysLineAndColumn();
    void neverRepeatsWhatItRefused();
    void composesNames();
    void looksThingsUp();
    void writesARequiredObjectWhateverItHolds();
};

void TestTargetJson::readsTheContract()
{
    const Target target = targetFromJson(fixture(u"contract.json"_s), u"t.json"_s);
    QCOMPARE(target.name, u"chat-production"_s);
    QCOMPARE(target.environment, u"production"_s);
    QCOMPARE(target.hosts.size(), 1);
    QCOMPARE(target.hosts[0].name, u"web"_s);
    QCOMPARE(target.hosts[0].address, u"192.0.2.10"_s);
    QCOMPARE(target.slots.size(), 2);
    QCOMPARE(target.slots[1].server, u"127.0.0.1:8091"_s);
    QCOMPARE(target.slots[0].publish, QStringList({u"8090:8080"_s, u"8190:8081"_s}));
    QVERIFY(
        target.witness && target.witness->http && !target.witness->session && target.witness->hub);
    QCOMPARE(target.witness->hub->echo->arguments, QJsonArray({u"gapless"_s, u"{token}"_s}));
    QCOMPARE(target.container.env.value(u"ASPNETCORE_ENVIRONMENT"_s), u"Production"_s);
}

// What the contract's example shows is what a file that leaves it out gets.
void TestTargetJson::defaultsAreTheContractsValues()
{
    const Target full = targetFromJson(fixture(u"contract.json"_s), u"t.json"_s);
    const Target least = targetFromJson(fixture(u"minimal.json"_s), u"t.json"_s);
    QCOMPARE(least.environment, QString());
    QCOMPARE(least.protection, full.protection);
    QCOMPARE(least.hosts[0].port, full.hosts[0].port);
    QCOMPARE(least.hosts[0].sudo, full.hosts[0].sudo);
    QCOMPARE(least.hosts[0].sudoFor, full.hosts[0].sudoFor);
    QCOMPARE(least.hosts[0].docker, full.hosts[0].docker);
    QCOMPARE(least.gateway.host, full.gateway.host);
    QCOMPARE(least.gateway.testCommand, full.gateway.testCommand);
    QCOMPARE(least.gateway.reloadCommand, full.gateway.reloadCommand);
    QVERIFY(least.image == full.image);
    QVERIFY(least.build == full.build);
    QVERIFY(least.health == full.health);
    QVERIFY(least.drain == full.drain);
    QVERIFY(least.hooks == full.hooks);
    QVERIFY(least.container == ContainerSpec {});
    QCOMPARE(least.container.restart, full.container.restart);
    QCOMPARE(least.container.stopTimeoutSeconds, full.container.stopTimeoutSeconds);
    QCOMPARE(Mount {}.readOnly, full.container.mounts[0].readOnly);
    QCOMPARE(least.strategy, full.strategy);
    QCOMPARE(least.rehearse, full.rehearse);
    QCOMPARE(least.keepOneRunning, full.keepOneRunning);
    QCOMPARE(least.keepWarmSeconds, 300);
    QCOMPARE(least.canary.steps, QList<int>({10, 25, 50, 100}));
    QVERIFY(!least.preview);
    QCOMPARE(least.onPartialFailure, full.onPartialFailure);
    QVERIFY(!least.witness);
    QVERIFY(WitnessSpec {}.http == full.witness->http);
    QVERIFY(WitnessSpec {}.session == full.witness->session);
    QCOMPARE(WitnessSpec {}.maxGapMs, full.witness->maxGapMs);
    QCOMPARE(WitnessSpec {}.maxFailed, full.witness->maxFailed);
    QCOMPARE(WitnessSpec {}.abortOn, full.witness->abortOn);

    // The key that ssh itself would try first.
    const Target key = targetFromJson(
        fixture(u"minimal.json"_s).replace("{ \"method\": \"agent\" }", "{}"), u"t.json"_s);
    QVERIFY(key.hosts[0].auth == full.hosts[0].auth);
}

void TestTargetJson::readsEverything()
{
    const Target target = targetFromJson(fixture(u"everything.json"_s), u"t.json"_s);
    QCOMPARE(target.protection, Protection::TypeName);
    QStringList hosts;
    for (const HostSpec& host : target.hosts)
        hosts.append(host.name);
    QCOMPARE(hosts, QStringList({u"zeta"_s, u"alpha"_s, u"mid"_s})); // in the file's order
    QCOMPARE(
        target.host(u"zeta"_s).jump, QStringList({u"ops@bastion.example:2200"_s, u"second"_s}));
    QCOMPARE(target.host(u"alpha"_s).jump, QStringList({u"bastion.example"_s}));
    QCOMPARE(target.image.hashLength, 12);
    QCOMPARE(target.build.once, false);
    QCOMPARE(target.strategy, Strategy::Canary);
    QVERIFY(!target.witness->http);
    QCOMPARE(target.witness->session->increasing, false);
    QCOMPARE(target.witness->hub->connections, 200);
    QCOMPARE(target.witness->hub->accessToken, u"chat-probe"_s);
    QVERIFY(!target.witness->hub->echo);
    QCOMPARE(target.witness->maxFailed, 3);
}

void TestTargetJson::roundTrips_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* name : {"contract.json", "minimal.json", "everything.json"})
        QTest::newRow(name) << fixture(QString::fromLatin1(name));
    QTest::newRow("post") << with(
        "\"post\": null", "\"post\": { \"path\": \"/send\", \"body\": \"x\", \"perSecond\": 2.5 }");
    QTest::newRow("no witness http") << with("\"perSecond\": 20", "\"perSecond\": 0.5");
}

void TestTargetJson::roundTrips()
{
    QFETCH(QByteArray, json);
    const Target target = targetFromJson(json, u"t.json"_s);
    const QByteArray written = targetToJson(target);
    QVERIFY(targetFromJson(written, u"t.json"_s) == target);
    QCOMPARE(targetToJson(targetFromJson(written, u"t.json"_s)), written);
}

void TestTargetJson::leavesOutDefaults()
{
    const QJsonObject json = QJsonDocument::fromJson(
        targetToJson(targetFromJson(fixture(u"contract.json"_s), u"t.json"_s)))
                                 .object();
    QCOMPARE(json.keys(),
        QStringList({u"container"_s, u"environment"_s, u"gateway"_s, u"hosts"_s, u"image"_s,
            u"name"_s, u"schema"_s, u"slots"_s, u"witness"_s}));
    QCOMPARE(json[u"image"_s].toObject().keys(), QStringList({u"repository"_s}));
    QCOMPARE(json[u"witness"_s].toObject().keys(), QStringList({u"signalr"_s, u"url"_s}));
}

void TestTargetJson::refuses_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<QByteArray>("replacement");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("path");
    const auto row = [](const char* name, const char* piece, const char* replacement,
                         ErrorKind kind, const char* path) {
        QTest::newRow(name) << QByteArray(piece) << QByteArray(replacement) << kind
                            << QString::fromLatin1(path);
    };
    using enum ErrorKind;
    // clang-format off
    row("unknown field", "\"rehearse\"", "\"rehearsal\"", FieldUnknown, "rehearsal");
    row("unknown in a host", "\"docker\": \"docker\"", "\"dockr\": \"docker\"", FieldUnknown, "hosts.web.dockr");
    row("misspelt and so missing", "\"address\"", "\"adress\"", FieldUnknown, "hosts.web.adress");
    row("unknown in a slot", "\"container\": \"chat_B\"", "\"contaner\": \"chat_B\"", FieldUnknown, "slots[1].contaner");
    row("unknown in post", "\"post\": null", "\"post\": { \"url\": 1 }", FieldUnknown, "witness.http.post.url");
    row("schema missing", "\"schema\": 1,", "", FieldMissing, "schema");
    row("newer schema", "\"schema\": 1,", "\"schema\": 2,", FieldWrong, "schema");
    row("schema as text", "\"schema\": 1,", "\"schema\": \"1\",", FieldWrong, "schema");
    row("name missing", "\"name\": \"chat-production\",", "", FieldMissing, "name");
    row("user missing", "\"user\": \"deploy\",", "", FieldMissing, "hosts.web.user");
    row("gateway's host missing", "\"gateway\": { \"host\": \"web\",", "\"gateway\": {", FieldMissing, "gateway.host");
    row("server missing", "\"server\": \"127.0.0.1:8091\",", "", FieldMissing, "slots[1].server");
    row("publish missing", ", \"publish\": [ \"8091:8080\", \"8191:8081\" ]", "", FieldMissing, "slots[1].publish");
    row("repository missing", "\"repository\": \"chat\",", "", FieldMissing, "image.repository");
    row("name twice", "\"name\": \"B\"", "\"name\": \"A\"", FieldRepeated, "slots[1].name");
    row("server twice", "127.0.0.1:8091", "127.0.0.1:8090", FieldRepeated, "slots[1].server");
    row("container twice", "chat_B", "chat_A", FieldRepeated, "slots[1].container");
    row("member twice", "\"rehearse\": false", "\"rehearse\": false, \"rehearse\": true", FieldRepeated, "rehearse");
    row("member twice in a slot", "\"name\": \"B\"", "\"name\": \"B\", \"name\": \"C\"", FieldRepeated, "slots[1].name");
    row("port 0", "\"port\": 22", "\"port\": 0", FieldWrong, "hosts.web.port");
    row("port 65536", "\"port\": 22", "\"port\": 65536", FieldWrong, "hosts.web.port");
    row("port as text", "\"port\": 22", "\"port\": \"22\"", FieldWrong, "hosts.web.port");
    row("port with a fraction", "\"port\": 22", "\"port\": 22.5", FieldWrong, "hosts.web.port");
    row("port null", "\"port\": 22", "\"port\": null", FieldWrong, "hosts.web.port");
    row("port beyond 64 bits", "\"port\": 22", "\"port\": 99999999999999999999", FieldWrong, "hosts.web.port");
    row("number beyond a double", "\"port\": 22", "\"port\": 1e999", FieldWrong, "hosts.web.port");
    row("no host", "\"web\": {", "\"web\": null, \"x\": {", FieldWrong, "hosts.web");
    row("unknown host", "\"host\": \"web\", \"container\": \"chat_B\"", "\"host\": \"db\", \"container\": \"chat_B\"", FieldWrong, "slots[1].host");
    row("one slot", "},\n    { \"name\": \"B\"", "}], \"x\": [ { \"name\": \"B\"", FieldWrong, "slots");
    row("flag as text", "\"rehearse\": false", "\"rehearse\": \"no\"", FieldWrong, "rehearse");
    row("strategy of no kind", "\"rolling\"", "\"recreate\"", FieldWrong, "strategy");
    row("status of no kind", "\"expectStatus\": \"200-299\"", "\"expectStatus\": \"2xx\"", FieldWrong, "health.expectStatus");
    row("status range upside down", "\"expectStatus\": \"200-299\"", "\"expectStatus\": \"299-200\"", FieldWrong, "health.expectStatus");
    row("publish out of range", "8191:8081", "8191:80810", FieldWrong, "slots[1].publish[1]");
    row("publish of no kind", "8191:8081", "eighty", FieldWrong, "slots[1].publish[1]");
    row("server that breaks nginx", "127.0.0.1:8091", "127.0.0.1:8091; } #", FieldWrong, "slots[1].server");
    row("relative upstream file", "\"/etc/nginx/conf.d/zero", "\"conf.d/zero", FieldWrong, "gateway.upstreamFile");
    row("line break in a path", "zerodowntime_upstream.conf", "a\\nb", FieldWrong, "gateway.upstreamFile");
    row("address as an option", "192.0.2.10", "-oProxyCommand=x", FieldWrong, "hosts.web.address");
    row("name with a slash", "chat-production", "../chat", FieldWrong, "name");
    row("repository in capitals", "\"repository\": \"chat\"", "\"repository\": \"Chat\"", FieldWrong, "image.repository");
    row("hash length of no kind", "\"hashLength\": \"full\"", "\"hashLength\": \"short\"", FieldWrong, "image.hashLength");
    row("hash length 0", "\"hashLength\": \"full\"", "\"hashLength\": 0", FieldWrong, "image.hashLength");
    row("201 connections", "\"perSlot\"", "201", FieldWrong, "witness.signalr.connections");
    row("connections of no kind", "\"perSlot\"", "\"many\"", FieldWrong, "witness.signalr.connections");
    row("delay below 0", "[0, 2000", "[-1, 2000", FieldWrong, "witness.signalr.reconnectDelaysMs[0]");
    row("abort on what", "\"abortOn\": []", "\"abortOn\": [\"slow\"]", FieldWrong, "witness.abortOn[0]");
    row("session expects what", "\"session\": null", "\"session\": { \"path\": \"/\", \"expect\": \"more\" }", FieldWrong, "witness.session.expect");
    row("url of no kind", "http://192.0.2.10:9080", "ftp://192.0.2.10", FieldWrong, "witness.url");
    row("url without a host", "http://192.0.2.10:9080", "http:///x", FieldWrong, "witness.url");
    row("hops of no kind", "\"jump\": null", "\"jump\": 3", FieldWrong, "hosts.web.jump");
    row("hop as an option", "\"jump\": null", "\"jump\": \"a,-oX\"", FieldWrong, "hosts.web.jump");
    row("sudo for what", "\"sudoFor\": [\"gateway\"", "\"sudoFor\": [\"apt\"", FieldWrong, "hosts.web.sudoFor[0]");
    row("restart policy of no kind", "\"unless-stopped\"", "\"sometimes\"", FieldWrong, "container.restart");
    row("option --name", "\"--memory\"", "\"--name\"", FieldWrong, "container.options[0]");
    row("option --name=x", "\"--memory\"", "\"--name=x\"", FieldWrong, "container.options[0]");
    row("option -p", "\"512m\"", "\"512m\", \"-p\", \"1:1\"", FieldWrong, "container.options[2]");
    row("option -p1:1", "\"--memory\"", "\"-p1:1\"", FieldWrong, "container.options[0]");
    row("option -itd", "\"--memory\"", "\"-itd\"", FieldWrong, "container.options[0]");
    row("option --rm", "\"--memory\"", "\"--rm\"", FieldWrong, "container.options[0]");
    row("option --restart=always", "\"--memory\"", "\"--restart=always\"", FieldWrong, "container.options[0]");
    row("password of a host", "\"method\": \"key\"", "\"method\": \"password\", \"password\": \"x\"", FieldSecret, "hosts.web.auth.password");
    row("passphrase", "\"method\": \"key\"", "\"method\": \"key\", \"passphrase\": \"x\"", FieldSecret, "hosts.web.auth.passphrase");
    row("private key", "\"method\": \"key\"", "\"method\": \"key\", \"privateKey\": \"x\"", FieldSecret, "hosts.web.auth.privateKey");
    row("sudo password", "\"sudo\": \"none\"", "\"sudoPassword\": \"x\"", FieldSecret, "hosts.web.sudoPassword");
    row("token", "\"accessToken\": null", "\"token\": \"x\"", FieldSecret, "witness.signalr.token");
    row("token elsewhere", "\"rehearse\"", "\"accessToken\": \"x\", \"rehearse\"", FieldSecret, "accessToken");
    row("secret at the root", "\"rehearse\"", "\"secret\": \"x\", \"rehearse\"", FieldSecret, "secret");
    row("secret variable", "\"ASPNETCORE_ENVIRONMENT\"", "\"DB_PASSWORD\"", FieldSecret, "container.env.DB_PASSWORD");
    row("secret header", "\"headers\": {}", "\"headers\": { \"Authorization\": \"Bearer x\" }", FieldSecret, "health.headers.Authorization");
    row("secret option", "\"--memory\", \"512m\"", "\"-e\", \"API_TOKEN=x\"", FieldSecret, "container.options[1]");
    row("secret option after others", "\"--memory\", \"512m\"", "\"-ie\", \"API_TOKEN=x\"", FieldSecret, "container.options[1]");
    row("secret option in one word", "\"--memory\", \"512m\"", "\"-ieAPI_TOKEN=x\"", FieldSecret, "container.options[0]");
    row("{token} as a secret", "\"ASPNETCORE_ENVIRONMENT\": \"Production\"", "\"DB_PASSWORD\": \"{token}\"", FieldSecret, "container.env.DB_PASSWORD");
    row("password in the url", "http://192", "http://me:x@192", FieldSecret, "witness.url");
    row("not an object", "\"gateway\": {", "\"gateway\": 1, \"y\": {", FieldWrong, "gateway");
    // clang-format on
}

void TestTargetJson::refuses()
{
    QFETCH(QByteArray, piece);
    QFETCH(QByteArray, replacement);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, path);
    const QByteArray json = with(piece.constData(), replacement.constData());
    QVERIFY(!json.isEmpty());
    const std::optional<Error> error = refusal(json);
    QVERIFY(error);
    QCOMPARE(idOf(error->kind), idOf(kind));
    QCOMPARE(error->facts[u"path"_s].toString(), path);
    QCOMPARE(error->facts[u"file"_s].toString(), u"t.json"_s);
}

void TestTargetJson::refusesWhatAStrategyCannotUse_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QStringList>("groups");
    QTest::addColumn<QString>("path"); // empty: it is taken
    const QStringList none {{}, {}}, pair {u"blue"_s, u"green"_s};
    const QByteArray blueGreen = R"("strategy": "blue-green",)", redBlack = R"("strategy": "red-black",)",
                     canary = R"("strategy": "canary",)";
    QTest::newRow("a pair needs no groups") << blueGreen << none << QString();
    QTest::newRow("two groups") << redBlack << pair + QStringList {u"green"_s} << QString();
    QTest::newRow("three slots need groups")
        << blueGreen << QStringList {u"blue"_s, {}, u"green"_s} << u"slots[1].group"_s;
    QTest::newRow("three groups") << redBlack << pair + QStringList {u"red"_s} << u"slots[2].group"_s;
    QTest::newRow("one group") << blueGreen << QStringList {u"all"_s, u"all"_s} << u"slots[1].group"_s;
    QTest::newRow("rolling asks for none") << QByteArray() << QStringList {{}, {}, {}} << QString();
    QTest::newRow("a canary whose versions nobody can tell apart")
        << canary << none << u"witness.http.versionFrom"_s;
    QTest::newRow("a canary by hand")
        << canary + R"("canary": { "byHand": true },)" << none << QString();
    QTest::newRow("steps that do not grow")
        << QByteArray(R"("canary": { "steps": [10, 10, 100] },)") << none << u"canary.steps[1]"_s;
    QTest::newRow("steps that do not end")
        << QByteArray(R"("canary": { "steps": [10, 50] },)") << none << u"canary.steps"_s;
    QTest::newRow("no steps") << QByteArray(R"("canary": { "steps": [] },)") << none << u"canary.steps"_s;
    QTest::newRow("a step of 0") << QByteArray(R"("canary": { "steps": [0, 100] },)") << none
                                 << u"canary.steps[0]"_s;
    QTest::newRow("a preview that is more than an address")
        << QByteArray(R"("preview": { "listen": "9090; root /" },)") << none << u"preview.listen"_s;
    QTest::newRow("a preview nowhere") << QByteArray(R"("preview": {},)") << none
                                    << u"preview.listen"_s;
}

void TestTargetJson::refusesWhatAStrategyCannotUse()
{
    QFETCH(QByteArray, fields);
    QFETCH(QStringList, groups);
    QFETCH(QString, path);
    QByteArrayList slotList;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        const QByteArray number = QByteArray::number(i);
        slotList += R"({ "name": "S)" + number + R"(", "container": "chat_)" + number
            + R"(", "server": "127.0.0.1:809)" + number + R"(", "publish": [], "group": )"
            + (groups[i].isEmpty() ? "null" : '"' + groups[i].toUtf8() + '"') + " }";
    }
    const QByteArray json = R"({ "schema": 1, "name": "chat", )" + fields + R"(
        "hosts": { "web": { "address": "192.0.2.10", "user": "deploy", "auth": {} } },
        "gateway": { "host": "web", "upstreamFile": "/etc/nginx/up.conf", "upstream": "up" },
        "image": { "repository": "chat" }, "slots": [)" + slotList.join(',') + "] }";
    const std::optional<Error> error = refusal(json);
    QCOMPARE(error ? error->facts[u"path"_s].toString() : QString(), path);
}

void TestTargetJson::saysLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("empty") << QByteArray() << 1 << 1;
    QTest::newRow("not JSON") << QByteArray("schema: 1") << 1 << 1;
    QTest::newRow("comma too many") << QByteArray("{\n  \"a\": 1,\n}") << 3 << 1;
    QTest::newRow("comma missing") << QByteArray("{ \"a\": 1\n  \"b\": 2 }") << 2 << 5;
    QTest::newRow("characters, not bytes") << QByteArray("{ \"聊天\": x }") << 1 << 9;
    QTest::newRow("cut off") << QByteArray("{ \"a\": [1, 2") << 1 << 13;
    QTest::newRow("invalid UTF-8") << QByteArray("{ \"a\xff\": 1 }") << 1 << 5;
}

void TestTargetJson::saysLineAndColumn()
{
    QFETCH(QByteArray, json);
    QFETCH(int, line);
    QFETCH(int, column);
    const std::optional<Error> error = refusal(json);
    QVERIFY(error);
    QCOMPARE(error->kind, ErrorKind::JsonBroken);
    QCOMPARE(error->facts[u"line"_s].toInt(), line);
    QCOMPARE(error->facts[u"column"_s].toInt(), column);
}

void TestTargetJson::neverRepeatsWhatItRefused()
{
    for (const QByteArray& json : {with("\"method\": \"key\"", "\"password\": \"hunter2\""),
             with("\"method\": \"key\"", "\"password\": \"hunter2"),
             with("http://192", "http://me:hunter2@192"),
             with("\"method\": \"key\"", "\"method\": \"hunter2\"")}) {
        const std::optional<Error> error = refusal(json);
        QVERIFY(error);
        QVERIFY2(!QByteArray(error->what()).contains("hunter2"), error->what());
    }
}

void TestTargetJson::composesNames()
{
    const Target target = targetFromJson(
        with("chat-production", "Cafe\u0301").replace("/var/docker", "/e\u0301/docker"),
        u"t.json"_s);
    QCOMPARE(target.name, u"Caf\u00e9"_s);
    QVERIFY(target.container.mounts[0].source.startsWith(u"/e\u0301/"_s)); // a path keeps its bytes
}

void TestTargetJson::looksThingsUp()
{
    const Target target = targetFromJson(fixture(u"everything.json"_s), u"t.json"_s);
    QCOMPARE(target.slotHosts(), QStringList({u"alpha"_s, u"mid"_s}));
    QCOMPARE(target.slot(u"right"_s)->server, u"unix:/run/chat.sock"_s);
    QVERIFY(!target.slot(u"none"_s));
    QVERIFY_THROWS_EXCEPTION(Error, target.host(u"none"_s));
    QCOMPARE(target.imageReference(u"v2"_s), u"registry.example:5000/team/chat:v2"_s);
    QCOMPARE(target.imageReference(u"chat:v2"_s), u"chat:v2"_s);
}

/// `auth` is required, also of a host that takes every default of it.
void TestTargetJson::writesARequiredObjectWhateverItHolds()
{
    Target target;
    target.name = u"chat"_s;
    target.hosts = {{.name = u"web"_s, .address = u"192.0.2.10"_s, .user = u"deploy"_s}};
    target.gateway
        = {.host = u"web"_s, .upstreamFile = u"/etc/nginx/up.conf"_s, .upstream = u"u"_s};
    target.image.repository = u"chat"_s;
    for (const QString& name : {u"A"_s, u"B"_s})
        target.slots.append({.name = name, .host = u"web"_s, .container = u"chat_"_s + name,
            .server = u"127.0.0.1:80"_s + name, .publish = {u"8090:8080"_s}, .env = {}});
    QVERIFY(targetToJson(target).contains("\"auth\""));
    (void)targetFromJson(targetToJson(target), u"file"_s);
}

QTEST_GUILESS_MAIN(TestTargetJson)
#include "tst_targetjson.moc"
