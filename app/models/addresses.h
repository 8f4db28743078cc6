// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace gapless {

/// The text with every IP address, host name with a domain, and `user@` in it as dots; ports,
/// paths, tags and versions stay.
QString withoutAddresses(const QString& text);

inline QString shownText(const QString& text, bool hidesAddresses)
{
    return hidesAddresses ? withoutAddresses(text) : text;
}

} // namespace gapless
