// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"
#include "engine/model/target.h"
#include "engine/site/observed.h"

#include <QAbstractTableModel>
#include <optional>

namespace gapless {

/// A tag of the target's repository, over all hosts of its slots.
struct Release {
    QString tag;
    QMap<QString, QString> ids; ///< host -> image id there
    QDateTime built; ///< UTC
    qint64 size = 0;
    QStringList missingOn; ///< hosts of slots that do not have it
    QStringList runsIn; ///< slots
    std::optional<Verdict::Word> lastVerdict; ///< of the last run to it that ended
    bool isPrevious = false; ///< what a rollback goes back to
    bool operator==(const Release&) const = default;
    /// Every slot that has a container runs it.
    bool serves = false;
};

/// The releases on the hosts, the newest first. `runs`: of the target, the newest first.
QList<Release> releasesOf(const Target& target, const ObservedSite& site,
    const QList<RunSummary>& runs, const QString& previous = {});

/// `9f3c01ab77de` of `sha256:9f3c…`.
QString shortId(const QString& imageId);

/// The releases as a table. The window's thread.
class ReleaseModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Tag, Id, Built, Size, Where, RunsIn, LastVerdict, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setReleases(const QList<Release>& releases);
    const QList<Release>& releases() const { return m_releases; }
    /// Null where there is no such row.
    const Release* at(int row) const;
    int rowOf(const QString& tag) const; ///< -1 where there is none
    /// Says the headers and texts anew.
    void retranslate();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<Release> m_releases;
};

} // namespace gapless
