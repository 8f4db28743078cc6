// SPDX-License-Identifier: MIT
#include "engine/signalr/handshake.h"

#include "engine/signalr/failure.h"
#include "engine/signalr/jsonprotocol.h"
#include "engine/signalr/textframing.h"

namespace gapless::signalr {

QByteArray handshakeRequest(const QByteArray& protocol, int version)
{
    return R"({"protocol":")" + protocol + R"(","version":)" + QByteArray::number(version) + '}'
        + recordSeparator;
}

HandshakeResponse parseHandshakeResponse(QByteArrayView payload)
{
    const qsizetype end = payload.indexOf(recordSeparator);
    if (end < 0)
        throw ProtocolError("Message is incomplete.");
    const Json json = parseJson(payload.first(end));
    if (!json.is_object() || json.contains("type"))
        throw ProtocolError("Expected a handshake response from the server.");
    HandshakeResponse response {std::nullopt, payload.sliced(end + 1)};
    if (const auto error = json.find("error"); error != json.end() && !error->is_null())
        response.error = QString::fromStdString(
            error->is_string() ? error->get<std::string>() : dumpJson(*error));
    return response;
}

} // namespace gapless::signalr
