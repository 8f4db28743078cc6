// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/jsontext.h"
#include "engine/model/targetfields.h"

#include <set>

namespace gapless {

/// Writes every field of one object of a target file: a visitor of targetfields.h.
class TargetWriter {
    using Presence = fields::Presence;

public:
    JsonText written = JsonText::object();
    std::set<std::string> required; ///< what a file has to say even where it equals a default

    void text(const char* key, const QString& value, const TextRule&, Presence presence = {})
    {
        note(key, presence);
        if (presence == Presence::Nullable && value.isEmpty())
            written[key] = nullptr;
        else
            written[key] = value.toStdString();
    }
    void flag(const char* key, bool value) { written[key] = value; }
    void integer(const char* key, int value, int, int) { written[key] = value; }
    void integerOr(const char* key, int value, const char* word, int, int)
    {
        if (value == 0)
            written[key] = word;
        else
            written[key] = value;
    }
    void integers(const char* key, const QList<int>& values, int, int)
    {
        written[key] = JsonText::array();
        for (const int value : values)
            written[key].push_back(value);
    }
    void real(const char* key, double value, double, double) { written[key] = jsonTextOf(value); }

    template <typename Value, std::size_t Count>
    void choice(
        const char* key, Value value, const std::array<fields::Choice<Value>, Count>& choices)
    {
        for (const fields::Choice<Value>& one : choices)
            if (one.value == value)
                written[key] = one.id;
    }
    void constant(const char* key, int value)
    {
        note(key, fields::required);
        written[key] = value;
    }
    void texts(const char* key, const QStringList& values, const TextRule&, Presence presence = {})
    {
        note(key, presence);
        written[key] = JsonText::array();
        for (const QString& value : values)
            written[key].push_back(value.toStdString());
    }
    void textOrTexts(const char* key, const QStringList& values, const TextRule& rule)
    {
        if (values.size() > 1)
            texts(key, values, rule);
        else
            text(key, values.value(0), rule, fields::nullable);
    }
    void textMap(
        const char* key, const QMap<QString, QString>& values, const TextRule&, const TextRule&)
    {
        written[key] = JsonText::object();
        for (auto value = values.begin(); value != values.end(); ++value)
            written[key][value.key().toStdString()] = value.value().toStdString();
    }

    template <typename Object> void object(const char* key, Object& value, Presence presence = {});
    template <typename Object> void optionalObject(const char* key, std::optional<Object>& value);
    template <typename Object>
    void objects(const char* key, QList<Object>& values, Presence = {}, int = 0);
    template <typename Object>
    void namedObjects(const char* key, QList<Object>& values, const TextRule&);
    template <typename Object> void keptAsJson(const char* key, const QJsonObject& value)
    {
        written[key] = value.isEmpty() ? JsonText(nullptr) : jsonTextOf(value);
    }
    void anyList(const char* key, const QJsonArray& value) { written[key] = jsonTextOf(value); }

private:
    void note(const char* key, Presence presence)
    {
        if (presence == Presence::Required)
            required.insert(key);
    }
};

template <typename Object> JsonText writeEveryField(Object& value)
{
    TargetWriter writer;
    fields::describe(writer, value);
    return writer.written;
}

/// The same without the fields that equal their defaults.
template <typename Object> JsonText writeObject(Object& value)
{
    TargetWriter writer;
    fields::describe(writer, value);
    Object untouched {};
    const JsonText defaults = writeEveryField(untouched);
    for (const auto& [key, standard] : defaults.items())
        if (!writer.required.contains(key) && writer.written[key] == standard)
            writer.written.erase(key);
    return writer.written;
}

template <typename Object> void TargetWriter::object(const char* key, Object& value, Presence presence)
{
    note(key, presence);
    written[key] = writeObject(value);
}

template <typename Object>
void TargetWriter::optionalObject(const char* key, std::optional<Object>& value)
{
    written[key] = value ? writeObject(*value) : JsonText(nullptr);
}

template <typename Object>
void TargetWriter::objects(const char* key, QList<Object>& values, Presence, int)
{
    written[key] = JsonText::array();
    for (Object& value : values)
        written[key].push_back(writeObject(value));
}

template <typename Object>
void TargetWriter::namedObjects(const char* key, QList<Object>& values, const TextRule&)
{
    written[key] = JsonText::object();
    for (Object& value : values)
        written[key][value.name.toStdString()] = writeObject(value);
}

} // namespace gapless
