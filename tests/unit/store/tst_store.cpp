// SPDX-License-Identifier: MIT
#include "engine/model/privatefile.h"
#include "engine/model/targetjson.h"
#include "engine/store/datadir.h"
#include "engine/store/settings.h"
#include "engine/store/targetstore.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

Target targetNamed(const QString& name)
{
    QByteArray json = readWholeFile(
        QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/model/targets/contract.json"));
    return targetFromJson(json.replace("chat-production", name.toUtf8()), u"t.json"_s);
}

mode_t modeOf(const QString& path)
{
    struct stat found { };
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 0777 : 0;
}

std::optional<Error> thrownBy(const std::function<void()>& act)
{
    try {
        act();
    } catch (const Error& error) {
        return error;
    }
    return std::nullopt;
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_temp = std::make_unique<QTemporaryDir>();
        m_folder = m_temp->filePath(u"data"_s);
    }
    void resolvesTheDataFolder_data();
    void resolvesTheDataFolder();
    void savesAndLoads_data();
    void savesAndLoads();
    void isPrivate();
    void addsOnlyOnce();
    void replacesAndRenames();
    void removes();
    void listsWhatCannotBeReadToo();
    void takesFilesOfAnyName();
    void doesNotTouchWhatItCannotReplace();
    void keepsSettings();
    void startsAfreshFromBrokenSettings();
    void saysWhenItCannotWrite();

private:
    std::unique_ptr<QTemporaryDir> m_temp;
    QString m_folder;
};

void TestStore::resolvesTheDataFolder_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("xdg");
    QTest::addColumn<QString>("expected");
    QTest::newRow("option") << u"/a/b/"_s << u"/c"_s << u"/d"_s << u"/a/b"_s;
    QTest::newRow("relative option")
        << u"a"_s << u"/c"_s << u"/d"_s << QDir::currentPath() + u"/a"_s;
    QTest::newRow("variable") << u""_s << u"/c"_s << u"/d"_s << u"/c"_s;
    QTest::newRow("XDG") << u""_s << u""_s << u"/d"_s << u"/d/gapless"_s;
    QTest::newRow("relative XDG") << u""_s << u""_s << u"d"_s
                                  << u"/home/kim/.local/share/gapless"_s;
    QTest::newRow("home") << u""_s << u""_s << u""_s << u"/home/kim/.local/share/gapless"_s;
}

void TestStore::resolvesTheDataFolder()
{
    QFETCH(QString, option);
    QFETCH(QString, variable);
    QFETCH(QString, xdg);
    QFETCH(QString, expected);
    QProcessEnvironment environment;
    environment.insert(u"HOME"_s, u"/home/kim"_s);
    if (!variable.isEmpty())
        environment.insert(u"GAPLESS_DATA_DIR"_s, variable);
    if (!xdg.isEmpty())
        environment.insert(u"XDG_DATA_HOME"_s, xdg);
    QCOMPARE(dataDir(option, environment), expected);
}

void TestStore::savesAndLoads_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << u"chat"_s;
    QTest::newRow("spaces") << u"chat, the big one %41"_s;
    QTest::newRow("Han") << u"聊天-正式環境"_s;
    QTest::newRow("long") << QString(100, QChar(0x804A));
    QTest::newRow("not composed") << u"Cafe\u0301"_s;
}

void TestStore::savesAndLoads()
{
    QFETCH(QString, name);
    const Target target = targetNamed(name);
    TargetStore store(m_folder);
    QVERIFY(store.names().isEmpty());
    store.save(target);
    QVERIFY(TargetStore(m_folder).load(name) == target);
    QCOMPARE(store.names(), QStringList {target.name});
    Target changed = target;
    changed.rehearse = true;
    store.save(changed);
    QVERIFY(store.load(name) == changed);
    QCOMPARE(store.list().size(), 1);
    // Two that differ only far behind have files of their own.
    Target other = target;
    other.name = name.left(99) + u'X';
    store.save(other);
    QCOMPARE(store.names().size(), 2);
    QVERIFY(store.load(name) == changed);
}

void TestStore::isPrivate()
{
    const mode_t before = ::umask(0);
    TargetStore store(m_folder);
    store.save(targetNamed(u"chat"_s));
    Settings(m_folder).setValue(u"a"_s, 1);
    ::umask(before);
    QCOMPARE(modeOf(store.list()[0].file), mode_t(0600));
    QCOMPARE(modeOf(m_folder + u"/settings.json"_s), mode_t(0600));
    QCOMPARE(modeOf(m_folder + u"/targets"_s), mode_t(0700));
    QCOMPARE(modeOf(m_folder), mode_t(0700));
}

void TestStore::addsOnlyOnce()
{
    TargetStore store(m_folder);
    const Target target = targetNamed(u"chat"_s);
    QVERIFY(store.add(target));
    Target changed = target;
    changed.rehearse = true;
    QVERIFY(!store.add(changed));
    QVERIFY(store.load(u"chat"_s) == target);
}

void TestStore::replacesAndRenames()
{
    TargetStore store(m_folder);
    Target target = targetNamed(u"chat"_s);
    store.save(target);
    store.save(targetNamed(u"shop"_s));
    target.name = u"shop"_s;
    QVERIFY(!store.replace(u"chat"_s, target));
    target.name = u"talk"_s;
    QVERIFY(store.replace(u"chat"_s, target));
    QCOMPARE(store.names(), QStringList({u"shop"_s, u"talk"_s}));
    target.rehearse = true;
    QVERIFY(store.replace(u"talk"_s, target));
    QVERIFY(store.load(u"talk"_s).rehearse);
    QCOMPARE(thrownBy([&] { store.replace(u"chat"_s, target); })->kind, ErrorKind::TargetUnknown);
}

void TestStore::removes()
{
    TargetStore store(m_folder);
    store.save(targetNamed(u"chat"_s));
    store.remove(u"chat"_s);
    QVERIFY(store.list().isEmpty());
    QCOMPARE(thrownBy([&] { store.remove(u"chat"_s); })->kind, ErrorKind::TargetUnknown);
    QCOMPARE(thrownBy([&] { store.load(u"chat"_s); })->kind, ErrorKind::TargetUnknown);
}

void TestStore::listsWhatCannotBeReadToo()
{
    TargetStore store(m_folder);
    store.save(targetNamed(u"chat"_s));
    writePrivateFile(m_folder + u"/targets/broken.json"_s, "{");
    const QList<SavedTarget> all = store.list();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].name, u"chat"_s);
    QCOMPARE(all[1].error->kind, ErrorKind::JsonBroken);
    QCOMPARE(thrownBy([&] { store.load(u"broken"_s); })->kind, ErrorKind::JsonBroken);
    QCOMPARE(store.names(), QStringList {u"chat"_s});
    // And it is not written over.
    store.save(targetNamed(u"broken"_s));
    QCOMPARE(readWholeFile(m_folder + u"/targets/broken.json"_s), "{");
    QCOMPARE(store.load(u"broken"_s).name, u"broken"_s);
}

void TestStore::takesFilesOfAnyName()
{
    TargetStore store(m_folder);
    const Target target = targetNamed(u"chat"_s);
    store.save(target);
    QVERIFY(QFile::rename(store.list()[0].file, m_folder + u"/targets/put here by hand.json"_s));
    QVERIFY(store.load(u"chat"_s) == target);
    store.save(target);
    QCOMPARE(store.list().size(), 1);
}

void TestStore::doesNotTouchWhatItCannotReplace()
{
    QVERIFY(QDir().mkpath(m_folder + u"/targets/chat.json"_s)); // a folder in the way
    TargetStore store(m_folder);
    store.save(targetNamed(u"chat"_s));
    QCOMPARE(store.load(u"chat"_s).name, u"chat"_s);
}

void TestStore::keepsSettings()
{
    Settings settings(m_folder);
    QVERIFY(settings.read().isEmpty());
    QCOMPARE(settings.value(u"language"_s, u"en"_s).toString(), u"en"_s);
    settings.setValue(u"language"_s, u"zh_TW"_s);
    Settings(m_folder).setValue(u"palette"_s, u"dark"_s);
    QCOMPARE(
        settings.read(), QJsonObject({{u"language"_s, u"zh_TW"_s}, {u"palette"_s, u"dark"_s}}));
    settings.update([](QJsonObject& json) { json.remove(u"language"_s); });
    QCOMPARE(settings.read().keys(), QStringList {u"palette"_s});
}

void TestStore::startsAfreshFromBrokenSettings()
{
    createPrivateFolder(m_folder);
    writePrivateFile(m_folder + u"/settings.json"_s, "{ \"language\": ");
    Settings settings(m_folder);
    QVERIFY(settings.read().isEmpty());
    settings.setValue(u"language"_s, u"en"_s);
    QCOMPARE(settings.value(u"language"_s).toString(), u"en"_s);
}

void TestStore::saysWhenItCannotWrite()
{
    QFile file(m_folder); // a file where the folder should be
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(thrownBy([&] { TargetStore(m_folder).save(targetNamed(u"chat"_s)); })->kind,
        ErrorKind::StoreUnusable);
    QCOMPARE(
        thrownBy([&] { Settings(m_folder).setValue(u"a"_s, 1); })->kind, ErrorKind::StoreUnusable);
    QVERIFY(TargetStore(m_folder).list().isEmpty());
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
