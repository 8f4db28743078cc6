// SPDX-License-Identifier: MIT
#include "app/models/releases.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QFont>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace gapless {

QString shortId(const QString& imageId)
{
    return printableLine(imageId.section(u':', -1)).left(12);
}

QList<Release> releasesOf(const Target& target, const ObservedSite& site,
    const QList<RunSummary>& runs, const QString& previous)
{
    QMap<QString, Release> byTag;
    const QStringList hosts = target.slotHosts();
    for (const QString& host : hosts)
        for (const Image& image : site.images.value(host))
            for (const QString& tag : image.tagsIn(target.image.repository)) {
                Release& release = byTag[tag];
                release.tag = tag;
                release.ids[host] = image.id;
                release.built = image.created;
                release.size = image.size;
                for (const ObservedSlot& slot : site.slots)
                    if (slot.imageId == image.id && target.slot(slot.name)->host == host)
                        release.runsIn.append(slot.name);
            }
    QList<Release> releases = byTag.values();
    for (Release& release : releases) {
        release.runsIn.sort();
        release.serves = release.runsIn.size() == target.slots.size();
        release.isPrevious = !previous.isEmpty() && release.tag == previous;
        for (const QString& host : hosts)
            if (!release.ids.contains(host))
                release.missingOn.append(host);
        for (const RunSummary& run : runs)
            if (!release.lastVerdict && run.to == release.tag && !run.outcome.isEmpty())
                release.lastVerdict = run.verdict.word;
    }
    std::stable_sort(releases.begin(), releases.end(),
        [](const Release& a, const Release& b) { return a.built > b.built; });
    return releases;
}

void ReleaseModel::setReleases(const QList<Release>& releases)
{
    if (releases == m_releases)
        return;
    beginResetModel();
    m_releases = releases;
    endResetModel();
}

const Release* ReleaseModel::at(int row) const
{
    return row >= 0 && row < m_releases.size() ? &m_releases[row] : nullptr;
}

int ReleaseModel::rowOf(const QString& tag) const
{
    for (int row = 0; row < m_releases.size(); ++row)
        if (m_releases[row].tag == tag)
            return row;
    return -1;
}

void ReleaseModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_releases.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ReleaseModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_releases.size());
}

int ReleaseModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ReleaseModel::data(const QModelIndex& index, int role) const
{
    const Release* release = at(index.row());
    if (!release || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == Size)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::FontRole && release->serves) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole && index.column() == Id)
        return release->ids.values().join(u'\n');
    if (role != Qt::DisplayRole)
        return {};
    switch (Column(index.column())) {
    case Tag:
        return release->isPrevious ? tr("%1 (previous)", "tag").arg(printableLine(release->tag))
                                   : printableLine(release->tag);
    case Id:
        return shortId(release->ids.first());
    case Built:
        return QLocale().toString(release->built.toLocalTime(), QLocale::ShortFormat);
    case Size:
        return bytesText(release->size);
    case Where:
        return release->missingOn.isEmpty()
            ? tr("on every host")
            : tr("not on %1").arg(printableLine(release->missingOn.join(u' ')));
    case RunsIn:
        return release->runsIn.join(u' ');
    case LastVerdict:
        return release->lastVerdict ? verdictWord(*release->lastVerdict) : u"–"_s;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant ReleaseModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Tag:
        return tr("Tag");
    case Id:
        return tr("Digest");
    case Built:
        return tr("Built");
    case Size:
        return tr("Size");
    case Where:
        return tr("Where");
    case RunsIn:
        return tr("Slots");
    case LastVerdict:
        return tr("Last verdict");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace gapless
