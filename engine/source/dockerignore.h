// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QRegularExpression>
#include <QString>

namespace gapless {

/// A `.dockerignore`: what of a folder is not sent to the builder. Its rules are Docker's own: one
/// pattern a line, `#` at a line's start for a comment, `*` and `?` within a name, `**` across
/// folders, `!` takes back what an earlier line excluded, the last line that matches decides, and a
/// pattern that matches a folder covers what is in it.
class DockerIgnore {
public:
    DockerIgnore() = default;
    /// Error FieldWrong {path: `file:line`, expected} for a line that is no pattern.
    DockerIgnore(const QByteArray& text, const QString& file);

    /// Which patterns matched a folder: what is in it inherits that.
    using Matches = QList<bool>;
    struct Verdict {
        bool excluded = false;
        Matches matches;
    };
    /// `path` from the context's root; `parent`: the matches of the folder it is in, empty at the
    /// root.
    Verdict look(const QString& path, const Matches& parent) const;
    /// Whether something below an excluded folder may be taken back.
    bool mayTakeBackBelow(const QString& folder) const;
    bool isEmpty() const { return m_patterns.isEmpty(); }

private:
    struct Pattern {
        QRegularExpression regex;
        bool takesBack = false;
        QString literal; ///< what comes before the first wildcard
    };
    QList<Pattern> m_patterns;
};

} // namespace gapless
