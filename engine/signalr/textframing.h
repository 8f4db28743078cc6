// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <vector>

namespace gapless::signalr {

/// Ends each text message; a JSON string never holds it raw.
inline constexpr char recordSeparator = '\x1e';

/// The messages of one payload, each without its separator; views into `payload`.
/// Throws ProtocolError where the payload does not end in a separator.
std::vector<QByteArrayView> splitTextMessages(QByteArrayView payload);

} // namespace gapless::signalr
