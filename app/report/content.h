// SPDX-License-Identifier: MIT
#pragma once

#include "app/report/document.h"
#include "app/report/record.h"

namespace gapless::report {

/// All that a report says of a run, in the language that is set (see Speaking).
Document contentOf(const RunRecord& record);

/// The run on one time axis: steps a lane for each slot, HTTP latency, hub connections with gaps.
/// No width where there is nothing to draw.
Drawing timelineOf(const RunRecord& record);

/// Its parts, a function a section.
Section summarySection(const RunRecord& record);
Section numbersSection(const RunRecord& record);
Section timelineSection(const RunRecord& record);
Section gapsSection(const RunRecord& record);
Section stepsSection(const RunRecord& record);
Section versionsSection(const RunRecord& record);
Section hostsSection(const RunRecord& record);
Section stopsSection(const RunRecord& record);
Section warningsSection(const RunRecord& record);
Section decisionsSection(const RunRecord& record);
Section evidenceSection(const RunRecord& record);
Section methodSection(const RunRecord& record);
Section limitsSection(const RunRecord& record);
Section proofSection(const RunRecord& record);

/// `2026-11-24 05:30:45.120 +08:00`: in the record's zone, with its offset; empty where invalid.
QString localTime(const RunRecord& record, const QDateTime& at);
/// `05:30:45.120`, where the date and the offset stand nearby.
QString shortTime(const RunRecord& record, const QDateTime& at);
QString utcTime(const QDateTime& at);

} // namespace gapless::report
