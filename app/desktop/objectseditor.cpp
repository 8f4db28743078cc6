// SPDX-License-Identifier: MIT
#include "app/desktop/fieldeditor.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

ObjectsEditor::ObjectsEditor(const TargetField& field, QStringList order, QWidget* parent)
    : FieldEditor(field, parent)
    , m_order(std::move(order))
    , m_tabs(new QTabWidget(this))
    , m_remove(new QPushButton(tr("Remove"), this))
    , m_problem(new QLabel(this))
{
    const QString name = targetFieldName(field.path);
    auto* addButton = new QPushButton(tr("Add"), this);
    addButton->setAccessibleName(tr("Add: %1").arg(name));
    m_remove->setAccessibleName(tr("Remove: %1").arg(name));
    m_tabs->setAccessibleName(name);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(addButton);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_problem);
    column->addWidget(m_tabs);
    column->addLayout(buttons);
    connect(addButton, &QPushButton::clicked, this, &ObjectsEditor::addNew);
    connect(m_remove, &QPushButton::clicked, this, &ObjectsEditor::removeCurrent);
}

QList<GroupEditor*> ObjectsEditor::objects() const
{
    QList<GroupEditor*> found;
    for (int i = 0; i < m_tabs->count(); ++i)
        found.append(static_cast<GroupEditor*>(m_tabs->widget(i)));
    return found;
}

GroupEditor* ObjectsEditor::add(const QString& name, const QJsonValue& value)
{
    TargetField one = m_field;
    one.kind = TargetField::Kind::Group;
    auto* editor = new GroupEditor(one, isNamed(), m_tabs);
    editor->setName(name);
    editor->setJson(value);
    editor->layout()->setContentsMargins(8, 8, 8, 8);
    m_tabs->addTab(editor, {});
    connect(editor, &FieldEditor::changed, this, [this] {
        nameTabs();
        Q_EMIT changed();
    });
    nameTabs();
    return editor;
}

void ObjectsEditor::addNew()
{
    // The next slot is most like the one before.
    QJsonValue like = QJsonObject();
    if (m_tabs->count() > 0)
        like = QJsonDocument::fromJson(objects().last()->json()).object();
    QString name;
    if (isNamed())
        name = tr("host%1", "name of a new host").arg(m_tabs->count() + 1);
    m_tabs->setCurrentWidget(add(name, like));
    Q_EMIT changed();
}

void ObjectsEditor::removeCurrent()
{
    QWidget* page = m_tabs->currentWidget();
    m_tabs->removeTab(m_tabs->currentIndex());
    page->deleteLater();
    nameTabs();
    Q_EMIT changed();
}

void ObjectsEditor::nameTabs()
{
    const QList<GroupEditor*> each = objects();
    for (int i = 0; i < each.size(); ++i) {
        QString name = each[i]->name();
        if (!isNamed()) {
            const QJsonObject object
                = QJsonDocument::fromJson('{' + each[i]->members() + '}').object();
            name = object.value(u"name"_s).toString(object.value(u"source"_s).toString());
        }
        m_tabs->setTabText(i, name.isEmpty() ? QString::number(i + 1) : name.replace(u'&', u"&&"_s));
    }
    m_tabs->setVisible(!each.isEmpty());
    m_remove->setEnabled(each.size() > int(m_field.least));
}

QByteArray ObjectsEditor::json() const
{
    QByteArrayList each;
    for (const GroupEditor* object : objects())
        each.append(isNamed() ? jsonText(object->name()) + ':' + object->json() : object->json());
    const QByteArray all = each.join(',');
    return isNamed() ? '{' + all + '}' : '[' + all + ']';
}

void ObjectsEditor::setJson(const QJsonValue& value)
{
    while (m_tabs->count() > 0)
        delete m_tabs->widget(0);
    if (isNamed()) {
        const QJsonObject members = value.toObject();
        QStringList names = m_order;
        names.removeIf([&](const QString& name) { return !members.contains(name); });
        for (const QString& name : members.keys())
            if (!names.contains(name))
                names.append(name);
        for (const QString& name : std::as_const(names))
            add(name, members[name]);
    } else {
        for (const QJsonValue& one : value.toArray())
            add({}, one);
    }
    while (m_tabs->count() < int(m_field.least))
        add(isNamed() ? tr("web", "name of the first host") : QString(), QJsonObject());
    m_tabs->setCurrentIndex(0);
    nameTabs();
}

QString ObjectsEditor::pathOf(const QString& path, int index) const
{
    return isNamed() ? path + u'.' + objects()[index]->name() : u"%1[%2]"_s.arg(path).arg(index);
}

void ObjectsEditor::collect(const QString& path, FieldProblems& problems) const
{
    const QList<GroupEditor*> each = objects();
    QStringList names;
    for (int i = 0; i < each.size(); ++i) {
        const QString its = pathOf(path, i), name = each[i]->name();
        each[i]->collect(its, problems);
        if (isNamed() && !allows(m_field.names, name))
            problems.insert(its,
                tr("Expected: %1").arg(expectationText(QLatin1StringView(m_field.names.expected))));
        else if (isNamed() && names.contains(name))
            problems.insert(its, tr("This name is there twice."));
        names.append(name);
    }
}

int ObjectsEditor::show(const QString& path, const FieldProblems& problems)
{
    const QList<GroupEditor*> each = objects();
    const QString own = problems.value(path);
    m_problem->setText(own.isEmpty() ? QString() : u"✗ "_s + own);
    m_problem->setVisible(!own.isEmpty());
    int count = own.isEmpty() ? 0 : 1;
    nameTabs();
    for (int i = 0; i < each.size(); ++i) {
        const int its = each[i]->show(pathOf(path, i), problems);
        if (its > 0)
            m_tabs->setTabText(i, u"✗ "_s + m_tabs->tabText(i));
        count += its;
    }
    return count;
}

bool ObjectsEditor::reveal(const QString& path, const QString& wanted)
{
    const QList<GroupEditor*> each = objects();
    for (int i = 0; i < each.size(); ++i) {
        const QString its = pathOf(path, i);
        if (wanted != its && !wanted.startsWith(its + u'.') && !wanted.startsWith(its + u'['))
            continue;
        m_tabs->setCurrentIndex(i);
        return each[i]->reveal(its, wanted);
    }
    m_tabs->setFocus();
    return wanted == path;
}

} // namespace gapless
