// SPDX-License-Identifier: MIT
#include "engine/model/jsontext.h"
#include "engine/model/targetfields.h"
#include "engine/model/targetwriter.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

template <typename Object> JsonText schemaOf();

/// Says of one object of a target file what the reader accepts, in the words of JSON Schema.
class SchemaWriter {
    using Presence = fields::Presence;

public:
    explicit SchemaWriter(JsonText defaults)
        : m_defaults(std::move(defaults))
    {
    }

    JsonText schema {{"type", "object"}, {"additionalProperties", false},
        {"required", JsonText::array()}, {"properties", JsonText::object()}};

    void text(const char* key, QString&, const TextRule& rule, Presence presence = {})
    {
        JsonText one = textSchema(rule);
        if (presence == Presence::Nullable)
            one["type"] = {"string", "null"};
        add(key, one, presence);
    }
    void flag(const char* key, bool&) { add(key, {{"type", "boolean"}}); }
    void integer(const char* key, int&, int least, int most)
    {
        add(key, integerSchema(least, most));
    }
    void integerOr(const char* key, int&, const char* word, int least, int most)
    {
        add(key, {{"anyOf", {{{"const", word}}, integerSchema(least, most)}}});
    }
    void integers(const char* key, QList<int>&, int least, int most)
    {
        add(key, {{"type", "array"}, {"items", integerSchema(least, most)}});
    }
    void real(const char* key, double&, double least, double most)
    {
        add(key,
            {{"type", "number"}, {"minimum", jsonTextOf(least)}, {"maximum", jsonTextOf(most)}});
    }
    template <typename Value, std::size_t Count>
    void choice(const char* key, Value&, const std::array<fields::Choice<Value>, Count>& choices)
    {
        JsonText ids = JsonText::array();
        for (const fields::Choice<Value>& one : choices)
            ids.push_back(one.id);
        add(key, {{"enum", ids}});
    }
    void constant(const char* key, int value) { add(key, {{"const", value}}, Presence::Required); }
    void texts(const char* key, QStringList&, const TextRule& rule, Presence presence = {})
    {
        add(key, {{"type", "array"}, {"items", textSchema(rule)}}, presence);
    }
    void textOrTexts(const char* key, QStringList&, const TextRule& rule)
    {
        add(key, {{"type", {"string", "array", "null"}}, {"items", textSchema(rule)}});
    }
    void textMap(
        const char* key, QMap<QString, QString>&, const TextRule& names, const TextRule& rule)
    {
        add(key,
            {{"type", "object"}, {"propertyNames", {{"pattern", textSchema(names)["pattern"]}}},
                {"additionalProperties", textSchema(rule)}});
    }
    template <typename Object> void object(const char* key, Object&, Presence presence = {})
    {
        add(key, schemaOf<Object>(), presence, false);
    }
    template <typename Object> void optionalObject(const char* key, std::optional<Object>&)
    {
        add(key, nullOr(schemaOf<Object>()));
    }
    template <typename Object>
    void objects(const char* key, QList<Object>&, Presence presence = {}, int least = 0)
    {
        JsonText list {{"type", "array"}, {"items", schemaOf<Object>()}};
        if (least > 0)
            list["minItems"] = least;
        add(key, list, presence);
    }
    template <typename Object>
    void namedObjects(const char* key, QList<Object>&, const TextRule& names)
    {
        add(key,
            {{"type", "object"}, {"minProperties", 1},
                {"propertyNames", {{"pattern", textSchema(names)["pattern"]}}},
                {"additionalProperties", schemaOf<Object>()}},
            Presence::Required);
    }
    template <typename Object> void keptAsJson(const char* key, QJsonObject&)
    {
        add(key, nullOr(schemaOf<Object>()));
    }
    void anyList(const char* key, QJsonArray&) { add(key, {{"type", "array"}}); }

private:
    static JsonText textSchema(const TextRule& rule)
    {
        return {{"type", "string"}, {"pattern", std::string("^(?:") + rule.pattern + ")$"}};
    }
    static JsonText integerSchema(int least, int most)
    {
        return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
    }
    static JsonText nullOr(const JsonText& other)
    {
        return {{"anyOf", {{{"type", "null"}}, other}}};
    }

    void add(const char* key, JsonText one, Presence presence = {}, bool withDefault = true)
    {
        if (presence == Presence::Required)
            schema["required"].push_back(key);
        else if (withDefault)
            one["default"] = m_defaults[key];
        schema["properties"][key] = one;
    }

    JsonText m_defaults;
};

template <typename Object> JsonText schemaOf()
{
    Object untouched {};
    SchemaWriter writer(writeEveryField(untouched));
    fields::describe(writer, untouched);
    return writer.schema;
}

/// `host` may be left out where there is one host only, which no default can say.
JsonText expectedSchema()
{
    JsonText schema = schemaOf<Target>();
    schema["properties"]["gateway"]["properties"]["host"].erase("default");
    schema["properties"]["slots"]["items"]["properties"]["host"].erase("default");
    return schema;
}

/// What the file says for people only.
void withoutWords(JsonText& schema)
{
    if (schema.is_object())
        for (const char* key : {"$schema", "$id", "title", "description"})
            // A field of that name is an object.
            if (schema.contains(key) && schema[key].is_string())
                schema.erase(key);
    for (JsonText& member : schema)
        if (member.is_structured())
            withoutWords(member);
}

/// The schema with the words that `published` has for people at the same places.
JsonText withWordsOf(const JsonText& published, JsonText schema)
{
    JsonText result = JsonText::object();
    for (const char* key : {"$schema", "$id", "title", "description"})
        if (published.contains(key) && published[key].is_string())
            result[key] = published[key];
    for (const auto& [key, member] : schema.items()) {
        const bool both = published.contains(key) && published[key].type() == member.type();
        if (both && member.is_object())
            result[key] = withWordsOf(published[key], member);
        else
            result[key] = member;
        if (both && member.is_array() && published[key].size() == member.size())
            for (std::size_t i = 0; i < member.size(); ++i)
                if (member[i].is_object() && published[key][i].is_object())
                    result[key][i] = withWordsOf(published[key][i], member[i]);
    }
    return result;
}

void findUndescribed(const JsonText& schema, const QString& path, QStringList& found)
{
    for (const auto& [key, member] : schema.items()) {
        if (key == "properties")
            for (const auto& [name, field] : member.items())
                if (!field.contains("description"))
                    found.append(path + u'.' + QString::fromStdString(name));
        if (member.is_structured())
            findUndescribed(member,
                key == "properties" ? path : path + u'.' + QString::fromStdString(key), found);
    }
}

QByteArray read(const QString& name)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR) + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// As much of JSON Schema as the file uses.
QString complaint(const JsonText& schema, const JsonText& value, const QString& path)
{
    if (schema.contains("anyOf")) {
        QString first;
        for (const JsonText& one : schema["anyOf"]) {
            const QString said = complaint(one, value, path);
            if (said.isEmpty())
                return {};
            first = said;
        }
        return first;
    }
    if (schema.contains("const"))
        return schema["const"] == value ? QString() : path;
    if (schema.contains("enum"))
        return std::count(schema["enum"].begin(), schema["enum"].end(), value) ? QString() : path;
    const JsonText types
        = schema["type"].is_array() ? schema["type"] : JsonText::array({schema["type"]});
    const std::string type = value.is_null() ? "null"
        : value.is_boolean()                 ? "boolean"
        : value.is_number_integer()          ? "integer"
        : value.is_number()                  ? "number"
        : value.is_string()                  ? "string"
        : value.is_array()                   ? "array"
                                             : "object";
    const bool number = type == "integer" && std::count(types.begin(), types.end(), "number");
    if (!number && !std::count(types.begin(), types.end(), type))
        return path + u" is a "_s + QString::fromStdString(type);
    if (value.is_number() && schema.contains("minimum")
        && (value < schema["minimum"] || value > schema["maximum"]))
        return path + u" out of range"_s;
    const auto matches = [](const JsonText& pattern, const QString& text) {
        QString pcre = textOf(pattern);
        pcre.replace(QRegularExpression(u"\\\\u([0-9a-f]{4})"_s), u"\\x{\\1}"_s);
        return QRegularExpression(pcre).match(text).hasMatch();
    };
    if (value.is_string() && schema.contains("pattern")
        && !matches(schema["pattern"], textOf(value)))
        return path + u" does not match"_s;
    if (value.is_array() && schema.contains("minItems") && value.size() < schema["minItems"])
        return path + u" is too short"_s;
    if (value.is_array() && schema.contains("items"))
        for (std::size_t i = 0; i < value.size(); ++i)
            if (const QString said
                = complaint(schema["items"], value[i], u"%1[%2]"_s.arg(path).arg(i));
                !said.isEmpty())
                return said;
    if (!value.is_object())
        return {};
    if (schema.contains("required"))
        for (const JsonText& key : schema["required"])
            if (!value.contains(key.get<std::string>()))
                return path + u" lacks "_s + textOf(key);
    for (const auto& [key, member] : value.items()) {
        const QString memberPath = path + u'.' + QString::fromStdString(key);
        const bool known = schema.contains("properties") && schema["properties"].contains(key);
        const JsonText& other = schema["additionalProperties"];
        if (!known && other.is_boolean())
            return memberPath + u" is unknown"_s;
        if (schema.contains("propertyNames")
            && !matches(schema["propertyNames"]["pattern"], QString::fromStdString(key)))
            return memberPath + u" is a wrong name"_s;
        if (const QString said
            = complaint(known ? schema["properties"][key] : other, member, memberPath);
            !said.isEmpty())
            return said;
    }
    return {};
}

} // namespace

class TestTargetSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatTheReaderAccepts();
    void describesEveryField();
    void takesEveryFixture_data();
    void takesEveryFixture();
    void refusesWhatIsWrong_data();
    void refusesWhatIsWrong();
};

void TestTargetSchema::saysWhatTheReaderAccepts()
{
    const QString name = u"/resources/target.schema.json"_s;
    JsonText published = parseJsonText(read(name), name);
    if (qEnvironmentVariableIsSet("GAPLESS_UPDATE")) {
        QFile file(QStringLiteral(GAPLESS_SOURCE_DIR) + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            QByteArray::fromStdString(withWordsOf(published, expectedSchema()).dump(2)) + '\n');
    }
    withoutWords(published);
    const JsonText difference = JsonText::diff(published, expectedSchema());
    QVERIFY2(difference.empty(),
        ("run again with GAPLESS_UPDATE=1, then describe what is new:\n" + difference.dump(2))
            .c_str());
}

void TestTargetSchema::describesEveryField()
{
    QStringList undescribed;
    findUndescribed(parseJsonText(read(u"/resources/target.schema.json"_s), {}), {}, undescribed);
    QCOMPARE(undescribed, QStringList());
}

void TestTargetSchema::takesEveryFixture_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"contract", "minimal", "everything"})
        QTest::newRow(name) << u"/tests/unit/model/targets/%1.json"_s.arg(QLatin1StringView(name));
}

void TestTargetSchema::takesEveryFixture()
{
    QFETCH(QString, name);
    QCOMPARE(complaint(expectedSchema(), parseJsonText(read(name), name), u"target"_s), QString());
}

void TestTargetSchema::refusesWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("piece");
    QTest::addColumn<QByteArray>("replacement");
    QTest::newRow("unknown") << QByteArray("\"rehearse\"") << QByteArray("\"rehearsal\"");
    QTest::newRow("missing") << QByteArray("\"name\": \"chat-production\",") << QByteArray();
    QTest::newRow("range") << QByteArray("\"port\": 22") << QByteArray("\"port\": 0");
    QTest::newRow("type") << QByteArray("\"rehearse\": false") << QByteArray("\"rehearse\": 0");
    QTest::newRow("pattern") << QByteArray("\"200-299\"") << QByteArray("\"2xx\"");
    QTest::newRow("choice") << QByteArray("\"rolling\"") << QByteArray("\"recreate\"");
}

void TestTargetSchema::refusesWhatIsWrong()
{
    QFETCH(QByteArray, piece);
    QFETCH(QByteArray, replacement);
    QByteArray json = read(u"/tests/unit/model/targets/contract.json"_s);
    QVERIFY(json.contains(piece));
    json.replace(piece, replacement);
    QVERIFY(!complaint(expectedSchema(), parseJsonText(json, {}), u"target"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TestTargetSchema)
#include "tst_targetschema.moc"
