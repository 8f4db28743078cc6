// SPDX-License-Identifier: MIT
#pragma once

#include "engine/rollout/rollout.h"

namespace gapless {

/// What the demo shows, one click each.
enum class Scenario { OldPipeline, Rolling, FirstSlotFails, SecondSlotFails, Rollback, NoAffinity };

/// The tags of the demo's images that the scenarios use.
struct DemoImages {
    QString v1, v2, unhealthy;
    bool isValid() const { return !v1.isEmpty() && !v2.isEmpty() && !unhealthy.isEmpty(); }
};
/// Of the demo's images.json; invalid where it is none.
DemoImages demoImages(const QByteArray& json);

/// The target is that of a demo stack: its containers carry the stack's label.
bool isDemo(const Target& target);
/// v2 where v1 serves, else v1.
QString otherRelease(const DemoImages& images, const QString& serving);

/// What is asked of the engine. `serving`: the tag that serves now.
RolloutRequest scenarioRequest(Scenario scenario, const Target& target, const DemoImages& images,
    const QString& serving, int paceSeconds);

/// What a line of the old pipeline's output (`  123 ms  A down`) says, as events of a run.
QList<EventBody> pipelineEvents(const QString& line, const QString& from, const QString& to);

} // namespace gapless
