// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"
#include "engine/model/target.h"
#include "engine/remote/host.h"
#include "engine/signalr/failure.h"

#include <QMap>
#include <QUrl>
#include <chrono>
#include <optional>

namespace gapless::doctor {

/// What came back from one slot, asked as nginx asks it.
struct SlotTry {
    QUrl url; ///< as nginx would write it
    int status = 0; ///< 0: no answer
    QString error;
    QByteArray body; ///< its first bytes
    double ms = 0;
    std::optional<signalr::Failure> hub; ///< of the handshake; nothing: not tried
};

/// Lone clients of the hub, each with cookies of its own, one connection each.
struct AffinityTry {
    QUrl url;
    int attempts = 0, failed = 0;
    int notFound = 0; ///< of the failed: 404 after a negotiation that went well
    signalr::Failure lastFailure;
    bool throughTunnel = false; ///< the site's own URL could not be reached from here
};

/// One session tried on a slot that did not make it.
struct SessionTry {
    QString from, to;
    QByteArray before, after; ///< what the answers said
    QStringList cookies; ///< names of those that the first slot set
    QStringList setAgain; ///< of these, which the second slot set anew
    bool answered = false;
};

struct Tries {
    std::optional<Error> tunnelError; ///< no tunnel could be opened
    QMap<QString, SlotTry> slots;
    std::optional<AffinityTry> affinity; ///< nothing: there is no URL to try it through
    QList<SessionTry> sessions;
    bool sessionHasCookie = false;
};

/// Where users come in.
struct Entry {
    QUrl url;
    QByteArray hostHeader; ///< empty: the URL's
    bool throughTunnel = false;
};

/// What is to be tried.
struct Trial {
    QList<const Slot*> upSlots;
    bool affinity = false;
    QList<Entry> entries; ///< the first that answers is taken
    int attempts = 20;
    std::chrono::milliseconds limit = std::chrono::seconds(3);
};

/// Opens a tunnel to each up slot and asks health page, hub and session there and the hub through
/// `entries`, all at once and no longer than the limit. Throws Cancelled only. Needs a thread whose
/// event loop, if it has one, may run meanwhile.
Tries tryClients(const Target& target, Hosts& hosts, const Trial& trial, std::stop_token stop);

/// The Host header with which a slot is asked: the target's, else the witness URL's, else its
/// server.
QByteArray slotHostHeader(const Target& target, const Slot& slot);

} // namespace gapless::doctor
