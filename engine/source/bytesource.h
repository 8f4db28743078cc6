// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace gapless {

/// Bytes that are asked for piece by piece, so that memory stays flat however many there are. One
/// thread. Errors: FileUnreadable, ArchiveUnusable.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills `buffer` with the next bytes and returns how many; 0: there are no more.
    virtual qsizetype read(char* buffer, qsizetype size) = 0;
};

} // namespace gapless
