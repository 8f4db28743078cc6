// SPDX-License-Identifier: MIT
// What a new container gets that the one before had not, and how a release ran before.
#include "engine/rollout/creation.h"
#include "engine/rollout/plan_p.h"
#include "tests/support/fakesite/stage.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

const QJsonObject imageConfig { { u"Env"_s, QJsonArray { u"PATH=/usr/bin"_s, u"DOTNET=10"_s } },
    { u"WorkingDir"_s, u"/app"_s }, { u"User"_s, u"app"_s } };

/// As docker describes what `wanted()` makes.
QJsonObject asWanted()
{
    return { { u"Id"_s, u"c1"_s }, { u"Name"_s, u"/chat_A"_s }, { u"Image"_s, u"sha256:1"_s },
        { u"Config"_s,
            QJsonObject { { u"Image"_s, u"chat:hash_v1"_s }, { u"WorkingDir"_s, u"/app"_s },
                { u"User"_s, u"app"_s }, { u"StopTimeout"_s, 30 },
                { u"Env"_s,
                    QJsonArray { u"PATH=/usr/bin"_s, u"DOTNET=10"_s, u"MODE=strict"_s, u"SLOT=A"_s,
                        u"API_KEY"_s } },
                { u"Labels"_s, QJsonObject { { u"gapless.run"_s, u"r"_s } } } } },
        { u"HostConfig"_s,
            QJsonObject { { u"NetworkMode"_s, u"web"_s }, { u"Memory"_s, 536870912 },
                { u"MemorySwap"_s, 1073741824 },
                { u"RestartPolicy"_s, QJsonObject { { u"Name"_s, u"unless-stopped"_s } } },
                { u"LogConfig"_s, QJsonObject { { u"Type"_s, u"journald"_s } } },
                { u"Mounts"_s,
                    QJsonArray { QJsonObject { { u"Type"_s, u"bind"_s }, { u"Source"_s, u"/srv/a.json"_s },
                        { u"Target"_s, u"/app/a.json"_s }, { u"ReadOnly"_s, true } } } } } },
        { u"Mounts"_s,
            QJsonArray { QJsonObject { { u"Type"_s, u"bind"_s }, { u"Source"_s, u"/srv/a.json"_s },
                { u"Destination"_s, u"/app/a.json"_s }, { u"RW"_s, false } } } },
        { u"NetworkSettings"_s,
            QJsonObject { { u"Networks"_s, QJsonObject { { u"web"_s, QJsonObject() } } } } } };
}

Target wanted()
{
    Target target = chat();
    target.container.env = { { u"MODE"_s, u"strict"_s } };
    target.container.secretEnv = { u"API_KEY"_s };
    target.container.mounts = { { u"/srv/a.json"_s, u"/app/a.json"_s, true } };
    target.container.network = u"web"_s;
    target.container.options = { u"--memory"_s, u"512m"_s };
    target.slots[0].env = { { u"SLOT"_s, u"A"_s } };
    return target;
}

QStringList said(const QList<ConfigurationDifference>& all)
{
    QStringList lines;
    for (const auto& one : all)
        lines.append(u"%1 %2: %3 -> %4"_s.arg(one.what, one.name, one.before, one.after));
    return lines;
}

QStringList changes(const Target& target, const QJsonObject& inspect,
    const QJsonObject& config = imageConfig)
{
    return said(creationChanges(target, target.slots[0], inspect, config));
}

QJsonObject with(QJsonObject inspect, const QString& part, const QString& field, const QJsonValue& value)
{
    QJsonObject inner = inspect[part].toObject();
    inner[field] = value;
    inspect[part] = inner;
    return inspect;
}

}

class TestCreation : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsThereAlreadyIsNoChange()
    {
        QCOMPARE(changes(wanted(), asWanted()), QStringList());
        QCOMPARE(changes(wanted(), {}), QStringList()); // no container is there
    }
    void eachKindIsNamed_data()
    {
        QTest::addColumn<QJsonObject>("inspect");
        QTest::addColumn<QStringList>("expected");
        const QJsonObject is = asWanted();
        QTest::newRow("variable")
            << with(is, u"Config"_s, u"Env"_s,
                   QJsonArray { u"PATH=/usr/bin"_s, u"DOTNET=10"_s, u"MODE=loose"_s, u"SLOT=A"_s,
                       u"API_KEY"_s, u"OLD=1"_s })
            << QStringList { u"env MODE: loose -> strict"_s, u"env OLD: 1 -> "_s };
        QTest::newRow("a variable whose value was not kept")
            << with(is, u"Config"_s, u"Env"_s,
                   QJsonArray { u"PATH=/usr/bin"_s, u"DOTNET=10"_s, u"MODE"_s, u"SLOT=A"_s, u"DB_PASSWORD"_s })
            << QStringList { u"env DB_PASSWORD: set -> "_s, u"env API_KEY:  -> set"_s };
        QTest::newRow("restart policy")
            << with(is, u"HostConfig"_s, u"RestartPolicy"_s, QJsonObject { { u"Name"_s, u"always"_s } })
            << QStringList { u"option --restart: always -> unless-stopped"_s };
        QTest::newRow("user") << with(is, u"Config"_s, u"User"_s, u"root"_s)
                              << QStringList { u"option --user: root -> "_s };
        QTest::newRow("memory") << with(with(is, u"HostConfig"_s, u"Memory"_s, 268435456),
                                       u"HostConfig"_s, u"MemorySwap"_s, 536870912)
                                << QStringList { u"option --memory: 268435456 -> 536870912"_s };
        QTest::newRow("network")
            << with(with(is, u"HostConfig"_s, u"NetworkMode"_s, u"old"_s), u"NetworkSettings"_s,
                   u"Networks"_s, QJsonObject { { u"old"_s, QJsonObject() } })
            << QStringList { u"network old: set -> "_s, u"network web:  -> set"_s };
        // Not by our hand: its log driver was somebody's choice.
        QTest::newRow("log driver and compose")
            << with(is, u"Config"_s, u"Labels"_s,
                   QJsonObject { { u"com.docker.compose.project"_s, u"shop"_s } })
            << QStringList { u"option --log-driver: journald -> "_s,
                   u"label com.docker.compose.*: shop -> "_s };
    }
    void eachKindIsNamed()
    {
        QFETCH(QJsonObject, inspect);
        QFETCH(QStringList, expected);
        QCOMPARE(changes(wanted(), inspect), expected);
    }
    void mountsAreComparedByTheirPlace()
    {
        Target target = wanted();
        target.container.mounts = { { u"/srv/b.json"_s, u"/app/a.json"_s, true },
            { u"data"_s, u"/data"_s, false } };
        QCOMPARE(changes(target, asWanted()),
            (QStringList { u"mount /app/a.json: /srv/a.json (ro) -> /srv/b.json (ro)"_s,
                u"mount /data:  -> data"_s }));
    }
    void whatAnUnknownImageMayHaveSetIsNotTold()
    {
        const QJsonObject inspect = with(asWanted(), u"Config"_s, u"User"_s, u"root"_s);
        QCOMPARE(changes(wanted(), inspect, {}), QStringList());
        Target target = wanted();
        target.container.env[u"NEW"_s] = u"1"_s;
        QCOMPARE(changes(target, inspect, {}), QStringList { u"env NEW:  -> 1"_s });
    }
    void aPlanShowsIt()
    {
        Stage stage;
        const RolloutRequest request { .target = stage.target, .tag = u"hash_v2"_s };
        Run run(request, stage.site, stage.observer, stage.clock,
            stage.observer, u"r"_s, {});
        run.to = u"hash_v2"_s;
        ObservedSite found = stage.site.observe({});
        found.gateway.bytes = "upstream up { server 127.0.0.1:8090; server 127.0.0.1:8091; }\n";
        found.slots[0].inspect = asWanted();
        for (Image& image : found.images[u"web"_s])
            image.config = imageConfig;
        takeStock(run, found, u"hash_v2"_s);
        QStringList changed;
        for (const PlanStep& step : planOf(run).steps)
            for (const PlanLine& line : step.lines)
                if (line.kind == u"change")
                    changed.append(step.step + u' ' + step.slot + u' ' + line.text);
        QVERIFY2(!changed.isEmpty(), "no change is shown");
        QCOMPARE(changed.filter(u"create "_s).size(), changed.size());
        QVERIFY(!changed.filter(QRegularExpression(u"^create A .*\"name\":\"MODE\""_s)).isEmpty());
    }
    void theRecordedOptionsCanBeUsed()
    {
        const Target then = wanted();
        Target now = then;
        now.container.env = { { u"MODE"_s, u"loose"_s } };
        now.container.options = {};
        now.container.mounts = {};
        ReleaseThen found { .tag = u"hash_v1"_s, .recorded = now };
        useRecorded(found, now, now.slots[0], asWanted(), imageConfig);
        QCOMPARE(found.lost, QStringList());
        QCOMPARE(found.recorded.container.env, then.container.env);
        QCOMPARE(found.recorded.container.mounts, then.container.mounts);
        QCOMPARE(found.recorded.container.network, u"web"_s);
        QCOMPARE(found.recorded.container.secretEnv, then.container.secretEnv);
        // A container that is made with them is what the release ran as.
        QCOMPARE(changes(found.recorded, asWanted()), QStringList());
    }
    void aValueThatNobodyKeptIsNamed()
    {
        Target now = wanted();
        now.container.secretEnv = {};
        ReleaseThen found { .tag = u"hash_v1"_s, .recorded = now };
        useRecorded(found, now, now.slots[0], asWanted(), imageConfig);
        QCOMPARE(found.lost, QStringList { u"API_KEY"_s });
        QVERIFY(!found.recorded.container.env.contains(u"API_KEY"_s));
    }
    void aStoppedContainersMissingPolicyIsNotTaken()
    {
        const Target now = wanted();
        ReleaseThen found { .tag = u"hash_v1"_s, .recorded = now };
        useRecorded(found, now, now.slots[0],
            with(asWanted(), u"HostConfig"_s, u"RestartPolicy"_s, QJsonObject { { u"Name"_s, u"no"_s } }),
            imageConfig);
        QCOMPARE(found.recorded.container.restart, u"unless-stopped"_s);
    }
};

QTEST_GUILESS_MAIN(TestCreation)
#include "tst_creation.moc"
