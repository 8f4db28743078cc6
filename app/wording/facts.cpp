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
    QJsonArray names;
    const QJsonValue checks = value("checks");
    for (const QJsonValue& check : checks.isArray() ? checks.toArray() : QJsonArray {checks})
        names.append(checkName(check.isObject() ? check[u"id"_s].toString() : check.toString()));
    return factText(names);
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
