// SPDX-License-Identifier: MIT
#include "app/models/eventmodel.h"

#include "app/models/addresses.h"
#include "app/models/timescale.h"
#include "app/wording/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

qint64 beginningOf(const Event& event)
{
    const qint64 at = event.at.toMSecsSinceEpoch();
    if (const auto* finished = std::get_if<StepFinished>(&event.body))
        return at - finished->ms;
    if (const auto* failed = std::get_if<StepFailed>(&event.body))
        return at - failed->ms;
    if (const auto* gap = std::get_if<Gap>(&event.body))
        return at - qint64(gap->ms);
    if (const auto* ran = std::get_if<CommandRan>(&event.body))
        return at - ran->ms;
    if (const auto* proven = std::get_if<ReloadProven>(&event.body))
        return at - proven->ms;
    return at;
}

bool isTrouble(const Event& event)
{
    if (const auto* undone = std::get_if<UndoRan>(&event.body))
        return !undone->ok;
    if (const auto* finished = std::get_if<RunFinished>(&event.body))
        return finished->outcome != "succeeded"_L1;
    return std::holds_alternative<Gap>(event.body)
        || std::holds_alternative<StepFailed>(event.body);
}

EventModel::EventModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(100);
    connect(&m_batch, &QTimer::timeout, this, &EventModel::takeNew);
}

void EventModel::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    reset();
    if (!feed)
        return;
    connect(feed, &RunFeed::begun, this, &EventModel::reset);
    connect(feed, &RunFeed::appended, this, [this] {
        if (!m_batch.isActive())
            m_batch.start();
    });
}

void EventModel::reset()
{
    beginResetModel();
    m_rows = m_feed ? int(m_feed->events().size()) : 0;
    endResetModel();
}

void EventModel::takeNew()
{
    const int count = m_feed ? int(m_feed->events().size()) : 0;
    if (count <= m_rows)
        return;
    beginInsertRows({}, m_rows, count - 1);
    m_rows = count;
    endInsertRows();
}

void EventModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columns - 1);
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columns - 1));
}

int EventModel::rowOf(qint64 seq) const
{
    for (int row = 0; row < m_rows; ++row)
        if (m_feed->events()[row].seq == seq)
            return row;
    return -1;
}

int EventModel::rowAt(qint64 utcMs) const
{
    if (m_rows == 0)
        return -1;
    const QList<Event>& events = m_feed->events();
    const auto after = std::upper_bound(events.begin(), events.begin() + m_rows, utcMs,
        [](qint64 ms, const Event& event) { return ms < event.at.toMSecsSinceEpoch(); });
    return std::max(0, int(after - events.begin()) - 1);
}

void EventModel::hideAddresses(bool hide)
{
    m_hidesAddresses = hide;
    retranslate();
}

int EventModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int EventModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(columns);
}

QVariant EventModel::data(const QModelIndex& index, int role) const
{
    if (!m_feed || !index.isValid() || index.row() >= m_feed->events().size())
        return {};
    const Event& event = m_feed->events()[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Time
            ? tickText(double(event.at.toMSecsSinceEpoch() - m_feed->startMs()), 1)
            : shownText(sentence(event), m_hidesAddresses);
    case Qt::ToolTipRole:
        return event.at.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    case Qt::TextAlignmentRole:
        return index.column() == Time ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case SeqRole:
        return event.seq;
    case FromRole:
        return beginningOf(event);
    case ToRole:
        return event.at.toMSecsSinceEpoch();
    case TroubleRole:
        return isTrouble(event);
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Time ? tr("Time") : tr("Event");
}

} // namespace gapless
