// SPDX-License-Identifier: MIT
#pragma once

#include "app/report/document.h"
#include "app/report/record.h"

namespace gapless::report {

/// All that a report says of a run, in the language that is set (see Speaking).
Document contentOf(const ReportRecord& record);

/// The run on one time axis: steps a lane for each slot, HTTP latency, hub connections with gaps.
/// No width where there is nothing to draw.
Drawing timelineOf(const ReportRecord& record);

/// Its parts, a function a section.
Section summarySection(const ReportRecord& record);
Section numbersSection(const ReportRecord& record);
Section timelineSection(const ReportRecord& record);
Section gapsSection(const ReportRecord& record);
Section stepsSection(const ReportRecord& record);
Section versionsSection(const ReportRecord& record);
Section hostsSection(const ReportRecord& record);
Section stopsSection(const ReportRecord& record);
Section warningsSection(const ReportRecord& record);
Section decisionsSection(const ReportRecord& record);
Section evidenceSection(const ReportRecord& record);
Section methodSection(const ReportRecord& record);
Section limitsSection(const ReportRecord& record);
Section proofSection(const ReportRecord& record);

/// `2026-11-24 05:30:45.120 +08:00`: in the record's zone, with its offset; empty where invalid.
QString localTime(const ReportRecord& record, const QDateTime& at);
/// `05:30:45.120`, where the date and the offset stand nearby.
QString shortTime(const ReportRecord& record, const QDateTime& at);
QString utcTime(const QDateTime& at);

} // namespace gapless::report
