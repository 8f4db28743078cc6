// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"
#include "engine/site/observed.h"

#include <QUrl>

namespace gapless {

/// A way from this machine to a slot that nginx sends nobody to; open as long as it lives.
struct Preview {
    QString slot;
    QUrl url; ///< on loopback
    std::unique_ptr<Tunnel> tunnel;
};

/// To the slot that holds the version which waits: it runs, and its server line is `down`. For the
/// window's "Preview" and `gaplessctl preview`. Errors: those of observeSite; SlotNotReady where no
/// slot is like that.
Preview openPreview(const Target& target, Hosts& hosts, std::stop_token stop);

} // namespace gapless
