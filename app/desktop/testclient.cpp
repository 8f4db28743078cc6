// SPDX-License-Identifier: MIT
#include "app/desktop/testclient.h"

#include "app/desktop/sheet.h"
#include "app/wording/text.h"
#include "engine/model/clock.h"
#include "engine/signalr/reconnectpolicy.h"
#include "engine/witness/identity.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

using State = signalr::HubConnection::State;

QString textOf(const signalr::Json& value)
{
    return QString::fromStdString(value.dump(-1, ' ', false, signalr::Json::error_handler_t::replace));
}

/// The official clients' delays, said as they are chosen.
class ToldPolicy final : public signalr::ReconnectPolicy {
public:
    using Told = std::function<void(int attempt, std::optional<std::chrono::milliseconds>)>;
    explicit ToldPolicy(Told told)
        : m_told(std::move(told))
    {
    }
    std::optional<std::chrono::milliseconds> nextDelay(
        const signalr::RetryContext& context) override
    {
        const auto delay = m_delays.nextDelay(context);
        m_told(context.previousRetries + 1, delay);
        return delay;
    }

private:
    signalr::DelayListPolicy m_delays;
    Told m_told;
};

} // namespace

TestClient::TestClient(Clock& clock, QWidget* parent)
    : QWidget(parent)
    , m_clock(clock)
{
    build();
    retranslate();
    connect(m_connect, &QPushButton::clicked, this, [this] {
        if (state() == State::Disconnected)
            connectHub();
        else
            disconnectHub();
    });
    connect(m_invoke, &QPushButton::clicked, this, &TestClient::invoke);
    connect(m_arguments, &QLineEdit::returnPressed, this, &TestClient::invoke);
    connect(m_clear, &QPushButton::clicked, this, [this] { m_log.clear(); });
    connect(m_copy, &QPushButton::clicked, this, [this] { copyText(m_log.text(), m_copy); });
    connect(m_arguments, &QLineEdit::textChanged, this, &TestClient::refresh);
    connect(m_method, &QLineEdit::textChanged, this, &TestClient::refresh);
    connect(m_url, &QLineEdit::textChanged, this, &TestClient::refresh);
    connect(&m_log, &QAbstractItemModel::rowsAboutToBeInserted, this, [this] {
        const QScrollBar* bar = m_lines->verticalScrollBar();
        if (bar->value() == bar->maximum()) // follows, unless somebody has scrolled up
            QMetaObject::invokeMethod(m_lines, &QListView::scrollToBottom, Qt::QueuedConnection);
    });
    refresh();
}

TestClient::~TestClient()
{
    if (m_hub)
        m_hub->disconnect(this);
}

State TestClient::state() const
{
    return m_hub ? m_hub->state() : State::Disconnected;
}

void TestClient::setTarget(const std::optional<Target>& target)
{
    if (state() != State::Disconnected || !target)
        return;
    m_slots = target->slots;
    if (!target->witness)
        return;
    m_url->setText(target->witness->url);
    if (target->witness->http)
        m_versionFrom = target->witness->http->versionFrom;
    if (const auto& hub = target->witness->hub) {
        m_path->setText(hub->hub);
        m_protocol->setCurrentIndex(m_protocol->findData(hub->protocol));
        m_skip->setChecked(hub->skipNegotiation);
        if (hub->echo) {
            m_listen->setText(hub->echo->expect);
            m_method->setText(hub->echo->invoke);
        }
    }
}

void TestClient::say(ClientLog::Kind kind, const QString& text)
{
    m_log.add(m_clock.now(), kind, text);
}

signalr::HubOptions TestClient::options()
{
    signalr::HubOptions options;
    QUrl url(m_url->text().trimmed());
    url.setPath(m_path->text().trimmed());
    options.http.url = url;
    options.http.skipNegotiation = m_skip->isChecked();
    if (const int transport = m_transport->currentData().toInt(); transport != 0)
        options.http.transports = signalr::TransportTypes(signalr::TransportType(transport));
    if (m_protocol->currentData().toString() == "messagepack"_L1)
        options.protocol = signalr::Encoding::MessagePack;
    options.reconnect = std::make_shared<ToldPolicy>(
        [guard = QPointer(this)](int attempt, std::optional<std::chrono::milliseconds> delay) {
            if (!guard)
                return;
            if (delay)
                guard->say(ClientLog::Kind::State,
                    tr("Reconnect attempt %1 in %2").arg(attempt).arg(durationText(*delay)));
            else
                guard->say(ClientLog::Kind::Failure, tr("No more attempts to reconnect"));
        });
    return options;
}

void TestClient::connectHub()
{
    if (m_hub) {
        m_hub->disconnect(this);
        m_hub->deleteLater();
    }
    m_identity.clear();
    m_hub = new signalr::HubConnection(options(), this);
    listen();
    connect(m_hub, &signalr::HubConnection::stateChanged, this, &TestClient::refresh);
    connect(m_hub, &signalr::HubConnection::reconnecting, this, [this](const signalr::Failure& why) {
        say(ClientLog::Kind::Failure, tr("Connection lost: %1").arg(why.text));
    });
    connect(m_hub, &signalr::HubConnection::reconnected, this, &TestClient::connected);
    connect(m_hub, &signalr::HubConnection::closed, this, [this](const signalr::Failure& why) {
        say(why.isError() ? ClientLog::Kind::Failure : ClientLog::Kind::State,
            why.isError() ? tr("Closed: %1").arg(why.text) : tr("Closed"));
        refresh();
    });
    connect(m_hub, &signalr::HubConnection::dropChanged, this, [this](const signalr::Drop& drop) {
        using std::chrono::duration_cast, std::chrono::milliseconds;
        if (drop.end == signalr::Drop::End::Reconnected)
            say(ClientLog::Kind::State,
                tr("Connected again after %1, at attempt %2")
                    .arg(durationText(duration_cast<milliseconds>(drop.gap())))
                    .arg(drop.attempts));
    });
    say(ClientLog::Kind::State, tr("Connecting to %1").arg(options().http.url.toDisplayString()));
    m_hub->start([this, hub = m_hub](const signalr::Failure& failure) {
        if (hub != m_hub)
            return;
        if (failure.kind != signalr::FailureKind::None)
            say(ClientLog::Kind::Failure, tr("Not connected: %1").arg(failure.text));
        else
            connected();
        refresh();
    });
    refresh();
}

void TestClient::listen()
{
    for (const QString& word : m_listen->text().split(u',', Qt::SkipEmptyParts)) {
        const QString name = word.trimmed();
        m_hub->on(name, [this, name](const signalr::Json& arguments) {
            say(ClientLog::Kind::Received, name + u' ' + textOf(arguments));
        });
    }
}

void TestClient::connected()
{
    const signalr::Headers headers = m_hub->answerHeaders();
    const Identifier identifier(m_versionFrom, m_slots);
    const Identity identity = identifier.identify(
        [&headers](const QByteArray& name) {
            return signalr::headerNamed(headers, name).value_or(QByteArray());
        },
        {});
    m_identity.clear();
    if (!identity.slot.isEmpty())
        m_identity = tr("slot %1").arg(printableLine(identity.slot));
    if (!identity.version.isEmpty())
        m_identity += (m_identity.isEmpty() ? QString() : u" · "_s) + printableLine(identity.version);
    say(ClientLog::Kind::State, stateText());
    refresh();
}

void TestClient::disconnectHub()
{
    if (m_hub)
        m_hub->stop();
    refresh();
}

void TestClient::invoke()
{
    const QByteArray typed = m_arguments->text().trimmed().toUtf8();
    signalr::Json arguments = signalr::Json::parse(
        typed.isEmpty() ? std::string("[]") : typed.toStdString(), nullptr, false);
    if (arguments.is_discarded() || !arguments.is_array() || state() != State::Connected)
        return;
    const QString method = m_method->text().trimmed();
    say(ClientLog::Kind::Sent, method + u' ' + textOf(arguments));
    m_hub->invoke(method, std::move(arguments),
        [guard = QPointer(this), method](const signalr::InvocationResult& result) {
            if (!guard)
                return;
            if (result.ok())
                guard->say(ClientLog::Kind::Answer, method + u' ' + textOf(result.value));
            else
                guard->say(ClientLog::Kind::Failure, method + u": "_s + result.failure.text);
        });
}

QString TestClient::stateText() const
{
    QStringList parts;
    switch (state()) {
    case State::Disconnected:
        return tr("Disconnected");
    case State::Connecting:
        return tr("Connecting …");
    case State::Disconnecting:
        return tr("Disconnecting …");
    case State::Reconnecting:
        return tr("Reconnecting …");
    case State::Connected:
        parts << tr("Connected") << m_hub->transport();
        break;
    }
    if (!m_hub->connectionId().isEmpty())
        parts << tr("id %1").arg(printableLine(m_hub->connectionId(), 40));
    if (!m_identity.isEmpty())
        parts << m_identity;
    return parts.join(u" · "_s);
}

void TestClient::refresh()
{
    const bool idle = state() == State::Disconnected;
    m_state->setText(stateText());
    m_connect->setText(idle ? tr("&Connect") : tr("Dis&connect"));
    m_connect->setEnabled(!idle || QUrl(m_url->text().trimmed()).isValid());
    for (QWidget* input : std::initializer_list<QWidget*> {
             m_url, m_path, m_listen, m_protocol, m_transport, m_skip})
        input->setEnabled(idle);
    const QByteArray typed = m_arguments->text().trimmed().toUtf8();
    const bool list = typed.isEmpty()
        || signalr::Json::parse(typed.toStdString(), nullptr, false).is_array();
    m_invoke->setEnabled(
        state() == State::Connected && list && !m_method->text().trimmed().isEmpty());
    m_arguments->setToolTip(list ? QString() : tr("Expected: a JSON list"));
    m_argumentsTitle->setText(list ? tr("Ar&guments") : tr("Ar&guments ✗ not a JSON list"));
}

} // namespace gapless
