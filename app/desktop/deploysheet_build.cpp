// SPDX-License-Identifier: MIT
#include "app/desktop/deploysheet.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/planview.h"
#include "app/desktop/sheet.h"
#include "app/desktop/sourceform.h"
#include "app/models/targetschema.h"
#include "app/wording/wording.h"
#include "engine/model/targetfields.h"
#include "engine/model/targetjson.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

QString strategyText(Strategy strategy) { return strategyText(strategyName(strategy)).summary; }

QWidget* DeploySheet::buildChoice()
{
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 8, 0);
    m_source = new SourceForm(place);
    column->addWidget(m_source);
    m_imagesTitle = new QLabel(place);
    m_images = new QTableView(place);
    m_images->setModel(&m_releases);
    m_images->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_images->setSelectionMode(QAbstractItemView::SingleSelection);
    m_images->setTabKeyNavigation(false);
    m_images->setShowGrid(false);
    m_images->setAlternatingRowColors(true);
    m_images->verticalHeader()->hide();
    m_images->horizontalHeader()->setStretchLastSection(true);
    m_imagesTitle->setBuddy(m_images);
    column->addWidget(m_imagesTitle);
    column->addWidget(m_images, 1);
    column->addStretch(0); // takes the table's place where the release comes from elsewhere

    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    const auto row = [&](QLabel*& title, QWidget* field) {
        title = new QLabel(place);
        title->setBuddy(field);
        form->addRow(title, field);
    };
    m_strategy = new QComboBox(place);
    row(m_strategyTitle, m_strategy);
    m_strategyText = textLabel({}, place);
    form->addRow(m_strategyText);
    m_partial = new QComboBox(place);
    row(m_partialTitle, m_partial);
    m_pace = new QSpinBox(place);
    m_pace->setRange(0, 600);
    row(m_paceTitle, m_pace);
    m_strict = new QCheckBox(place);
    form->addRow(m_strict);
    m_watched = new QCheckBox(place);
    m_watched->setChecked(m_target.witness.has_value());
    m_watched->setEnabled(m_target.witness.has_value());
    form->addRow(m_watched);
    column->addLayout(form);
    return place;
}

QWidget* DeploySheet::buildAgreement()
{
    auto* place = new QWidget(this);
    auto* column = new QVBoxLayout(place);
    column->setContentsMargins(0, 0, 0, 0);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_reasonTitle = new QLabel(place);
    m_reason = new QLineEdit(place);
    m_reasonTitle->setBuddy(m_reason);
    form->addRow(m_reasonTitle, m_reason);
    m_nameTitle = new QLabel(place);
    m_name = new QLineEdit(place);
    m_nameTitle->setBuddy(m_name);
    form->addRow(m_nameTitle, m_name);
    m_nameTitle->setVisible(m_demand.typeName);
    m_name->setVisible(m_demand.typeName);
    column->addLayout(form);
    auto* buttons = new QHBoxLayout;
    m_why = textLabel({}, place);
    m_copy = new QPushButton(place);
    m_again = new QPushButton(place);
    m_go = new QPushButton(place);
    QFont bold = m_go->font();
    bold.setBold(true);
    m_go->setFont(bold);
    buttons->addWidget(m_why, 1);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_again);
    buttons->addWidget(m_go);
    column->addLayout(buttons);
    return place;
}

void DeploySheet::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->setChildrenCollapsible(false);
    halves->addWidget(buildChoice());
    auto* right = new QWidget(halves);
    auto* plan = new QVBoxLayout(right);
    plan->setContentsMargins(0, 0, 0, 0);
    m_summary = headingLabel({}, right);
    m_view = new PlanView(m_window.context().theme(), right);
    m_busy = new QProgressBar(right);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setMaximumHeight(6);
    plan->addWidget(m_summary);
    plan->addWidget(m_busy);
    plan->addWidget(m_view, 1);
    halves->addWidget(right);
    halves->setSizes({480, 520});
    column->addWidget(halves, 1);
    column->addWidget(buildAgreement());
    setFocusProxy(m_images);
}

void DeploySheet::retranslateStrategies()
{
    const QSignalBlocker quiet(m_strategy), quietToo(m_partial);
    const QString strategy = m_strategy->count() > 0
        ? m_strategy->currentData().toString()
        : strategyName(isBuilt(m_target.strategy) ? m_target.strategy : Strategy::Rolling);
    m_strategy->clear();
    for (const auto& choice : fields::strategies) {
        const QString id = QLatin1StringView(choice.id);
        const QString name = targetChoiceName(u"strategy"_s, id);
        m_strategy->addItem(isBuilt(choice.value) ? name : tr("%1 (not built yet)").arg(name), id);
        if (!isBuilt(choice.value))
            qobject_cast<QStandardItemModel*>(m_strategy->model())
                ->item(m_strategy->count() - 1)
                ->setEnabled(false);
    }
    m_strategy->setCurrentIndex(std::max(0, m_strategy->findData(strategy)));
    const int partial
        = m_partial->count() > 0 ? m_partial->currentData().toInt() : int(m_target.onPartialFailure);
    m_partial->clear();
    for (const auto& choice : fields::partials)
        m_partial->addItem(
            targetChoiceName(u"onPartialFailure"_s, QLatin1StringView(choice.id)), int(choice.value));
    m_partial->setCurrentIndex(m_partial->findData(partial));
}

void DeploySheet::retranslate()
{
    setWindowTitle(tr("Deploy to %1").arg(m_target.name));
    m_releases.retranslate();
    retranslateStrategies();
    m_imagesTitle->setText(tr("&Images on the hosts"));
    m_images->setAccessibleName(tr("Images on the hosts"));
    m_strategyTitle->setText(tr("&Strategy"));
    m_strategy->setAccessibleName(tr("Strategy"));
    m_partialTitle->setText(tr("&When a later slot fails"));
    m_partial->setAccessibleName(tr("When a later slot fails"));
    m_paceTitle->setText(tr("&Pause between steps"));
    m_pace->setAccessibleName(tr("Pause between steps"));
    m_pace->setSpecialValueText(tr("none"));
    m_pace->setSuffix(tr(" s", "seconds"));
    m_strict->setText(tr("Refuse where a check warns"));
    m_watched->setText(m_target.witness ? tr("Watch as users do, and prove it")
                                        : tr("Not watched: the target has no witness"));
    m_reasonTitle->setText(m_demand.reason ? tr("&Reason *") : tr("&Reason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_nameTitle->setText(tr("&Type %1").arg(QString(m_target.name).replace(u'&', u"&&"_s)));
    m_name->setAccessibleName(tr("The target's name"));
    m_copy->setText(tr("&Copy as command line"));
    m_again->setText(tr("&Look again"));
    m_busy->setAccessibleName(tr("Working"));
    refresh();
}

void DeploySheet::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace gapless
