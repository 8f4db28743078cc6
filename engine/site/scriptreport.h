// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QList>
#include <QMultiMap>
#include <QString>

namespace gapless {

/// What a looking script says of a host: lines `key value`, the value as text or, from `say64`, as
/// base64. Lines of any other form (a login banner, a program's chatter) are passed over.
class ScriptReport {
public:
    /// The sh functions `say KEY TEXT`, `say64 KEY TEXT`, `say64in KEY <input`, and
    /// `told KEY COMMAND…`, which runs a command without input and says `KEY.rc` and `KEY.text`
    /// (both of its streams).
    static QByteArray functions();

    explicit ScriptReport(const QByteArray& out);

    bool has(const QByteArray& key) const { return m_values.contains(key); }
    /// The first value; empty where the key was not said.
    QByteArray value(const QByteArray& key) const;
    QByteArray bytes(const QByteArray& key) const; ///< the first value of a `say64`
    QString text(const QByteArray& key) const; ///< bytes(), as text
    qint64 number(const QByteArray& key, qint64 otherwise = 0) const;
    /// All values, in the order in which they were said.
    QList<QByteArray> values(const QByteArray& key) const;
    QList<QByteArray> lines(const QByteArray& key) const; ///< the lines of bytes()

private:
    QMultiMap<QByteArray, QByteArray> m_values;
};

} // namespace gapless
