// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/store/keychain.h"
#include "engine/store/systemkeychain.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

QByteArray textOf(const std::optional<Secret>& secret)
{
    return secret ? secret->view().toByteArray() : QByteArray("(nothing)");
}

} // namespace

class TestKeychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesEntries();
    void remembersForThisRun();
    void asksTheOneBehind();
    void guessesTheBackend_data();
    void guessesTheBackend();
};

void TestKeychain::namesEntries()
{
    QCOMPARE(credentialForVariable(u"chat"_s, u"DB_PASSWORD"_s), u"env:chat/DB_PASSWORD"_s);
    QCOMPARE(credentialForToken(u"chat-probe"_s), u"token:chat-probe"_s);
}

void TestKeychain::remembersForThisRun()
{
    MemoryKeychain keychain;
    QVERIFY(!keychain.read(u"a"_s));
    keychain.write(u"a"_s, Secret("one"));
    keychain.write(u"a"_s, Secret("two"));
    QCOMPARE(textOf(keychain.read(u"a"_s)), "two");
    QCOMPARE(textOf(keychain.read(u"a"_s)), "two"); // it gives copies away
    keychain.remove(u"a"_s);
    keychain.remove(u"a"_s);
    QVERIFY(!keychain.read(u"a"_s));
}

void TestKeychain::asksTheOneBehind()
{
    MemoryKeychain saved;
    saved.write(u"a"_s, Secret("saved"));
    MemoryKeychain keychain(&saved);
    QCOMPARE(textOf(keychain.read(u"a"_s)), "saved");
    keychain.write(u"a"_s, Secret("typed"));
    QCOMPARE(textOf(keychain.read(u"a"_s)), "typed");
    QCOMPARE(textOf(saved.read(u"a"_s)), "saved");
    keychain.remove(u"a"_s);
    QCOMPARE(textOf(keychain.read(u"a"_s)), "saved");
}

void TestKeychain::guessesTheBackend_data()
{
    QTest::addColumn<QString>("desktop");
    QTest::addColumn<QString>("session");
    QTest::addColumn<QString>("kdeVersion");
    QTest::addColumn<bool>("libsecret");
    QTest::addColumn<QString>("backend");
    QTest::newRow("GNOME") << u"GNOME"_s << u"gnome"_s << u""_s << true << u"secretService"_s;
    QTest::newRow("Ubuntu") << u"ubuntu:GNOME"_s << u"ubuntu"_s << u""_s << true
                            << u"secretService"_s;
    QTest::newRow("no desktop") << u""_s << u""_s << u""_s << true << u"secretService"_s;
    QTest::newRow("no libsecret") << u""_s << u""_s << u""_s << false << u"gnomeKeyring"_s;
    QTest::newRow("Plasma") << u"KDE"_s << u"plasma"_s << u"5"_s << true << u"kwallet"_s;
    QTest::newRow("Plasma by its session") << u""_s << u"kde"_s << u"5"_s << true << u"kwallet"_s;
    // QtKeychain 0.13 does not know it.
    QTest::newRow("Plasma 6") << u"KDE"_s << u"plasma"_s << u"6"_s << true << u"secretService"_s;
}

void TestKeychain::guessesTheBackend()
{
    QFETCH(QString, desktop);
    QFETCH(QString, session);
    QFETCH(QString, kdeVersion);
    QFETCH(bool, libsecret);
    QFETCH(QString, backend);
    QCOMPARE(likelyKeychainBackend(desktop, session, kdeVersion, libsecret), backend);
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
