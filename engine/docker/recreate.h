// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace gapless::docker {

/// How a container that is gone is made again.
struct Recreation {
    QStringList words; ///< `create …`
    /// For the standard input of `create`: the container's whole environment, so secrets too.
    /// Empty: `create` reads nothing.
    QByteArray envFile;
    QList<QStringList> afterwards; ///< `network connect …`: what one `create` cannot say
    QStringList missingSecrets; ///< variables, options and labels whose values neither the record nor `secrets` has
    QStringList
        lost; ///< fields of HostConfig or Config that no option of `docker create` can give back
};

/// Stands where a record leaves a value out; no program would be given it as an argument.
inline const QString notRecorded = QStringLiteral("<not recorded>");

/// Whether a variable's name says that its value is a secret (password, token, key, connection
/// string …).
bool soundsSecret(const QString& variable);

/// A container's inspect fit to be kept in a journal: without the values of the variables named in
/// `secrets`, and of those whose names sound secret (password, token, key, connection string …) or
/// that hold a password (`…;Password=…`, `redis://:…@host`) unless they are in `plain`, the names that
/// the target itself gives in `env`. Arguments, labels, the health check and the log driver's options
/// lose theirs by the same rules; a recreation from the record then names them in `missingSecrets`.
QJsonObject recordableInspect(
    const QJsonObject& inspect, const QStringList& secrets, const QStringList& plain);

/// The words that create again, under `name`, the container that docker's `inspect` (whole, or
/// recordableInspect of it) describes: from the very image it had, with the volumes it had.
/// `secrets` supplies what the record lacks. What the image itself (its inspect; may be empty) sets
/// is left out. podman's inspect differs too much: docker only. Error FieldWrong {path, expected}
/// for a variable whose value has a line break: only an argument could carry it.
Recreation recreate(const QJsonObject& inspect, const QJsonObject& imageInspect,
    const QString& name, const QMap<QString, QByteArray>& secrets = {});

} // namespace gapless::docker
