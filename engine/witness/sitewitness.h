// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/witness.h"

#include <QSslConfiguration>
#include <QStringList>
#include <memory>
#include <optional>

namespace gapless {

/// What a witness needs besides the target. All of it may stay as it is.
struct WitnessOptions {
    /// "Does the network of this machine to the gateway's host work?": true, false, or nothing
    /// where it could not be asked. Called on a thread of the witness's own, where it may block for
    /// some seconds; never called twice at once. Without one, every failure is taken for the
    /// site's.
    std::function<std::optional<bool>()> controlProbe;
    QString accessToken; ///< the hub's bearer token itself, already read from the keychain
    /// Samples go to a file in this folder (samplesFolder() of the data folder), named after the
    /// run whose events observe() saw before start(), else after the time: `witness-…`. Bounded,
    /// and so is the folder. Empty: they go to no file.
    QString samplesFolder;
    std::optional<QSslConfiguration> tls; ///< a private CA; else the system's roots
    std::chrono::milliseconds requestTimeout {5000};
    std::chrono::milliseconds summaryEvery {1000}; ///< a probeSummary at most this often
    std::chrono::milliseconds stallLimit {1000}; ///< own stalls above it make a verdict invalid
    std::chrono::milliseconds stallNoted {100}; ///< own stalls above it are counted and shown
};

/// The witness of a target. Throws Error(FieldMissing) where the target has none and
/// Error(FieldWrong) where its URL is not http(s).
std::unique_ptr<Witness> makeSiteWitness(const Target& target, WitnessOptions options = {});

/// The same without a target (`gaplessctl witness --url`): `slots` may be empty.
std::unique_ptr<Witness> makeSiteWitness(
    const WitnessSpec& spec, const QList<Slot>& slotList, WitnessOptions options = {});

} // namespace gapless
