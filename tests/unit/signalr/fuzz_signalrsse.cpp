// SPDX-License-Identifier: MIT
// An event stream means the same however it is cut: the first byte says where.
#include "engine/signalr/failure.h"
#include "engine/signalr/ssereader.h"

#include <cstdlib>

using namespace gapless::signalr;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes(data + 1, qsizetype(size - 1));
    const qsizetype step = data[0] % 16 + 1;
    SseReader whole;
    SseReader cut;
    const QList<QByteArray> events = whole.take(bytes);
    QList<QByteArray> pieces;
    for (qsizetype at = 0; at < bytes.size(); at += step)
        pieces += cut.take(bytes.sliced(at, std::min(step, bytes.size() - at)));
    if (events != pieces)
        std::abort();
    return 0;
}
