// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "app/models/history.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace gapless {

class MainWindow;

/// Past runs: found by target, outcome, person, time and text; opened in the timeline, compared,
/// exported.
class HistoryPage : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPage(MainWindow& window, QWidget* parent = nullptr);
    const HistoryModel& model() const { return m_model; }
    RunFilter filter() const;
    void reload();
    void select(const QString& run);
    /// Of those that are selected, in the table's order.
    QStringList selected() const;
    void exportTo(const QString& run, const QString& format, const QString& file);

Q_SIGNALS:
    void settled();
    /// Two runs side by side, aligned at the first switch of traffic.
    void compareRequested(const QString& run, const QString& other);

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void retranslate();
    void refresh();
    void fillChoices();

    MainWindow& m_window;
    HistoryModel m_model;
    QTimer m_later;
    int m_round = 0;
    bool m_loaded = false;
    QString m_error;
    QComboBox *m_target, *m_outcome, *m_since;
    QLineEdit *m_by, *m_text;
    QTableView* m_table;
    QLabel* m_state;
    QPushButton *m_open, *m_compare, *m_export, *m_copy;
};

} // namespace gapless
