// SPDX-License-Identifier: MIT
#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Differences {
    Q_DECLARE_TR_FUNCTIONS(Differences)
};

QString kindOf(const QString& what)
{
    if (what == "env"_L1)
        return Differences::tr("variable");
    if (what == "mount"_L1)
        return Differences::tr("mount");
    if (what == "file"_L1)
        return Differences::tr("content of");
    if (what == "port"_L1)
        return Differences::tr("port");
    if (what == "network"_L1)
        return Differences::tr("network");
    if (what == "image"_L1)
        return Differences::tr("image");
    if (what == "label"_L1)
        return Differences::tr("label");
    return Differences::tr("option");
}

/// What a person can compare: of a digest the beginning.
QString valueText(const QString& what, const QString& value)
{
    const bool isDigest = what == "file"_L1 && value.size() == 64;
    return printableLine(isDigest ? value.left(12) + u'…' : value);
}

} // namespace

QString differenceName(const QJsonObject& difference)
{
    return Differences::tr("%1 %2", "kind, name")
        .arg(kindOf(difference[u"what"_s].toString()),
            printableLine(difference[u"name"_s].toString()));
}

QString differenceValue(const QJsonObject& difference, const QString& side)
{
    const QString value = valueText(difference[u"what"_s].toString(), difference[side].toString());
    if (value.isEmpty())
        return Differences::tr("none", "no such variable, mount …");
    return value == "set"_L1 ? Differences::tr("set", "a value that is not shown") : value;
}

QString changeText(const QJsonObject& change)
{
    const QString what = change[u"what"_s].toString();
    const QString name = printableLine(change[u"name"_s].toString());
    const QString before = valueText(what, change[u"before"_s].toString());
    const QString after = valueText(what, change[u"after"_s].toString());
    if (before.isEmpty())
        return Differences::tr("%1 %2: %3, and none before", "kind, name, value")
            .arg(kindOf(what), name, after);
    if (after.isEmpty())
        return Differences::tr("%1 %2: none any more (%3 before)", "kind, name, value")
            .arg(kindOf(what), name, before);
    return Differences::tr("%1 %2: %3 → %4", "kind, name, before, after")
        .arg(kindOf(what), name, before, after);
}

QStringList differenceTexts(const ConfigurationDiffers& differs)
{
    QStringList lines;
    if (!differs.other.isEmpty()) {
        for (const QJsonValue each : differs.differences)
            lines << Differences::tr("%1: %2 on %3, %4 on %5", "thing, value, slot, value, slot")
                         .arg(differenceName(each.toObject()),
                             differenceValue(each.toObject(), u"before"_s),
                             printableLine(differs.other),
                             differenceValue(each.toObject(), u"after"_s),
                             printableLine(differs.slot));
        return lines;
    }
    for (const QJsonValue each : differs.differences)
        lines << changeText(each.toObject());
    return lines;
}

} // namespace gapless
