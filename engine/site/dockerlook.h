// SPDX-License-Identifier: MIT
#pragma once

#include "engine/docker/container.h"
#include "engine/docker/image.h"
#include "engine/model/error.h"
#include "engine/model/target.h"
#include "engine/site/scriptreport.h"

namespace gapless {

/// What one slot host's docker said, before anything is made of it.
struct DockerLook {
    std::optional<Error> unusable; ///< DockerMissing or DockerUnusable: nothing below is known
    QList<Container> containers; ///< those with a slot's name, and those with labels of ours
    QMap<QString, QJsonObject> inspects; ///< the containers' by id, whole: secrets too
    QList<Image> images; ///< of the target's repository
};

/// Defines `dk`, the host's docker command without input; ends the script with `docker missing`
/// where there is none.
QByteArray dockerFunction(const HostSpec& host);

/// Looks at the containers of the host's slots, at all that carry Gapless's labels, and at the
/// images of the target's repository. Needs dockerFunction().
QByteArray dockerLookScript(const Target& target, const QString& hostName);
DockerLook dockerLookFrom(const ScriptReport& report, const HostSpec& host);

/// The release tag (`tagPrefix…`) of the container's image among these; the one it was created from
/// where the image has several. Empty: it has none.
QString releaseTagOf(const Target& target, const QList<Image>& images, const Container& container);

/// DockerUnusable from what a docker command wrote: `why` is permission, daemon or other.
Error dockerUnusable(const HostSpec& host, const QString& text);

} // namespace gapless
