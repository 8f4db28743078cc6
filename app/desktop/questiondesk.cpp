// SPDX-License-Identifier: MIT
#include "app/desktop/questiondesk.h"

#include "app/desktop/context.h"
#include "app/desktop/sheet.h"
#include "app/wording/text.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString promptOf(const SecretRequest& request)
{
    const QString login
        = u"%1@%2"_s.arg(printableLine(request.user), printableLine(request.address));
    switch (request.what) {
    case SecretRequest::What::Password:
        return SecretDialog::tr("Password of %1").arg(login);
    case SecretRequest::What::Passphrase:
        return SecretDialog::tr("Passphrase of the key %1").arg(printableLine(request.file));
    case SecretRequest::What::Sudo:
        return SecretDialog::tr("sudo password of %1").arg(login);
    case SecretRequest::What::Answer:
        return SecretDialog::tr("%1 asks: %2", "login, the server's own words")
            .arg(login, printableLine(request.prompt));
    }
    return {};
}

/// Closes the dialog once its question has been withdrawn.
template <typename Shared> void closeWhenOver(QTimer& watch, QDialog* dialog, Shared question)
{
    watch.setInterval(200);
    QObject::connect(&watch, &QTimer::timeout, dialog, [dialog, question] {
        if (question->isOver())
            dialog->reject();
    });
    watch.start();
}

} // namespace

SecretDialog::SecretDialog(DesktopContext& context, const SecretRequest& request,
    SecretQuestion question, QWidget* parent)
    : QDialog(parent)
    , m_context(context)
    , m_request(request)
    , m_question(std::move(question))
    , m_secret(new QLineEdit(this))
    , m_keep(new QCheckBox(tr("&Keep it in the desktop's keychain"), this))
{
    setWindowTitle(tr("Login"));
    const QString prompt = promptOf(request);
    auto* column = new QVBoxLayout(this);
    column->addWidget(headingLabel(prompt, this));
    if (request.attempt > 0)
        column->addWidget(textLabel(tr("✗ That was refused."), this));
    m_secret->setEchoMode(request.echo ? QLineEdit::Normal : QLineEdit::Password);
    m_secret->setAccessibleName(prompt);
    column->addWidget(m_secret);
    m_keep->setVisible(!request.name().isEmpty());
    column->addWidget(m_keep);
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("&Log in"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    setMinimumWidth(420);
    closeWhenOver(m_watch, this, m_question);
}

void SecretDialog::accept()
{
    QByteArray typed = m_secret->text().toUtf8();
    m_secret->clear();
    Secret secret = Secret::takenFrom(typed);
    if (m_keep->isChecked() && !m_request.name().isEmpty()) {
        // Whether it is right shows only afterwards; a wrong one is asked for again and replaced.
        auto kept = std::make_shared<Secret>(secret.copy());
        runInBackground(
            &m_context,
            [name = m_request.name(), kept, &keychain = m_context.systemKeychain()](
                std::stop_token stop) {
                keychain.write(name, *kept, stop);
                return true;
            },
            [](const Outcome<bool>&) {});
    }
    m_question->answer(std::move(secret));
    QDialog::accept();
}

void SecretDialog::done(int result)
{
    m_question->dismiss(); // does nothing where it was answered
    QDialog::done(result);
}

HostKeyDialog::HostKeyDialog(
    const UnknownHostKey& key, HostKeyQuestion question, QWidget* parent)
    : QDialog(parent)
    , m_question(std::move(question))
{
    setWindowTitle(tr("Unknown host key"));
    auto* column = new QVBoxLayout(this);
    column->addWidget(headingLabel(
        tr("The key of %1 is not known yet.").arg(printableLine(key.host)), this));
    column->addWidget(textLabel(tr("Compare the fingerprint with the one that the host's owner "
                                   "gave you. If they differ, somebody may be in between."),
        this));
    auto* facts = new QFormLayout;
    const auto row = [&](const QString& name, const QString& value, bool fixed) {
        QLabel* label = textLabel(printableLine(value), this);
        label->setAccessibleName(name);
        if (fixed)
            label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        facts->addRow(name, label);
    };
    row(tr("Address:"), tr("%1, port %2").arg(key.address).arg(key.port), false);
    row(tr("Fingerprint:"), key.fingerprint, true);
    row(tr("Kind of key:"), key.type, true);
    if (!key.file.isEmpty())
        row(tr("Will be written to:"), key.file, true);
    column->addLayout(facts);
    auto* buttons = new QDialogButtonBox(this);
    QPushButton* trust
        = buttons->addButton(tr("&Trust this key and connect"), QDialogButtonBox::AcceptRole);
    QPushButton* refuse = buttons->addButton(tr("&Do not connect"), QDialogButtonBox::RejectRole);
    trust->setAutoDefault(false);
    refuse->setDefault(true);
    connect(trust, &QPushButton::clicked, this, [this] {
        m_question->answer(true);
        accept();
    });
    connect(refuse, &QPushButton::clicked, this, &QDialog::reject);
    column->addWidget(buttons);
    refuse->setFocus();
    setMinimumWidth(560);
    closeWhenOver(m_watch, this, m_question);
}

void HostKeyDialog::done(int result)
{
    m_question->dismiss();
    QDialog::done(result);
}

QuestionDesk::QuestionDesk(DesktopContext& context, QWidget* window)
    : QObject(window)
    , m_context(context)
    , m_window(window)
{
    context.prompts().secret = [this](const SecretRequest& request, SecretQuestion question) {
        add([this, request, question]() -> QDialog* {
            return question->isOver()
                ? nullptr
                : new SecretDialog(m_context, request, question, m_window->window());
        });
    };
    context.prompts().hostKey = [this](const UnknownHostKey& key, HostKeyQuestion question) {
        add([this, key, question]() -> QDialog* {
            return question->isOver() ? nullptr
                                      : new HostKeyDialog(key, question, m_window->window());
        });
    };
}

QuestionDesk::~QuestionDesk()
{
    m_context.prompts() = {};
}

void QuestionDesk::add(std::function<QDialog*()> make)
{
    m_waiting.push_back(std::move(make));
    if (!m_current)
        next();
}

void QuestionDesk::next()
{
    while (!m_waiting.empty()) {
        const auto make = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (QDialog* dialog = make()) {
            m_current = dialog;
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setWindowModality(Qt::ApplicationModal); // also above a sheet
            connect(dialog, &QDialog::finished, this, [this] {
                m_current.clear();
                next();
            });
            dialog->open();
            return;
        }
    }
}

} // namespace gapless
