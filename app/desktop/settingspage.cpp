// SPDX-License-Identifier: MIT
#include "app/desktop/settingspage.h"

#include "app/desktop/mainwindow.h"

#include <QEvent>
#include <QFormLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

SettingsPage::SettingsPage(MainWindow& window)
    : m_window(window)
    , m_title(new QLabel(this))
    , m_languageLabel(new QLabel(this))
    , m_paletteLabel(new QLabel(this))
    , m_folderLabel(new QLabel(this))
    , m_folder(new QLabel(this))
    , m_keychainLabel(new QLabel(this))
    , m_keychain(new QLabel(this))
    , m_language(new QComboBox(this))
    , m_palette(new QComboBox(this))
    , m_presenting(new QCheckBox(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->addWidget(m_title);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(12);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(m_languageLabel, m_language);
    form->addRow(m_paletteLabel, m_palette);
    form->addRow(QString(), m_presenting);
    form->addRow(m_folderLabel, m_folder);
    form->addRow(m_keychainLabel, m_keychain);
    column->addLayout(form);
    column->addStretch(1);
    m_languageLabel->setBuddy(m_language);
    m_paletteLabel->setBuddy(m_palette);
    m_folder->setTextFormat(Qt::PlainText);
    for (QLabel* text : {m_folder, m_keychain})
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);

    // A language is named in itself, so that whoever does not read the present one finds theirs.
    m_language->addItem(u"English"_s, u"en"_s);
    m_language->addItem(u"繁體中文（台灣）"_s, u"zh_TW"_s);
    for (const Theme::Choice choice :
        {Theme::Choice::System, Theme::Choice::Light, Theme::Choice::Dark})
        m_palette->addItem(QString(), idOf(choice)); // {} would be an icon, and the id the text
    DesktopContext& context = window.context();
    m_palette->setCurrentIndex(m_palette->findData(idOf(context.theme().choice())));

    connect(m_language, &QComboBox::activated, this, [this, &context] {
        keep(u"language"_s, m_language->currentData().toString());
        context.useLanguage(m_language->currentData().toString());
    });
    connect(m_palette, &QComboBox::activated, this, [this, &context] {
        keep(u"palette"_s, m_palette->currentData().toString());
        context.theme().choose(fromId<Theme::Choice>(m_palette->currentData().toString())
                                   .value_or(Theme::Choice::System));
    });
    connect(m_presenting, &QCheckBox::clicked, &window, &MainWindow::setPresenting);
    connect(&context.theme(), &Theme::changed, this,
        [this, &context] { m_presenting->setChecked(context.theme().isPresenting()); });
    retranslate();
}

void SettingsPage::keep(const QString& name, const QString& value)
{
    try {
        m_window.context().settings().setValue(name, value);
    } catch (const Error& error) {
        m_window.complain(error);
    }
}

void SettingsPage::retranslate()
{
    QFont heading = font();
    heading.setPointSizeF(heading.pointSizeF() * 1.4);
    heading.setBold(true);
    m_title->setFont(heading);
    m_title->setText(tr("Settings"));
    m_languageLabel->setText(tr("&Language:"));
    m_paletteLabel->setText(tr("&Colours:"));
    // Of its own: else a screen reader says the choice alone.
    m_language->setAccessibleName(tr("Language"));
    m_palette->setAccessibleName(tr("Colours"));
    const QString palettes[] {tr("As the desktop says"), tr("Light"), tr("Dark")};
    for (int i = 0; i < 3; ++i)
        m_palette->setItemText(i, palettes[i]);
    m_language->setCurrentIndex(m_language->findData(m_window.context().language().code()));
    m_presenting->setText(tr("&Presentation: large text, light, addresses hidden (F5)"));
    m_folderLabel->setText(tr("Data folder:"));
    m_folder->setText(m_window.context().dataFolder());
    m_keychainLabel->setText(tr("Secrets are kept in:"));
    const QString backend = m_window.context().systemKeychain().backend();
    m_keychain->setText(backend == "memory"_L1 ? tr("this run only; there is no keychain")
                                               : tr("the desktop's keychain (%1)").arg(backend));
}

void SettingsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
