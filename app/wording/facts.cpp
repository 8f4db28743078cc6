// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"

#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Witnessed {
    Q_DECLARE_TR_FUNCTIONS(Witnessed)
};

} // namespace

QString Facts::operator()(const char* name) const
{
    const QString text = factText(value(name));
    return text.isEmpty() ? u"?"_s : text;
}

bool Facts::empty(const char* name) const
{
    return factText(value(name)).isEmpty();
}

qint64 Facts::number(const char* name) const
{
    return qRound64(value(name).toDouble());
}

QString Facts::bytes(const char* name) const
{
    return bytesText(number(name));
}

QString Facts::duration(const char* nameOfMilliseconds) const
{
    return durationText(std::chrono::milliseconds(number(nameOfMilliseconds)));
}

QString Facts::instant(const char* name) const
{
    const QString text = instantText(value(name).toString());
    return text.isEmpty() ? u"?"_s : text;
}

QString Facts::checks() const
{
    QStringList found;
    const QJsonValue checks = value("checks");
    for (const QJsonValue& check : checks.isArray() ? checks.toArray() : QJsonArray {checks}) {
        if (!check.isObject()) {
            found.append(checkName(check.toString()));
            continue;
        }
        QJsonObject facts = check[u"facts"_s].toObject();
        for (const QString& place : {u"host"_s, u"slot"_s})
            if (!facts.contains(place) && !check[place].isUndefined())
                facts[place] = check[place];
        found.append(checkSentence(check[u"id"_s].toString(), check[u"state"_s].toString(), facts));
    }
    found.removeDuplicates();
    return found.join(u"; "_s);
}

QString Facts::firstCheckRemedy() const
{
    const QJsonValue check = value("checks")[0];
    return check.isObject() ? checkRemedy(check[u"id"_s].toString(), check[u"state"_s].toString(),
                                  check[u"facts"_s].toObject())
                            : QString();
}

QString abortName(const QString& what)
{
    if (what == "failed"_L1)
        return Witnessed::tr("a request failed");
    if (what == "closed"_L1)
        return Witnessed::tr("a client was disconnected for good");
    if (what == "gap"_L1)
        return Witnessed::tr("a gap was longer than its limit");
    return printableLine(what);
}

} // namespace gapless
