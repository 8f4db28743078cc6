// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/host.h"
#include "engine/site/nginxdump.h"

#include <QJsonObject>
#include <optional>
#include <stop_token>

namespace gapless {

/// An nginx of the host and its whole configuration.
struct SurveyedNginx {
    NginxDump dump;
    /// How it is spoken to: `nginx -t`, or through the docker of the host.
    QString testCommand, reloadCommand;
    QString container; ///< the name of the one it runs in; empty: on the host itself
    /// Path inside that container -> path on the host, for folders and files mounted from there.
    QMap<QString, QString> mounts;

    /// The path on the host of a file as nginx names it; empty where the host has none.
    QString hostPath(const QString& file) const;
};

/// All that a host shows of the sites on it, whoever built them.
struct HostSurvey {
    HostSpec host;
    QList<SurveyedNginx> nginxes; ///< the host's own first
    QString nginxTrouble; ///< what `nginx -T` said where its configuration could not be read
    QList<QJsonObject> containers; ///< docker's inspect of every one, running or not; may hold secrets
    QList<QJsonObject> images; ///< docker's inspect of every one that has a tag
    QList<int> listening; ///< TCP ports that are in use
};

/// Looks at a host with one script and changes nothing. `gateway` says how its nginx is tested and
/// reloaded (testCommand, reloadCommand; `-T` stands in for `-t`). Errors: those of Host; DockerMissing,
/// DockerUnusable; FieldWrong for commands that are no words.
HostSurvey surveyHost(
    const HostSpec& spec, const Gateway& gateway, Host& host, std::stop_token stop);

} // namespace gapless
