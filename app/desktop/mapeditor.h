// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QList>
#include <QWidget>
#include <utility>

class QPushButton;
class QTableWidget;

namespace gapless {

/// Names with their values, in rows that can be added and removed.
class MapEditor : public QWidget {
    Q_OBJECT
public:
    explicit MapEditor(QWidget* parent = nullptr);
    QList<std::pair<QString, QString>> rows() const; ///< without those that are empty
    void setRows(const QJsonObject& values);

Q_SIGNALS:
    void changed();

private:
    void add(const QString& name, const QString& value);
    void fit();
    QTableWidget* m_table;
    QPushButton* m_remove;
};

} // namespace gapless
