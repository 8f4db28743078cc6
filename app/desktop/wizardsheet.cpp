// SPDX-License-Identifier: MIT
#include "app/desktop/wizardsheet.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/sheet.h"
#include "app/wording/text.h"
#include "engine/model/targetjson.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

WizardSheet::WizardSheet(MainWindow& window, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
    , m_heading(textLabel({}, this))
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->addWidget(m_heading);
    add(column, &WizardSheet::adoptRequested);
    add(column, &WizardSheet::importRequested);
    add(column, &WizardSheet::formRequested);
    add(column, &WizardSheet::playRequested);
    add(column, &WizardSheet::demoRequested);
    column->addStretch();
    auto* area = new QScrollArea(this);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus); // its buttons scroll into view by themselves
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(area);
    setFocusProxy(m_offers.first().button);
    retranslate();
}

void WizardSheet::add(QVBoxLayout* column, void (WizardSheet::*signal)())
{
    Offer offer {new QPushButton(this), textLabel({}, this)};
    offer.text->setIndent(4);
    offer.button->setMinimumHeight(40);
    offer.button->setMaximumWidth(420);
    connect(offer.button, &QPushButton::clicked, this, signal);
    column->addSpacing(10);
    column->addWidget(offer.button);
    column->addWidget(offer.text);
    m_offers.append(offer);
}

void WizardSheet::retranslate()
{
    setWindowTitle(m_window.context().targets().names().isEmpty() ? tr("The first target")
                                                                  : tr("New target"));
    m_heading->setText(tr("A target is the site that is deployed to: its hosts, the nginx in front, "
                          "and the containers behind it. Nothing is changed on any host here."));
    const QList<std::pair<QString, QString>> texts {
        {tr("&Adopt what already runs…"),
            tr("Looks at a host over SSH, reads nginx's upstreams and docker's containers, and "
               "proposes a target.")},
        {tr("&Import a target file…"), tr("A file that was exported here or by gaplessctl.")},
        {tr("&Fill in a form…"), tr("Every field, checked while typing.")},
        {tr("&Play the demo"), tr("Replays a recorded rollout at once. No host is touched.")},
        {tr("&Start the demo on this machine…"),
            demoStack().isEmpty()
                ? tr("Needs the source folder of Gapless with packaging/demo; it was not found.")
                : tr("A real gateway and two real containers on this machine. Says what it installs, "
                     "and asks.")}};
    for (qsizetype i = 0; i < m_offers.size(); ++i) {
        m_offers[i].button->setText(texts[i].first);
        m_offers[i].button->setAccessibleDescription(texts[i].second);
        m_offers[i].text->setText(texts[i].second);
    }
    m_offers.last().button->setEnabled(!demoStack().isEmpty());
}

void WizardSheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

QStringList WizardSheet::offers() const
{
    QStringList names;
    for (const Offer& offer : m_offers)
        names.append(offer.button->text().remove(u'&'));
    return names;
}

QString WizardSheet::demoStack()
{
    QStringList places;
    if (const QString named = qEnvironmentVariable("GAPLESS_DEMO_STACK"); !named.isEmpty())
        places.append(named);
    places.append(u"/usr/share/gapless/demo/stack"_s);
    // A program that was built in the source's own folder.
    QDir up(QCoreApplication::applicationDirPath());
    do
        places.append(up.filePath(u"packaging/demo/stack"_s));
    while (up.cdUp());
    for (const QString& place : places)
        if (QFileInfo(place).isExecutable())
            return place;
    return {};
}

DemoSheet::DemoSheet(MainWindow& window, const QString& stack, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
    , m_stack(stack)
    , m_says(textLabel({}, this))
    , m_state(textLabel({}, this))
    , m_output(codeView({}, this))
    , m_start(new QPushButton(this))
{
    m_output->setMaximumBlockCount(5000);
    auto* row = new QHBoxLayout;
    row->addWidget(m_state, 1);
    row->addWidget(m_start);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_says);
    column->addWidget(m_output, 1);
    column->addLayout(row);
    connect(m_start, &QPushButton::clicked, this, &DemoSheet::start);
    setFocusProxy(m_start);
    retranslate();
}

DemoSheet::~DemoSheet()
{
    if (m_process)
        m_process->disconnect(this); // it goes on without us
}

void DemoSheet::retranslate()
{
    setWindowTitle(tr("Start the demo on this machine"));
    m_says->setText(
        tr("This runs on this machine, as root or with sudo:\n"
           "• installs the Debian packages that are missing: docker.io, nginx-light, redis-server, "
           "openssh-server, and what builds the chat site\n"
           "• starts an sshd, an nginx, a Redis and, where none runs, a dockerd of its own, on "
           "loopback ports only\n"
           "• keeps everything in one folder: %1\n"
           "“packaging/demo/stack down” ends it, “remove” deletes it.")
            .arg(folder()));
    m_output->setAccessibleName(tr("What the demo's script says"));
    m_start->setText(tr("&Install and start"));
    m_start->setEnabled(!isRunning());
}

void DemoSheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

QString DemoSheet::folder()
{
    const QString named = qEnvironmentVariable("GAPLESS_DEMO_DIR");
    if (!named.isEmpty())
        return named;
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    return (state.isEmpty() ? QDir::homePath() + u"/.local/state"_s : state) + u"/gapless-demo"_s;
}

bool DemoSheet::isRunning() const
{
    return m_process && m_process->state() != QProcess::NotRunning;
}

QString DemoSheet::output() const
{
    return m_output->toPlainText();
}

void DemoSheet::start()
{
    if (isRunning())
        return;
    m_process = new QProcess(&m_window.context());
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    m_process->setStandardInputFile(QProcess::nullDevice()); // a sudo that would ask fails instead
    connect(m_process, &QProcess::readyRead, this, &DemoSheet::take);
    connect(m_process, &QProcess::finished, this, &DemoSheet::finish);
    connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(-1);
    });
    // The list of packages has its own script beside the demo's folder; a package has all of it.
    const QString install
        = QFileInfo(m_stack).dir().absoluteFilePath(u"../install-dependencies"_s);
    const QString script = QFileInfo(install).isExecutable() ? u"\"$1\" && exec \"$2\" up"_s
                                                             : u"exec \"$2\" up"_s;
    m_process->start(u"/bin/sh"_s, {u"-c"_s, script, u"sh"_s, install, m_stack});
    m_start->setEnabled(false);
    m_state->setText(tr("Starting; the first time takes some minutes …"));
}

void DemoSheet::take()
{
    m_line += m_process->readAll();
    const qsizetype end = m_line.lastIndexOf('\n');
    if (end < 0)
        return;
    m_output->appendPlainText(printable(QString::fromUtf8(m_line.left(end))));
    m_line.remove(0, end + 1);
}

void DemoSheet::finish(int exit)
{
    m_start->setEnabled(true);
    try {
        if (exit != 0)
            throw Error(ErrorKind::CommandFailed, {{u"command"_s, m_stack + u" up"_s}, {u"exit"_s, exit}});
        QFile file(folder() + u"/target.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            throw Error(ErrorKind::FileUnreadable, {{u"file"_s, file.fileName()}}, file.errorString());
        const Target target = targetFromJson(file.readAll(), file.fileName());
        m_window.context().targets().save(target);
        m_window.context().tellTargetsChanged();
        m_state->setText(tr("The demo runs. Its target is %1.").arg(target.name));
        Q_EMIT ended(true);
        m_window.showTarget(target.name);
    } catch (const Error& error) {
        m_state->setText(tr("The demo did not start; what it said is above."));
        m_window.complain(error);
        Q_EMIT ended(false);
    }
}

} // namespace gapless
