// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringView>
#include <vector>

namespace gapless {

/// One line of a run's log, as numbers; its text is LogStore::text.
struct LogLine {
    enum class Kind : quint8 { Output, ErrorOutput, Command, FailedCommand, Health, Step, Failure };
    qint64 atMs = 0; ///< UTC, ms since 1970
    qint32 step = -1; ///< index into RunState::steps; -1: outside any step
    Kind kind = Kind::Output;
};

/// The lines of a run's log, compact enough for a million of them: the texts lie one behind the
/// other in UTF-8. Only grows. One thread.
class LogStore {
public:
    void add(const LogLine& line, QStringView text);
    void clear();
    qsizetype count() const { return qsizetype(m_lines.size()); }
    const LogLine& line(qsizetype index) const { return m_lines[size_t(index)].line; }
    QString text(qsizetype index) const;
    QByteArrayView utf8(qsizetype index) const;
    /// The first line at or after `from` (going by `by`, 1 or -1) that has `needle`, letter case
    /// aside; -1 where none has.
    qsizetype find(const QString& needle, qsizetype from, int by) const;
    bool has(qsizetype index, const QString& needle) const;
    /// Of memory.
    qsizetype bytes() const;

private:
    struct Entry {
        LogLine line;
        quint32 block = 0, from = 0, size = 0;
    };
    static constexpr qsizetype blockBytes = 1 << 20;
    std::vector<Entry> m_lines;
    std::vector<QByteArray> m_blocks;
};

} // namespace gapless
