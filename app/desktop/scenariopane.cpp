// SPDX-License-Identifier: MIT
#include "app/desktop/scenariopane.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/scriptrun.h"
#include "app/desktop/sheet.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace gapless {

ScenarioPane::ScenarioPane(MainWindow& window, QString stack, QWidget* parent)
    : QWidget(parent)
    , m_window(window)
    , m_stack(std::move(stack))
    , m_paceTitle(new QLabel(this))
    , m_state(textLabel({}, this))
    , m_pace(new QSpinBox(this))
{
    auto* grid = new QGridLayout(this);
    m_pace->setRange(0, 60);
    m_paceTitle->setBuddy(m_pace);
    auto* head = new QHBoxLayout;
    head->addWidget(m_state, 1);
    head->addWidget(m_paceTitle);
    head->addWidget(m_pace);
    grid->addLayout(head, 0, 0, 1, 4);
    for (int i = 0; i < int(m_buttons.size()); ++i) {
        auto* button = m_buttons[size_t(i)] = new QPushButton(this);
        m_texts[size_t(i)] = textLabel({}, this);
        grid->addWidget(button, 1 + i / 2, i % 2 * 2);
        grid->addWidget(m_texts[size_t(i)], 1 + i / 2, i % 2 * 2 + 1);
        connect(button, &QPushButton::clicked, this, [this, i] { play(Scenario(i)); });
    }
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(3, 1);
    grid->setRowStretch(4, 1);
    QFile images(QFileInfo(m_stack).dir().filePath(u"images.json"_s));
    if (!m_stack.isEmpty() && images.open(QIODevice::ReadOnly))
        m_images = demoImages(images.readAll());
    connect(&window, &MainWindow::currentTargetChanged, this, [this] {
        refresh();
        Q_EMIT offeredChanged(isOffered());
    });
    connect(&window, &MainWindow::runFinished, this, &ScenarioPane::refresh);
    connect(&window.context(), &DesktopContext::runsChanged, this, &ScenarioPane::refresh);
    retranslate();
}

void ScenarioPane::retranslate()
{
    setWindowTitle(tr("Demo"));
    m_paceTitle->setText(tr("&Pause between steps:"));
    m_pace->setAccessibleName(tr("Pause between steps"));
    m_pace->setSpecialValueText(tr("none"));
    m_pace->setSuffix(tr(" s", "seconds"));
    const std::pair<QString, QString> texts[] {
        {tr("The &old pipeline"), tr("A shell script as such sites have it: stops, removes, runs. Watch the 502s.")},
        {tr("Ro&lling"), tr("The other release, slot after slot, without a failed request.")},
        {tr("&First slot fails"), tr("An image that never gets ready: what served before serves again.")},
        {tr("Se&cond slot fails"), tr("A has the new release, B does not get ready: a question, and three ways on.")},
        {tr("Roll &back"), tr("To the previous release.")},
        {tr("&Missing affinity"),
            tr("nginx without ip_hash or a cookie: negotiation and connection part, and hub clients fail.")}};
    for (size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setText(texts[i].first);
        m_buttons[i]->setAccessibleDescription(texts[i].second);
        m_texts[i]->setText(texts[i].second);
    }
    refresh();
}

void ScenarioPane::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

bool ScenarioPane::isOffered() const
{
    const auto& target = m_window.currentTarget();
    return target && isDemo(*target) && m_images.isValid();
}

void ScenarioPane::refresh()
{
    const bool runs = isOffered() && m_window.runningOf(m_window.currentTarget()->name);
    for (QPushButton* button : m_buttons)
        button->setEnabled(isOffered() && !runs && !m_busy);
    m_state->setText(m_busy ? tr("Under way …")
            : runs          ? tr("A rollout is under way.")
                            : tr("One click each, on the demo stack alone."));
}

void ScenarioPane::play(Scenario scenario)
{
    if (!isOffered() || m_busy)
        return;
    m_busy = true;
    refresh();
    const auto then = [this, scenario] {
        if (!isOffered()) { // another target was chosen meanwhile
            m_busy = false;
            return refresh();
        }
        runInBackground(
            this,
            [&context = m_window.context(), name = m_window.currentTarget()->name](std::stop_token) {
                const QList<RunSummary> runs = context.journal().runs({.target = name, .limit = 1});
                return runs.isEmpty() || runs.first().serving.isEmpty() ? QString() : runs.first().serving.first();
            },
            [this, scenario](const Outcome<QString>& serving) {
                m_busy = false;
                begin(scenario, serving.value.value_or(QString()));
                refresh();
            });
    };
    // Without affinity for the one scenario, and with it again for the next.
    if (scenario == Scenario::NoAffinity)
        setAffinity(u"none"_s, then);
    else if (!m_affinity.isEmpty())
        setAffinity({}, then);
    else
        then();
}

/// Puts the stack back on v1, with that kind of affinity; empty: its own.
void ScenarioPane::setAffinity(const QString& kind, std::function<void()> then)
{
    auto* process = new QProcess(this);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!kind.isEmpty())
        environment.insert(u"GAPLESS_DEMO_AFFINITY"_s, kind);
    process->setProcessEnvironment(environment);
    process->setStandardInputFile(QProcess::nullDevice());
    const auto ended = [this, process, kind, then](int exit) {
        process->deleteLater();
        if (exit == 0) {
            m_affinity = kind;
            then();
            return;
        }
        m_busy = false;
        refresh();
        m_window.complain(Error(ErrorKind::CommandFailed, {{u"command"_s, m_stack + u" reset"_s}, {u"exit"_s, exit}},
            QString::fromUtf8(process->readAllStandardError())));
    };
    connect(process, &QProcess::finished, this, ended);
    connect(process, &QProcess::errorOccurred, this, [ended](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(-1);
    });
    process->start(m_stack, {u"reset"_s});
}

void ScenarioPane::begin(Scenario scenario, const QString& serving)
{
    const auto& target = m_window.currentTarget();
    if (!target || !isOffered())
        return;
    // After a reset v1 serves, whatever the history says.
    const QString now = scenario == Scenario::NoAffinity || serving.isEmpty() ? m_images.v1 : serving;
    if (scenario == Scenario::OldPipeline)
        return beginScript(*target, now);
    RolloutRequest request = scenarioRequest(scenario, *target, m_images, now, m_pace->value());
    request.reason = m_buttons[size_t(scenario)]->text().remove(u'&');
    m_window.startRun(request);
}

void ScenarioPane::beginScript(const Target& target, const QString& serving)
{
    const QString to = otherRelease(m_images, serving);
    m_busy = true;
    runInBackground(
        this,
        [&context = m_window.context(), window = QPointer(&m_window), target, serving, to,
            command = QStringList {QFileInfo(m_stack).dir().filePath(u"old-pipeline"_s), u"--as-it-was"_s,
                target.image.repository + u':' + to}](std::stop_token stop) {
            runScript(context,
                {.target = target,
                    .from = serving,
                    .to = to,
                    .command = command,
                    .begun = [window](const QString& run) {
                        QMetaObject::invokeMethod(qApp, [window, run] {
                            if (window)
                                window->showRun(run);
                        });
                    }},
                stop);
            return true;
        },
        [this](const Outcome<bool>& done) {
            m_busy = false;
            if (done.error)
                m_window.complain(*done.error);
            m_window.context().tellRunsChanged();
            refresh();
        });
}

} // namespace gapless
