// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/model/targetjson.h"

#include <cstdlib>

using namespace gapless;

/// Whatever the bytes are, the reader gives a target or an Error that says where; and what it
/// takes, it takes again to the same value after the writer wrote it.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QByteArray json(reinterpret_cast<const char*>(data), qsizetype(size));
    const QString file = QStringLiteral("fuzz.json");
    std::optional<Target> target;
    try {
        target = targetFromJson(json, file);
    } catch (const Error& error) {
        const bool places = error.facts.contains(QStringLiteral("path"))
            || error.facts.contains(QStringLiteral("line"));
        if (!places || error.kind == ErrorKind::Internal)
            std::abort();
        return 0;
    }
    const QByteArray written = targetToJson(*target);
    if (targetFromJson(written, file) != *target || targetToJson(*target) != written)
        std::abort();
    return 0;
}
