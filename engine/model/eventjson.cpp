// SPDX-License-Identifier: MIT
#include "engine/model/eventjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

using TextMap = QMap<QString, QString>;

struct Write {
    QJsonObject& json;

    template <typename Value> void operator()(const char* name, const Value& value) const
    {
        json[QLatin1StringView(name)] = jsonOf(value);
    }

    template <typename Plain> static QJsonValue jsonOf(const Plain& value) { return value; }
    static QJsonValue jsonOf(const QStringList& value) { return QJsonArray::fromStringList(value); }
    static QJsonValue jsonOf(const Verdict& value) { return toJson(value); }
    static QJsonValue jsonOf(const TextMap& value)
    {
        QJsonObject object;
        for (auto entry = value.begin(); entry != value.end(); ++entry)
            object[entry.key()] = entry.value();
        return object;
    }
};

struct Read {
    const QJsonObject& json;

    template <typename Value> void operator()(const char* name, Value& value) const
    {
        const QJsonValue found = json[QLatin1StringView(name)];
        if (!found.isUndefined())
            take(found, value);
    }

    static void take(const QJsonValue& json, QString& value) { value = json.toString(value); }
    static void take(const QJsonValue& json, qint64& value) { value = json.toInteger(value); }
    static void take(const QJsonValue& json, int& value) { value = json.toInt(value); }
    static void take(const QJsonValue& json, double& value) { value = json.toDouble(value); }
    static void take(const QJsonValue& json, bool& value) { value = json.toBool(value); }
    static void take(const QJsonValue& json, QJsonObject& value) { value = json.toObject(value); }
    static void take(const QJsonValue& json, QJsonArray& value) { value = json.toArray(); }
    static void take(const QJsonValue& json, Verdict& value)
    {
        value = verdictFromJson(json.toObject());
    }
    static void take(const QJsonValue& json, QStringList& value)
    {
        value.clear();
        for (const QJsonValue entry : json.toArray())
            value.append(entry.toString());
    }
    static void take(const QJsonValue& json, TextMap& value)
    {
        value.clear();
        const QJsonObject object = json.toObject();
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            value[entry.key()] = entry.value().toString();
    }
};

template <std::size_t Index = 0>
std::optional<EventBody> bodyFromJson(const QString& type, const QJsonObject& json)
{
    if constexpr (Index < std::variant_size_v<EventBody>) {
        using Body = std::variant_alternative_t<Index, EventBody>;
        if (type != QLatin1StringView(Body::type))
            return bodyFromJson<Index + 1>(type, json);
        Body body;
        body.fields(Read {json});
        return body;
    } else {
        return std::nullopt;
    }
}

} // namespace

QString typeOf(const EventBody& body)
{
    return std::visit([](const auto& one) { return QString::fromLatin1(one.type); }, body);
}

QJsonObject toJson(const EventBody& body)
{
    QJsonObject json;
    std::visit([&](const auto& one) { one.fields(Write {json}); }, body);
    return json;
}

QJsonObject toJson(const Event& event)
{
    QJsonObject json = toJson(event.body);
    json[u"seq"_s] = event.seq;
    json[u"at"_s] = event.at.toUTC().toString(Qt::ISODateWithMs);
    json[u"run"_s] = event.run;
    json[u"type"_s] = typeOf(event.body);
    return json;
}

std::optional<Event> eventFromJson(const QJsonObject& json)
{
    std::optional<EventBody> body = bodyFromJson(json[u"type"_s].toString(), json);
    if (!body)
        return std::nullopt;
    return Event {json[u"seq"_s].toInteger(),
        QDateTime::fromString(json[u"at"_s].toString(), Qt::ISODateWithMs).toUTC(),
        json[u"run"_s].toString(), *std::move(body)};
}

} // namespace gapless
