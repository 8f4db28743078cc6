// SPDX-License-Identifier: MIT
// Which releases may go, and which never do.
#include "engine/rollout/hostcontrol.h"
#include "engine/rollout/prune.h"
#include "tests/support/fakesite/stage.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// Releases v1 (the oldest) to v9 on the host `web`; nothing runs.
ObservedSite nineReleases()
{
    ObservedSite site;
    for (int i = 1; i <= 9; ++i) {
        Image image;
        image.id = u"sha256:%1"_s.arg(i);
        image.tags = { u"chat:hash_v%1"_s.arg(i), u"other:hash_v%1"_s.arg(i) };
        image.created = QDateTime::fromSecsSinceEpoch(1'700'000'000 + i, Qt::UTC);
        site.images[u"web"_s].append(image);
    }
    return site;
}

}

class TestPrune : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theNewestAreKept()
    {
        Target target = chat();
        target.image.keep = 6;
        QCOMPARE(prunableTags(target, nineReleases(), u"web"_s, {}),
            (QStringList { u"hash_v3"_s, u"hash_v2"_s, u"hash_v1"_s }));
    }
    void whatIsHeldNeverGoes()
    {
        Target target = chat();
        target.image.keep = 3;
        target.image.pins = { u"hash_v1"_s };
        ObservedSite site = nineReleases();
        ObservedSlot slot;
        slot.imageId = u"sha256:2"_s;
        site.slots.append(slot);
        Container other; // of another run, or of nobody's
        other.imageId = u"sha256:3"_s;
        site.others[u"elsewhere"_s].append(other);
        QCOMPARE(prunableTags(target, site, u"web"_s, { u"hash_v4"_s }),
            (QStringList { u"hash_v6"_s, u"hash_v5"_s }));
    }
    void onlyReleaseTagsOfTheRepositoryGo()
    {
        Target target = chat();
        target.image.keep = 1;
        ObservedSite site = nineReleases();
        site.images[u"web"_s][0].tags += { u"chat:latest"_s, u"chat:by-hand"_s };
        for (const QString& tag : prunableTags(target, site, u"web"_s, {}))
            QVERIFY(tag.startsWith(u"hash_v"));
    }
    void aRolloutKeepsThePreviousRelease()
    {
        Stage stage;
        stage.history.keptTags = [] { return QStringList { u"hash_v0"_s }; };
        stage.roll();
        QCOMPARE(stage.site.keptByPrune,
            (QStringList { u"hash_v2"_s, u"hash_v1"_s, u"hash_v0"_s }));
    }
    void dockersSizesAreRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("bytes") << u"49B"_s << qint64(49);
        QTest::newRow("kilo") << u"1.5kB"_s << qint64(1500);
        QTest::newRow("mega") << u"122.6MB"_s << qint64(122'600'000);
        QTest::newRow("giga") << u"2GB"_s << qint64(2'000'000'000);
        QTest::newRow("nothing") << u"N/A"_s << qint64(-1);
        QTest::newRow("empty") << QString() << qint64(-1);
    }
    void dockersSizesAreRead()
    {
        QFETCH(QString, text);
        QFETCH(qint64, bytes);
        QCOMPARE(bytesFromDocker(text).value_or(-1), bytes);
    }
};

QTEST_GUILESS_MAIN(TestPrune)
#include "tst_prune.moc"
