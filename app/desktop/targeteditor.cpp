// SPDX-License-Identifier: MIT
#include "app/desktop/targeteditor.h"

#include "app/desktop/context.h"
#include "app/desktop/credentialspane.h"
#include "app/desktop/doctorpane.h"
#include "app/desktop/sheet.h"
#include "app/wording/wording.h"
#include "engine/model/targetjson.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// The fields of the root on the pages of the form, in the order of the pages.
struct PageOf {
    const char* field;
    int page;
};
constexpr PageOf pageOf[] = {{"name", 0}, {"environment", 0}, {"protection", 0}, {"hosts", 1},
    {"gateway", 2}, {"slots", 3}, {"image", 4}, {"build", 4}, {"container", 5}, {"strategy", 6},
    {"rehearse", 6}, {"keepOneRunning", 6}, {"onPartialFailure", 6}, {"drain", 6}, {"hooks", 6},
    {"health", 7}, {"witness", 8}};

/// Without the path: it is said at its field.
QString shortProblem(const Error& error)
{
    if (error.kind == ErrorKind::FieldMissing)
        return TargetEditor::tr("This has to be filled in.");
    if (error.kind == ErrorKind::FieldWrong)
        return TargetEditor::tr("Expected: %1")
            .arg(expectationText(error.facts[u"expected"_s].toString()));
    return sentence(error);
}

} // namespace

TargetEditor::TargetEditor(DesktopContext& context, const std::optional<Target>& saved,
    const std::optional<Target>& start, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_saved(saved)
    , m_pages(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
    , m_state(textLabel({}, this))
    , m_doctor(new DoctorPane(context, this))
    , m_credentials(new CredentialsPane(context, this))
{
    setWindowTitle(saved ? tr("Edit %1").arg(saved->name) : tr("New target"));
    const std::optional<Target>& first = saved ? saved : start;
    QStringList order;
    for (const HostSpec& host : first ? first->hosts : QList<HostSpec>())
        order.append(host.name);
    m_pages->setAccessibleName(tr("Sections"));
    m_pages->setFixedWidth(170);
    m_pages->setSpacing(2);
    buildPages(order);

    auto* buttons = new QDialogButtonBox(this);
    m_check = buttons->addButton(tr("&Check the site"), QDialogButtonBox::ActionRole);
    m_next = buttons->addButton(tr("Next &problem"), QDialogButtonBox::ActionRole);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Ca&ncel"), QDialogButtonBox::RejectRole);
    connect(m_save, &QPushButton::clicked, this, &TargetEditor::save);
    connect(m_check, &QPushButton::clicked, this, &TargetEditor::check);
    connect(m_next, &QPushButton::clicked, this, [this] { reveal(m_problems.firstKey()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &TargetEditor::reject);

    auto* middle = new QHBoxLayout;
    middle->addWidget(m_pages);
    middle->addWidget(m_stack, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(middle, 1);
    column->addWidget(m_state);
    column->addWidget(buttons);
    connect(m_pages, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    m_pages->setCurrentRow(0);

    const QJsonObject file = first
        ? QJsonDocument::fromJson(targetToJson(*first)).object()
        : QJsonObject();
    for (const Part& part : std::as_const(m_parts)) {
        part.editor->setJson(file.value(part.editor->field().key));
        connect(part.editor, &FieldEditor::changed, this, [this] { m_later.start(); });
    }
    // One more keystroke may come at once; the reader takes about a millisecond.
    m_later.setSingleShot(true);
    m_later.setInterval(30);
    connect(&m_later, &QTimer::timeout, this, &TargetEditor::validate);
    m_before = json();
    validate();
    resize(940, 640);
}

void TargetEditor::addPage(const QString& name, QWidget* content)
{
    m_pageNames.append(name);
    m_pages->addItem(name);
    m_stack->addWidget(content);
}

void TargetEditor::buildPages(const QStringList& hostOrder)
{
    const QStringList names {tr("General"), targetFieldName(u"hosts"_s),
        targetFieldName(u"gateway"_s), targetFieldName(u"slots"_s), tr("Image and build"),
        targetFieldName(u"container"_s), tr("Rollout"), targetFieldName(u"health"_s),
        targetFieldName(u"witness"_s)};
    QList<QFormLayout*> forms;
    for (const QString& name : names) {
        auto* content = new QWidget;
        forms.append(new QFormLayout(content));
        forms.last()->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        forms.last()->addRow(headingLabel(name, content));
        QScrollArea* area = scrolled(content);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setFocusPolicy(Qt::StrongFocus); // a form without a field to edit scrolls by keys
        area->setAccessibleName(name);
        addPage(name, area);
    }
    for (const TargetField& field : targetFields()) {
        int page = 0;
        for (const PageOf& entry : pageOf)
            if (field.key == QLatin1StringView(entry.field))
                page = entry.page;
        FieldEditor* editor = makeFieldEditor(field, hostOrder, nullptr);
        m_parts.append({editor, page});
        QFormLayout* form = forms[page];
        const QString name = targetFieldName(field.path);
        if (name == names[page] || field.kind == TargetField::Kind::OptionalGroup) {
            form->addRow(editor);
        } else if (!field.members.isEmpty()) {
            form->addRow(headingLabel(name));
            form->addRow(editor);
        } else {
            auto* label
                = new QLabel(field.required ? tr("%1 *", "required field").arg(name) : name);
            label->setBuddy(editor->focusWidget());
            form->addRow(label, editor);
        }
    }
    addPage(tr("Secrets"), m_credentials);
    addPage(tr("Check"), m_doctor);
}

QByteArray TargetEditor::json() const
{
    QByteArrayList members {"\"schema\":1"};
    for (const Part& part : m_parts)
        if (const QByteArray value = part.editor->json(); !value.isEmpty())
            members.append(jsonText(part.editor->field().key) + ':' + value);
    return '{' + members.join(',') + '}';
}

void TargetEditor::validate()
{
    m_later.stop();
    m_problems.clear();
    m_target.reset();
    for (const Part& part : std::as_const(m_parts))
        part.editor->collect(part.editor->field().key, m_problems);
    try {
        // Two hosts of one name would be one in the file.
        Target read = targetFromJson(json(), {});
        if (m_problems.isEmpty())
            m_target = std::move(read);
    } catch (const Error& error) {
        const QString path = error.facts[u"path"_s].toString();
        if (!m_problems.contains(path))
            m_problems.insert(path, shortProblem(error));
    }
    showProblems();
}

void TargetEditor::showProblems()
{
    QList<int> onPage(m_pages->count(), 0);
    for (const Part& part : std::as_const(m_parts))
        onPage[part.page] += part.editor->show(part.editor->field().key, m_problems);
    for (int page = 0; page < m_pages->count(); ++page)
        m_pages->item(page)->setText(onPage[page] == 0
                ? m_pageNames[page]
                : tr("%1  ✗ %2", "page, number of problems").arg(m_pageNames[page]).arg(onPage[page]));
    const int count = int(m_problems.size());
    m_state->setText(count == 0
            ? tr("Every field is right. “Check the site” asks the hosts themselves.")
            : tr("%n field(s) to be mended.", nullptr, count));
    m_save->setEnabled(m_target.has_value());
    m_check->setEnabled(m_target.has_value());
    m_next->setEnabled(count > 0);
    m_credentials->setTarget(m_target);
}

void TargetEditor::reveal(const QString& path)
{
    for (const Part& part : std::as_const(m_parts)) {
        const QString key = part.editor->field().key;
        if (path != key && !path.startsWith(key + u'.') && !path.startsWith(key + u'['))
            continue;
        m_pages->setCurrentRow(part.page);
        part.editor->reveal(key, path);
        return;
    }
}

void TargetEditor::check()
{
    validate();
    if (!m_target)
        return;
    m_pages->setCurrentRow(m_pages->count() - 1);
    m_doctor->examine(*m_target);
}

void TargetEditor::save()
{
    validate();
    if (!m_target)
        return;
    try {
        const bool done = m_saved ? m_context.targets().replace(m_saved->name, *m_target)
                                  : m_context.targets().add(*m_target);
        if (!done) {
            m_problems.insert(u"name"_s, tr("There is a target of this name already."));
            showProblems();
            m_save->setEnabled(false);
            reveal(u"name"_s);
            return;
        }
    } catch (const Error& error) {
        showError(this, error);
        return;
    }
    m_context.tellTargetsChanged();
    Q_EMIT savedTarget(m_target->name);
    accept();
}

void TargetEditor::reject()
{
    if (json() == m_before) {
        QDialog::reject();
        return;
    }
    auto* question = new QMessageBox(QMessageBox::Question, windowTitle(),
        tr("What was typed has not been saved."), QMessageBox::NoButton, this);
    QPushButton* discard
        = question->addButton(tr("&Discard it"), QMessageBox::DestructiveRole);
    question->setDefaultButton(
        question->addButton(tr("&Keep editing"), QMessageBox::RejectRole));
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QMessageBox::finished, this, [this, question, discard] {
        if (question->clickedButton() == discard)
            QDialog::reject();
    });
    question->open();
}

} // namespace gapless
