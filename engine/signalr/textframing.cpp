// SPDX-License-Identifier: MIT
#include "engine/signalr/textframing.h"

#include "engine/signalr/failure.h"

#include <cstring>

namespace gapless::signalr {

std::vector<QByteArrayView> splitTextMessages(QByteArrayView payload)
{
    if (payload.isEmpty() || payload.back() != recordSeparator)
        throw ProtocolError("Message is incomplete.");
    std::vector<QByteArrayView> messages;
    const char* from = payload.data();
    const char* const end = from + payload.size();
    while (from != end) {
        const char* separator
            = static_cast<const char*>(std::memchr(from, recordSeparator, std::size_t(end - from)));
        messages.emplace_back(from, separator);
        from = separator + 1;
    }
    return messages;
}

} // namespace gapless::signalr
