// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/source/imagetar.h"
#include "engine/source/layers.h"
#include "engine/source/tarwriter.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

QString sha(const QByteArray& bytes)
{
    return u"sha256:"_s
        + QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QByteArray all(ByteSource& source)
{
    QByteArray bytes, buffer(5000, Qt::Uninitialized);
    while (const qsizetype count = source.read(buffer.data(), buffer.size()))
        bytes += buffer.left(count);
    return bytes;
}

QByteArray tarOf(const QList<std::pair<QString, QByteArray>>& files, const QString& link = {},
    const QString& to = {})
{
    TarWriter writer;
    QByteArray bytes, buffer(1 << 20, Qt::Uninitialized);
    const auto take = [&] {
        while (!writer.isEmpty())
            bytes += buffer.left(writer.take(buffer.data(), buffer.size()));
    };
    for (const auto& [name, content] : files) {
        writer.begin({.path = name.toUtf8(), .size = content.size()});
        writer.write(content.constData(), content.size());
        take();
    }
    if (!link.isEmpty())
        writer.begin(
            {.path = link.toUtf8(), .type = TarEntry::Type::Symlink, .link = to.toUtf8()});
    writer.close();
    take();
    return bytes;
}

QByteArray json(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

const QList<QByteArray> layerBytes {QByteArray(3000, 'a'), QByteArray(70'000, 'b'), "tiny"};

QByteArray configOf(const QList<QByteArray>& layers)
{
    QJsonArray ids;
    for (const QByteArray& layer : layers)
        ids.append(sha(layer));
    return json({{u"architecture"_s, u"amd64"_s}, {u"os"_s, u"linux"_s},
        {u"rootfs"_s, QJsonObject {{u"type"_s, u"layers"_s}, {u"diff_ids"_s, ids}}}});
}

/// As dockerd 20.10 saves it; the last layer is a link to another's.
QByteArray dockerSaved()
{
    QList<QByteArray> layers = layerBytes;
    layers.append(layerBytes[0]);
    const QByteArray manifest = QJsonDocument(QJsonArray {QJsonObject {{u"Config"_s, u"c.json"_s},
                                    {u"RepoTags"_s, QJsonArray {u"chat:x"_s}},
                                    {u"Layers"_s,
                                        QJsonArray {u"0/layer.tar"_s, u"1/layer.tar"_s,
                                            u"2/layer.tar"_s, u"3/layer.tar"_s}}}})
                                    .toJson();
    return tarOf({{u"0/layer.tar"_s, layers[0]}, {u"1/layer.tar"_s, layers[1]},
                     {u"2/layer.tar"_s, layers[2]}, {u"c.json"_s, configOf(layers)},
                     {u"manifest.json"_s, manifest}},
        u"3/layer.tar"_s, u"../0/layer.tar"_s);
}

} // namespace

class TestImageTar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }

    void readsWhatDockerSaves()
    {
        const ImageArchive archive(written(dockerSaved()), {}, {});
        QCOMPARE(archive.names(), QStringList {u"chat:x"_s});
        QCOMPARE(archive.layers().size(), 4);
        QCOMPARE(archive.id(), sha(archive.config()));
        for (qsizetype i = 0; i < 3; ++i) {
            QCOMPARE(archive.layers()[i].diffId, sha(layerBytes[i]));
            QCOMPARE(archive.layers()[i].digest, sha(layerBytes[i]));
            QVERIFY(all(*archive.open(archive.layers()[i])) == layerBytes[i]);
        }
        QVERIFY(all(*archive.open(archive.layers()[3])) == layerBytes[0]);
    }

    void readsACompressedArchive()
    {
        QProcess gzip;
        gzip.start(u"gzip"_s, {u"-c"_s, written(dockerSaved())});
        QVERIFY(gzip.waitForFinished());
        const ImageArchive archive(written(gzip.readAllStandardOutput(), u"x.gz"_s), {}, {});
        QVERIFY(all(*archive.open(archive.layers()[1])) == layerBytes[1]);
    }

    void readsItsOwnTarsAsDockersAndAsOci()
    {
        const ImageArchive archive(written(dockerSaved()), {}, {});
        ImageTar tar(archive, {}, u"gapless-transfer:1"_s);
        const QByteArray bytes = all(tar);
        QCOMPARE(tar.size(), bytes.size());
        const ImageArchive again(written(bytes, u"again"_s), {}, {});
        QCOMPARE(again.id(), archive.id());
        QCOMPARE(again.diffIds(), archive.diffIds());

        // Unpacked and without docker's manifest it is an OCI layout in a folder.
        const QString folder = m_folder->filePath(u"layout"_s);
        QVERIFY(QDir().mkpath(folder));
        QCOMPARE(QProcess::execute(
                     u"tar"_s, {u"-xf"_s, m_folder->filePath(u"again"_s), u"-C"_s, folder}),
            0);
        QVERIFY(QFile::remove(folder + u"/manifest.json"_s));
        const ImageArchive layout(folder, u"amd64"_s, {});
        QCOMPARE(layout.id(), archive.id());
        QVERIFY(all(*layout.open(layout.layers()[1])) == layerBytes[1]);
    }

    void leavesOutWhatIsThereAndSkipsWhatArrived()
    {
        const ImageArchive archive(written(dockerSaved()), {}, {});
        const QSet<QString> there {sha(layerBytes[1])};
        ImageTar tar(archive, there, u"t:1"_s);
        const QByteArray bytes = all(tar);
        QVERIFY(!bytes.contains(layerBytes[1]));
        QVERIFY(bytes.contains(layerBytes[0]));
        QCOMPARE(bytes.count(layerBytes[0]), 1); // two layers, one blob
        ImageTar again(archive, there, u"t:1"_s);
        QCOMPARE(again.key(), tar.key());
        again.skip(4321);
        QVERIFY(all(again) == bytes.mid(4321));
        QVERIFY(ImageTar(archive, {}, u"t:1"_s).key() != tar.key());
    }

    void omitsOnlyACommonStartFromALayerStore()
    {
        const auto layers = [](const QString& ids) {
            QList<ImageLayer> made;
            for (const QChar c : ids)
                made.append({.diffId = c, .digest = c, .size = 10});
            return made;
        };
        const auto chain = [](const QString& ids) { return ids.split(QString(), Qt::SkipEmptyParts); };
        const auto there = [&](const QString& ours, const QStringList& theirs, bool containerd) {
            StoredLayers stored {.containerd = containerd};
            for (const QString& ids : theirs)
                stored.chains.append(chain(ids));
            QStringList found = layersThere(layers(ours), stored).values();
            found.sort();
            return found.join(QString());
        };
        QCOMPARE(there(u"abcd"_s, {u"xb"_s, u"abx"_s, u"a"_s}, false), u"ab"_s);
        QCOMPARE(there(u"abcd"_s, {u"bcd"_s}, false), QString());
        QCOMPARE(there(u"abcd"_s, {u"abcdef"_s}, false), u"abcd"_s);
        // a again, above what is common: its file is opened for the upper one.
        QCOMPARE(there(u"abca"_s, {u"ab"_s}, false), u"b"_s);
        QCOMPARE(there(u"abcd"_s, {u"xcb"_s}, true), u"bc"_s);
        StoredLayers listed {.containerd = true, .chains = {chain(u"abcd"_s)}, .blobs = {u"c"_s}};
        QCOMPARE(layersThere(layers(u"abcd"_s), listed), QSet<QString> {u"c"_s});
        QCOMPARE(bytesToSend(layers(u"abca"_s), {u"b"_s}), 20);
    }

    void refusesWhatIsNoImage_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("why");
        QTest::newRow("text") << QByteArray("hello") << u"unreadable"_s;
        QTest::newRow("empty") << QByteArray() << u"unreadable"_s;
        QTest::newRow("other tar") << tarOf({{u"a"_s, "b"}}) << u"notAnImage"_s;
        QTest::newRow("no config")
            << tarOf({{u"manifest.json"_s, R"([{"Config":"c","Layers":["l"]}])"}})
            << u"incomplete"_s;
        QTest::newRow("two images")
            << tarOf({{u"manifest.json"_s, R"([{"Config":"c"},{"Config":"d"}])"}})
            << u"severalImages"_s;
        QTest::newRow("no layer")
            << tarOf({{u"manifest.json"_s, R"([{"Config":"c","Layers":["l"]}])"},
                   {u"c"_s, configOf({"x"})}})
            << u"incomplete"_s;
        QTest::newRow("cut") << dockerSaved().left(20'000) << u"unreadable"_s;
    }
    void refusesWhatIsNoImage()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, why);
        try {
            const ImageArchive archive(written(bytes), {}, {});
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind, ErrorKind::ArchiveUnusable);
            QCOMPARE(error.facts[u"why"_s].toString(), why);
        }
    }

private:
    QString written(const QByteArray& bytes, const QString& name = u"x.tar"_s) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("not writable");
        file.write(bytes);
        return file.fileName();
    }
    std::optional<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestImageTar)
#include "tst_imagetar.moc"
