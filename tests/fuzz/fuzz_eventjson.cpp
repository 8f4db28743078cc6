// SPDX-License-Identifier: MIT
#include "engine/journal/runstate.h"
#include "engine/model/eventjson.h"

#include <QJsonDocument>
#include <cstdlib>

using namespace gapless;

/// A stream of events, a line each: what is read is written so that it is read as the same again,
/// and the fold takes any order and any values.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray stream(reinterpret_cast<const char*>(data), qsizetype(size));
    RunState state;
    for (const QByteArray& line : stream.split('\n')) {
        const auto event = eventFromJson(QJsonDocument::fromJson(line).object());
        if (!event)
            continue;
        const QJsonObject written = toJson(*event);
        const auto again = eventFromJson(
            QJsonDocument::fromJson(QJsonDocument(written).toJson(QJsonDocument::Compact))
                .object());
        if (!again || toJson(*again) != written)
            std::abort();
        state = apply(std::move(state), *event);
    }
    toJson(state);
    return 0;
}
