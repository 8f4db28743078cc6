// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractListModel>
#include <QDateTime>
#include <deque>

namespace gapless {

/// What the test client sees, line by line; the oldest go when there are very many. The window's
/// thread.
class ClientLog : public QAbstractListModel {
    Q_OBJECT
public:
    enum class Kind { State, Received, Sent, Answer, Failure };
    Q_ENUM(Kind)
    struct Line {
        QDateTime at;
        Kind kind = Kind::State;
        QString text;
    };
    static constexpr int most = 20'000;

    using QAbstractListModel::QAbstractListModel;
    void add(const QDateTime& at, Kind kind, const QString& text);
    void clear();
    const Line& line(int row) const { return m_lines[std::size_t(row)]; }
    /// All of it, as it is shown.
    QString text() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::deque<Line> m_lines;
};

} // namespace gapless
