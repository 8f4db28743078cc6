// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/model/jsontext.h"
#include "engine/model/targetfields.h"
#include "engine/model/targetwriter.h"

#include <set>

namespace gapless {

/// Reads one object of a target file: a visitor of targetfields.h. Every error names the file and
/// the field's path.
class TargetReader {
    using Presence = fields::Presence;

public:
    TargetReader(const JsonText& object, QString path, QString file)
        : m_object(object)
        , m_path(std::move(path))
        , m_file(std::move(file))
    {
        if (!m_object.is_object())
            throw wrong(m_path, QStringLiteral("object"));
    }

    void text(const char* key, QString& value, const TextRule& rule, Presence presence = {})
    {
        if (const JsonText* found = find(key, presence))
            value = oneText(*found, pathOf(key), rule);
    }

    void flag(const char* key, bool& value)
    {
        if (const JsonText* found = find(key)) {
            if (!found->is_boolean())
                throw wrong(pathOf(key), QStringLiteral("true | false"));
            value = found->get<bool>();
        }
    }

    void integer(const char* key, int& value, int least, int most)
    {
        if (const JsonText* found = find(key))
            value = oneInteger(*found, pathOf(key), least, most, {});
    }

    /// A number, or a word that stands for 0.
    void integerOr(const char* key, int& value, const char* word, int least, int most)
    {
        const JsonText* found = find(key);
        if (!found)
            return;
        const QString other = QStringLiteral("\"%1\" | ").arg(QLatin1StringView(word));
        if (found->is_string() && textOf(*found) == QLatin1StringView(word))
            value = 0;
        else
            value = oneInteger(*found, pathOf(key), least, most, other);
    }

    void integers(const char* key, QList<int>& values, int least, int most)
    {
        if (const JsonText* found = list(key)) {
            values.clear();
            for (std::size_t i = 0; i < found->size(); ++i)
                values.append(oneInteger((*found)[i], pathOf(key, i), least, most, {}));
        }
    }

    void real(const char* key, double& value, double least, double most)
    {
        const JsonText* found = find(key);
        if (!found)
            return;
        if (!found->is_number() || found->get<double>() < least || found->get<double>() > most)
            throw wrong(
                pathOf(key), QStringLiteral("number %1..%2").arg(least).arg(most, 0, 'f', 0));
        value = found->get<double>();
    }

    template <typename Value, std::size_t Count>
    void choice(
        const char* key, Value& value, const std::array<fields::Choice<Value>, Count>& choices)
    {
        const JsonText* found = find(key);
        if (!found)
            return;
        QStringList ids;
        for (const fields::Choice<Value>& one : choices) {
            ids.append(QLatin1StringView(one.id));
            if (found->is_string() && textOf(*found) == ids.last()) {
                value = one.value;
                return;
            }
        }
        throw wrong(pathOf(key), ids.join(QStringLiteral(" | ")));
    }

    void constant(const char* key, int expected)
    {
        const JsonText* found = find(key, Presence::Required);
        if (found && !(found->is_number_integer() && *found == expected))
            throw wrong(pathOf(key), QString::number(expected));
    }

    void texts(const char* key, QStringList& values, const TextRule& rule, Presence presence = {})
    {
        if (const JsonText* found = list(key, presence))
            values = severalTexts(*found, key, rule);
    }

    /// `null`, one text with commas between its parts, or a list.
    void textOrTexts(const char* key, QStringList& values, const TextRule& rule)
    {
        const JsonText* found = find(key, Presence::Nullable);
        if (!found)
            return;
        if (found->is_array()) {
            values = severalTexts(*found, key, rule);
            return;
        }
        values.clear();
        for (const QString& part : oneText(*found, pathOf(key), rules::line).split(u',')) {
            values.append(part.trimmed());
            if (!allows(rule, values.last()))
                throw wrong(pathOf(key), QLatin1StringView(rule.expected));
        }
    }

    void textMap(const char* key, QMap<QString, QString>& values, const TextRule& names,
        const TextRule& rule)
    {
        const JsonText* found = find(key);
        if (!found)
            return;
        if (!found->is_object())
            throw wrong(pathOf(key), QStringLiteral("object"));
        values.clear();
        for (const auto& [name, value] : found->items()) {
            const QString member = QString::fromStdString(name);
            const QString path = pathOf(key) + u'.' + member;
            if (!allows(names, member))
                throw wrong(path, QLatin1StringView(names.expected));
            values[member] = oneText(value, path, rule);
        }
    }

    template <typename Object> void object(const char* key, Object& value, Presence presence = {});
    template <typename Object> void optionalObject(const char* key, std::optional<Object>& value);
    template <typename Object>
    void objects(const char* key, QList<Object>& values, Presence presence = {}, int least = 0);
    template <typename Object>
    void namedObjects(const char* key, QList<Object>& values, const TextRule& names);
    template <typename Object> void keptAsJson(const char* key, QJsonObject& value);

    void anyList(const char* key, QJsonArray& value)
    {
        if (const JsonText* found = list(key))
            value = qtValueOf(*found).toArray();
    }

    /// After every field was asked for: what is unknown is said before what is missing, since a
    /// misspelt name is both.
    void finish() const
    {
        for (const auto& [key, value] : m_object.items())
            if (!m_known.contains(key))
                throw at(ErrorKind::FieldUnknown, pathOf(key.c_str()));
        if (!m_missing.isEmpty())
            throw at(ErrorKind::FieldMissing, m_missing);
    }

private:
    /// Null where it is left out, and where it is `null` and may be.
    const JsonText* find(const char* key, Presence presence = {})
    {
        m_known.insert(key);
        const auto found = m_object.find(key);
        if (found != m_object.end())
            return found->is_null() && presence == Presence::Nullable ? nullptr : &*found;
        if (presence == Presence::Required && m_missing.isEmpty())
            m_missing = pathOf(key);
        return nullptr;
    }

    const JsonText* list(const char* key, Presence presence = {})
    {
        const JsonText* found = find(key, presence);
        if (found && !found->is_array())
            throw wrong(pathOf(key), QStringLiteral("list"));
        return found;
    }

    QString oneText(const JsonText& json, const QString& path, const TextRule& rule) const
    {
        QString value = json.is_string() ? textOf(json) : QString();
        if (rule.composed)
            value = value.normalized(QString::NormalizationForm_C);
        if (!json.is_string() || !allows(rule, value))
            throw wrong(path, QLatin1StringView(rule.expected));
        return value;
    }

    QStringList severalTexts(const JsonText& json, const char* key, const TextRule& rule) const
    {
        QStringList values;
        for (std::size_t i = 0; i < json.size(); ++i)
            values.append(oneText(json[i], pathOf(key, i), rule));
        return values;
    }

    int oneInteger(
        const JsonText& json, const QString& path, int least, int most, const QString& other) const
    {
        if (!json.is_number_integer() || json < least || json > most)
            throw wrong(path, other + QStringLiteral("integer %1..%2").arg(least).arg(most));
        return json.get<int>();
    }

    QString pathOf(const char* key) const
    {
        return m_path.isEmpty() ? QString::fromUtf8(key) : m_path + u'.' + QString::fromUtf8(key);
    }
    QString pathOf(const char* key, std::size_t index) const
    {
        return QStringLiteral("%1[%2]").arg(pathOf(key)).arg(index);
    }

    Error at(ErrorKind kind, const QString& path) const
    {
        return Error(kind, {{QStringLiteral("file"), m_file}, {QStringLiteral("path"), path}});
    }
    Error wrong(const QString& path, const QString& expected) const
    {
        Error error = at(ErrorKind::FieldWrong, path);
        error.facts[QStringLiteral("expected")] = expected;
        return error;
    }

    const JsonText& m_object;
    QString m_path;
    QString m_file;
    std::set<std::string> m_known;
    QString m_missing;
};

template <typename Object>
void readObject(const JsonText& json, const QString& path, const QString& file, Object& value)
{
    TargetReader reader(json, path, file);
    fields::describe(reader, value);
    reader.finish();
}

template <typename Object>
void TargetReader::object(const char* key, Object& value, Presence presence)
{
    if (const JsonText* found = find(key, presence))
        readObject(*found, pathOf(key), m_file, value);
}

template <typename Object>
void TargetReader::optionalObject(const char* key, std::optional<Object>& value)
{
    const JsonText* found = find(key);
    if (!found)
        return; // as the struct has it
    value.reset();
    if (!found->is_null())
        readObject(*found, pathOf(key), m_file, value.emplace());
}

template <typename Object>
void TargetReader::objects(const char* key, QList<Object>& values, Presence presence, int least)
{
    const JsonText* found = list(key, presence);
    if (!found)
        return;
    if (found->size() < std::size_t(least))
        throw wrong(pathOf(key), QStringLiteral("%1 or more").arg(least));
    values.clear();
    for (std::size_t i = 0; i < found->size(); ++i) {
        Object value;
        readObject((*found)[i], pathOf(key, i), m_file, value);
        values.append(value);
    }
}

template <typename Object>
void TargetReader::namedObjects(const char* key, QList<Object>& values, const TextRule& names)
{
    const JsonText* found = find(key, Presence::Required);
    if (!found)
        return;
    if (!found->is_object() || found->empty())
        throw wrong(pathOf(key), QStringLiteral("object with one member or more"));
    values.clear();
    for (const auto& [name, member] : found->items()) {
        const QString path = pathOf(key) + u'.' + QString::fromStdString(name);
        Object value;
        value.name = oneText(name, path, names);
        readObject(member, path, m_file, value);
        values.append(value);
    }
}

template <typename Object> void TargetReader::keptAsJson(const char* key, QJsonObject& value)
{
    const JsonText* found = find(key, Presence::Nullable);
    if (!found)
        return;
    Object fields;
    readObject(*found, pathOf(key), m_file, fields);
    value = qtValueOf(writeEveryField(fields)).toObject();
}

} // namespace gapless
