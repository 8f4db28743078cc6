// SPDX-License-Identifier: MIT
#include "engine/model/error.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

Error Error::on(const QString& hostName) const
{
    Error copy = *this;
    if (copy.host.isEmpty())
        copy.host = hostName;
    return copy;
}

const char* Error::what() const noexcept
{
    try {
        m_what = QJsonDocument(toJson(*this)).toJson(QJsonDocument::Compact);
        return m_what.constData();
    } catch (...) {
        return "gapless::Error";
    }
}

QJsonObject toJson(const Error& error)
{
    QJsonObject json { { u"kind"_s, idOf(error.kind) } };
    if (!error.host.isEmpty())
        json[u"host"_s] = error.host;
    if (!error.step.isEmpty())
        json[u"step"_s] = error.step;
    if (!error.facts.isEmpty())
        json[u"facts"_s] = error.facts;
    if (!error.detail.isEmpty())
        json[u"detail"_s] = error.detail;
    return json;
}

Error errorFromJson(const QJsonObject& json)
{
    Error error(fromId<ErrorKind>(json[u"kind"_s].toString()).value_or(ErrorKind::Internal),
        json[u"facts"_s].toObject(), json[u"detail"_s].toString());
    error.host = json[u"host"_s].toString();
    error.step = json[u"step"_s].toString();
    return error;
}

} // namespace gapless
