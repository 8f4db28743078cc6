// SPDX-License-Identifier: MIT
#pragma once

#include "app/report/drawing.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>
#include <utility>
#include <variant>

namespace gapless::report {

/// Translations of this room (context “Report”).
struct Report {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// A report's content before it has a format: made once, then written as HTML, Markdown or PDF.
/// Every text is plain text; each writer escapes it for its own format.
struct Paragraph {
    QString text;
    bool strong = false;
};
/// A name and its value, a row each. Empty values are left out when they are added.
struct Facts {
    QList<std::pair<QString, QString>> rows;
    void add(const QString& name, const QString& value)
    {
        if (!value.isEmpty())
            rows.append({name, value});
    }
};
struct Table {
    QStringList heading;
    QList<QStringList> rows;
};
struct Bullets {
    QStringList texts;
};
/// What a container or a host wrote, line by line.
struct Quoted {
    QStringList lines;
};
struct Figure {
    Drawing drawing;
};
using Block = std::variant<Paragraph, Facts, Table, Bullets, Quoted, Figure>;

struct Section {
    QString title;
    QList<Block> blocks;
    void add(Block block) { blocks.append(std::move(block)); }
};
struct Document {
    QString title;
    QString language; ///< en, zh_TW
    QList<Section> sections; ///< none without blocks
};

} // namespace gapless::report
