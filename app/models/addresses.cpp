// SPDX-License-Identifier: MIT
#include "app/models/addresses.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless {

QString withoutAddresses(const QString& text)
{
    // IPv4; IPv6 in brackets or with at least three groups; what stands behind user@ or http(s)://.
    static const QRegularExpression address(
        u"\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b"
        u"|\\[[0-9a-fA-F:]+\\]"
        u"|(?<![0-9A-Za-z:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}(?![0-9A-Za-z:])"
        u"|[\\w.-]+@[\\w.-]+"
        u"|(?<=://)[\\w.-]+"_s);
    QString shown = text;
    return shown.replace(address, u"•••"_s);
}

} // namespace gapless
