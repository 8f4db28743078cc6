// SPDX-License-Identifier: MIT
#include "app/desktop/deploysheet.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/nobodydecides.h"
#include "app/desktop/planview.h"
#include "app/desktop/sheet.h"
#include "app/desktop/sourceform.h"
#include "app/models/commandtext.h"
#include "app/models/targetschema.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/model/targetjson.h"
#include "engine/store/person.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace gapless {

DeploySheet::DeploySheet(MainWindow& window, const Target& target, const QString& tag)
    : m_window(window)
    , m_target(target)
    , m_demand(demandOf(target))
    , m_wanted(tag)
{
    m_makePlan = [&context = window.context()](
                     const RolloutRequest& request, std::stop_token stop) {
        const std::shared_ptr<Hosts> hosts = context.hosts(request.target);
        NobodyDecides nobody;
        return planRollout(request,
            {.hosts = *hosts,
                .journal = context.journal(),
                .clock = context.clock(),
                .decider = nobody},
            stop);
    };
    build();
    retranslate();
    m_later.setSingleShot(true);
    m_later.setInterval(200);
    connect(&m_later, &QTimer::timeout, this, &DeploySheet::makePlan);
    connect(m_images->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &DeploySheet::changed);
    connect(m_source, &SourceForm::edited, this, [this] {
        m_stale = true;
        refresh();
    });
    connect(m_source, &SourceForm::entered, this, &DeploySheet::changed);
    connect(m_strategy, &QComboBox::currentIndexChanged, this, &DeploySheet::changed);
    connect(m_partial, &QComboBox::currentIndexChanged, this, &DeploySheet::refresh);
    connect(m_reason, &QLineEdit::textChanged, this, &DeploySheet::refresh);
    // The text is what has been composed; an input method at work has submitted nothing yet.
    connect(m_name, &QLineEdit::textChanged, this, &DeploySheet::refresh);
    connect(m_go, &QPushButton::clicked, this, &DeploySheet::go);
    connect(m_again, &QPushButton::clicked, this, &DeploySheet::look);
    connect(m_copy, &QPushButton::clicked, this,
        [this] { copyText(commandText(request(), watched()), m_copy); });
    look();
}

void DeploySheet::look()
{
    m_look.reset();
    m_plan.reset();
    m_stale = true;
    m_planning = false;
    m_looking = true;
    const int round = ++m_round;
    m_view->setNote(tr("Looking at the site …"));
    refresh();
    m_task = runInBackground(
        this,
        [&context = m_window.context(), target = m_target](
            std::stop_token stop) { return lookAtSite(context, target, stop); },
        [this, round](const Outcome<SiteLook>& outcome) {
            if (round == m_round)
                takeLook(outcome);
        });
}

void DeploySheet::takeLook(const Outcome<SiteLook>& outcome)
{
    m_looking = false;
    if (outcome.value) {
        m_look = *outcome.value;
        m_releases.setReleases(m_look->releases);
        m_images->resizeColumnsToContents();
        QString tag = m_wanted;
        for (const Release& release : m_look->releases)
            if (tag.isEmpty() && release.runsIn.isEmpty())
                tag = release.tag;
        choose(tag.isEmpty() && !m_look->releases.isEmpty() ? m_look->releases.first().tag : tag);
        if (m_look->releases.isEmpty())
            m_view->setNote(tr("No tagged image of %1 is on the hosts. Build one and tag it, then look again.")
                                .arg(m_target.image.repository));
    } else if (outcome.error) {
        m_view->setError(*outcome.error);
    }
    refresh();
    Q_EMIT settled();
}

void DeploySheet::choose(const QString& tag)
{
    m_wanted = tag;
    if (const int row = m_releases.rowOf(tag); row >= 0)
        m_images->selectRow(row);
    changed();
}

RolloutRequest DeploySheet::request() const
{
    RolloutRequest request;
    request.target = m_target;
    request.source = m_source->spec(m_window.context().dataFolder() + u"/git"_s);
    const Release* release = m_releases.at(m_images->currentIndex().row());
    if (release && m_source->isOnHosts())
        request.tag = release->tag;
    request.strategy = strategyNamed(m_strategy->currentData().toString()).value_or(m_target.strategy);
    request.onPartialFailure = OnPartialFailure(m_partial->currentData().toInt());
    request.strict = m_strict->isChecked();
    request.paceSeconds = m_pace->value();
    request.reason = m_reason->text().trimmed();
    request.by = userName();
    request.machine = machineName();
    if (isFresh())
        request.approvedPlan = m_plan->hash;
    return request;
}

bool DeploySheet::watched() const
{
    return m_target.witness.has_value() && m_watched->isChecked();
}

/// What the plan depends on is another: the one on the screen does not hold any more.
void DeploySheet::changed()
{
    if (m_looking)
        return; // the look comes back here
    m_stale = true;
    m_planning = false;
    ++m_round;
    m_task.cancel();
    if (m_look && isNamed())
        m_later.start();
    refresh();
}

/// What is to be deployed has been said.
bool DeploySheet::isNamed() const
{
    return m_source->isOnHosts() ? !request().tag.isEmpty() : m_source->whyNot().isEmpty();
}

void DeploySheet::makePlan()
{
    const int round = ++m_round;
    m_planning = true;
    refresh();
    m_task = runInBackground(
        this,
        [make = m_makePlan, request = request()](
            std::stop_token stop) { return make(request, stop); },
        [this, round](const Outcome<Plan>& plan) {
            if (round != m_round)
                return;
            m_planning = false;
            m_plan = plan.value;
            m_stale = !plan.value;
            if (plan.value)
                m_view->setPlan(*plan.value);
            else if (plan.error)
                m_view->setError(*plan.error);
            refresh();
            Q_EMIT settled();
        });
}

/// Why nothing can be started now; empty: it can.
QString DeploySheet::whyNot() const
{
    if (m_demand.forbidden)
        return tr("This target is read-only: nothing can be deployed to it.");
    if (m_window.runningOf(m_target.name))
        return tr("A rollout of this target is under way.");
    if (!m_look)
        return m_planning ? QString() : tr("The site has not been looked at yet.");
    if (!isNamed())
        return m_source->isOnHosts() ? tr("Choose an image.") : m_source->whyNot();
    if (!isFresh())
        return tr("The plan of this choice is not there yet.");
    if (m_demand.reason && m_reason->text().trimmed().isEmpty())
        return tr("This target asks for a reason.");
    if (m_demand.typeName && !isNameOf(m_target, m_name->text()))
        return tr("Type the target's name, %1.").arg(m_target.name);
    return {};
}

void DeploySheet::refresh()
{
    const QString why = whyNot();
    m_why->setText(why);
    m_go->setEnabled(why.isEmpty());
    m_view->setEnabled(!m_stale || !m_plan);
    m_copy->setEnabled(isNamed());
    const bool onHosts = m_source->isOnHosts();
    m_images->setVisible(onHosts);
    m_imagesTitle->setVisible(onHosts);
    m_busy->setVisible(m_planning || m_looking);
    m_strategyText->setText(strategyText(request().strategy));
    const Release* release
        = onHosts ? m_releases.at(m_images->currentIndex().row()) : nullptr;
    if (!isNamed()) {
        m_summary->setText({});
    } else if (isFresh()) {
        m_summary->setText(m_plan->from.isEmpty()
                ? tr("%1 to %2, in %n step(s)", nullptr, int(m_plan->steps.size()))
                      .arg(printableLine(m_plan->to), m_target.name)
                : tr("From %1 to %2, in %n step(s)", nullptr, int(m_plan->steps.size()))
                      .arg(printableLine(m_plan->from), printableLine(m_plan->to)));
    } else {
        m_summary->setText(m_planning ? tr("Making the plan …") : QString());
    }
    const bool serves = release && release->serves;
    m_go->setText(serves ? tr("&Deploy it again") : tr("&Deploy"));
}

void DeploySheet::go()
{
    if (!whyNot().isEmpty())
        return;
    if (!m_demand.confirm) {
        start();
        return;
    }
    auto* box = new QMessageBox(QMessageBox::Question, m_target.name,
        tr("Deploy %1 to %2 now?").arg(printableLine(m_plan->to), m_target.name),
        QMessageBox::NoButton, this);
    box->setInformativeText(tr("Exactly the plan that is shown runs, or nothing."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton* yes = box->addButton(tr("&Deploy"), QMessageBox::AcceptRole);
    box->addButton(tr("&Not yet"), QMessageBox::RejectRole);
    connect(box, &QMessageBox::finished, this, [this, box, yes] {
        if (box->clickedButton() == yes && whyNot().isEmpty())
            start();
    });
    box->open();
}

void DeploySheet::start()
{
    // The window deletes this sheet when the run has begun.
    m_window.startRun(request(), watched());
}

} // namespace gapless
