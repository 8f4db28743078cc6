// SPDX-License-Identifier: MIT
#include "app/desktop/targetlist.h"

#include "app/desktop/band.h"
#include "app/desktop/mainwindow.h"
#include "app/desktop/sheet.h"
#include "app/desktop/targeteditor.h"
#include "app/models/commandtext.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/model/targetjson.h"

#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// One question with two buttons; `yes` names what happens.
void askBefore(QWidget* parent, const QString& question, const QString& yes,
    const std::function<void()>& act)
{
    auto* box = new QMessageBox(QMessageBox::Question, {}, question, QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* does = box->addButton(yes, QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(TargetList::tr("&Cancel"), QMessageBox::RejectRole));
    QObject::connect(box, &QMessageBox::finished, parent, [box, does, act] {
        if (box->clickedButton() == does)
            act();
    });
    box->open();
}

} // namespace

TargetList::TargetList(MainWindow& window, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_add(new QPushButton(this))
    , m_actions(new QPushButton(this))
{
    build();
    retranslate();
    load();
    connect(m_search, &QLineEdit::textChanged, this, &TargetList::filter);
    connect(m_list, &QListWidget::currentItemChanged, this, &TargetList::choose);
    connect(m_list, &QListWidget::itemActivated, this, [this] {
        // Enter on the one that is shown opens nothing new; it is the chosen one.
        choose();
    });
    connect(&window.context(), &DesktopContext::targetsChanged, this, &TargetList::load);
    connect(&window, &MainWindow::currentTargetChanged, this, [this] {
        if (const auto& target = m_window.currentTarget())
            select(target->name);
    });
}

void TargetList::build()
{
    m_search->setClearButtonEnabled(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setFrameShape(QFrame::NoFrame);
    m_edit = m_menu.addAction({}, this, &TargetList::edit);
    m_duplicate = m_menu.addAction({}, this, &TargetList::duplicate);
    m_export = m_menu.addAction({}, this, [this] {
        auto* dialog = new QFileDialog(this, tr("Export a target"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->selectFile(current() + u".json"_s);
        connect(dialog, &QFileDialog::fileSelected, this, &TargetList::exportFile);
        dialog->open();
    });
    m_copy = m_menu.addAction(
        {}, this, [this] { copyText(commandText(QStringList {u"doctor"_s, current()})); });
    m_remove = m_menu.addAction({}, this, &TargetList::remove);
    m_ofOne = {m_edit, m_duplicate, m_export, m_copy, m_remove};
    m_menu.addSeparator();
    m_import = m_menu.addAction({}, this, &TargetList::chooseImport);
    m_wizard = m_menu.addAction({}, this, &TargetList::wizardRequested);
    m_actions->setMenu(&m_menu);
    connect(m_add, &QPushButton::clicked, this, &TargetList::wizardRequested);
    connect(m_list, &QWidget::customContextMenuRequested, this,
        [this](const QPoint& at) { m_menu.popup(m_list->viewport()->mapToGlobal(at)); });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_add, 1);
    buttons->addWidget(m_actions, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
}

void TargetList::retranslate()
{
    m_search->setPlaceholderText(tr("Search targets"));
    m_search->setAccessibleName(tr("Search targets"));
    m_list->setAccessibleName(tr("Targets"));
    m_add->setText(tr("&Add…"));
    m_actions->setText(tr("&Target"));
    m_edit->setText(tr("&Edit…"));
    m_duplicate->setText(tr("&Duplicate…"));
    m_export->setText(tr("E&xport…"));
    m_copy->setText(tr("&Copy its check as a command line"));
    m_remove->setText(tr("De&lete…"));
    m_import->setText(tr("&Import…"));
    m_wizard->setText(tr("&New target…"));
    filter();
}

void TargetList::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void TargetList::load()
{
    const QString before = current();
    const QSignalBlocker quiet(m_list);
    // A folder of small files; it is read when somebody has changed it.
    m_saved = m_window.context().targets().list();
    m_list->clear();
    for (const SavedTarget& saved : std::as_const(m_saved)) {
        auto* item = new QListWidgetItem(m_list);
        item->setData(Qt::UserRole, saved.name);
        if (saved.target) {
            const QString environment = environmentName(saved.target->environment);
            item->setText(environment.isEmpty()
                    ? printableLine(saved.name)
                    : tr("%1\n%2", "target, its environment")
                          .arg(printableLine(saved.name), environment));
            item->setToolTip(printableLine(saved.name));
        } else {
            item->setText(
                tr("✗ %1", "a target file that cannot be read").arg(QFileInfo(saved.file).fileName()));
            item->setToolTip(sentence(*saved.error));
        }
    }
    filter();
    select(before);
}

void TargetList::filter()
{
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setHidden(
            !m_list->item(row)->text().contains(m_search->text(), Qt::CaseInsensitive));
    const bool one = m_list->currentItem() && !m_list->currentItem()->data(Qt::UserRole).isNull()
        && m_saved.value(m_list->currentRow()).target;
    for (QAction* action : std::as_const(m_ofOne))
        action->setEnabled(one);
}

QStringList TargetList::shown() const
{
    QStringList names;
    for (int row = 0; row < m_list->count(); ++row)
        if (!m_list->item(row)->isHidden())
            names.append(m_saved[row].target ? m_saved[row].name
                                             : QFileInfo(m_saved[row].file).fileName());
    return names;
}

QString TargetList::current() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
}

void TargetList::select(const QString& name)
{
    const QSignalBlocker quiet(m_list);
    for (int row = 0; row < m_saved.size(); ++row)
        if (m_saved[row].target && m_saved[row].name == name)
            m_list->setCurrentRow(row);
    filter();
}

void TargetList::choose()
{
    filter();
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    if (m_saved[row].error)
        m_window.complain(*m_saved[row].error);
    else if (!m_window.currentTarget() || m_window.currentTarget()->name != m_saved[row].name)
        m_window.showTarget(m_saved[row].name);
}

std::optional<Target> TargetList::loaded(const QString& name)
{
    try {
        return m_window.context().targets().load(name);
    } catch (const Error& error) {
        showError(this, error);
        return std::nullopt;
    }
}

void TargetList::openEditor(
    const std::optional<Target>& saved, const std::optional<Target>& start)
{
    auto* editor = new TargetEditor(m_window.context(), saved, start, &m_window);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &TargetEditor::savedTarget, &m_window, [&window = m_window](const QString& name) {
        window.closeSheet(); // of whoever led here
        window.showTarget(name);
    });
    editor->setWindowModality(Qt::WindowModal);
    editor->open();
}

void TargetList::addNew()
{
    openEditor({}, {});
}

void TargetList::addLike(const Target& start)
{
    openEditor({}, start);
}

void TargetList::edit()
{
    if (const auto target = loaded(current()))
        openEditor(target, {});
}

void TargetList::duplicate()
{
    auto target = loaded(current());
    if (!target)
        return;
    target->name = tr("%1 copy", "name of a duplicated target").arg(target->name);
    openEditor({}, target);
}

void TargetList::remove()
{
    const QString name = current();
    if (name.isEmpty())
        return;
    if (m_window.runningOf(name)) {
        m_window.say(tr("A rollout of %1 is under way; it cannot be deleted now.").arg(name));
        return;
    }
    askBefore(this, tr("Delete the target %1? Its history stays; nothing changes on any host.").arg(name),
        tr("&Delete"), [this, name] {
            try {
                m_window.context().targets().remove(name);
            } catch (const Error& error) {
                showError(this, error);
            }
            m_window.context().tellTargetsChanged();
            m_window.showTarget({});
        });
}

void TargetList::chooseImport()
{
    auto* dialog = new QFileDialog(this, tr("Import a target"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilter(tr("Target files (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, &TargetList::importFile);
    dialog->open();
}

void TargetList::importFile(const QString& file)
{
    try {
        QFile in(file);
        if (!in.open(QIODevice::ReadOnly))
            throw Error(ErrorKind::FileUnreadable, {{u"file"_s, file}}, in.errorString());
        const Target target = targetFromJson(in.readAll(), file);
        TargetStore& store = m_window.context().targets();
        const auto shows = [this, name = target.name] {
            m_window.context().tellTargetsChanged();
            m_window.showTarget(name);
        };
        if (store.add(target)) {
            shows();
            return;
        }
        askBefore(this, tr("A target named %1 is saved already. Replace it?").arg(target.name),
            tr("&Replace"), [this, target, shows, &store] {
                try {
                    store.save(target);
                    shows();
                } catch (const Error& error) {
                    showError(this, error);
                }
            });
    } catch (const Error& error) {
        showError(this, error);
    }
}

void TargetList::exportFile(const QString& file)
{
    const auto target = loaded(current());
    if (!target)
        return;
    const QByteArray json = targetToJson(*target);
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(json) != json.size() || !out.commit())
        showError(this, Error(ErrorKind::StoreUnusable, {{u"file"_s, file}}, out.errorString()));
    else
        m_window.say(tr("Exported to %1. A target file never holds a secret.").arg(file));
}

} // namespace gapless
