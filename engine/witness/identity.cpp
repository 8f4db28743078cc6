// SPDX-License-Identifier: MIT
#include "engine/witness/identity.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

Identifier::Identifier(const QString& versionFrom, const QList<Slot>& slotList)
{
    if (versionFrom.startsWith(u"json:"))
        m_field = versionFrom.mid(5).split(u'.', Qt::SkipEmptyParts);
    else
        m_header = versionFrom.toLatin1();
    // A name stands before another slot's container that is called the same.
    for (const Slot& slot : slotList)
        for (const QString& name : {slot.server, slot.container})
            m_slotOf.insert(name, slot.name);
    for (const Slot& slot : slotList)
        m_slotOf.insert(slot.name, slot.name);
    m_slotOf.remove(QString());
}

QString Identifier::slotNamed(const QString& text) const
{
    // nginx lists each address it tried: "127.0.0.1:8090, 127.0.0.1:8091"; the last one answered.
    const QString last = text.section(u',', -1).section(u" : "_s, -1).trimmed();
    return m_slotOf.value(last);
}

Identity Identifier::identify(const Header& header, const QByteArray& body) const
{
    static const QList<QByteArray> slotHeaders {"x-slot", "x-gapless-slot", "x-upstream",
        "x-upstream-addr", "x-served-by", "x-backend-server"};
    Identity identity;
    for (const QByteArray& name : slotHeaders) {
        if (m_slotOf.isEmpty() || !identity.slot.isEmpty())
            break;
        identity.slot = slotNamed(QString::fromUtf8(header(name)));
    }
    if (!m_header.isEmpty()) {
        identity.version = QString::fromUtf8(header(m_header));
        if (identity.slot.isEmpty())
            identity.slot = slotNamed(identity.version);
    } else if (!m_field.isEmpty()) {
        QJsonValue value = QJsonDocument::fromJson(body).object();
        for (const QString& name : m_field)
            value = value[name];
        identity.version = value.isString() ? value.toString() : value.toVariant().toString();
    }
    return identity;
}

} // namespace gapless
