// SPDX-License-Identifier: MIT
#pragma once

#include "app/wording/text.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace gapless {

/// The facts of an error, an event or a check as text that can be put into a sentence. A fact that
/// is not there reads “?”, so that a sentence stays one.
class Facts {
public:
    explicit Facts(QJsonObject facts)
        : m_facts(std::move(facts))
    {
    }
    QString operator()(const char* name) const;
    bool empty(const char* name) const;
    /// Not there or not a number: 0.
    qint64 number(const char* name) const;
    QString bytes(const char* name) const;
    QString duration(const char* nameOfMilliseconds) const;
    QString instant(const char* name) const;
    /// The checks in `checks`: the name of an identifier, what an object (id, state, facts) found.
    QString checks() const;
    /// How to mend what the first of them found; empty where only its identifier is there.
    QString firstCheckRemedy() const;

private:
    QJsonValue value(const char* name) const { return m_facts.value(QLatin1String(name)); }
    QJsonObject m_facts;
};

/// What the witness saw that a target's `abortOn` names: failed, closed, gap.
QString abortName(const QString& what);
/// What an undo did, said of its slot.
QString undoName(const QString& what, const QString& slot);

} // namespace gapless
