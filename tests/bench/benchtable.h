// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QString>
#include <QStringList>
#include <QSysInfo>
#include <algorithm>
#include <cstdio>
#include <thread>
#include <vector>

namespace gapless {

/// What a bench prints: the machine it ran on, how busy that was, and a table that can be pasted.
class BenchTable {
public:
    explicit BenchTable(QStringList heading)
        : m_rows {std::move(heading)}
    {
    }
    void add(QStringList row) { m_rows.append(std::move(row)); }
    void print() const
    {
        std::printf("%s\n\n", qPrintable(machine()));
        QList<qsizetype> widths(m_rows.first().size(), 0);
        for (const QStringList& row : m_rows)
            for (qsizetype i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], row.at(i).size());
        for (qsizetype r = 0; r < m_rows.size(); ++r) {
            print(m_rows.at(r), widths);
            if (r == 0) {
                QStringList rule;
                for (qsizetype width : widths)
                    rule << QString(width, u'-');
                print(rule, widths);
            }
        }
        std::fflush(stdout);
    }
    /// Processor, cores, system, build, load: without them a figure says nothing.
    static QString machine()
    {
        const QStringList load = firstLine(QStringLiteral("/proc/loadavg")).split(u' ').mid(0, 3);
        return QStringLiteral("%1, %2 cores, %3; %4 build; load %5")
            .arg(processor())
            .arg(std::thread::hardware_concurrency())
            .arg(QSysInfo::prettyProductName(), buildKind(), load.join(u' '));
    }

private:
    static QString firstLine(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readLine()).trimmed()
                                              : QString();
    }
    static QString processor()
    {
        QFile file(QStringLiteral("/proc/cpuinfo"));
        if (file.open(QIODevice::ReadOnly))
            for (const QByteArray& line : file.readAll().split('\n'))
                if (line.startsWith("model name"))
                    return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
        return QSysInfo::currentCpuArchitecture();
    }
    static QString buildKind()
    {
#ifdef __OPTIMIZE__
        return QStringLiteral("optimised");
#else
        return QStringLiteral("debug");
#endif
    }
    static void print(const QStringList& row, const QList<qsizetype>& widths)
    {
        QStringList cells;
        for (qsizetype i = 0; i < widths.size(); ++i)
            cells << row.value(i).leftJustified(widths.at(i));
        std::printf("| %s |\n", qPrintable(cells.join(QStringLiteral(" | "))));
    }

    QList<QStringList> m_rows;
};

/// The lower median; 0 of none.
inline double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + (qsizetype(values.size()) - 1) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace gapless
