// SPDX-License-Identifier: MIT
#include "app/desktop/adoptsheet.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/sheet.h"
#include "app/models/targetschema.h"
#include "app/wording/adoption.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/store/person.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

AdoptSheet::AdoptSheet(MainWindow& window, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
{
    build();
    retranslate();
    connect(m_look, &QPushButton::clicked, this, &AdoptSheet::look);
    connect(m_address, &QLineEdit::returnPressed, this, &AdoptSheet::look);
    connect(m_address, &QLineEdit::textChanged, this, &AdoptSheet::refresh);
    connect(m_method, &QComboBox::currentIndexChanged, this, &AdoptSheet::refresh);
    connect(m_sites, &QListWidget::currentRowChanged, this, &AdoptSheet::show);
    connect(m_take, &QPushButton::clicked, this, &AdoptSheet::take);
    refresh();
}

void AdoptSheet::build()
{
    auto* grid = new QGridLayout;
    const auto field = [&](QLabel*& title, QWidget* input, int column) {
        title = new QLabel(this);
        title->setBuddy(input);
        grid->addWidget(title, 0, column);
        grid->addWidget(input, 1, column);
    };
    field(m_addressTitle, m_address = new QLineEdit(this), 0);
    field(m_portTitle, m_port = new QSpinBox(this), 1);
    field(m_userTitle, m_user = new QLineEdit(this), 2);
    field(m_methodTitle, m_method = new QComboBox(this), 3);
    field(m_keyTitle, m_key = new QLineEdit(this), 4);
    field(m_hubTitle, m_hub = new QLineEdit(this), 5);
    m_look = new QPushButton(this);
    grid->addWidget(m_look, 1, 6);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(4, 2);
    m_port->setRange(1, 65535);
    m_port->setValue(22);
    m_user->setText(userName());
    m_key->setPlaceholderText(u"~/.ssh/id_ed25519"_s);
    m_hub->setPlaceholderText(u"/hub"_s);
    for (const QString& method : {u"key"_s, u"agent"_s, u"password"_s})
        m_method->addItem({}, method);
    m_state = textLabel({}, this);
    m_busy = new QProgressBar(this);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(6);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    m_sites = new QListWidget(halves);
    m_notes = new QTextBrowser(halves);
    m_notes->setTabChangesFocus(true);
    halves->setSizes({260, 700});
    m_secrets = new QCheckBox(this);
    m_take = new QPushButton(this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_secrets, 1);
    row->addWidget(m_take);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(grid);
    column->addWidget(m_state);
    column->addWidget(m_busy);
    column->addWidget(halves, 1);
    column->addLayout(row);
    setFocusProxy(m_address);
}

void AdoptSheet::retranslate()
{
    const auto name = [](QLabel* title, QWidget* input, const QString& text) {
        title->setText(text);
        input->setAccessibleName(QString(text).remove(u'&'));
    };
    setWindowTitle(tr("Adopt what already runs"));
    name(m_addressTitle, m_address, tr("&Host"));
    name(m_portTitle, m_port, tr("&Port"));
    name(m_userTitle, m_user, tr("&User"));
    name(m_methodTitle, m_method, tr("Log &in with"));
    name(m_keyTitle, m_key, tr("&Key file"));
    name(m_hubTitle, m_hub, tr("SignalR hu&b, if any"));
    for (int i = 0; i < m_method->count(); ++i)
        m_method->setItemText(
            i, targetChoiceName(u"hosts.auth.method"_s, m_method->itemData(i).toString()));
    m_look->setText(tr("&Look"));
    m_sites->setAccessibleName(tr("Sites that were found"));
    m_notes->setAccessibleName(tr("What to know of the site"));
    m_secrets->setText(tr("Put the &secrets of the running containers into the keychain"));
    m_take->setText(tr("&Adopt this one…"));
    m_busy->setAccessibleName(tr("Looking at the host"));
    refresh();
    show(m_sites->currentRow());
}

void AdoptSheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

/// A target that has the one host and no more: enough to speak to it.
Target AdoptSheet::hostOnly() const
{
    HostSpec host {.name = u"web"_s, .address = m_address->text().trimmed(), .port = m_port->value(),
        .user = m_user->text().trimmed()};
    const QString method = m_method->currentData().toString();
    host.auth.method = method == "password"_L1 ? Auth::Method::Password
        : method == "agent"_L1                 ? Auth::Method::Agent
                                               : Auth::Method::Key;
    host.auth.privateKeyFile = m_key->text().trimmed();
    if (host.auth.method == Auth::Method::Key && host.auth.privateKeyFile.isEmpty())
        host.auth.privateKeyFile = m_key->placeholderText();
    Target target;
    target.name = u"adopted"_s;
    target.hosts = {host};
    target.gateway.host = host.name;
    return target;
}

void AdoptSheet::look()
{
    if (!m_look->isEnabled())
        return;
    m_task.cancel();
    const int round = ++m_round;
    m_looking = true;
    m_looked = false;
    m_found.clear();
    m_error.reset();
    m_sites->clear();
    refresh();
    AdoptionOptions options;
    options.hub = m_hub->text().trimmed();
    m_task = runInBackground(
        this,
        [&context = m_window.context(), target = hostOnly(), options](std::stop_token stop) {
            const std::shared_ptr<Hosts> hosts = context.hosts(target);
            const HostSpec& host = target.hosts.first();
            const HostSurvey survey = surveyHost(host, target.gateway, hosts->at(host.name), stop);
            const QList<Adoption> found = proposeTargets(survey, options);
            if (found.isEmpty())
                throw Error(ErrorKind::NothingToAdopt,
                    {{u"upstream"_s, QString()}, {u"nginx"_s, !survey.nginxes.isEmpty()},
                        {u"containers"_s, int(survey.containers.size())}},
                    survey.nginxTrouble)
                    .on(host.name);
            return found;
        },
        [this, round](const Outcome<QList<Adoption>>& outcome) {
            if (round != m_round)
                return;
            m_looking = false;
            m_looked = true;
            m_error = outcome.error;
            m_found = outcome.value.value_or(QList<Adoption>());
            for (const Adoption& adoption : std::as_const(m_found))
                m_sites->addItem(printableLine(adoption.target.name));
            m_sites->setCurrentRow(m_found.isEmpty() ? -1 : 0);
            refresh();
            show(m_sites->currentRow());
            Q_EMIT settled();
        });
}

void AdoptSheet::show(int row)
{
    if (m_error) {
        m_notes->setHtml(errorHtml(*m_error));
        return;
    }
    if (row < 0 || row >= m_found.size()) {
        m_notes->clear();
        return;
    }
    const Adoption& adoption = m_found[row];
    const Target& target = adoption.target;
    QString html = u"<p><b>%1</b></p><ul>"_s.arg(
        tr("Upstream %1 in %2")
            .arg(printableLine(target.gateway.upstream), printableLine(target.gateway.upstreamFile))
            .toHtmlEscaped());
    for (const Slot& slot : target.slots)
        html += u"<li>%1</li>"_s.arg(tr("slot %1: container %2, server %3", "name, container, address")
                                         .arg(printableLine(slot.name), printableLine(slot.container),
                                             printableLine(slot.server))
                                         .toHtmlEscaped());
    html += u"</ul>"_s;
    for (const AdoptionNote& note : adoption.notes) {
        html += u"<p>%1 %2</p>"_s.arg(
            needsAct(note) ? u"<b>!</b>"_s : u"·"_s, sentence(note).toHtmlEscaped());
        if (const QString lines = snippet(note); !lines.isEmpty())
            html += u"<pre>%1</pre>"_s.arg(lines.toHtmlEscaped());
    }
    m_notes->setHtml(html);
    m_secrets->setVisible(!adoption.secrets.isEmpty());
}

void AdoptSheet::refresh()
{
    m_busy->setVisible(m_looking);
    m_look->setEnabled(!m_looking && !m_address->text().trimmed().isEmpty());
    m_key->setEnabled(m_method->currentData().toString() == "key"_L1);
    m_take->setEnabled(m_sites->currentRow() >= 0);
    if (m_found.isEmpty())
        m_secrets->hide();
    if (m_looking)
        m_state->setText(tr("Looking at the host …"));
    else if (m_error)
        m_state->setText(tr("Nothing was adopted."));
    else if (m_looked)
        m_state->setText(tr("%n site(s) found. Nothing is saved yet.", nullptr, int(m_found.size())));
    else
        m_state->setText(tr("Reads nginx's configuration and docker's containers; changes nothing."));
}

void AdoptSheet::take()
{
    const int row = m_sites->currentRow();
    if (row < 0 || row >= m_found.size())
        return;
    const Adoption& adoption = m_found[row];
    if (m_secrets->isVisible() && m_secrets->isChecked())
        runInBackground(
            this,
            [&context = m_window.context(), name = adoption.target.name,
                secrets = adoption.secrets](std::stop_token stop) {
                for (auto one = secrets.begin(); one != secrets.end(); ++one)
                    context.systemKeychain().write(
                        credentialForVariable(name, one.key()), Secret(one->toUtf8()), stop);
                return true;
            },
            [this](const Outcome<bool>& outcome) {
                if (outcome.error)
                    m_window.complain(*outcome.error);
            });
    Q_EMIT chosen(adoption.target);
}

QString AdoptSheet::text() const
{
    return m_state->text() + u'\n' + m_notes->toPlainText();
}

} // namespace gapless
