// SPDX-License-Identifier: MIT
#include "app/desktop/sourceform.h"

#include <QComboBox>
#include <QEvent>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace gapless {

using Kind = SourceSpec::Kind;

SourceForm::SourceForm(QWidget* parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_kindTitle(new QLabel(this))
    , m_locationTitle(new QLabel(this))
    , m_revisionTitle(new QLabel(this))
    , m_tagTitle(new QLabel(this))
    , m_location(new QLineEdit(this))
    , m_revision(new QLineEdit(this))
    , m_tag(new QLineEdit(this))
    , m_browse(new QPushButton(this))
{
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const Kind kind : {Kind::OnHosts, Kind::Git, Kind::Context, Kind::Archive, Kind::Local, Kind::Registry})
        m_kind->addItem(QString(), int(kind));
    auto* location = new QHBoxLayout;
    location->addWidget(m_location, 1);
    location->addWidget(m_browse);
    form->addRow(m_kindTitle, m_kind);
    form->addRow(m_locationTitle, location);
    form->addRow(m_revisionTitle, m_revision);
    form->addRow(m_tagTitle, m_tag);
    m_kindTitle->setBuddy(m_kind);
    m_locationTitle->setBuddy(m_location);
    m_revisionTitle->setBuddy(m_revision);
    m_tagTitle->setBuddy(m_tag);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        retranslate();
        Q_EMIT edited();
        Q_EMIT entered();
    });
    for (QLineEdit* field : {m_location, m_revision, m_tag}) {
        connect(field, &QLineEdit::textChanged, this, &SourceForm::edited);
        connect(field, &QLineEdit::editingFinished, this, &SourceForm::entered);
    }
    connect(m_browse, &QPushButton::clicked, this, &SourceForm::browse);
    retranslate();
}

Kind SourceForm::kind() const
{
    return Kind(m_kind->currentData().toInt());
}

void SourceForm::choose(Kind kind)
{
    m_kind->setCurrentIndex(m_kind->findData(int(kind)));
}

SourceSpec SourceForm::spec(const QString& cache) const
{
    SourceSpec spec {.kind = kind(), .cache = cache};
    if (isOnHosts())
        return spec;
    spec.location = m_location->text().trimmed();
    if (kind() == Kind::Git)
        spec.revision = m_revision->text().trimmed();
    else
        spec.tag = m_tag->text().trimmed();
    return spec;
}

QString SourceForm::whyNot() const
{
    if (isOnHosts())
        return {};
    if (m_location->text().trimmed().isEmpty())
        return tr("Say where the release comes from.");
    if (kind() != Kind::Git && m_tag->text().trimmed().isEmpty())
        return tr("Say what the release is to be called.");
    return {};
}

void SourceForm::browse()
{
    const bool file = kind() == Kind::Archive;
    const QString chosen = file
        ? QFileDialog::getOpenFileName(this, tr("Archive of an image"), m_location->text())
        : QFileDialog::getExistingDirectory(this, tr("Folder"), m_location->text());
    if (chosen.isEmpty())
        return;
    m_location->setText(chosen);
    Q_EMIT entered();
}

void SourceForm::retranslate()
{
    const QSignalBlocker quiet(m_kind);
    const QStringList names {tr("An image on the hosts"), tr("A commit of a git repository"),
        tr("A folder with a Dockerfile"), tr("An archive of an image"),
        tr("An image of this machine's docker"), tr("A registry")};
    for (int i = 0; i < names.size(); ++i)
        m_kind->setItemText(i, names[i]);
    m_kindTitle->setText(tr("Release &from"));
    m_kind->setAccessibleName(tr("Release from"));
    const auto location = [this] {
        switch (kind()) {
        case Kind::OnHosts:
            break;
        case Kind::Git:
            return tr("Path &or URL");
        case Kind::Context:
            return tr("F&older");
        case Kind::Archive:
            return tr("File &or folder");
        case Kind::Local:
            return tr("Image, d&ocker's name");
        case Kind::Registry:
            return tr("Registr&y reference");
        }
        return QString();
    };
    m_locationTitle->setText(location());
    m_location->setAccessibleName(location().remove(u'&'));
    m_location->setPlaceholderText(kind() == Kind::Registry ? u"host/name@sha256:…"_s : QString());
    m_revisionTitle->setText(tr("Re&vision"));
    m_revision->setAccessibleName(tr("Revision"));
    m_revision->setPlaceholderText(tr("the default branch's head"));
    m_tagTitle->setText(tr("Ta&g"));
    m_tag->setAccessibleName(tr("Tag"));
    m_tag->setPlaceholderText(u"hash_…"_s);
    m_browse->setText(tr("&Browse…"));
    refresh();
}

void SourceForm::refresh()
{
    const Kind chosen = kind();
    const bool elsewhere = !isOnHosts();
    for (QWidget* one : {static_cast<QWidget*>(m_locationTitle), static_cast<QWidget*>(m_location)})
        one->setVisible(elsewhere);
    m_browse->setVisible(chosen == Kind::Git || chosen == Kind::Context || chosen == Kind::Archive);
    m_revisionTitle->setVisible(chosen == Kind::Git);
    m_revision->setVisible(chosen == Kind::Git);
    m_tagTitle->setVisible(elsewhere && chosen != Kind::Git);
    m_tag->setVisible(elsewhere && chosen != Kind::Git);
}

void SourceForm::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
