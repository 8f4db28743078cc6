// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace gapless {

/// Where a release comes from.
struct SourceSpec {
    enum class Kind {
        OnHosts, ///< the image is there already
        Git, ///< built on a host from a commit
        Context, ///< built on a host from a folder
        Archive, ///< what `docker save` wrote, or an OCI layout (a tar or a folder)
        Local, ///< an image of this machine's docker
        Registry ///< pulled by the hosts
    };
    Kind kind = Kind::OnHosts;
    QString location; ///< repository, folder, file, image or reference
    QString revision; ///< Git: empty: the head of the default branch
    QString tag; ///< what the release is to be called; Git: from the commit, as the target says
    QString cache; ///< a folder of ours for copies of remote repositories
    bool operator==(const SourceSpec&) const = default;
};

} // namespace gapless
