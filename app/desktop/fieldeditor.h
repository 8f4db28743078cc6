// SPDX-License-Identifier: MIT
#pragma once

#include "app/models/targetschema.h"

#include <QMap>
#include <QWidget>
#include <functional>

class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace gapless {

/// What is wrong with fields, by their path in the file: `slots[1].server`.
using FieldProblems = QMap<QString, QString>;

/// Edits one field of a target file and all that is in it. Paths come from outside, since a slot
/// that is removed changes those of the slots behind it.
class FieldEditor : public QWidget {
    Q_OBJECT
public:
    explicit FieldEditor(TargetField field, QWidget* parent = nullptr);

    const TargetField& field() const { return m_field; }
    /// As JSON text; empty: the field is left out.
    virtual QByteArray json() const = 0;
    /// Undefined: as it is when it is left out.
    virtual void setJson(const QJsonValue& value) = 0;
    /// What its own rule says of it, before the whole file is read.
    virtual void collect(const QString& path, FieldProblems& problems) const = 0;
    /// Shows those of `problems` that are its own; returns how many these are, its parts included.
    virtual int show(const QString& path, const FieldProblems& problems) = 0;
    /// Brings the field with that path into view and gives it the focus; false where it is not
    /// here.
    virtual bool reveal(const QString& path, const QString& wanted) = 0;
    /// Under which name a label should point at it.
    virtual QWidget* focusWidget() { return this; }

Q_SIGNALS:
    void changed();

protected:
    const TargetField m_field;
};

/// The editor for a field of any kind. `hosts`: the file's order of named objects' names.
FieldEditor* makeFieldEditor(const TargetField& field, const QStringList& order, QWidget* parent);

/// A field of one value: its input, what it is for, and what is wrong with it.
class LeafEditor : public FieldEditor {
    Q_OBJECT
public:
    LeafEditor(TargetField field, QWidget* input, QWidget* parent);
    int show(const QString& path, const FieldProblems& problems) override;
    bool reveal(const QString& path, const QString& wanted) override;
    void collect(const QString& path, FieldProblems& problems) const override;
    QWidget* focusWidget() override { return m_input; }

protected:
    /// Empty: nothing is wrong.
    virtual QString problem() const { return {}; }
    QString problemOf(const QString& text, const TextRule& rule) const;

private:
    QWidget* const m_input;
    QLabel* m_problem;
};

/// The fields of an object: the common ones, and the rest behind a button.
class GroupEditor : public FieldEditor {
    Q_OBJECT
public:
    /// `nameRule`: the object has a name that is its key (hosts).
    GroupEditor(const TargetField& field, bool isNamed, QWidget* parent);
    QByteArray json() const override;
    void setJson(const QJsonValue& value) override;
    void collect(const QString& path, FieldProblems& problems) const override;
    int show(const QString& path, const FieldProblems& problems) override;
    bool reveal(const QString& path, const QString& wanted) override;

    QString name() const;
    void setName(const QString& name);
    /// Its members as JSON, `"key": value` with commas between.
    QByteArray members() const;
    /// An own problem of the group as a whole, or of its name.
    void setOwnProblem(const QString& text);

private:
    void add(QFormLayout* form, FieldEditor* editor);
    bool isOn() const;

    QGroupBox* m_box = nullptr; ///< of an optional group
    QLineEdit* m_name = nullptr;
    QLabel* m_problem = nullptr;
    QToolButton* m_more = nullptr;
    QWidget* m_rest = nullptr;
    QList<FieldEditor*> m_editors;
};

/// Several objects, each on a tab of its own.
class ObjectsEditor : public FieldEditor {
    Q_OBJECT
public:
    ObjectsEditor(const TargetField& field, QStringList order, QWidget* parent);
    QByteArray json() const override;
    void setJson(const QJsonValue& value) override;
    void collect(const QString& path, FieldProblems& problems) const override;
    int show(const QString& path, const FieldProblems& problems) override;
    bool reveal(const QString& path, const QString& wanted) override;
    QList<GroupEditor*> objects() const;

private:
    GroupEditor* add(const QString& name, const QJsonValue& value);
    void addNew();
    void removeCurrent();
    void nameTabs();
    QString pathOf(const QString& path, int index) const;
    bool isNamed() const { return m_field.kind == TargetField::Kind::NamedObjects; }

    const QStringList m_order;
    QTabWidget* m_tabs;
    QPushButton* m_remove;
    QLabel* m_problem;
};

/// A JSON string.
QByteArray jsonText(const QString& text);

} // namespace gapless
