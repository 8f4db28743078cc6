// SPDX-License-Identifier: MIT
#include "engine/remote/patterns.h"

namespace gapless {

bool matchesPattern(QStringView text, QStringView pattern)
{
    // Where the last `*` was, and how far into the text it has reached: on a mismatch it takes one
    // more.
    qsizetype at = 0, in = 0, star = -1, reached = 0;
    while (at < text.size()) {
        if (in < pattern.size() && pattern[in] == u'*') {
            star = in++;
            reached = at;
        } else if (in < pattern.size()
            && (pattern[in] == u'?' || pattern[in].toLower() == text[at].toLower())) {
            ++in;
            ++at;
        } else if (star >= 0) {
            in = star + 1;
            at = ++reached;
        } else {
            return false;
        }
    }
    while (in < pattern.size() && pattern[in] == u'*')
        ++in;
    return in == pattern.size();
}

bool matchesPatterns(const QString& text, const QStringList& patterns)
{
    bool found = false;
    for (const QString& pattern : patterns) {
        if (pattern.startsWith(u'!')) {
            if (matchesPattern(text, QStringView(pattern).mid(1)))
                return false;
        } else if (matchesPattern(text, pattern)) {
            found = true;
        }
    }
    return found;
}

} // namespace gapless
