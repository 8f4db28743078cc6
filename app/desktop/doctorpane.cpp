// SPDX-License-Identifier: MIT
#include "app/desktop/doctorpane.h"

#include "app/desktop/context.h"
#include "app/desktop/sheet.h"
#include "app/wording/wording.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QJsonObject factsOf(const Check& check)
{
    QJsonObject facts = check.facts;
    if (!check.host.isEmpty())
        facts[u"host"_s] = check.host;
    if (!check.slot.isEmpty())
        facts[u"slot"_s] = check.slot;
    return facts;
}

QString markOf(Check::State state)
{
    switch (state) {
    case Check::State::Ok:
        return u"✓"_s;
    case Check::State::Info:
        return u"·"_s;
    case Check::State::Warn:
        return u"!"_s;
    case Check::State::Refuse:
        return u"✗"_s;
    }
    return {};
}

} // namespace

DoctorPane::DoctorPane(DesktopContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_summary(textLabel({}, this))
    , m_progress(new QProgressBar(this))
    , m_page(new QTextBrowser(this))
    , m_cancel(new QPushButton(tr("Stop checking"), this))
{
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(6);
    m_progress->hide();
    m_cancel->hide();
    m_page->setOpenLinks(false);
    m_page->setAccessibleName(tr("Checks"));
    m_page->setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    auto* head = new QHBoxLayout;
    head->addWidget(m_summary, 1);
    head->addWidget(m_cancel);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(head);
    column->addWidget(m_progress);
    column->addWidget(m_page, 1);
    m_summary->setText(tr("Checks SSH, docker and nginx as a deployment would; changes nothing."));
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_task.cancel(); });
    connect(m_page, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        const int index = link.path().toInt();
        if (link.scheme() != "copy"_L1 || index >= m_checks.size())
            return;
        copyText(checkSnippet(factsOf(m_checks[index])));
        m_summary->setText(tr("Copied."));
    });
    connect(&context.theme(), &Theme::changed, this, &DoctorPane::refresh);
}

void DoctorPane::examine(const Target& target, const QString& tag)
{
    m_task.cancel();
    const int round = ++m_round;
    m_checks.clear();
    m_error.reset();
    m_busy = true;
    m_progress->show();
    m_cancel->show();
    m_summary->setText(tr("Checking %1 …").arg(target.name));
    refresh();
    DoctorOptions options;
    options.tag = tag;
    // Called on the worker's thread: each check is handed to the window's by itself.
    const auto tell = [this, guard = QPointer<DoctorPane>(this), round, app = &m_context](
                          const Check& check) {
        QMetaObject::invokeMethod(
            app,
            [guard, round, check] {
                if (guard && guard->m_round == round)
                    guard->take(check);
            },
            Qt::QueuedConnection);
    };
    m_task = runInBackground(
        this,
        [target, options, tell, hosts = m_context.hosts(target)](std::stop_token stop) {
            return runDoctor(target, *hosts, options, stop, tell);
        },
        [this, round](Outcome<QList<Check>> outcome) {
            if (m_round == round)
                finish(outcome);
        });
}

void DoctorPane::take(const Check& check)
{
    m_checks.append(check);
    refresh();
}

void DoctorPane::finish(const Outcome<QList<Check>>& outcome)
{
    m_busy = false;
    m_progress->hide();
    m_cancel->hide();
    m_error = outcome.error;
    if (outcome.value)
        m_checks = *outcome.value;
    int warned = 0, refused = 0;
    for (const Check& check : std::as_const(m_checks)) {
        warned += check.state == Check::State::Warn;
        refused += check.state == Check::State::Refuse;
    }
    if (outcome.cancelled())
        m_summary->setText(tr("Stopped."));
    else if (m_error)
        m_summary->setText(tr("The checks could not be made."));
    else if (refused > 0)
        m_summary->setText(tr("%n check(s) would refuse a deployment.", nullptr, refused));
    else if (warned > 0)
        m_summary->setText(tr("Ready to deploy, with %n warning(s).", nullptr, warned));
    else
        m_summary->setText(tr("Ready to deploy."));
    refresh();
    Q_EMIT done();
}

QString DoctorPane::htmlOf(const Check& check, int index) const
{
    const Colors& colors = m_context.theme().colors();
    const QString state = idOf(check.state);
    const QJsonObject facts = factsOf(check);
    const QColor color = check.state == Check::State::Ok ? colors.newVersion
        : check.state == Check::State::Info              ? colors.muted
                                                         : colors.failure;
    QString html
        = u"<tr><td style='padding:3px 8px;color:%1'><b>%2</b></td><td style='padding:3px 8px'><b>%3</b></td><td style='padding:3px 0'>%4"_s
              .arg(color.name(), markOf(check.state), checkName(check.id).toHtmlEscaped(),
                  checkSentence(check.id, state, facts).toHtmlEscaped());
    if (check.state != Check::State::Ok) {
        if (const QString said = checkDetail(facts); !said.isEmpty())
            html += u"<br><span style='color:%1'>%2</span>"_s.arg(
                colors.muted.name(), said.toHtmlEscaped());
        const QString snippet = checkSnippet(facts);
        const QString remedy = checkRemedy(check.id, state, facts);
        if (!remedy.isEmpty() && (check.state != Check::State::Info || !snippet.isEmpty()))
            html += u"<br>→ "_s + remedy.toHtmlEscaped();
        if (!snippet.isEmpty())
            html += u"<pre>%1</pre><a href='copy:%2'>%3</a>"_s.arg(snippet.toHtmlEscaped())
                        .arg(index)
                        .arg(tr("Copy these lines"));
    }
    return html + u"</td></tr>"_s;
}

void DoctorPane::refresh()
{
    QString html = u"<table width='100%'>"_s;
    // What is wrong stands first; what could not be looked at, last.
    for (const auto state : {Check::State::Refuse, Check::State::Warn, Check::State::Info, Check::State::Ok})
        for (int i = 0; i < m_checks.size(); ++i)
            if (m_checks[i].state == state && !m_checks[i].facts.contains(u"skipped"_s))
                html += htmlOf(m_checks[i], i);
    html += u"</table>"_s;
    if (m_error)
        html.prepend(errorHtml(*m_error));
    m_page->setHtml(html);
}

QString DoctorPane::text() const
{
    return m_summary->text() + u'\n' + m_page->toPlainText();
}

} // namespace gapless
