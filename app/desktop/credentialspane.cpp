// SPDX-License-Identifier: MIT
#include "app/desktop/credentialspane.h"

#include "app/desktop/context.h"
#include "app/desktop/sheet.h"
#include "app/wording/wording.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString kindText(NeededSecret::Kind kind)
{
    switch (kind) {
    case NeededSecret::Kind::Password:
        return CredentialsPane::tr("Password");
    case NeededSecret::Kind::Passphrase:
        return CredentialsPane::tr("Passphrase, if the key has one");
    case NeededSecret::Kind::Sudo:
        return CredentialsPane::tr("sudo password");
    case NeededSecret::Kind::Variable:
        return CredentialsPane::tr("Secret variable");
    case NeededSecret::Kind::Token:
        return CredentialsPane::tr("Access token");
    }
    return {};
}

QString backendText(const QString& backend)
{
    if (backend == "kwallet"_L1)
        return u"KWallet"_s;
    if (backend == "gnomeKeyring"_L1)
        return u"GNOME Keyring"_s;
    if (backend == "secretService"_L1)
        return u"Secret Service"_s;
    return backend;
}

/// What the background looked up; `usable` is false where the keychain could not be asked.
struct Found {
    QList<int> where;
    bool usable = true;
};

} // namespace

CredentialsPane::CredentialsPane(DesktopContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_notice(textLabel({}, this))
    , m_table(new QTableWidget(0, 3, this))
    , m_set(new QPushButton(tr("S&et…"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    m_table->setHorizontalHeaderLabels({tr("Secret"), tr("Of"), tr("Where it is")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setAccessibleName(tr("Secrets of this target"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_set);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->addWidget(headingLabel(tr("Secrets"), this));
    column->addWidget(m_notice);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    connect(m_set, &QPushButton::clicked, this, &CredentialsPane::ask);
    connect(m_table, &QTableWidget::cellDoubleClicked, this, &CredentialsPane::ask);
    connect(m_remove, &QPushButton::clicked, this, [this] { remove(m_table->currentRow()); });
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &CredentialsPane::fill);
    m_notice->setText(tr("Secrets are kept in the desktop's keychain, never in a file."));
    fill();
}

void CredentialsPane::setTarget(const std::optional<Target>& target)
{
    const QList<NeededSecret> needed = target ? secretsOf(*target) : QList<NeededSecret>();
    if (needed == m_secrets)
        return;
    m_secrets = needed;
    m_where.fill(Where::Unknown, needed.size());
    m_looked = false;
    m_table->setRowCount(0);
    fill();
    if (isVisible())
        look();
}

void CredentialsPane::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (!m_looked)
        look();
}

void CredentialsPane::look()
{
    m_looked = true;
    const int round = ++m_round;
    runInBackground(
        this,
        [secrets = m_secrets, &context = m_context](std::stop_token stop) {
            Found found;
            for (const NeededSecret& secret : secrets) {
                Where where = Where::Nowhere;
                try {
                    if (found.usable && context.systemKeychain().read(secret.name, stop))
                        where = Where::Keychain;
                } catch (const Error&) {
                    found.usable = false;
                }
                try {
                    // Its own entries come first; asking it when the keychain is gone is safe.
                    if (where == Where::Nowhere && context.keychain().read(secret.name, stop))
                        where = Where::ThisRun;
                } catch (const Error&) {
                    found.usable = false;
                }
                found.where.append(int(where));
            }
            return found;
        },
        [this, round](const Outcome<Found>& outcome) {
            if (round != m_round || !outcome.value)
                return;
            for (int i = 0; i < m_where.size() && i < outcome.value->where.size(); ++i)
                m_where[i] = Where(outcome.value->where[i]);
            if (!outcome.value->usable)
                sayNoKeychain();
            else
                sayWhere(m_context.systemKeychain().backend());
            fill();
            Q_EMIT settled();
        });
}

void CredentialsPane::sayWhere(const QString& backend)
{
    m_notice->setText(
        tr("Secrets are kept in the desktop's keychain (%1), never in a file.").arg(backendText(backend)));
}

void CredentialsPane::sayNoKeychain()
{
    m_notice->setText(tr("This desktop has no keychain that can be used. What is set here is kept "
                         "for this run only and forgotten when Gapless is closed."));
}

void CredentialsPane::ask()
{
    const int row = m_table->currentRow();
    if (row < 0)
        return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(kindText(m_secrets[row].kind));
    dialog->setLabelText(tr("%1 of %2:", "kind of secret, its owner")
                             .arg(kindText(m_secrets[row].kind), m_secrets[row].of));
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, row](const QString& typed) {
        if (QByteArray bytes = typed.toUtf8(); !bytes.isEmpty() && row < m_secrets.size())
            keep(row, Secret::takenFrom(bytes));
    });
    dialog->open();
}

void CredentialsPane::keep(int row, Secret secret)
{
    const int round = ++m_round;
    auto shared = std::make_shared<Secret>(std::move(secret));
    runInBackground(
        this,
        [name = m_secrets[row].name, shared, &context = m_context](std::stop_token stop) {
            // For this run at once; the keychain may first have to be unlocked.
            context.keychain().write(name, *shared, stop);
            context.systemKeychain().write(name, *shared, stop);
            return true;
        },
        [this, row, round](const Outcome<bool>& outcome) {
            if (round != m_round || row >= m_where.size())
                return;
            m_where[row] = outcome.value ? Where::Keychain : Where::ThisRun;
            if (outcome.value)
                sayWhere(m_context.systemKeychain().backend());
            else
                sayNoKeychain();
            fill();
            Q_EMIT settled();
        });
}

void CredentialsPane::remove(int row)
{
    if (row < 0 || row >= m_secrets.size())
        return;
    const int round = ++m_round;
    runInBackground(
        this,
        [name = m_secrets[row].name, &context = m_context](std::stop_token stop) {
            context.keychain().remove(name, stop);
            context.systemKeychain().remove(name, stop);
            return true;
        },
        [this, row, round](const Outcome<bool>& outcome) {
            if (round != m_round || row >= m_where.size())
                return;
            m_where[row] = Where::Nowhere;
            if (!outcome.value)
                sayNoKeychain();
            fill();
            Q_EMIT settled();
        });
}

QString CredentialsPane::state(int row) const
{
    switch (m_where.value(row, Where::Unknown)) {
    case Where::Unknown:
        return tr("…");
    case Where::Nowhere:
        return tr("Not set: asked for when it is needed");
    case Where::Keychain:
        return tr("In the keychain");
    case Where::ThisRun:
        return tr("Known for this run only");
    }
    return {};
}

QString CredentialsPane::notice() const
{
    return m_notice->text();
}

void CredentialsPane::fill()
{
    const int current = m_table->currentRow();
    if (m_table->rowCount() != m_secrets.size()) {
        const QSignalBlocker quiet(m_table);
        m_table->setRowCount(int(m_secrets.size()));
    }
    for (int row = 0; row < m_secrets.size(); ++row) {
        const QStringList texts {kindText(m_secrets[row].kind), m_secrets[row].of, state(row)};
        for (int column = 0; column < texts.size(); ++column) {
            if (!m_table->item(row, column))
                m_table->setItem(row, column, new QTableWidgetItem);
            m_table->item(row, column)->setText(texts[column]);
            m_table->item(row, column)->setToolTip(
                column == 1 ? m_secrets[row].name : texts[column]);
        }
    }
    m_set->setEnabled(current >= 0);
    m_remove->setEnabled(current >= 0
        && (m_where.value(current) == Where::Keychain || m_where.value(current) == Where::ThisRun));
}

} // namespace gapless
