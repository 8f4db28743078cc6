// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

/// Docker command lines as words, without the program: the caller puts the words of the host's
/// `docker` before them and quotes each. No word ever holds a secret. They are those of docker
/// 20.10 to 29; podman takes them too unless said otherwise.
namespace gapless::docker {

struct CreateOptions {
    QString image; ///< `repository:tag` or an id
    QString name;
    QMap<QString, QString> labels;
    /// An `--env-file /dev/stdin` is read for the secrets (secretEnvFile); set where the target has
    /// `secretEnv`.
    bool secretsOnStdin = false;
};

/// `create …` for a slot's container. Never pulls; mounts with --mount, which refuses a missing
/// source where -v would make a folder of it. A mount whose source is no absolute path names a
/// volume. The slot's `env` goes over the container's. Errors: FieldWrong {path, expected} naming
/// what cannot be given to docker (checkOptions; an image or name that reads as an option; a line
/// break in a mount); FieldRepeated {path, other} for a variable that is both in `env` and in
/// `secretEnv`.
QStringList create(const ContainerSpec& spec, const Slot& slot, const CreateOptions& options);

/// Error FieldWrong {path: `container.options[i]`, expected} for a word of `container.options` that
/// sets what Gapless itself decides (--name, -p/--publish, -d/--detach, --rm, --restart, --pull,
/// and podman's --replace) in any spelling, also among joined short options (`-itd`), or that
/// docker would take for the image's name.
void checkOptions(const QStringList& options);

/// What goes to standard input for `--env-file /dev/stdin`: a line a variable. Error FieldWrong
/// {path, expected} for a value that such a file cannot hold: line breaks, NUL, no UTF-8, above 60
/// 000 bytes. The path names the variable; the value is in no error.
QByteArray secretEnvFile(const QMap<QString, QByteArray>& secrets);

/// `type=bind,source=…,target=…[,readonly]`, quoted as CSV where it must be.
QString mountValue(const Mount& mount);

QStringList inspectContainers(const QStringList& idsOrNames); ///< -> containersFromInspect
QStringList inspectImages(const QStringList& references); ///< -> imagesFromInspect
/// Prints the id of each image that has a tag in `repository`, one a line.
QStringList imageIds(const QString& repository);
QStringList psAll(); ///< -> containersFromPs
/// Which containers, running or not, were to publish that host port. Not podman.
QStringList psPublishing(int hostPort);
QStringList psWithLabel(const QString& label); ///< `gapless.run` or `gapless.run=…`
QStringList info(); ///< -> daemonFromInfo
QStringList version();

/// Prints where the host listens for that port (`8080/tcp`) of a running container, one a line.
QStringList port(const QString& id, const QString& containerPort);
QStringList start(const QString& id);
/// SIGTERM (or the image's own signal), SIGKILL after the grace.
QStringList stop(const QString& id, int graceSeconds);
QStringList kill(const QString& id, const QString& signal = QStringLiteral("KILL"));
QStringList wait(const QString& id); ///< prints the exit status once it has ended
/// Without a restart policy a stopped container stays stopped when the daemon starts. podman:
/// from 5.1.
QStringList updateRestart(const QString& id, const QString& policy);
QStringList rename(const QString& id, const QString& name);
QStringList remove(const QString& id, bool force = false);
QStringList logs(const QString& id, int lines);
QStringList tag(const QString& image, const QString& reference);
QStringList removeImage(const QString& reference); ///< never forced: an image in use stays
QStringList pruneDangling();
QStringList load(); ///< reads a tar from standard input -> namesFromLoad
QStringList save(const QStringList& references); ///< writes a tar to standard output
/// Builds what standard input (a tar) or a folder of the host holds.
QStringList build(const BuildSpec& spec, const QStringList& tags, const QString& context,
    const QMap<QString, QString>& labels = {});

} // namespace gapless::docker
