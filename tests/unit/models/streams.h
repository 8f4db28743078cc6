// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/eventjson.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

namespace gapless {

/// The golden streams, as data for whatever shows a run.
inline QStringList goldenStreams()
{
    return QDir(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/golden/streams"))
        .entryList({QStringLiteral("*.jsonl")});
}

inline QList<Event> goldenStream(const QString& name)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/golden/streams/") + name);
    QList<Event> events;
    if (file.open(QIODevice::ReadOnly))
        while (!file.atEnd())
            if (auto event = eventFromJson(QJsonDocument::fromJson(file.readLine()).object()))
                events.append(*event);
    return events;
}

} // namespace gapless
