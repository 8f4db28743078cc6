// SPDX-License-Identifier: MIT
#include "app/models/history.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace gapless {

void HistoryModel::setRuns(const QList<RunSummary>& runs)
{
    if (runs == m_runs)
        return;
    beginResetModel();
    m_runs = runs;
    endResetModel();
}

const RunSummary* HistoryModel::at(int row) const
{
    return row >= 0 && row < m_runs.size() ? &m_runs[row] : nullptr;
}

void HistoryModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_runs.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString HistoryModel::text(const RunSummary& run, Column column) const
{
    switch (column) {
    case Started:
        return QLocale().toString(run.started.toLocalTime(), QLocale::ShortFormat);
    case Target:
        return printableLine(run.target);
    case Kind:
        return kindName(run.kind);
    case From:
        return printableLine(run.from);
    case To:
        return printableLine(run.to);
    case Took:
        return run.finished.isValid()
            ? durationText(std::chrono::milliseconds(run.started.msecsTo(run.finished)))
            : u"–"_s;
    case By:
        return printableLine(run.by);
    case Outcome:
        return outcomeName(run.outcome.isEmpty() ? u"unfinished"_s : run.outcome);
    case VerdictWord:
        return verdictWord(run.verdict.word);
    case Reason:
        return printableLine(run.reason);
    case ColumnCount:
        break;
    }
    return {};
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    const RunSummary* run = at(index.row());
    if (!run || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto column = Column(index.column());
    if (role == Qt::DisplayRole)
        return text(*run, column);
    if (role == Qt::ToolTipRole)
        return column == Started ? printableLine(run->run) : text(*run, column);
    return {};
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (Column(section)) {
    case Started:
        return tr("Started");
    case Target:
        return tr("Target");
    case Kind:
        return tr("Kind");
    case From:
        return tr("From");
    case To:
        return tr("To");
    case Took:
        return tr("Took");
    case By:
        return tr("By");
    case Outcome:
        return tr("Outcome");
    case VerdictWord:
        return tr("Verdict");
    case Reason:
        return tr("Reason");
    case ColumnCount:
        break;
    }
    return {};
}

QStringList searchKinds(const QString& typed)
{
    const QString word = typed.trimmed();
    if (word == u"回滾" || word == u"退版" || word == u"復原"
        || word.compare("rollback"_L1, Qt::CaseInsensitive) == 0)
        return {u"rollback"_s};
    if (word == u"部署" || word == u"上版" || word == u"上線"
        || word.compare("deployment"_L1, Qt::CaseInsensitive) == 0)
        return {u"deploy"_s, u"initial"_s};
    return {};
}

} // namespace gapless
