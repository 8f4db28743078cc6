// SPDX-License-Identifier: MIT
#include "engine/site/doctorchecks.h"

#include <QJsonDocument>
#include <QTest>

using namespace gapless;
using namespace gapless::doctor;
using namespace Qt::StringLiterals;

namespace {

const QByteArray upstreamFile
    = "upstream app {\n    ip_hash;\n    server 127.0.0.1:8090 max_fails=0;\n"
      "    server 127.0.0.1:8091 max_fails=0;\n    keepalive 32;\n}\n";

const QByteArray nginxConf
    = "# configuration file /etc/nginx/nginx.conf:\nworker_shutdown_timeout 90s;\n"
      "http {\n include conf.d/up.conf;\n server {\n  listen 80;\n  location / {\n"
      "   proxy_pass http://app;\n   proxy_http_version 1.1;\n"
      "   proxy_set_header Upgrade $http_upgrade;\n   proxy_set_header Connection upgrade;\n"
      "  }\n }\n}\n\n# configuration file /etc/nginx/conf.d/up.conf:\n";

/// A site with nothing wrong: two hosts, a slot on each, seen with everything up.
struct Site {
    Target target;
    DoctorOptions options;
    Examination examination {target, options, {}, {}, {}, {}};

    Site()
    {
        for (const QString& name : {u"web"_s, u"app"_s}) {
            HostSpec host;
            host.name = name;
            host.address = u"192.0.2.1"_s;
            host.user = u"deploy"_s;
            target.hosts << host;
        }
        target.gateway.host = u"web"_s;
        target.gateway.upstreamFile = u"/etc/nginx/conf.d/up.conf"_s;
        target.gateway.upstream = u"app"_s;
        target.image.repository = u"chat"_s;
        target.container.mounts = {{u"/srv/a.json"_s, u"/app/a.json"_s, true}};
        target.container.envFiles = {u"/srv/env"_s};
        target.container.network = u"front"_s;
        target.slots = {
            {u"A"_s, u"web"_s, u"chat_A"_s, u"127.0.0.1:8090"_s, {u"8090:8080"_s}, {}},
            {u"B"_s, u"app"_s, u"chat_B"_s, u"127.0.0.1:8091"_s, {u"8091:8080"_s}, {}},
        };
        target.witness = WitnessSpec {};
        target.witness->url = u"http://192.0.2.1"_s;
        target.witness->session = SessionProbeSpec {u"/count"_s, true};
        target.witness->hub = HubProbeSpec {};
        target.witness->hub->hub = u"/hub"_s;
        options.tag = u"hash_1"_s;
        for (const Slot& slot : target.slots)
            fillSlotHost(slot);
        fillGateway(upstreamFile);
        for (const Slot& slot : target.slots) {
            SlotTry& asked = examination.tries.slots[slot.name];
            asked.status = 200;
            asked.hub = signalr::Failure {};
        }
        examination.tries.affinity = AffinityTry {QUrl(u"http://x"_s), 20, 0, 0, {}, false};
        examination.tries.sessions = {{u"A"_s, u"B"_s, "3", "4", {u"sid"_s}, {}, true}};
        examination.tries.sessionHasCookie = true;
    }
    Site(const Site&) = delete;

    void fillSlotHost(const Slot& slot)
    {
        HostLook& host = examination.hosts[slot.host];
        host.user = u"deploy"_s;
        host.uncertaintyMs = 10;
        host.tools = {u"awk"_s, u"base64"_s, u"flock"_s, u"setsid"_s, u"ss"_s, u"unshare"_s};
        SlotHostLook& look = examination.slotHosts[slot.host];
        Container container;
        container.id = u"c"_s + slot.name;
        container.name = slot.container;
        container.imageId = u"sha256:1"_s;
        container.image = u"chat:hash_1"_s;
        container.status = u"running"_s;
        container.running = true;
        container.restartPolicy = u"always"_s;
        const QString port = slot.publish[0].section(u':', 0, 0);
        container.ports = {{u"8080/tcp"_s, {}, port}};
        Image image;
        image.id = container.imageId;
        image.tags = {u"chat:hash_1"_s};
        image.size = 100 * 1024 * 1024;
        image.architecture = u"amd64"_s;
        look.docker.containers = {container};
        look.docker.images = {image};
        look.daemon = DockerDaemon {};
        look.daemon->architecture = u"x86_64"_s;
        look.running = {{container.id, {slot.container}, container.image, u"running"_s, {},
            u"0.0.0.0:%1->8080/tcp, :::%1->8080/tcp"_s.arg(port)}};
        look.listeners = {{u"0.0.0.0"_s, port.toInt(), u"docker-proxy"_s, 7}};
        look.networks = QStringList {u"bridge"_s, u"front"_s};
        look.disk = DiskSpace {u"/var/lib/docker"_s, 50LL << 30};
        look.paths = {{u"/srv/a.json"_s, u"file"_s}, {u"/srv/env"_s, u"file"_s}};
    }

    void fillGateway(const QByteArray& file)
    {
        GatewayExamination& gateway = examination.gateway;
        gateway.look.realPath = target.gateway.upstreamFile;
        gateway.look.bytes = file;
        gateway.look.stateDir = u"/var/lib/gapless"_s;
        gateway.look.stateDirShared = true;
        gateway.writable = true;
        gateway.test = Told {0, {}};
        gateway.pidFile = u"/run/nginx.pid"_s;
        gateway.pidInFile = 42;
        gateway.masters = {{42, u"nginx: master process nginx"_s}};
        gateway.dump = readNginxDump(nginxConf + file);
        gateway.stateDisk = DiskSpace {u"/var/lib/gapless"_s, 1LL << 30};
        gateway.upstream.reset();
        gateway.upstreamError.reset();
        try {
            gateway.upstream = findUpstream(file, "app");
        } catch (const Error& error) {
            gateway.upstreamError = error;
        }
    }

    SlotHostLook& slotHost(const QString& name) { return examination.slotHosts[name]; }
    Container& container(const QString& host) { return slotHost(host).docker.containers[0]; }

    QList<Check> checks() const
    {
        QList<Check> all;
        for (const Rule& rule : rules())
            all << checksOf(rule, examination);
        return all;
    }
};

using Spoil = void (*)(Site& site);

QString stateId(Check::State state)
{
    return idOf(state);
}

/// `id host slot state what`, of those that are not ok.
QStringList complaints(const QList<Check>& checks)
{
    QStringList found;
    for (const Check& check : checks) {
        if (check.state == Check::State::Ok)
            continue;
        QString what = check.facts[u"what"_s].toString();
        if (check.facts.contains(u"skipped"_s))
            what = u"skipped:"_s + check.facts[u"skipped"_s].toString();
        if (what.isEmpty())
            what = check.facts[u"kind"_s].toString();
        found << u"%1 %2%3 %4 %5"_s
                     .arg(check.id, check.host,
                         check.slot.isEmpty() ? QString() : u'/' + check.slot, stateId(check.state),
                         what)
                     .simplified();
    }
    return found;
}

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// Each check against a site in which one thing is wrong.
class TestDoctorChecks : public QObject {
    Q_OBJECT

private:
    void add(const char* name, Spoil spoil, const QStringList& expected)
    {
        QTest::newRow(name) << spoil << expected;
    }
    void addHosts();
    void addDocker();
    void addSlots();
    void addGateway();
    void addNginx();
    void addTries();

private Q_SLOTS:
    void hasNothingToSayOfAGoodSite()
    {
        const Site site;
        QCOMPARE(complaints(site.checks()), QStringList());
        QCOMPARE(worstOf(site.checks()), Check::State::Ok);
    }

    void finds_data()
    {
        QTest::addColumn<Spoil>("spoil");
        QTest::addColumn<QStringList>("expected");
        addHosts();
        addDocker();
        addSlots();
        addGateway();
        addNginx();
        addTries();
    }
    void finds()
    {
        QFETCH(Spoil, spoil);
        QFETCH(QStringList, expected);
        Site site;
        spoil(site);
        QCOMPARE(complaints(site.checks()), expected);
    }

    void skipsWhatALostHostHides()
    {
        Site site;
        const Error lost = Error(ErrorKind::HostUnreachable).on(u"app"_s);
        site.examination.hosts[u"app"_s].failure = lost;
        site.examination.slotHosts[u"app"_s].failure = lost;
        QStringList others;
        for (const QString& line : complaints(site.checks()))
            if (!line.endsWith("skipped:ssh"_L1))
                others << line;
        QCOMPARE(others, QStringList {u"ssh app refuse hostUnreachable"_s});
        const auto skips = complaints(site.checks()).filter(u"skipped:ssh"_s);
        QVERIFY(skips.contains(u"ports app/B info skipped:ssh"_s));
        QVERIFY(skips.contains(u"image info skipped:ssh"_s));
        QVERIFY(!skips.contains(u"ports web/A info skipped:ssh"_s));
        QCOMPARE(worstOf(site.checks()), Check::State::Refuse);
    }

    void saysWhoHasAPort()
    {
        Site site;
        site.slotHost(u"web"_s).running << ContainerSummary {u"x"_s, {u"grafana"_s}, u"grafana:9"_s,
            u"running"_s, {}, u"127.0.0.1:8090->3000/tcp"_s};
        const Check check = only(site, u"ports"_s);
        QCOMPARE(check.facts[u"port"_s].toInt(), 8090);
        QCOMPARE(check.facts[u"by"_s].toString(), u"grafana"_s);
        QCOMPARE(check.facts[u"byImage"_s].toString(), u"grafana:9"_s);
        QCOMPARE(check.slot, u"A"_s);
    }

    void saysWhoHasAName()
    {
        Site site;
        site.container(u"web"_s).image = u"postgres:16"_s;
        site.container(u"web"_s).imageId = u"sha256:9"_s;
        const Check check = only(site, u"containers"_s);
        QCOMPARE(check.facts[u"container"_s].toString(), u"chat_A"_s);
        QCOMPARE(check.facts[u"image"_s].toString(), u"postgres:16"_s);
        QCOMPARE(check.facts[u"host"_s].toString(), u"web"_s);
    }

    void saysWhereAnImageIsMissing()
    {
        Site site;
        site.slotHost(u"app"_s).docker.images[0].tags = {u"chat:hash_0"_s};
        const Check check = only(site, u"image"_s);
        QCOMPARE(check.facts[u"image"_s].toString(), u"chat:hash_1"_s);
        QCOMPARE(check.facts[u"hosts"_s].toArray(), QJsonArray {u"app"_s});
        QCOMPARE(check.facts[u"elsewhere"_s].toArray(), QJsonArray {u"web"_s});
    }

    void proposesTheAffinityDirective()
    {
        Site site;
        site.fillGateway("# x\nupstream app { least_conn; server 127.0.0.1:8090 max_fails=0;\n"
                         "server 127.0.0.1:8091 max_fails=0; }\n");
        site.examination.tries.affinity->failed = 11;
        site.examination.tries.affinity->notFound = 10;
        const Check check = only(site, u"affinity"_s);
        QCOMPARE(check.facts[u"remedyText"_s].toString(), u"ip_hash;"_s);
        QCOMPARE(check.facts[u"line"_s].toInt(), 2);
        QCOMPARE(check.facts[u"replaces"_s].toString(), u"least_conn"_s);
        QCOMPARE(check.facts[u"notFound"_s].toInt(), 10);
    }

    void proposesTheSmallestSudoersLine()
    {
        Site site;
        site.examination.gateway.canReload = false;
        QCOMPARE(only(site, u"reload"_s).facts[u"remedyText"_s].toString(),
            u"deploy ALL=(root) NOPASSWD: /usr/sbin/nginx -t, /usr/sbin/nginx -s reload"_s);
        Site other;
        other.examination.gateway.writable = false;
        QCOMPARE(only(other, u"upstream"_s).facts[u"remedyText"_s].toString(),
            u"deploy ALL=(root) NOPASSWD: /bin/sh -s"_s);
    }

    void proposesServerLines()
    {
        Site site;
        site.fillGateway("upstream app { ip_hash; server 127.0.0.1:8090;\n"
                         "server 127.0.0.1:8091 fail_timeout=30s max_fails=2; }\n");
        const Check check = only(site, u"maxFails"_s);
        QCOMPARE(check.facts[u"remedyText"_s].toString(),
            u"server 127.0.0.1:8090 max_fails=0;\nserver 127.0.0.1:8091 max_fails=0 "
            "fail_timeout=30s;"_s);
        QCOMPARE(check.facts[u"lines"_s].toArray(), (QJsonArray {1, 2}));
        QCOMPARE(check.facts[u"maxFails"_s].toInt(), 2);
    }

    void proposesAZoneForACanary()
    {
        Site site;
        site.fillGateway("upstream app { ip_hash; server 127.0.0.1:8090 max_fails=0; server 127.0.0.1:8091 max_fails=0; }\n");
        for (const Check& check : site.checks())
            QVERIFY(check.id != u"zone");
        site.target.strategy = Strategy::Canary;
        QCOMPARE(only(site, u"zone"_s).state, Check::State::Warn);
        QCOMPARE(only(site, u"zone"_s).facts[u"remedyText"_s].toString(), u"zone app 64k;"_s);
        site.fillGateway("upstream app { zone app 64k; ip_hash; server 127.0.0.1:8090 max_fails=0;\n"
                         "server 127.0.0.1:8091 max_fails=0; }\n");
        for (const Check& check : site.checks())
            QVERIFY(check.id != u"zone" || check.state == Check::State::Ok);
    }

    void refusesWithTheOneError()
    {
        Site site;
        QVERIFY(!refusalOf(site.checks()));
        site.slotHost(u"app"_s).docker.images.clear();
        const std::optional<Error> one = refusalOf(site.checks());
        QCOMPARE(one->kind, ErrorKind::ImageMissing);
        QCOMPARE(one->host, u"app"_s);
        QCOMPARE(one->facts[u"image"_s].toString(), u"chat:hash_1"_s);
        site.slotHost(u"app"_s).paths[u"/srv/a.json"_s] = u"missing"_s;
        const std::optional<Error> both = refusalOf(site.checks());
        QCOMPARE(both->kind, ErrorKind::DoctorRefused);
        QCOMPARE(both->facts[u"checks"_s].toArray(), (QJsonArray {u"image"_s, u"mounts"_s}));
    }

    void saysWhereItLooked()
    {
        const Site site;
        for (const Check& check : site.checks()) {
            QCOMPARE(check.facts[u"host"_s].toString(), check.host);
            QCOMPARE(check.facts[u"slot"_s].toString(), check.slot);
        }
    }

    void isJson()
    {
        const Check check {u"ports"_s, Check::State::Refuse, u"web"_s, u"A"_s, {{u"port"_s, 1}}};
        QCOMPARE(QJsonDocument(toJson(check)).toJson(QJsonDocument::Compact),
            R"({"facts":{"port":1},"host":"web","id":"ports","slot":"A","state":"refuse"})");
    }

private:
    /// The one complaint, which must be of that check.
    Check only(const Site& site, const QString& id)
    {
        QList<Check> bad;
        for (const Check& check : site.checks())
            if (check.state != Check::State::Ok)
                bad << check;
        if (bad.size() != 1 || bad[0].id != id)
            qFatal("%s", qPrintable(complaints(site.checks()).join(u'\n')));
        return bad[0];
    }
};

void TestDoctorChecks::addHosts()
{
    add("clock", [](Site& s) { s.examination.hosts[u"app"_s].offsetMs = -5000; },
        {u"clock app warn"_s});
    add("clock, but who knows",
        [](Site& s) {
            s.examination.hosts[u"app"_s].offsetMs = 5000;
            s.examination.hosts[u"app"_s].uncertaintyMs = 4000;
        },
        {});
    add("no flock", [](Site& s) { s.examination.hosts[u"app"_s].tools.remove(u"flock"_s); },
        {u"tools app refuse"_s});
    add("no ss", [](Site& s) { s.examination.hosts[u"web"_s].tools.remove(u"ss"_s); },
        {u"tools web info"_s});
    add("no ss where it is not needed",
        [](Site& s) { s.examination.hosts[u"app"_s].tools.remove(u"ss"_s); }, {});
    add("disk, image there", [](Site& s) { s.slotHost(u"app"_s).disk->freeBytes = 300LL << 20; },
        {});
    add("disk gets tight", [](Site& s) { s.slotHost(u"app"_s).disk->freeBytes = 200LL << 20; },
        {u"disk app warn"_s});
    add("disk full", [](Site& s) { s.slotHost(u"app"_s).disk->freeBytes = 1LL << 20; },
        {u"disk app refuse diskFull"_s});
    add("disk, image still to come",
        [](Site& s) {
            s.options.tag.clear();
            s.slotHost(u"app"_s).disk->freeBytes = 90LL << 20;
        },
        {u"disk app refuse diskFull"_s});
    add("host key",
        [](Site& s) {
            const Error changed = Error(ErrorKind::HostKeyChanged).on(u"web"_s);
            s.target.slots.removeFirst();
            s.examination.slotHosts.remove(u"web"_s);
            s.examination.hosts[u"web"_s].failure = changed;
            s.examination.gateway.failure = changed;
        },
        {u"ssh web info skipped:hostKey"_s, u"hostKey web refuse hostKeyChanged"_s,
            u"sudo web info skipped:ssh"_s, u"clock web info skipped:ssh"_s,
            u"tools web info skipped:ssh"_s, u"nginxTest web info skipped:ssh"_s,
            u"reload web info skipped:ssh"_s, u"upstream web info skipped:ssh"_s,
            u"stateDir web info skipped:ssh"_s, u"lock web info skipped:ssh"_s,
            u"maxFails web info skipped:ssh"_s, u"websocketHeaders web info skipped:ssh"_s,
            u"workerShutdownTimeout web info skipped:ssh"_s, u"forwarding web info skipped:ssh"_s,
            u"health app/B info skipped:ssh"_s, u"affinity info skipped:ssh"_s,
            u"session info skipped:ssh"_s});
    add("sudo",
        [](Site& s) {
            const Error refused = Error(ErrorKind::SudoRefused).on(u"app"_s);
            s.examination.hosts[u"app"_s].sudoFailure = refused;
            s.examination.slotHosts[u"app"_s].failure = refused;
        },
        {u"sudo app refuse sudoRefused"_s, u"docker app info skipped:sudo"_s,
            u"disk app info skipped:sudo"_s, u"networks app info skipped:sudo"_s,
            u"image info skipped:sudo"_s, u"containers app/B info skipped:sudo"_s,
            u"containers app info skipped:sudo"_s, u"ports app/B info skipped:sudo"_s,
            u"mounts app info skipped:sudo"_s, u"restartPolicy app/B info skipped:sudo"_s});
}

void TestDoctorChecks::addDocker()
{
    const QStringList skipped {u"disk app info skipped:docker"_s,
        u"networks app info skipped:docker"_s, u"image info skipped:docker"_s,
        u"containers app/B info skipped:docker"_s, u"containers app info skipped:docker"_s,
        u"ports app/B info skipped:docker"_s, u"mounts app info skipped:docker"_s,
        u"restartPolicy app/B info skipped:docker"_s};
    add(
        "no docker",
        [](Site& s) { s.slotHost(u"app"_s).docker.unusable = Error(ErrorKind::DockerMissing); },
        QStringList {u"docker app refuse missing"_s} + skipped);
    add(
        "no right to docker",
        [](Site& s) {
            s.slotHost(u"app"_s).docker.unusable
                = Error(ErrorKind::DockerUnusable, {{u"why"_s, u"permission"_s}});
        },
        QStringList {u"docker app refuse permission"_s} + skipped);
    add(
        "docker hangs",
        [](Site& s) { s.slotHost(u"app"_s).failure = Error(ErrorKind::CommandTimedOut); },
        QStringList {u"docker app refuse timedOut"_s} + skipped);
    add("no such network", [](Site& s) { s.target.container.network = u"back"_s; },
        {u"networks web refuse missing"_s, u"networks app refuse missing"_s});
    add("image is another",
        [](Site& s) { s.slotHost(u"app"_s).docker.images[0].id = u"sha256:2"_s; },
        {u"image warn differs"_s});
    add("image in two kinds of store",
        [](Site& s) {
            s.slotHost(u"web"_s).docker.images[0].layers = {u"l"_s};
            s.slotHost(u"app"_s).docker.images[0].layers = {u"l"_s};
            s.slotHost(u"app"_s).docker.images[0].id = u"sha256:2"_s;
        },
        {});
    add("image for another processor",
        [](Site& s) { s.slotHost(u"app"_s).daemon->architecture = u"aarch64"_s; },
        {u"image warn architecture"_s});
    add("no releases",
        [](Site& s) {
            s.options.tag.clear();
            s.slotHost(u"web"_s).docker.images.clear();
            s.slotHost(u"app"_s).docker.images.clear();
        },
        {u"image info none"_s});
}

void TestDoctorChecks::addSlots()
{
    add("first deployment",
        [](Site& s) {
            s.slotHost(u"app"_s).docker.containers.clear();
            s.slotHost(u"app"_s).running.clear();
            s.slotHost(u"app"_s).listeners.clear();
        },
        {u"containers app/B info missing"_s});
    add("foreign, but labelled as ours",
        [](Site& s) {
            s.container(u"app"_s).image = u"sha256:9"_s;
            s.container(u"app"_s).imageId = u"sha256:9"_s;
            s.container(u"app"_s).labels = {{u"gapless.run"_s, u"r"_s}};
        },
        {});
    add("repository that only begins alike",
        [](Site& s) {
            s.container(u"app"_s).image = u"chatter:hash_1"_s;
            s.container(u"app"_s).imageId = u"sha256:9"_s;
        },
        {u"containers app/B refuse foreign"_s});
    add("image named by its id", [](Site& s) { s.container(u"app"_s).image = u"sha256:1"_s; }, {});
    add("stopped though up",
        [](Site& s) {
            s.container(u"app"_s).running = false;
            s.container(u"app"_s).status = u"exited"_s;
        },
        {u"containers app/B warn notRunning"_s});
    add("standby",
        [](Site& s) {
            s.container(u"app"_s).running = false;
            s.container(u"app"_s).status = u"exited"_s;
            s.fillGateway(QByteArray(upstreamFile).replace("8091 max", "8091 down max"));
            s.examination.tries.slots.remove(u"B"_s);
        },
        {u"containers app/B info standby"_s, u"health app/B info down"_s,
            u"affinity info oneSlot"_s, u"session info oneSlot"_s});
    add("restarting", [](Site& s) { s.container(u"app"_s).status = u"restarting"_s; },
        {u"containers app/B warn restarting"_s});
    add("unhealthy", [](Site& s) { s.container(u"app"_s).health = u"unhealthy"_s; },
        {u"containers app/B warn unhealthy"_s});
    add("publishes otherwise",
        [](Site& s) { s.container(u"app"_s).ports[0].hostIp = u"127.0.0.1"_s; },
        {u"containers app/B info publishDiffers"_s});
    add("server is not published", [](Site& s) { s.target.slots[1].publish = {u"8099:8091"_s}; },
        {u"containers app/B refuse serverNotPublished"_s});
    add("server is a container's name",
        [](Site& s) {
            s.target.slots[1].server = u"chat_B:8080"_s;
            s.fillGateway(QByteArray(upstreamFile).replace("127.0.0.1:8091", "chat_B:8080"));
        },
        {});
    add("one name, two slots",
        [](Site& s) {
            s.target.slots[1].host = u"web"_s;
            s.target.slots[1].container = u"chat_A"_s;
        },
        {u"containers web/A refuse sharedName"_s, u"containers web/B refuse sharedName"_s});
    add("one port, two slots",
        [](Site& s) {
            s.target.slots[1].host = u"web"_s;
            s.target.slots[1].publish = {u"8091:8080"_s, u"8090:8081"_s};
            s.slotHost(u"web"_s).docker.containers << s.container(u"app"_s);
            s.container(u"web"_s).ports = {{u"8080/tcp"_s, {}, u"8090"_s}};
            s.slotHost(u"web"_s).docker.containers[1].ports
                = {{u"8080/tcp"_s, {}, u"8091"_s}, {u"8081/tcp"_s, {}, u"8090"_s}};
        },
        {u"ports web/A refuse sharedPort"_s, u"ports web/B refuse sharedPort"_s});
    add("a program has the port",
        [](Site& s) {
            s.slotHost(u"app"_s).running.clear();
            s.slotHost(u"app"_s).listeners[0].program = u"python3"_s;
        },
        {u"ports app/B refuse process"_s});
    add("a program has the port of another address",
        [](Site& s) {
            s.slotHost(u"app"_s).running.clear();
            s.slotHost(u"app"_s).listeners[0].address = u"127.0.0.2"_s;
            s.target.slots[1].publish = {u"127.0.0.1:8091:8080"_s};
            s.container(u"app"_s).ports[0].hostIp = u"127.0.0.1"_s;
        },
        {});
    add("a rollout's own container has the port",
        [](Site& s) {
            Container fresh = s.container(u"app"_s);
            fresh.id = u"new"_s;
            fresh.name = u"chat_B-r1"_s;
            fresh.labels = {{u"gapless.slot"_s, u"B"_s}, {u"gapless.run"_s, u"r1"_s}};
            s.slotHost(u"app"_s).docker.containers << fresh;
            s.slotHost(u"app"_s).running[0].id = u"new"_s;
            s.slotHost(u"app"_s).running[0].names = {fresh.name};
        },
        {u"containers app info leftover"_s});
    add("port that cannot be read", [](Site& s) { s.target.slots[1].publish << u"x:y"_s; },
        {u"ports app/B refuse unreadable"_s});
    add("mount missing",
        [](Site& s) { s.slotHost(u"app"_s).paths[u"/srv/a.json"_s] = u"missing"_s; },
        {u"mounts app refuse missing"_s});
    add("mount is a folder",
        [](Site& s) { s.slotHost(u"app"_s).paths[u"/srv/a.json"_s] = u"dir"_s; },
        {u"mounts app warn folder"_s});
    add("env file missing",
        [](Site& s) { s.slotHost(u"app"_s).paths[u"/srv/env"_s] = u"missing"_s; },
        {u"mounts app refuse envFileMissing"_s});
    add("no restart policy", [](Site& s) { s.container(u"app"_s).restartPolicy = u"no"_s; },
        {u"restartPolicy app/B warn container"_s});
    add("no restart policy wanted", [](Site& s) { s.target.container.restart = u"no"_s; },
        {u"restartPolicy web/A warn target"_s, u"restartPolicy app/B warn target"_s});
}

void TestDoctorChecks::addGateway()
{
    add("file not writable", [](Site& s) { s.examination.gateway.writable = false; },
        {u"upstream web refuse notWritable"_s});
    add("file not read by nginx",
        [](Site& s) { s.examination.gateway.dump->files.remove(s.target.gateway.upstreamFile); },
        {u"upstream web warn notRead"_s});
    const QStringList skipped {u"maxFails web info skipped:upstream"_s,
        u"forwarding web info skipped:upstream"_s, u"health web/A info skipped:upstream"_s,
        u"health app/B info skipped:upstream"_s, u"affinity info skipped:upstream"_s,
        u"session info skipped:upstream"_s};
    add(
        "upstream twice", [](Site& s) { s.fillGateway(upstreamFile + upstreamFile); },
        QStringList {u"upstream web refuse upstreamTwice"_s} + skipped);
    add("state folder of one's own",
        [](Site& s) { s.examination.gateway.look.stateDirShared = false; },
        {u"stateDir web info own"_s});
    add("no state folder", [](Site& s) { s.examination.gateway.look.stateDir.clear(); },
        {u"stateDir web refuse missing"_s});
    add("state folder full", [](Site& s) { s.examination.gateway.stateDisk->freeBytes = 4096; },
        {u"stateDir web refuse full"_s});
    add("locked",
        [](Site& s) {
            s.examination.gateway.locks
                = {{u"b8f9a752e0f54e85"_s, R"({"by":"ann","run":"r1"})", true}};
        },
        {u"lock web refuse held"_s});
    add("locked by one that is gone",
        [](Site& s) {
            s.examination.gateway.locks = {{u"b8f9a752e0f54e85"_s, R"({"by":"ann"})", false}};
        },
        {u"lock web refuse dead"_s});
    add("another site is locked",
        [](Site& s) {
            s.examination.gateway.locks = {{u"0123456789abcdef"_s, "{}", true}};
        },
        {});
}

void TestDoctorChecks::addNginx()
{
    add("nginx -t fails",
        [](Site& s) {
            s.examination.gateway.test = Told {1, u"nginx: [emerg] x"_s};
        },
        {u"nginxTest web refuse failed"_s});
    add("nginx -t is not allowed",
        [](Site& s) {
            s.examination.gateway.test
                = Told {1, u"open() \"/run/nginx.pid\" failed (13: Permission denied)"_s};
        },
        {u"nginxTest web refuse permission"_s});
    add("no nginx",
        [](Site& s) {
            s.examination.gateway.test = Told {127, {}};
        },
        {u"nginxTest web refuse missing"_s});
    add("nginx does not run", [](Site& s) { s.examination.gateway.masters.clear(); },
        {u"reload web refuse notRunning"_s});
    add("stale pid file", [](Site& s) { s.examination.gateway.pidInFile = 41; },
        {u"reload web refuse pidFile"_s});
    add("reload by other means",
        [](Site& s) { s.target.gateway.reloadCommand = u"systemctl reload nginx"_s; },
        {u"reload web info notTried"_s});
    add("nginx -t hangs",
        [](Site& s) { s.examination.gateway.failure = Error(ErrorKind::CommandTimedOut); },
        {u"nginxTest web refuse timedOut"_s, u"reload web info skipped:nginxTest"_s,
            u"upstream web info skipped:nginxTest"_s, u"stateDir web info skipped:nginxTest"_s,
            u"lock web info skipped:nginxTest"_s, u"maxFails web info skipped:nginxTest"_s,
            u"websocketHeaders web info skipped:nginxTest"_s,
            u"workerShutdownTimeout web info skipped:nginxTest"_s,
            u"forwarding web info skipped:nginxTest"_s, u"health web/A info skipped:nginxTest"_s,
            u"health app/B info skipped:nginxTest"_s, u"affinity info skipped:nginxTest"_s,
            u"session info skipped:nginxTest"_s});
    add("all down",
        [](Site& s) {
            s.fillGateway(QByteArray(upstreamFile).replace(" max_fails=0", " max_fails=0 down"));
            s.examination.tries = {};
        },
        {u"upstream web warn allDown"_s, u"forwarding web info noSlot"_s,
            u"health web/A info down"_s, u"health app/B info down"_s, u"affinity info oneSlot"_s,
            u"session info oneSlot"_s});
    add("no upgrade header",
        [](Site& s) {
            s.examination.gateway.dump = readNginxDump(
                QByteArray(nginxConf).replace("Upgrade $", "X-Upgrade $") + upstreamFile);
        },
        {u"websocketHeaders web warn missing"_s});
    add("no configuration to look at", [](Site& s) { s.examination.gateway.dump.reset(); },
        {u"websocketHeaders web info unknown"_s, u"workerShutdownTimeout web info unknown"_s});
    add("workers without a timeout",
        [](Site& s) {
            s.examination.gateway.dump = readNginxDump(
                QByteArray(nginxConf).replace("worker_shutdown_timeout 90s;", "") + upstreamFile);
        },
        {u"workerShutdownTimeout web info unset"_s});
    add("workers cut short", [](Site& s) { s.target.drain.longLivedSeconds = 100; },
        {u"workerShutdownTimeout web warn tooShort"_s});
}

void TestDoctorChecks::addTries()
{
    add("no forwarding",
        [](Site& s) {
            s.examination.tries = {};
            s.examination.tries.tunnelError = Error(ErrorKind::TunnelRefused);
        },
        {u"forwarding web refuse tunnelRefused"_s, u"health web/A info skipped:forwarding"_s,
            u"health app/B info skipped:forwarding"_s, u"affinity info noUrl"_s,
            u"session info noAnswer"_s});
    add("no answer",
        [](Site& s) {
            s.examination.tries.slots[u"B"_s] = {{}, 0, u"refused"_s, {}, 1, {}};
        },
        {u"health app/B warn noAnswer"_s});
    add("wrong answer", [](Site& s) { s.examination.tries.slots[u"B"_s].status = 503; },
        {u"health app/B warn status"_s});
    add("no handshake",
        [](Site& s) {
            s.examination.tries.slots[u"B"_s].hub
                = signalr::Failure {signalr::FailureKind::HttpStatus, u"404"_s, 404};
        },
        {u"health app/B warn hub"_s});
    add("hub wants a token",
        [](Site& s) {
            s.examination.tries.slots[u"B"_s].hub
                = signalr::Failure {signalr::FailureKind::HttpStatus, u"401"_s, 401};
        },
        {});
    add("no affinity", [](Site& s) { s.examination.tries.affinity->notFound = 1; },
        {u"affinity warn"_s});
    add("hub is away",
        [](Site& s) {
            s.examination.tries.affinity->failed = 20;
            s.examination.tries.affinity->lastFailure
                = signalr::Failure {signalr::FailureKind::Refused, u"refused"_s};
        },
        {u"affinity info noAnswer"_s});
    add("no URL", [](Site& s) { s.examination.tries.affinity.reset(); },
        {u"affinity info noUrl"_s});
    add("skips negotiation",
        [](Site& s) {
            s.target.witness->hub->skipNegotiation = true;
            s.examination.tries.affinity.reset();
        },
        {});
    add("no hub", [](Site& s) { s.target.witness->hub.reset(); },
        {u"websocketHeaders web info noHub"_s, u"affinity info noHub"_s});
    add("no session", [](Site& s) { s.target.witness->session.reset(); },
        {u"session info noSession"_s});
    add("session starts anew", [](Site& s) { s.examination.tries.sessions[0].after = "1"; },
        {u"session warn lost"_s});
    add("session's cookie is set again",
        [](Site& s) { s.examination.tries.sessions[0].setAgain = {u"sid"_s}; },
        {u"session warn lost"_s});
    add("session has no cookie", [](Site& s) { s.examination.tries.sessionHasCookie = false; },
        {u"session info noCookie"_s});
    add("session does not answer",
        [](Site& s) { s.examination.tries.sessions[0].answered = false; },
        {u"session info noAnswer"_s});
    add("session is to stay the same",
        [](Site& s) {
            s.target.witness->session->increasing = false;
            s.examination.tries.sessions[0].after = "3\n";
        },
        {});
    add("not tried", [](Site& s) { s.options.deep = false; },
        {u"forwarding web info off"_s, u"health web/A info off"_s, u"health app/B info off"_s,
            u"affinity info off"_s, u"session info off"_s});
}

QTEST_GUILESS_MAIN(TestDoctorChecks)
#include "tst_doctorchecks.moc"
