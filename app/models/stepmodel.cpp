// SPDX-License-Identifier: MIT
#include "app/models/stepmodel.h"

#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

void StepModel::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    beginResetModel();
    m_feed = feed;
    m_rows = feed ? int(feed->state().steps.size()) : 0;
    m_failuresTold = 0;
    endResetModel();
    if (!feed)
        return;
    connect(feed, &RunFeed::begun, this, [this] {
        beginResetModel();
        m_rows = 0;
        m_failuresTold = 0;
        endResetModel();
    });
    connect(feed, &RunFeed::appended, this, &StepModel::update);
    connect(feed, &RunFeed::nowChanged, this, &StepModel::tick);
    connect(feed, &RunFeed::kindChanged, this, &StepModel::tick);
}

void StepModel::update()
{
    const int count = int(m_feed->state().steps.size());
    if (count > m_rows) {
        beginInsertRows({}, m_rows, count - 1);
        m_rows = count;
        endInsertRows();
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columns - 1));
    int failures = 0;
    for (int row = 0; row < m_rows; ++row)
        if (m_feed->state().steps[row].state == StepState::State::Failed
            && ++failures > m_failuresTold)
            Q_EMIT stepFailed(row);
    m_failuresTold = failures;
}

void StepModel::tick()
{
    if (m_rows > 0)
        Q_EMIT dataChanged(index(m_rows - 1, Lasted), index(m_rows - 1, Lasted));
}

void StepModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columns - 1);
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columns - 1));
}

int StepModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int StepModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(columns);
}

QVariant StepModel::data(const QModelIndex& index, int role) const
{
    if (!m_feed || !index.isValid() || index.row() >= m_feed->state().steps.size())
        return {};
    const StepState& step = m_feed->state().steps[index.row()];
    const bool runs = step.state == StepState::State::Running;
    const qint64 from = step.started.toMSecsSinceEpoch();
    const qint64 to = step.finished.isValid() ? step.finished.toMSecsSinceEpoch() : m_feed->endMs();
    switch (role) {
    case StateRole:
        return int(step.state);
    case FromRole:
        return from;
    case ToRole:
        return to;
    case Qt::TextAlignmentRole:
        return index.column() == Name ? QVariant() : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        break;
    default:
        return {};
    }
    const auto lasting = [](qint64 ms) { return durationText(std::chrono::milliseconds(ms)); };
    if (index.column() == Lasted)
        return lasting(runs ? std::max<qint64>(0, to - from) : step.ms);
    if (index.column() == Usual)
        return step.expectedMs > 0 ? u'~' + lasting(step.expectedMs) : QString();
    // A sign for the state, so that colour is not the only one.
    const QString sign = runs                    ? u"▶ "_s
        : step.state == StepState::State::Failed ? u"✕ "_s
                                                 : u"✓ "_s;
    const QString name = step.slot.isEmpty()
        ? stepName(step.step)
        : tr("Slot %1: %2", "slot, step").arg(printableLine(step.slot), stepName(step.step));
    if (role == Qt::AccessibleTextRole)
        return runs                                  ? tr("%1, running").arg(name)
            : step.state == StepState::State::Failed ? tr("%1, failed").arg(name)
                                                     : tr("%1, done").arg(name);
    return sign + name;
}

QVariant StepModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Step");
    case Lasted:
        return tr("Duration");
    case Usual:
        return tr("Usually");
    }
    return {};
}

} // namespace gapless
