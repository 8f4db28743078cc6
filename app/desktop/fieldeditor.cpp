// SPDX-License-Identifier: MIT
#include "app/desktop/fieldeditor.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

QByteArray jsonText(const QString& text)
{
    return QJsonDocument(QJsonArray {text}).toJson(QJsonDocument::Compact).mid(1).chopped(1);
}

FieldEditor::FieldEditor(TargetField field, QWidget* parent)
    : QWidget(parent)
    , m_field(std::move(field))
{
}

LeafEditor::LeafEditor(TargetField field, QWidget* input, QWidget* parent)
    : FieldEditor(std::move(field), parent)
    , m_input(input)
    , m_problem(new QLabel(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(input);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    column->addWidget(m_problem);
    const QString hint = targetFieldHint(m_field.path);
    input->setAccessibleName(targetFieldName(m_field.path));
    input->setAccessibleDescription(hint);
    if (!hint.isEmpty()) {
        auto* text = new QLabel(hint, this);
        text->setWordWrap(true);
        text->setForegroundRole(QPalette::PlaceholderText);
        column->addWidget(text);
    }
    setFocusProxy(input);
}

QString LeafEditor::problemOf(const QString& text, const TextRule& rule) const
{
    return allows(rule, text)
        ? QString()
        : tr("Expected: %1").arg(expectationText(QLatin1StringView(rule.expected)));
}

void LeafEditor::collect(const QString& path, FieldProblems& problems) const
{
    if (const QString found = problem(); !found.isEmpty())
        problems.insert(path, found);
}

int LeafEditor::show(const QString& path, const FieldProblems& problems)
{
    QStringList texts;
    for (auto problem = problems.begin(); problem != problems.end(); ++problem)
        if (problem.key() == path || problem.key().startsWith(path + u'[')
            || problem.key().startsWith(path + u'.'))
            texts.append(problem.value());
    m_problem->setText(texts.isEmpty() ? QString() : u"✗ "_s + texts.join(u'\n'));
    m_problem->setVisible(!texts.isEmpty());
    m_input->setAccessibleDescription(
        texts.isEmpty() ? targetFieldHint(m_field.path) : texts.join(u' '));
    QFont font = m_problem->font();
    font.setBold(true);
    m_problem->setFont(font);
    return int(texts.size());
}

bool LeafEditor::reveal(const QString& path, const QString& wanted)
{
    if (wanted != path && !wanted.startsWith(path + u'[') && !wanted.startsWith(path + u'.'))
        return false;
    m_input->setFocus();
    for (QWidget* up = parentWidget(); up; up = up->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(up))
            area->ensureWidgetVisible(this);
    return true;
}

} // namespace gapless
