// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/targetrules.h"

#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

namespace gapless {

/// One field of the target file, as a form needs to know it. Made from the very description that
/// the file's reader uses (engine/model/targetfields.h), so a field added there is a field here.
struct TargetField {
    enum class Kind {
        Text,
        LongText, ///< may have several lines
        Flag,
        Integer,
        IntegerOrWord, ///< a number, or `word` in its place
        Real,
        Choice,
        Texts,
        Integers,
        TextMap,
        JsonList, ///< a list of any values
        Group,
        OptionalGroup,
        Objects,
        NamedObjects, ///< an object whose members' names are the objects' names
    };
    QString key;
    QString path; ///< from the file's root, without numbers and names: `hosts.auth.method`
    Kind kind = Kind::Text;
    bool required = false;
    TextRule rule {"", ""}; ///< of a text; of a map's values
    TextRule names {"", ""}; ///< of a map's and of named objects' names
    double least = 0, most = 0;
    QString word;
    QStringList choices;
    QJsonValue standard; ///< what it is when it is left out; OptionalGroup: whether it is there
    QList<TargetField> members; ///< of a group; of each of the objects
};

/// Every field of a target file in the file's order, but `schema`.
QList<TargetField> targetFields();

/// The field's name for a person, in the language that is set. Never empty for a field of the file.
QString targetFieldName(const QString& path);
/// What it is for, in one sentence; empty where the name says it.
QString targetFieldHint(const QString& path);
/// One that most targets say: shown first.
bool isCommonTargetField(const QString& path);
/// A choice of the file for a person; the identifier itself where there is no name for it.
QString targetChoiceName(const QString& path, const QString& choice);
/// What a field expects (the fact `expected` of FieldWrong), in the language that is set.
QString expectationText(const QString& expected);

/// Paths that have a name, for the test that none is left over.
QStringList namedTargetFields();

} // namespace gapless
