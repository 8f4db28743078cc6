// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QJsonObject>
#include <QStringList>

namespace gapless {

/// A container as what it was created with: what a target would have to say to get such a one again.
struct SeenContainer {
    QString name;
    QString image; ///< `repository:tag` as it was created from; may name another image by now
    QString imageId; ///< empty: not known (a pasted command line)
    bool running = false;
    QStringList publish; ///< `-p` values
    QMap<QString, QString> env; ///< without what the image itself sets; may hold secrets
    QStringList envFiles;
    QList<Mount> mounts;
    QString network, restart;
    QStringList options; ///< further words for `docker create`
    QStringList command; ///< what follows the image's name
    int stopTimeoutSeconds = 0; ///< 0: not said
    QString healthPath; ///< of an HTTP health check of the image's or the container's; may be empty
    QString composeProject; ///< docker compose made it, and would make it again its own way
    QStringList lost; ///< what no option of `docker create` can give back
};

/// From docker's `inspect` of a container and of its image (may be empty).
SeenContainer seenFromInspect(const QJsonObject& container, const QJsonObject& image);

/// From a `docker run …` line as somebody keeps it in a script: line continuations are taken out, a
/// leading `sudo` passed over. Error FieldWrong {path: `docker run`, expected} where it is none.
SeenContainer seenFromRunLine(const QString& line);

/// Whether a variable is to be kept in the keychain rather than in a file: by its name, or because its
/// value is a URL with a password or a connection string with one.
bool looksSecret(const QString& variable, const QString& value);

} // namespace gapless
