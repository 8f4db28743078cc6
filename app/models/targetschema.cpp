// SPDX-License-Identifier: MIT
#include "app/models/targetschema.h"

#include "engine/model/targetfields.h"

#include <QJsonArray>

namespace gapless {

namespace {

using fields::Presence;
using Kind = TargetField::Kind;

/// A visitor of targetfields.h that keeps what it is told.
class SchemaVisitor {
public:
    explicit SchemaVisitor(QString path)
        : m_path(std::move(path))
    {
    }
    QList<TargetField> found;

    void text(const char* key, const QString& value, const TextRule& rule, Presence presence = {})
    {
        const bool severalLines = rule.pattern == rules::anyText.pattern;
        TargetField& field = add(key, severalLines ? Kind::LongText : Kind::Text);
        field.rule = rule;
        field.required = presence == Presence::Required;
        field.standard = value;
    }
    void flag(const char* key, bool value) { add(key, Kind::Flag).standard = value; }
    void integer(const char* key, int value, int least, int most)
    {
        number(add(key, Kind::Integer), value, least, most);
    }
    void integerOr(const char* key, int value, const char* word, int least, int most)
    {
        TargetField& field = add(key, Kind::IntegerOrWord);
        number(field, value, least, most);
        field.word = QLatin1StringView(word);
    }
    void integers(const char* key, const QList<int>& values, int least, int most)
    {
        TargetField& field = add(key, Kind::Integers);
        field.least = least, field.most = most;
        QJsonArray standard;
        for (const int value : values)
            standard.append(value);
        field.standard = standard;
    }
    void real(const char* key, double value, double least, double most)
    {
        number(add(key, Kind::Real), value, least, most);
    }
    template <typename Value, std::size_t Count>
    void choice(
        const char* key, Value value, const std::array<fields::Choice<Value>, Count>& choices)
    {
        TargetField& field = add(key, Kind::Choice);
        for (const fields::Choice<Value>& one : choices) {
            field.choices.append(QLatin1StringView(one.id));
            if (one.value == value)
                field.standard = field.choices.last();
        }
    }
    void constant(const char*, int) { }
    void texts(const char* key, const QStringList& values, const TextRule& rule,
        Presence presence = {})
    {
        TargetField& field = add(key, Kind::Texts);
        field.rule = rule;
        field.required = presence == Presence::Required;
        field.standard = QJsonArray::fromStringList(values);
    }
    void textOrTexts(const char* key, const QStringList& values, const TextRule& rule)
    {
        texts(key, values, rule);
    }
    void textMap(const char* key, const QMap<QString, QString>&, const TextRule& names,
        const TextRule& rule)
    {
        TargetField& field = add(key, Kind::TextMap);
        field.names = names, field.rule = rule;
    }
    template <typename Object> void object(const char* key, Object& value, Presence = {})
    {
        group<Object>(add(key, Kind::Group), value);
    }
    template <typename Object> void optionalObject(const char* key, std::optional<Object>& value)
    {
        TargetField& field = add(key, Kind::OptionalGroup);
        field.standard = value.has_value();
        Object fresh;
        group<Object>(field, fresh);
    }
    template <typename Object>
    void objects(const char* key, QList<Object>&, Presence = {}, int least = 0)
    {
        TargetField& field = add(key, Kind::Objects);
        field.least = least;
        Object fresh;
        group<Object>(field, fresh);
    }
    template <typename Object>
    void namedObjects(const char* key, QList<Object>&, const TextRule& names)
    {
        TargetField& field = add(key, Kind::NamedObjects);
        field.least = 1;
        field.names = names;
        Object fresh;
        group<Object>(field, fresh);
    }
    template <typename Object> void keptAsJson(const char* key, QJsonObject&)
    {
        TargetField& field = add(key, Kind::OptionalGroup);
        field.standard = false;
        Object fresh;
        group<Object>(field, fresh);
    }
    void anyList(const char* key, const QJsonArray&) { add(key, Kind::JsonList); }

private:
    TargetField& add(const char* key, Kind kind)
    {
        TargetField field;
        field.key = QLatin1StringView(key);
        field.path = m_path.isEmpty() ? field.key : m_path + u'.' + field.key;
        field.kind = kind;
        found.append(field);
        return found.last();
    }
    static void number(TargetField& field, double value, double least, double most)
    {
        field.standard = value, field.least = least, field.most = most;
    }
    template <typename Object> static void group(TargetField& field, Object& value)
    {
        SchemaVisitor visitor(field.path);
        fields::describe(visitor, value);
        field.members = visitor.found;
    }

    const QString m_path;
};

} // namespace

QList<TargetField> targetFields()
{
    SchemaVisitor visitor {{}};
    Target target;
    fields::describe(visitor, target);
    return visitor.found;
}

} // namespace gapless
