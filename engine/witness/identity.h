// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QByteArrayView>
#include <functional>

namespace gapless {

/// Which slot and which version gave an answer; what is not known is empty.
struct Identity {
    QString slot, version;
    QString text() const { return slot + u'|' + version; }
    bool operator==(const Identity&) const = default;
};

/// Finds both in an answer's headers and body. The slot: a header X-Slot, X-Gapless-Slot,
/// X-Upstream, X-Upstream-Addr, X-Served-By, X-Backend-Server or the one `versionFrom` names, whose
/// value is a slot's name, container or `server` (`add_header X-Upstream $upstream_addr always;` in
/// nginx does it for any site). The version: the header that `versionFrom` names, or with
/// `json:field.inner` that field of the body.
class Identifier {
public:
    using Header = std::function<QByteArray(const QByteArray& name)>;

    Identifier(const QString& versionFrom, const QList<Slot>& slotList);
    Identity identify(const Header& header, const QByteArray& body) const;
    /// The slot that a text names, in any of its names.
    QString slotNamed(const QString& text) const;

private:
    QByteArray m_header;
    QStringList m_field;
    QMap<QString, QString> m_slotOf; ///< name, container, server -> name
};

} // namespace gapless
