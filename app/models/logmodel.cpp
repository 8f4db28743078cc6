// SPDX-License-Identifier: MIT
#include "app/models/logmodel.h"

#include "app/models/addresses.h"
#include <QDateTime>

using namespace Qt::StringLiterals;

namespace gapless {

LogModel::LogModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_batch.setSingleShot(true);
    m_batch.setInterval(100);
    connect(&m_batch, &QTimer::timeout, this, &LogModel::takeNew);
}

void LogModel::setFeed(RunFeed* feed)
{
    if (m_feed)
        m_feed->disconnect(this);
    m_feed = feed;
    m_step = -1;
    reset();
    if (!feed)
        return;
    connect(feed, &RunFeed::begun, this, &LogModel::reset);
    connect(feed, &RunFeed::appended, this, [this] {
        if (!m_batch.isActive())
            m_batch.start();
    });
}

void LogModel::setStep(int step)
{
    if (step == m_step)
        return;
    m_step = step;
    reset();
}

void LogModel::reset()
{
    beginResetModel();
    m_rows.clear();
    m_taken = m_feed ? m_feed->log().count() : 0;
    if (m_step >= 0)
        for (qsizetype i = 0; i < m_taken; ++i)
            if (m_feed->log().line(i).step == m_step)
                m_rows.push_back(qint32(i));
    endResetModel();
}

void LogModel::takeNew()
{
    if (!m_feed)
        return;
    const qsizetype count = m_feed->log().count();
    if (count <= m_taken)
        return;
    if (m_step < 0) {
        beginInsertRows({}, int(m_taken), int(count - 1));
        m_taken = count;
        endInsertRows();
        return;
    }
    std::vector<qint32> fresh;
    for (qsizetype i = m_taken; i < count; ++i)
        if (m_feed->log().line(i).step == m_step)
            fresh.push_back(qint32(i));
    m_taken = count;
    if (fresh.empty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + fresh.size() - 1));
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

void LogModel::hideAddresses(bool hide)
{
    m_hidesAddresses = hide;
    if (const int rows = rowCount(); rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(rows - 1, 0));
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return m_step < 0 ? int(m_taken) : int(m_rows.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!m_feed || !index.isValid() || index.row() >= rowCount())
        return {};
    const qsizetype at = lineOf(index.row());
    if (at >= m_feed->log().count())
        return {};
    const LogLine& line = m_feed->log().line(at);
    switch (role) {
    case Qt::DisplayRole:
        return shownText(m_feed->log().text(at), m_hidesAddresses);
    case Qt::ToolTipRole:
        return QDateTime::fromMSecsSinceEpoch(line.atMs).toString(u"HH:mm:ss.zzz"_s);
    case KindRole:
        return int(line.kind);
    case AtRole:
        return line.atMs;
    case StepRole:
        return line.step;
    default:
        return {};
    }
}

int LogModel::find(const QString& text, int from, int by) const
{
    const int rows = rowCount();
    if (!m_feed || rows == 0 || text.isEmpty())
        return -1;
    const LogStore& log = m_feed->log();
    if (m_step < 0) {
        const qsizetype start = (from + rows) % rows;
        qsizetype found = log.find(text, start, by);
        if (found < 0 || found >= rows)
            found = log.find(text, by > 0 ? 0 : rows - 1, by);
        return found < rows ? int(found) : -1;
    }
    for (int i = 0, row = (from + rows) % rows; i < rows; ++i, row = (row + by + rows) % rows)
        if (log.has(lineOf(row), text))
            return row;
    return -1;
}

int LogModel::rowAt(qint64 utcMs) const
{
    int low = 0, high = rowCount();
    while (low < high) {
        const int middle = (low + high) / 2;
        if (m_feed->log().line(lineOf(middle)).atMs < utcMs)
            low = middle + 1;
        else
            high = middle;
    }
    return std::min(low, rowCount() - 1);
}

} // namespace gapless
