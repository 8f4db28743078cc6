// SPDX-License-Identifier: MIT
#include "app/desktop/fieldeditor.h"

#include <QFormLayout>
#include <QGroupBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QFormLayout* formIn(QWidget* place)
{
    auto* form = new QFormLayout(place);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    return form;
}

bool isGroup(const TargetField& field)
{
    return !field.members.isEmpty();
}

} // namespace

GroupEditor::GroupEditor(const TargetField& field, bool isNamed, QWidget* parent)
    : FieldEditor(field, parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    QWidget* place = new QWidget(this);
    if (field.kind == TargetField::Kind::OptionalGroup) {
        m_box = new QGroupBox(targetFieldName(field.path), this);
        m_box->setCheckable(true);
        m_box->setAccessibleName(targetFieldName(field.path));
        m_box->setAccessibleDescription(targetFieldHint(field.path));
        column->addWidget(m_box);
        (new QVBoxLayout(m_box))->addWidget(place);
        connect(m_box, &QGroupBox::toggled, place, &QWidget::setVisible);
        connect(m_box, &QGroupBox::toggled, this, &FieldEditor::changed);
    } else {
        column->addWidget(place);
    }
    auto* fields = new QVBoxLayout(place);
    fields->setContentsMargins(0, 0, 0, 0);
    auto* first = new QWidget(place);
    QFormLayout* common = formIn(first);
    fields->addWidget(first);
    m_problem = new QLabel(place);
    m_problem->setWordWrap(true);
    m_problem->hide();
    if (isNamed) {
        m_name = new QLineEdit(first);
        m_name->setAccessibleName(tr("Name"));
        common->addRow(tr("Name"), m_name);
        connect(m_name, &QLineEdit::textChanged, this, &FieldEditor::changed);
    }
    common->addRow(m_problem);

    m_rest = new QWidget(place);
    QFormLayout* others = formIn(m_rest);
    for (const TargetField& member : field.members) {
        FieldEditor* editor = makeFieldEditor(member, {}, this);
        m_editors.append(editor);
        connect(editor, &FieldEditor::changed, this, &FieldEditor::changed);
        add(isCommonTargetField(member.path) ? common : others, editor);
    }
    m_more = new QToolButton(place);
    m_more->setText(tr("More fields"));
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setArrowType(Qt::RightArrow);
    m_more->setAutoRaise(true);
    connect(m_more, &QToolButton::toggled, this, [this](bool open) {
        m_more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_rest->setVisible(open);
    });
    fields->addWidget(m_more);
    fields->addWidget(m_rest);
    m_rest->hide();
    m_more->setVisible(others->rowCount() > 0);
    // A group without common fields has nothing to hide the others behind.
    if (common->rowCount() <= 1 && others->rowCount() > 0) {
        m_more->setChecked(true);
        m_more->hide();
    }
}

void GroupEditor::add(QFormLayout* form, FieldEditor* editor)
{
    const QString name = targetFieldName(editor->field().path);
    if (editor->field().kind == TargetField::Kind::OptionalGroup) {
        form->addRow(editor);
        return;
    }
    if (isGroup(editor->field())) {
        auto* box = new QGroupBox(name);
        (new QVBoxLayout(box))->addWidget(editor);
        form->addRow(box);
        return;
    }
    auto* label = new QLabel(editor->field().required ? tr("%1 *", "required field").arg(name) : name);
    label->setBuddy(editor->focusWidget());
    form->addRow(label, editor);
}

bool GroupEditor::isOn() const
{
    return !m_box || m_box->isChecked();
}

QByteArray GroupEditor::members() const
{
    QByteArrayList found;
    for (const FieldEditor* editor : m_editors)
        if (const QByteArray json = editor->json(); !json.isEmpty())
            found.append(jsonText(editor->field().key) + ':' + json);
    return found.join(',');
}

QByteArray GroupEditor::json() const
{
    return isOn() ? '{' + members() + '}' : QByteArray("null");
}

void GroupEditor::setJson(const QJsonValue& value)
{
    if (m_box) {
        const bool there = value.isObject() || (value.isUndefined() && m_field.standard.toBool());
        m_box->setChecked(there);
        m_rest->parentWidget()->setVisible(there);
    }
    const QJsonObject object = value.toObject();
    for (FieldEditor* editor : std::as_const(m_editors))
        editor->setJson(object.value(editor->field().key));
}

void GroupEditor::collect(const QString& path, FieldProblems& problems) const
{
    if (!isOn())
        return;
    for (const FieldEditor* editor : m_editors)
        editor->collect(path.isEmpty() ? editor->field().key : path + u'.' + editor->field().key,
            problems);
}

int GroupEditor::show(const QString& path, const FieldProblems& problems)
{
    int count = 0;
    for (FieldEditor* editor : std::as_const(m_editors)) {
        const QString name = editor->field().key;
        const int own = editor->show(path.isEmpty() ? name : path + u'.' + name, problems);
        count += own;
        if (own > 0 && !isCommonTargetField(editor->field().path))
            m_more->setChecked(true); // an error is never out of sight
    }
    setOwnProblem(path.isEmpty() ? QString() : problems.value(path));
    return count + (path.isEmpty() ? 0 : int(problems.count(path)));
}

void GroupEditor::setOwnProblem(const QString& text)
{
    m_problem->setText(text.isEmpty() ? QString() : u"✗ "_s + text);
    m_problem->setVisible(!text.isEmpty());
}

bool GroupEditor::reveal(const QString& path, const QString& wanted)
{
    for (FieldEditor* editor : std::as_const(m_editors)) {
        const QString name = editor->field().key;
        const QString its = path.isEmpty() ? name : path + u'.' + name;
        if (wanted != its && !wanted.startsWith(its + u'.') && !wanted.startsWith(its + u'['))
            continue;
        if (!isCommonTargetField(editor->field().path))
            m_more->setChecked(true);
        return editor->reveal(its, wanted);
    }
    if (m_name)
        m_name->setFocus();
    return wanted == path;
}

QString GroupEditor::name() const
{
    return m_name ? m_name->text().normalized(QString::NormalizationForm_C) : QString();
}

void GroupEditor::setName(const QString& name)
{
    if (m_name)
        m_name->setText(name);
}

} // namespace gapless
