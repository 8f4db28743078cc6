// SPDX-License-Identifier: MIT
#include "app/desktop/rollbackdialog.h"

#include "app/desktop/mainwindow.h"
#include "app/desktop/nobodydecides.h"
#include "app/desktop/sheet.h"
#include "app/desktop/sitelook.h"
#include "app/models/commandtext.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/store/person.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Facts {
    qint64 tookMs = 0;
    bool wasRollback = false;
    QDateTime ranLast;
    std::optional<Verdict::Word> verdict;
};

Facts factsOf(const QList<RunSummary>& runs, const QString& tag)
{
    Facts facts;
    facts.tookMs = lastDurationMs(runs, u"rollback"_s);
    facts.wasRollback = facts.tookMs > 0;
    if (facts.tookMs == 0)
        facts.tookMs = lastDurationMs(runs, u"deploy"_s);
    for (const RunSummary& run : runs)
        if (run.to == tag && run.outcome == "succeeded"_L1) {
            facts.ranLast = run.started;
            facts.verdict = run.verdict.word;
            break;
        }
    return facts;
}

} // namespace

QStringList rollbackReasons()
{
    return {RollbackDialog::tr("Errors since the new release"),
        RollbackDialog::tr("Slower since the new release"),
        RollbackDialog::tr("The wrong release was deployed")};
}

RollbackDialog::RollbackDialog(MainWindow& window, const Target& target, const QString& tag,
    bool previous, const QMap<QString, QString>& serving)
    : QDialog(&window)
    , m_window(window)
    , m_target(target)
    , m_tag(tag)
    , m_previous(previous)
    , m_demand(demandOf(target, previous))
    , m_serving(serving)
    , m_heading(headingLabel({}, this))
    , m_took(textLabel(tr("…"), this))
    , m_ran(textLabel(tr("…"), this))
    , m_changed(textLabel(tr("…"), this))
    , m_why(textLabel({}, this))
    , m_recorded(new QCheckBox(this))
    , m_reason(new QComboBox(this))
{
    setWindowTitle(tr("Roll back %1").arg(target.name));
    m_reason->setEditable(true);
    m_reason->addItems(rollbackReasons());
    m_reason->setAccessibleName(tr("Reason"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_heading);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Last time it took:"), m_took);
    form->addRow(tr("It last went live:"), m_ran);
    form->addRow(tr("Configuration since then:"), m_changed);
    m_recorded->setText(
        tr("&Use the options that %1 last ran with").arg(printableLine(tag, 30).replace(u'&', u"&&"_s)));
    m_recorded->hide();
    form->addRow(m_recorded);
    auto* reasonTitle = new QLabel(tr("&Reason:"), this);
    reasonTitle->setBuddy(m_reason);
    form->addRow(reasonTitle, m_reason);
    if (m_demand.typeName) {
        m_name = new QLineEdit(this);
        m_name->setAccessibleName(tr("The target's name"));
        auto* title = new QLabel(
            tr("&Type %1:").arg(QString(target.name).replace(u'&', u"&&"_s)), this);
        title->setBuddy(m_name);
        form->addRow(title, m_name);
        connect(m_name, &QLineEdit::textChanged, this, &RollbackDialog::refresh);
    }
    column->addLayout(form);
    column->addWidget(m_why);
    auto* buttons = new QDialogButtonBox(this);
    auto* copy = buttons->addButton(tr("&Copy as command line"), QDialogButtonBox::ActionRole);
    m_go = buttons->addButton(
        tr("R&oll back to %1").arg(printableLine(tag, 30)), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("&Not now"), QDialogButtonBox::RejectRole);
    m_go->setDefault(!m_demand.typeName);
    m_go->setAutoDefault(!m_demand.typeName);
    connect(copy, &QPushButton::clicked, this,
        [this, copy] { copyText(commandText(request(), true, m_recorded->isChecked()), copy); });
    connect(m_go, &QPushButton::clicked, this, &RollbackDialog::go);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_reason, &QComboBox::currentTextChanged, this, &RollbackDialog::refresh);
    column->addWidget(buttons);
    setMinimumWidth(600);
    setWindowModality(Qt::WindowModal);
    refresh();
    m_go->setFocus();
    lookUp();
    m_lookBack = [&context = window.context(), target, tag](std::stop_token stop) {
        const std::shared_ptr<Hosts> hosts = context.hosts(target);
        NobodyDecides nobody;
        return releaseThen(target, tag,
            {.hosts = *hosts,
                .journal = context.journal(),
                .clock = context.clock(),
                .decider = nobody},
            stop);
    };
    // From the event loop, so that a test's own look comes first.
    QMetaObject::invokeMethod(this, &RollbackDialog::lookBack, Qt::QueuedConnection);
}

void RollbackDialog::useLookBack(LookBack look)
{
    m_lookBack = std::move(look);
}

void RollbackDialog::lookBack()
{
    m_changed->setText(tr("Looking at the hosts …"));
    m_looking = runInBackground(
        this, [look = m_lookBack](std::stop_token stop) { return look(stop); },
        [this](const Outcome<ReleaseThen>& outcome) {
            m_then = outcome.value;
            if (outcome.error)
                m_changed->setText(tr("could not be found out: %1").arg(sentence(*outcome.error)));
            else
                showChanges();
            adjustSize();
            Q_EMIT lookedBack();
        });
}

void RollbackDialog::showChanges()
{
    if (!m_then || !m_then->known) {
        m_changed->setText(tr("not known: no run noted how it was configured"));
        return;
    }
    QStringList lines;
    for (const ConfigurationDiffers& one : std::as_const(m_then->changes)) {
        const QStringList texts = differenceTexts(one);
        for (const QString& text : texts)
            lines << tr("Slot %1: %2", "slot, what has changed").arg(printableLine(one.slot), text);
    }
    constexpr qsizetype most = 8;
    const qsizetype hidden = lines.size() - most;
    if (hidden > 0) {
        m_changed->setToolTip(lines.join(u'\n'));
        lines = lines.first(most);
        lines << tr("and %n more", nullptr, int(hidden));
    }
    if (!m_then->lost.isEmpty())
        lines << tr("The values of these variables were not kept: %1")
                     .arg(printableLine(m_then->lost.join(u", "_s)));
    m_changed->setText(lines.isEmpty() ? tr("nothing has changed") : lines.join(u'\n'));
    m_recorded->setVisible(m_then->canUseRecorded);
    m_recorded->setToolTip(
        tr("Files on the hosts stay as they are; the saved target is not changed."));
}

void RollbackDialog::lookUp()
{
    runInBackground(
        this,
        [&context = m_window.context(), name = m_target.name, tag = m_tag](std::stop_token) {
            return factsOf(context.journal().runs({.target = name}), tag);
        },
        [this](const Outcome<Facts>& outcome) {
            const Facts facts = outcome.value.value_or(Facts {});
            if (facts.tookMs > 0)
                m_took->setText(facts.wasRollback
                        ? durationText(std::chrono::milliseconds(facts.tookMs))
                        : tr("not known; the last deployment took %1")
                              .arg(durationText(std::chrono::milliseconds(facts.tookMs))));
            else
                m_took->setText(tr("not known"));
            m_ran->setText(!facts.ranLast.isValid()
                    ? tr("not by Gapless, as far as this machine knows")
                    : tr("%1; verdict: %2", "time, verdict")
                          .arg(QLocale().toString(facts.ranLast.toLocalTime(), QLocale::ShortFormat),
                              verdictWord(facts.verdict.value_or(Verdict::Word::NotMeasured))));
            Q_EMIT settled();
        });
}

QString RollbackDialog::reason() const
{
    return m_reason->currentText().trimmed();
}

RolloutRequest RollbackDialog::request() const
{
    RolloutRequest request;
    request.target
        = m_recorded->isChecked() && m_then && m_then->canUseRecorded ? m_then->recorded : m_target;
    request.kind = u"rollback"_s;
    // Without a tag the engine finds the previous release itself, at the moment it begins.
    request.tag = m_previous ? QString() : m_tag;
    request.strategy = isBuilt(m_target.strategy) ? m_target.strategy : Strategy::Rolling;
    request.onPartialFailure = m_target.onPartialFailure;
    request.reason = reason();
    request.by = userName();
    request.machine = machineName();
    return request;
}

QString RollbackDialog::whyNot() const
{
    if (m_demand.forbidden)
        return tr("This target is read-only: nothing can be changed on it.");
    if (m_window.runningOf(m_target.name))
        return tr("A rollout of this target is under way.");
    if (m_demand.reason && reason().isEmpty())
        return tr("This target asks for a reason.");
    if (m_name && !isNameOf(m_target, m_name->text()))
        return tr("Type the target's name, since this is not the previous release.");
    return {};
}

void RollbackDialog::refresh()
{
    const QString from = servingText(m_serving);
    m_heading->setText(from.isEmpty()
            ? tr("Roll %1 back to %2?").arg(m_target.name, printableLine(m_tag))
            : tr("Roll %1 back from %2 to %3?").arg(m_target.name, from, printableLine(m_tag)));
    m_why->setText(whyNot());
    m_why->setVisible(!m_why->text().isEmpty());
    m_go->setEnabled(m_why->text().isEmpty());
}

void RollbackDialog::go()
{
    if (!whyNot().isEmpty())
        return;
    const RolloutRequest asked = request();
    accept();
    m_window.startRun(asked);
}

} // namespace gapless
