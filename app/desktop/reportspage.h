// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/history.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;
class QTextBrowser;

namespace gapless {

class MainWindow;

/// The evidence of a run to read, as the report says it, and to export. The runs at the left are those of the history,
/// the newest first.
class ReportsPage : public QWidget {
    Q_OBJECT
public:
    explicit ReportsPage(MainWindow& window, QWidget* parent = nullptr);
    void reload();
    void select(const QString& run);
    QString run() const; ///< that is chosen; empty: none
    QString text() const; ///< of the report that is shown

Q_SIGNALS:
    /// The list was read, or a report was written.
    void settled();

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void retranslate();
    void read();

    MainWindow& m_window;
    HistoryModel m_model;
    int m_round = 0;
    bool m_loaded = false;
    QTableView* m_table;
    QTextBrowser* m_text;
    QLabel* m_title;
    QPushButton *m_export, *m_copy;
};

} // namespace gapless
