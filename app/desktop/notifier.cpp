// SPDX-License-Identifier: MIT
#include "app/desktop/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const auto service = u"org.freedesktop.Notifications"_s;
const auto path = u"/org/freedesktop/Notifications"_s;

} // namespace

Notifier::Notifier(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service, path, service, u"ActionInvoked"_s, this,
        SLOT(actionInvoked(quint32, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(closed(quint32)));
}

void Notifier::say(
    const QString& title, const QString& text, bool urgent, std::function<void()> clicked)
{
    ++m_said;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
    const QVariantMap hints {{u"urgency"_s, QVariant::fromValue(uchar(urgent ? 2 : 1))},
        {u"desktop-entry"_s, u"io.github.gapless.Gapless"_s}};
    // The body is markup in the protocol; what hosts and people wrote is not.
    call << u"Gapless"_s << quint32(0) << u"gapless"_s << title << text.toHtmlEscaped()
         << QStringList {u"default"_s, title} << hints << (urgent ? 0 : -1);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, 3000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
        [this, watcher, clicked = std::move(clicked)] {
            watcher->deleteLater();
            const QDBusPendingReply<quint32> reply = *watcher;
            if (!reply.isError() && clicked)
                m_clicked[reply.value()] = clicked;
        });
}

void Notifier::actionInvoked(quint32 id, const QString& action)
{
    if (const auto found = m_clicked.find(id);
        found != m_clicked.end() && action == "default"_L1) {
        const auto clicked = found->second;
        clicked();
    }
}

void Notifier::closed(quint32 id)
{
    m_clicked.erase(id);
}

} // namespace gapless
