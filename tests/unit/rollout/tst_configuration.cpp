// SPDX-License-Identifier: MIT
// What a run remembers of containers, what it makes again of that, and what it says is different.
#include "engine/rollout/configuration.h"
#include "tests/support/fakesite/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

ContainerRecorded recorded(const QStringList& env, QJsonObject host = {}, QJsonArray mounts = {},
    QMap<QString, QString> files = {})
{
    return { u"A"_s, u"hash_v1"_s, u"id"_s,
        { { u"Image"_s, u"sha256:1"_s },
            { u"Config"_s, QJsonObject { { u"Env"_s, QJsonArray::fromStringList(env) } } },
            { u"HostConfig"_s, host }, { u"Mounts"_s, mounts } },
        files };
}

QStringList said(const QList<ConfigurationDifference>& all)
{
    QStringList lines;
    for (const auto& one : all)
        lines.append(u"%1 %2: %3 -> %4"_s.arg(one.what, one.name, one.before, one.after));
    return lines;
}

}

class TestConfiguration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void differencesAreNamed()
    {
        const QJsonObject ro { { u"Type"_s, u"bind"_s }, { u"Source"_s, u"/srv/a.json"_s },
            { u"Destination"_s, u"/app/a.json"_s }, { u"RW"_s, false } };
        QJsonObject moved = ro;
        moved[u"Source"_s] = u"/srv/b.json"_s;
        const auto before = recorded({ u"A=1"_s, u"GONE=x"_s, u"API_KEY"_s }, { { u"Memory"_s, 512 } },
            { ro }, { { u"/srv/a.json"_s, u"aaaa"_s } });
        const auto after = recorded({ u"A=2"_s, u"NEW=y"_s, u"API_KEY"_s },
            { { u"Memory"_s, 1024 }, { u"Privileged"_s, false } }, { moved },
            { { u"/srv/a.json"_s, u"bbbb"_s } });
        QCOMPARE(said(differences(before, after, Comparing::SlotWithItself)),
            (QStringList { u"env A: 1 -> 2"_s, u"env GONE: x -> "_s, u"env NEW:  -> y"_s,
                u"mount /app/a.json: /srv/a.json (ro) -> /srv/b.json (ro)"_s,
                u"option Memory: 512 -> 1024"_s, u"file /srv/a.json: aaaa -> bbbb"_s }));
        QVERIFY(differences(before, before, Comparing::SlotWithItself).isEmpty());
    }
    void whatTwoSlotsHaveOfTheirOwnDoesNotCount()
    {
        const QJsonObject portA { { u"PortBindings"_s,
            QJsonObject { { u"8080/tcp"_s, QJsonArray { QJsonObject { { u"HostPort"_s, u"8090"_s } } } } } } };
        const QJsonObject portB { { u"PortBindings"_s,
            QJsonObject { { u"8080/tcp"_s, QJsonArray { QJsonObject { { u"HostPort"_s, u"8091"_s } } } } } } };
        const auto a = recorded({ u"SLOT=A"_s }, portA);
        const auto b = recorded({ u"SLOT=B"_s }, portB);
        QVERIFY(differences(a, b, Comparing::TwoSlots, { u"SLOT"_s }).isEmpty());
        QCOMPARE(differences(a, b, Comparing::SlotWithItself).size(), 2);
    }
    void filesNobodyLookedAtAreNoDifference()
    {
        const auto looked = recorded({}, {}, {}, { { u"/srv/a"_s, u"aaaa"_s } });
        QVERIFY(differences(recorded({}), looked, Comparing::SlotWithItself).isEmpty());
    }
    void aRunRecordsBothContainersOfEachSlot()
    {
        Stage stage;
        stage.roll();
        QStringList seen;
        for (const ContainerRecorded& one : stage.observer.all<ContainerRecorded>())
            seen.append(u"%1 %2 %3"_s.arg(one.slot, one.image, one.files.isEmpty() ? u"made of"_s : u"files"_s));
        for (const auto& slot : { u"A"_s, u"B"_s })
            for (const auto& what : { u"hash_v1 made of"_s, u"hash_v1 files"_s, u"hash_v2 files"_s })
                QCOMPARE(seen.count(slot + u' ' + what), 1);
        // Of the old one it is known before anything happens to it.
        const QStringList steps = stage.observer.stepsTaken();
        qsizetype record = -1, down = -1;
        for (qsizetype i = 0; i < stage.observer.events.size(); ++i) {
            if (std::holds_alternative<ContainerRecorded>(stage.observer.events[i]) && record < 0)
                record = i;
            if (std::holds_alternative<TrafficChanged>(stage.observer.events[i]) && down < 0)
                down = i;
        }
        QVERIFY(record >= 0 && record < down);
    }
    void aKeptContainerThatIsGoneIsMadeAgain()
    {
        Stage stage;
        // Another hand prunes what the rollout keeps, just before it is needed.
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"A" && stage.site.acts.filter(u"recreate"_s).isEmpty()) {
                stage.site.containers.removeIf(
                    [](const auto& one) { return one.name == u"chat_A" && !one.running; });
                throw Error(ErrorKind::ContainerStartFailed);
            }
        };
        int starts = 0;
        const auto prune = std::exchange(stage.site.onAct, {});
        stage.site.onAct = [&, prune](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"A" && ++starts == 1)
                prune(act, slot);
        };
        const RunFinished finished = stage.roll();
        QCOMPARE(finished.outcome, u"restored"_s);
        QCOMPARE(stage.tagsServing(), QStringList { u"hash_v1"_s });
        QCOMPARE(stage.site.readyAndUp().size(), 2);
        QVERIFY(stage.tidy());
        QVERIFY(!stage.dark);
        QCOMPARE(stage.site.acts.filter(u"recreate A"_s).size(), 1);
        const auto warnings = stage.observer.all<Warned>();
        QCOMPARE(warnings.size(), 1);
        QCOMPARE(warnings[0].check, u"keptContainer"_s);
    }
    void theSlotThatFailsIsComparedWithTheOneThatWorks()
    {
        Stage stage;
        stage.site.mountedFile[u"B"_s] = u"another one"_s;
        stage.site.onAct = [&](const QString& act, const QString& slot) {
            if (act == u"start" && slot == u"B" && stage.observer.asked.isEmpty())
                throw Error(ErrorKind::ContainerStartFailed);
        };
        QCOMPARE(stage.roll().outcome, u"partial"_s);
        const auto differs = stage.observer.all<ConfigurationDiffers>();
        QCOMPARE(differs.size(), 1);
        QCOMPARE(differs[0].slot, u"B"_s);
        QCOMPARE(differs[0].other, u"A"_s);
        bool hasFile = false;
        for (const QJsonValue one : differs[0].differences)
            hasFile = hasFile || one[u"what"_s].toString() == u"file";
        QVERIFY(hasFile);
    }
    void aRollbackSaysWhatHasChangedSince()
    {
        Stage stage;
        stage.roll();
        stage.history.recorded = [](const QString& tag, const QString& slot) {
            ContainerRecorded before { slot, tag, u"old"_s, {}, { { u"/srv/appsettings.json"_s, u"as it was"_s } } };
            return std::optional(before);
        };
        QCOMPARE(stage.run({ .target = stage.target, .kind = u"rollback"_s }).outcome, u"succeeded"_s);
        const auto differs = stage.observer.all<ConfigurationDiffers>();
        QCOMPARE(differs.size(), 2);
        QCOMPARE(differs[0].image, u"hash_v1"_s);
        QVERIFY(differs[0].other.isEmpty());
        QCOMPARE(differs[0].differences[0][u"before"_s].toString(), u"as it was"_s);
        QCOMPARE(differs[0].differences[0][u"after"_s].toString(), u"the same"_s);
    }
};

QTEST_GUILESS_MAIN(TestConfiguration)
#include "tst_configuration.moc"
