// SPDX-License-Identifier: MIT
#pragma once

#include "engine/site/survey.h"

#include <QJsonObject>

namespace gapless {

/// What somebody who adopts a site may say beforehand; all of it may be left out.
struct AdoptionOptions {
    QString name; ///< the target's; empty: the containers' common name
    QString environment;
    QString upstream; ///< only this one
    QString hub; ///< the path of the site's SignalR hub
    QString dockerRun; ///< a `docker run` line: what the containers are to be created with
};

/// Something about an adopted site that a person should know before the first deployment. Identifiers
/// and numbers only: app/wording makes the sentences. The ids and their facts:
///
/// | id | facts |
/// |---|---|
/// | `slotEmpty` | no container is there for this server line: `server`, `container` (proposed) |
/// | `slotDown` | its server line is down, as an aborted pipeline leaves it: `server`, `running` |
/// | `slotStopped` | the container does not run: `container`, `status` |
/// | `releaseKnown` | the image it runs has this release tag: `image`, `tag` |
/// | `releaseUnknown` | no release tag names the image it runs: `image`, `snippet` |
/// | `releasesDiffer` | the slots run different images: `images` |
/// | `converts` | one container is to become two slots: `container`, `port`, `newPort`, `server` |
/// | `noUpstream` | nginx passes to the port itself: `address`, `file`, `line`, `snippet` |
/// | `secrets` | to be entered once, kept in the keychain: `names` |
/// | `secretsDiffer` | their values differ between the slots: `names` |
/// | `mountsDiffer`, `optionsDiffer` | between the slots; the first one's were taken: `slots` |
/// | `compose` | docker compose made it and would make it again: `container`, `project` |
/// | `noRestart` | it would not come back after a restart of the host: `container` |
/// | `lost` | what docker has no option for: `container`, `what` |
/// | `fileHidden` | nginx runs in a container and its file is in no mount: `container`, `file` |
struct AdoptionNote {
    QString id;
    QString slot; ///< empty: not about one slot
    QJsonObject facts;
    bool operator==(const AdoptionNote&) const = default;
};

/// A target that describes what is there, so that a deployment changes the release and nothing else.
struct Adoption {
    Target target;
    QList<AdoptionNote> notes;
    /// Secrets as they are in the running containers, to be put into the keychain if a person says so.
    /// Never shown, never written to a file.
    QMap<QString, QString> secrets;
};

/// One proposal for each upstream with a container of its own, the fullest first; then one for each
/// port that nginx passes to without an upstream. Throws Error FieldWrong for a bad `dockerRun`.
QList<Adoption> proposeTargets(const HostSurvey& survey, const AdoptionOptions& options = {});

} // namespace gapless
