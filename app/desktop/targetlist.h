// SPDX-License-Identifier: MIT
#pragma once

#include "engine/store/targetstore.h"

#include <QMenu>
#include <QWidget>

class QAction;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace gapless {

class MainWindow;

/// The saved targets at the left of the window, with a search, and what can be done with them: add,
/// edit, duplicate, import, export, check, delete.
class TargetList : public QWidget {
    Q_OBJECT
public:
    explicit TargetList(MainWindow& window, QWidget* parent = nullptr);

    /// Names as shown, in order; files that cannot be read come with their file's name.
    QStringList shown() const;
    QString current() const;
    void select(const QString& name);
    /// Each opens its dialog and returns at once.
    void addNew();
    /// A new one that begins as `start`.
    void addLike(const gapless::Target& start);
    void edit();
    void duplicate();
    void remove();
    void chooseImport();
    /// Reads the file and saves it; asks before it replaces one of the same name.
    void importFile(const QString& file);
    void exportFile(const QString& file);

Q_SIGNALS:
    /// The first target, or one more, by the wizard.
    void wizardRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void retranslate();
    void load();
    void filter();
    void choose();
    void openEditor(const std::optional<Target>& saved, const std::optional<Target>& start);
    std::optional<Target> loaded(const QString& name);

    MainWindow& m_window;
    QList<SavedTarget> m_saved;
    QLineEdit* m_search;
    QListWidget* m_list;
    QPushButton *m_add, *m_actions;
    QMenu m_menu;
    QAction *m_edit, *m_duplicate, *m_export, *m_copy, *m_remove, *m_import, *m_wizard;
    QList<QAction*> m_ofOne; ///< those that need a target
};

} // namespace gapless
