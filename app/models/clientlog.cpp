// SPDX-License-Identifier: MIT
#include "app/models/clientlog.h"

#include "app/wording/text.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// A sign in front, so that a colour is never needed.
QChar signOf(ClientLog::Kind kind)
{
    switch (kind) {
    case ClientLog::Kind::State:
        return u'●';
    case ClientLog::Kind::Received:
        return u'←';
    case ClientLog::Kind::Sent:
        return u'→';
    case ClientLog::Kind::Answer:
        return u'✓';
    case ClientLog::Kind::Failure:
        return u'✗';
    }
    return u' ';
}

QString shown(const ClientLog::Line& line)
{
    return u"%1  %2 %3"_s.arg(line.at.toLocalTime().toString(u"HH:mm:ss.zzz"_s))
        .arg(signOf(line.kind))
        .arg(line.text);
}

} // namespace

void ClientLog::add(const QDateTime& at, Kind kind, const QString& text)
{
    if (m_lines.size() >= std::size_t(most)) {
        beginRemoveRows({}, 0, most / 10 - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + most / 10);
        endRemoveRows();
    }
    const int row = int(m_lines.size());
    beginInsertRows({}, row, row);
    m_lines.push_back({at, kind, printableLine(text, 4000)});
    endInsertRows();
}

void ClientLog::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

QString ClientLog::text() const
{
    QString all;
    for (const Line& one : m_lines)
        all += shown(one) + u'\n';
    return all;
}

int ClientLog::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant ClientLog::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return shown(line(index.row()));
    if (role == Qt::ToolTipRole)
        return line(index.row()).text;
    return {};
}

} // namespace gapless
