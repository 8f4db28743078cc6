// SPDX-License-Identifier: MIT
// Negotiate answers, handshake answers and the head of an upgrade: what comes before any message.
#include "engine/signalr/failure.h"
#include "engine/signalr/handshake.h"
#include "engine/signalr/negotiate.h"
#include "engine/signalr/websocketupgrade.h"

using namespace gapless::signalr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    try {
        const NegotiateResponse response = parseNegotiate(bytes);
        connectUrl(response.url, response.connectionToken);
        negotiateUrl(response.url, response.statefulReconnect);
    } catch (const ProtocolError&) {
    }
    try {
        const HandshakeResponse response = parseHandshakeResponse(bytes);
        if (response.rest.size() >= bytes.size())
            std::abort();
    } catch (const ProtocolError&) {
    }
    try {
        if (const auto response = parseUpgradeResponse(bytes))
            checkUpgrade(*response, "dGhlIHNhbXBsZSBub25jZQ==");
    } catch (const ProtocolError&) {
    }
    return 0;
}
