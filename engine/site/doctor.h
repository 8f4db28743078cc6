// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/model/target.h"
#include "engine/remote/host.h"

#include <QJsonObject>
#include <QList>
#include <functional>
#include <optional>
#include <stop_token>

namespace gapless {

/// What one check found at one place. Identifiers and numbers only: app/wording makes the sentence
/// and the remedy of `id`, `state` and `facts` (doctorchecks.h lists them).
struct Check {
    Q_GADGET
public:
    /// Refuse: a deployment would be refused. Warn: it goes ahead, unless it is strict.
    enum class State { Ok, Info, Warn, Refuse };
    Q_ENUM(State)

    QString id;
    State state = State::Ok;
    QString host; ///< its name in the target; empty: the site as a whole
    QString slot; ///< empty: not about one slot
    QJsonObject facts;
    bool operator==(const Check&) const = default;
};

struct DoctorOptions {
    /// The release that is about to be deployed: `hash_x` or `repository:hash_x`; empty: none yet.
    QString tag;
    /// Where users come in; empty: the target's witness URL, else the gateway's own listen address.
    QString witnessUrl;
    /// Really tries slots, affinity and session with fresh clients. Off: what can be read is read.
    bool deep = true;
};

/// Examines a site and changes nothing: two scripts a host at most, then tries through tunnels, at
/// most 3 s of them. Tells `onCheck` (may be empty) of each as it is known, on the calling thread;
/// returns all, in the order of the table in doctorchecks.h. What cannot be known because something
/// before it failed is Info with the fact `skipped`. Throws Cancelled only; needs no event loop.
QList<Check> runDoctor(const Target& target, Hosts& hosts, const DoctorOptions& options,
    std::stop_token stop, const std::function<void(const Check&)>& onCheck = {});

/// What a deployment that these refuse is refused with: the one check's own Error where it has one,
/// else DoctorRefused {checks}. Nothing where none refuses.
std::optional<Error> refusalOf(const QList<Check>& checks);

/// The worst of them; Ok where there is none.
Check::State worstOf(const QList<Check>& checks);

/// `id`, `state`, `host` and `slot` (where they are not empty), `facts`.
QJsonObject toJson(const Check& check);

} // namespace gapless
