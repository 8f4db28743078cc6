// SPDX-License-Identifier: MIT
// WebSocket frames: a frame lies within the bytes there are, and taking it makes progress.
#include "engine/signalr/failure.h"
#include "engine/signalr/websocketframing.h"

#include <cstdlib>

using namespace gapless::signalr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    QByteArrayView rest = bytes;
    try {
        while (true) {
            const qsizetype before = rest.size();
            const auto frame = takeFrame(rest);
            if (!frame)
                break;
            if (rest.size() >= before || frame->payload.size() > before)
                std::abort();
            if (frame->opcode == Opcode::Close)
                parseClose(frame->payload);
        }
    } catch (const ProtocolError&) {
    }
    QByteArray out;
    appendFrame(out, Opcode::Binary, bytes, 0);
    if (out.size() < bytes.size() + 6 || !out.endsWith(bytes.toByteArray()))
        std::abort();
    return 0;
}
