// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/host.h"
#include "engine/source/sourcespec.h"

#include <memory>
#include <stop_token>

namespace gapless {

class Run;
struct Target;

/// Brings a release to the hosts that do not have it yet: the steps `build` and `send`. On the
/// rollout's thread.
class ReleaseProvider {
public:
    virtual ~ReleaseProvider() = default;
    /// The tag that the release gets. Reads the source; no host is spoken to. Errors: those of
    /// GitRepository, FieldMissing, Usage.
    virtual QString resolve(std::stop_token stop) = 0;
    /// After it every host of a slot has `run.to`. What fails leaves the hosts as they were. Errors:
    /// TagTaken, BuildFailed, DockerfileMissing, TransferFailed, PullFailed, DiskFull …
    virtual void provide(Run& run) = 0;
    /// The same, told to `hosts` that only write down what they are told.
    virtual void plan(Run& planning, Hosts& hosts) = 0;
};

/// For every kind of source but OnHosts, for which there is none. `target`, `source` and `hosts` must
/// outlive it.
std::unique_ptr<ReleaseProvider> makeReleaseProvider(
    const Target& target, const SourceSpec& source, Hosts& hosts);

} // namespace gapless
