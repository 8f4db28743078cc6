// SPDX-License-Identifier: MIT
// Whatever comes in: a ProtocolError or messages; and messages survive being written and read
// again.
#include "engine/signalr/failure.h"
#include "engine/signalr/messagepackprotocol.h"

#include <QByteArray>
#include <cstdlib>

using namespace gapless::signalr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const MessagePackProtocol protocol;
    std::vector<HubMessage> messages;
    try {
        protocol.parse(QByteArrayView(data, qsizetype(size)), messages);
    } catch (const ProtocolError&) {
        return 0;
    }
    QByteArray once;
    for (const HubMessage& message : messages)
        protocol.write(message, once);
    // Written, read and written again is the same bytes: NaN alone keeps values from comparing
    // equal.
    std::vector<HubMessage> again;
    QByteArray twice;
    protocol.parse(once, again);
    for (const HubMessage& message : again)
        protocol.write(message, twice);
    if (again.size() != messages.size() || once != twice)
        std::abort();
    return 0;
}
