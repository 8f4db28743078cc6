// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/model/eventjson.h"
#include "engine/model/plan.h"

#include <QJsonDocument>
#include <QTest>
#include <set>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// Gives every field a value that no default is, each another one.
struct Fill {
    int count = 0;
    void operator()(const char*, QString& value) { value = u"text %1 \u0001 é 零"_s.arg(++count); }
    void operator()(const char*, QStringList& value) { value = {u"a"_s, QString::number(++count)}; }
    void operator()(const char*, QMap<QString, QString>& value)
    {
        value = {{u"A"_s, QString::number(++count)}};
    }
    void operator()(const char*, QJsonObject& value) { value = {{u"n"_s, ++count}}; }
    void operator()(const char*, QJsonArray& value) { value = {QJsonObject {{u"n"_s, ++count}}}; }
    void operator()(const char*, qint64& value) { value = (1LL << 60) + ++count; }
    void operator()(const char*, int& value) { value = -1000 - ++count; }
    void operator()(const char*, double& value) { value = 0.25 + ++count; }
    void operator()(const char*, bool& value) { value = !value; }
    void operator()(const char*, Verdict& value)
    {
        value.word = Verdict::Word::Broken;
        value.clean = true;
        value.why = u"closed"_s;
        value.notes = { QJsonObject { { u"id"_s, u"noBackplane"_s } } };
        value.http = Verdict::Http {1, 2, 3.5, 4.5, 5.5, 6, 7};
        value.session = Verdict::Session {8, 9};
        value.signalr = Verdict::Signalr {10, 11, 12, 13.5, 14.5, 15, 16, 17, 18};
    }
};

struct Names {
    std::set<QByteArray> seen;
    template <typename Value> void operator()(const char* name, const Value&)
    {
        QVERIFY2(seen.insert(name).second, name);
    }
};

template <std::size_t Index = 0> void eachBody(auto&& visit)
{
    if constexpr (Index < std::variant_size_v<EventBody>) {
        visit(EventBody(std::in_place_index<Index>));
        eachBody<Index + 1>(visit);
    }
}

} // namespace

class TestEventJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTripsEveryBody();
    void namesNothingTwice();
    void hasTheContractsFields();
    void skipsWhatIsNewer();
    void keepsDefaults();
    void verdictSaysWhatWasOff();
    void planRoundTrips();
    void errorRoundTrips();
};

void TestEventJson::roundTripsEveryBody()
{
    std::set<QString> types;
    eachBody([&](EventBody body) {
        std::visit([](auto& one) { one.fields(Fill {}); }, body);
        const Event event {7,
            QDateTime::fromString(u"2026-11-23T21:30:45.123Z"_s, Qt::ISODateWithMs),
            u"20261123-213045-k3f9"_s, body};
        const QJsonObject json = toJson(event);
        const QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
        const std::optional<Event> back = eventFromJson(QJsonDocument::fromJson(text).object());
        QVERIFY2(back, text.constData());
        QVERIFY(types.insert(typeOf(body)).second);
        QCOMPARE(back->seq, event.seq);
        QCOMPARE(back->at, event.at);
        QCOMPARE(back->run, event.run);
        QCOMPARE(back->body.index(), event.body.index());
        QCOMPARE(QJsonDocument(toJson(*back)).toJson(QJsonDocument::Compact), text);
        QCOMPARE(json[u"at"_s].toString(), u"2026-11-23T21:30:45.123Z"_s);
        // The filled body differs from an untouched one in every field, so nothing was dropped.
        eachBody([&](const EventBody& untouched) {
            if (untouched.index() != body.index())
                return;
            const QJsonObject plain = toJson(Event {0, event.at, {}, untouched});
            for (const QString& key : json.keys())
                if (key != u"type" && key != u"at")
                    QVERIFY2(plain[key] != json[key], qPrintable(key));
        });
    });
    QCOMPARE(types.size(), std::variant_size_v<EventBody>);
}

void TestEventJson::namesNothingTwice()
{
    eachBody([](const EventBody& body) {
        Names names {{"seq", "at", "run", "type"}};
        std::visit([&](const auto& one) { one.fields(names); }, body);
    });
}

void TestEventJson::hasTheContractsFields()
{
    const QMap<QString, QStringList> contract {
        {u"runStarted"_s, {u"target"_s, u"strategy"_s, u"from"_s, u"to"_s, u"by"_s, u"reason"_s}},
        {u"stepStarted"_s, {u"step"_s, u"slot"_s}},
        {u"stepFinished"_s, {u"step"_s, u"slot"_s, u"ms"_s}},
        {u"stepFailed"_s, {u"step"_s, u"slot"_s, u"ms"_s, u"reason"_s}},
        {u"commandRan"_s, {u"host"_s, u"command"_s, u"exit"_s, u"ms"_s}},
        {u"trafficChanged"_s, {u"slot"_s, u"state"_s, u"weight"_s}},
        {u"slotChanged"_s, {u"slot"_s, u"image"_s, u"state"_s}},
        {u"decisionAsked"_s, {u"question"_s}},
        {u"decisionMade"_s, {u"question"_s, u"choice"_s, u"by"_s, u"note"_s}},
        {u"connectionChanged"_s, {u"state"_s, u"reason"_s}},
        {u"gap"_s, {u"probe"_s, u"ms"_s}},
        {u"probeSummary"_s, {}},
        {u"runFinished"_s, {u"outcome"_s, u"serving"_s, u"verdict"_s}},
    };
    int found = 0;
    eachBody([&](const EventBody& body) {
        const QJsonObject json = toJson(Event {1, {}, {}, body});
        if (!contract.contains(typeOf(body)))
            return;
        ++found;
        for (const QString& field : contract[typeOf(body)])
            QVERIFY2(json.contains(field), qPrintable(typeOf(body) + u'.' + field));
    });
    QCOMPARE(found, contract.size());
}

void TestEventJson::skipsWhatIsNewer()
{
    QVERIFY(!eventFromJson({{u"type"_s, u"teleported"_s}, {u"seq"_s, 1}}));
    QVERIFY(!eventFromJson({}));
}

void TestEventJson::keepsDefaults()
{
    const std::optional<Event> event
        = eventFromJson({{u"type"_s, u"trafficChanged"_s}, {u"slot"_s, u"A"_s}});
    QVERIFY(event);
    QCOMPARE(std::get<TrafficChanged>(event->body).weight, 1);
    const std::optional<Event> wrong = eventFromJson(
        {{u"type"_s, u"trafficChanged"_s}, {u"slot"_s, QJsonArray()}, {u"weight"_s, u"x"_s}});
    QVERIFY(wrong);
    QCOMPARE(std::get<TrafficChanged>(wrong->body).weight, 1);
    QCOMPARE(std::get<TrafficChanged>(wrong->body).slot, QString());
}

void TestEventJson::verdictSaysWhatWasOff()
{
    const QJsonObject json = toJson(Verdict {});
    QCOMPARE(json[u"word"_s].toString(), u"notMeasured"_s);
    for (const QString& probe : {u"http"_s, u"session"_s, u"signalr"_s})
        QVERIFY(json[probe].isNull());
    QVERIFY(verdictFromJson(json) == Verdict {});
}

void TestEventJson::planRoundTrips()
{
    const Plan plan {u"chat"_s, u"deploy"_s, u"rolling"_s, u"hash_1"_s, u"hash_2"_s,
        {{u"A"_s, u"hash_1"_s}},
        {{u"down"_s, u"A"_s, {{u"diff"_s, u"web"_s, u"-a\n+b"_s}, {u"wait"_s, {}, u"workers"_s}}}},
        u"abc"_s};
    QVERIFY(planFromJson(toJson(plan)) == plan);
    QVERIFY(planFromJson({}) == Plan {});
}

void TestEventJson::errorRoundTrips()
{
    Error error(
        ErrorKind::HealthFailed, {{u"slot"_s, u"A"_s}, {u"status"_s, 503}}, u"last words"_s);
    error.host = u"web"_s;
    error.step = u"check"_s;
    const Error back = errorFromJson(toJson(error));
    QCOMPARE(back.kind, error.kind);
    QCOMPARE(toJson(back), toJson(error));
}

QTEST_GUILESS_MAIN(TestEventJson)
#include "tst_eventjson.moc"
