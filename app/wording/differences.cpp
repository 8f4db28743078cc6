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
    return Differences::tr("option");
}

/// What a person can compare: of a digest the beginning.
QString valueText(const QString& what, const QString& value)
{
    const bool isDigest = what == "file"_L1 && value.size() == 64;
    return printableLine(isDigest ? value.left(12) + u'…' : value);
}

} // namespace

QStringList differenceTexts(const ConfigurationDiffers& differs)
{
    QStringList lines;
    for (const QJsonValue each : differs.differences) {
        const QString what = each[u"what"_s].toString();
        const QString name = printableLine(each[u"name"_s].toString());
        const QString before = valueText(what, each[u"before"_s].toString());
        const QString after = valueText(what, each[u"after"_s].toString());
        if (before.isEmpty())
            lines << Differences::tr("%1 %2: %3, and none before", "kind, name, value")
                         .arg(kindOf(what), name, after);
        else if (after.isEmpty())
            lines << Differences::tr("%1 %2: none any more (%3 before)", "kind, name, value")
                         .arg(kindOf(what), name, before);
        else
            lines << Differences::tr("%1 %2: %3 → %4", "kind, name, before, after")
                         .arg(kindOf(what), name, before, after);
    }
    return lines;
}

} // namespace gapless
