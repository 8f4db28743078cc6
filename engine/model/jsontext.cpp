// SPDX-License-Identifier: MIT
#include "engine/model/jsontext.h"

#include "engine/model/error.h"

#include <QJsonArray>
#include <set>
#include <vector>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr std::size_t deepest = 64;

/// Where the parser stands, and what each open object has named so far.
class Place {
public:
    explicit Place(const QString& file)
        : m_file(file)
    {
    }

    bool operator()(int, JsonText::parse_event_t event, const JsonText& parsed)
    {
        switch (event) {
        case JsonText::parse_event_t::object_start:
        case JsonText::parse_event_t::array_start:
            countElement();
            m_open.push_back({event == JsonText::parse_event_t::array_start});
            if (m_open.size() > deepest)
                throw wrong(u"at most 64 levels"_s);
            break;
        case JsonText::parse_event_t::key: {
            Level& level = m_open.back();
            level.key = parsed.get<std::string>();
            if (!level.keys.insert(level.key).second)
                throw Error(ErrorKind::FieldRepeated,
                    {{u"file"_s, m_file}, {u"path"_s, path()}, {u"other"_s, path()}});
            break;
        }
        case JsonText::parse_event_t::object_end:
        case JsonText::parse_event_t::array_end:
            m_open.pop_back();
            break;
        case JsonText::parse_event_t::value:
            countElement();
            break;
        }
        return true;
    }

    Error wrong(const QString& expected) const
    {
        return Error(ErrorKind::FieldWrong,
            {{u"file"_s, m_file}, {u"path"_s, path()}, {u"expected"_s, expected}});
    }

private:
    struct Level {
        bool array = false;
        int index = -1;
        std::string key {};
        std::set<std::string> keys {};
    };

    void countElement()
    {
        if (!m_open.empty() && m_open.back().array)
            ++m_open.back().index;
    }

    QString path() const
    {
        QString text;
        for (const Level& level : m_open) {
            if (level.array)
                text += u"[%1]"_s.arg(std::max(level.index, 0));
            else if (!level.key.empty())
                text += (text.isEmpty() ? u""_s : u"."_s) + QString::fromStdString(level.key);
        }
        return text;
    }

    QString m_file;
    std::vector<Level> m_open;
};

Error brokenAt(const QByteArray& json, std::size_t byte, const QString& file, QString why)
{
    // nlohmann says how many bytes it had read, the one it choked on included.
    const QByteArray before = json.left(byte > 0 ? qsizetype(byte) - 1 : 0);
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    // Its message ends in the text it last read, which may be a secret in a file that is refused
    // for one.
    why.truncate(qMax(why.indexOf(u"; last read"), 0));
    return Error(ErrorKind::JsonBroken,
        {{u"file"_s, file}, {u"line"_s, before.count('\n') + 1},
            {u"column"_s, QString::fromUtf8(before.mid(lineStart)).size() + 1}},
        why.mid(why.indexOf(u": ") + 2));
}

} // namespace

JsonText parseJsonText(const QByteArray& json, const QString& file)
{
    Place place(file);
    try {
        return JsonText::parse(json.begin(), json.end(), std::ref(place));
    } catch (const JsonText::parse_error& error) {
        throw brokenAt(json, error.byte, file, QString::fromUtf8(error.what()));
    } catch (const JsonText::exception&) {
        throw place.wrong(u"number"_s);
    }
}

QString textOf(const JsonText& value)
{
    return QString::fromStdString(value.get_ref<const std::string&>());
}

QJsonValue qtValueOf(const JsonText& value)
{
    switch (value.type()) {
    case JsonText::value_t::boolean:
        return value.get<bool>();
    case JsonText::value_t::number_integer:
        return qint64(value.get<std::int64_t>());
    case JsonText::value_t::number_unsigned:
        // Above 2^63 only a double is left.
        if (value.get<std::uint64_t>() <= std::uint64_t(INT64_MAX))
            return qint64(value.get<std::uint64_t>());
        return value.get<double>();
    case JsonText::value_t::number_float:
        return value.get<double>();
    case JsonText::value_t::string:
        return textOf(value);
    case JsonText::value_t::array: {
        QJsonArray array;
        for (const JsonText& element : value)
            array.append(qtValueOf(element));
        return array;
    }
    case JsonText::value_t::object: {
        QJsonObject object;
        for (const auto& [key, member] : value.items())
            object[QString::fromStdString(key)] = qtValueOf(member);
        return object;
    }
    case JsonText::value_t::null:
    case JsonText::value_t::binary:
    case JsonText::value_t::discarded:
        break;
    }
    return {};
}

JsonText jsonTextOf(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        // A whole number goes back as one: 3, not 3.0.
        if (const qint64 whole = value.toInteger(); double(whole) == value.toDouble())
            return whole;
        return value.toDouble();
    case QJsonValue::String:
        return value.toString().toStdString();
    case QJsonValue::Array: {
        JsonText array = JsonText::array();
        for (const QJsonValue element : value.toArray())
            array.push_back(jsonTextOf(element));
        return array;
    }
    case QJsonValue::Object: {
        JsonText object = JsonText::object();
        const QJsonObject members = value.toObject();
        for (auto member = members.begin(); member != members.end(); ++member)
            object[member.key().toStdString()] = jsonTextOf(member.value());
        return object;
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return nullptr;
}

} // namespace gapless
