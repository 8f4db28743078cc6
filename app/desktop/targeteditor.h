// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/fieldeditor.h"
#include "engine/model/target.h"

#include <QDialog>
#include <QTimer>
#include <optional>

class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace gapless {

class CredentialsPane;
class DesktopContext;
class DoctorPane;

/// Edits a target: every field of the file, checked while typing by the reader of the file, and by
/// the doctor at the site itself when asked. Nothing is saved but by its own button.
class TargetEditor : public QDialog {
    Q_OBJECT
public:
    /// `saved`: the target that is changed; nothing: a new one that begins as `start`.
    TargetEditor(DesktopContext& context, const std::optional<Target>& saved,
        const std::optional<Target>& start = {}, QWidget* parent = nullptr);

    /// The file as it stands in the form.
    QByteArray json() const;
    /// What it says, where nothing is wrong with it.
    const std::optional<Target>& target() const { return m_target; }
    const FieldProblems& problems() const { return m_problems; }
    /// Brings the field with that path into view.
    void reveal(const QString& path);
    void reject() override;

Q_SIGNALS:
    void savedTarget(const QString& name);

private:
    void addPage(const QString& name, QWidget* content);
    void buildPages(const QStringList& hostOrder);
    void validate();
    void showProblems();
    void save();
    void check();

    DesktopContext& m_context;
    const std::optional<Target> m_saved;
    QListWidget* m_pages;
    QStackedWidget* m_stack;
    QStringList m_pageNames;
    struct Part {
        FieldEditor* editor;
        int page;
    };
    QList<Part> m_parts; ///< in the file's order
    QLabel* m_state;
    QPushButton *m_save, *m_check, *m_next;
    DoctorPane* m_doctor;
    CredentialsPane* m_credentials;
    QTimer m_later;
    FieldProblems m_problems;
    std::optional<Target> m_target;
    QByteArray m_before;
};

} // namespace gapless
