// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace gapless {

/// One thing a step would do: a command on a host, a change of a file, or a condition it waits for.
struct PlanLine {
    /// command, diff, wait; capacity (before, after, of), share (percent); change (what a new container
    /// gets that the one before had not, as JSON {what, name, before, after})
    QString kind;
    QString host;
    QString text; ///< the command as shown, the unified diff, or the condition's identifier
    bool operator==(const PlanLine&) const = default;
};

struct PlanStep {
    QString step;
    QString slot;
    QList<PlanLine> lines;
    bool operator==(const PlanStep&) const = default;
};

/// What a rollout would do, made by the very functions that do it, against hosts that only read.
struct Plan {
    QString target, kind, strategy, from, to;
    QMap<QString, QString> serving; ///< slot -> tag as found
    QList<PlanStep> steps;
    /// Of target, image ids, old container ids, upstream file and step list. A run that was approved
    /// by a hash refuses when the site no longer gives that hash.
    QString hash;
    bool operator==(const Plan&) const = default;
};

QJsonObject toJson(const Plan& plan);
Plan planFromJson(const QJsonObject& json);

} // namespace gapless
