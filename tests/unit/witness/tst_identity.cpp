// SPDX-License-Identifier: MIT
#include "engine/witness/identity.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

class TestIdentity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
};

using Headers = QMap<QByteArray, QByteArray>;
Q_DECLARE_METATYPE(Headers)

void TestIdentity::answers_data()
{
    QTest::addColumn<QString>("versionFrom");
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("version");

    const auto row = [](const char* name, const QString& versionFrom, const Headers& headers,
                         const QByteArray& body, const QString& slot, const QString& version) {
        QTest::newRow(name) << versionFrom << headers << body << slot << version;
    };
    row("nothing said", {}, {}, "", {}, {});
    row("the slot by name", {}, {{"x-slot", "B"}}, "", u"B"_s, {});
    row("by container", {}, {{"x-served-by", "chat_A"}}, "", u"A"_s, {});
    row("by nginx's upstream address", {}, {{"x-upstream", "127.0.0.1:8091"}}, "", u"B"_s, {});
    row("nginx tried one and went to the next", {},
        {{"x-upstream", "127.0.0.1:8090, 127.0.0.1:8091"}}, "", u"B"_s, {});
    row("after an internal redirect", {}, {{"x-upstream", "127.0.0.1:8091 : 127.0.0.1:8090"}}, "",
        u"A"_s, {});
    row("somebody else's X-Slot", {}, {{"x-slot", "17"}}, "", {}, {});
    row("the version by header", u"X-Version"_s, {{"X-Version", "abc"}}, "", {}, u"abc"_s);
    row("that header names the slot too", u"X-Instance"_s, {{"X-Instance", "chat_B"}}, "", u"B"_s,
        u"chat_B"_s);
    row("the version by field", u"json:build.hash"_s, {}, R"({"build":{"hash":"f00"}})", {},
        u"f00"_s);
    row("a number", u"json:version"_s, {}, R"({"version":7})", {}, u"7"_s);
    row("no such field", u"json:build.hash"_s, {}, R"({"build":3})", {}, {});
    row("no JSON", u"json:version"_s, {}, "<html>", {}, {});
}

void TestIdentity::answers()
{
    QFETCH(QString, versionFrom);
    QFETCH(Headers, headers);
    QFETCH(QByteArray, body);
    QList<Slot> slotList(2);
    slotList[0].name = u"A"_s;
    slotList[0].container = u"chat_A"_s;
    slotList[0].server = u"127.0.0.1:8090"_s;
    slotList[1].name = u"B"_s;
    slotList[1].container = u"chat_B"_s;
    slotList[1].server = u"127.0.0.1:8091"_s;
    const Identity identity
        = Identifier(versionFrom, slotList)
              .identify([&](const QByteArray& name) { return headers.value(name); }, body);
    QTEST(identity.slot, "slot");
    QTEST(identity.version, "version");
}

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
