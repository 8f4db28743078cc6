// SPDX-License-Identifier: MIT
#pragma once

#include "app/report/document.h"
#include "app/report/record.h"

namespace gapless::report {

/// Both carry the record's head and stream, marked so that readBack() finds them.
QByteArray htmlOf(const Document& document, const ReportRecord& record);
QByteArray markdownOf(const Document& document, const ReportRecord& record);
QByteArray jsonOf(const ReportRecord& record);
/// The fonts come from the system; Chinese is drawn with `Noto Sans CJK TC` where that is
/// installed. The stream and the head are attached files. Needs a QGuiApplication.
QByteArray pdfOf(const Document& document, const ReportRecord& record);

/// What a report carries.
struct Carried {
    QString format; ///< html, md, json, pdf
    QJsonObject head;
    QByteArray stream;
};
/// Nothing where these bytes are no report of ours.
std::optional<Carried> readBack(const QByteArray& report);
std::optional<Carried> readBackPdf(const QByteArray& report);

} // namespace gapless::report
