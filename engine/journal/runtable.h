// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/journal.h"
#include "engine/journal/journalfile.h"

namespace gapless {

/// The events of a run after `state`, applied to it.
RunState foldRun(JournalFile& file, const QString& run, RunState state);

/// Visits the events of a run in order until `visit` says false. Those of a newer version's kinds
/// are passed over.
void visitEvents(JournalFile& file, const QString& run, qint64 afterSeq,
    const std::function<bool(const Event&)>& visit);

/// The run's line in the history, from the fold. A line that is there keeps its origin.
void writeSummary(JournalFile& file, const RunState& state, const QString& origin);

QList<RunSummary> readSummaries(JournalFile& file, const RunFilter& filter);
std::optional<RunSummary> readSummary(JournalFile& file, const QString& run);

/// Releases of a target in the order in which they came to serve, without those that were rolled
/// back from: the last one serves, the one before it is the previous release.
QStringList servedReleases(JournalFile& file, const QString& target);

} // namespace gapless
