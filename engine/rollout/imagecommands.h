// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/host.h"
#include "engine/source/layers.h"

namespace gapless {

/// The scripts that build, pull, load and name images on a host, and what their output means. They
/// need no lock: an image that no container uses changes nothing for users. Only `name` is fenced.
class ImageCommands {
public:
    explicit ImageCommands(const Target& target)
        : m_target(target)
    {
    }

    /// Reads the context on standard input; `idOfBuild` finds the image's id in its output.
    Command build(const QString& host, const QMap<QString, QString>& labels) const;
    /// Removes images that a failed build has left; what others use stays.
    Command removeImages(const QString& host, const QStringList& ids) const;
    Command pull(const QString& host, const QString& reference) const; ///< prints the image's id
    /// What the host's store has, for `storedFrom`; and how much of the transfer `key` is there.
    Command look(const QString& host, const QString& key) const;
    /// Loads a tar from standard input after `offset` bytes of it that are there; `keep`: what
    /// arrives is kept beside, so that the rest can follow after a lost connection.
    Command load(const QString& host, const QString& key, qint64 offset, bool keep) const;
    /// Prints the image as `docker image inspect` does, once a container can be made of it.
    Command verify(const QString& host, const QString& reference) const;
    /// Gives the image its tags, unless `reference` names another one by now (exit takenStatus), and
    /// takes the transfer's name away.
    Command name(const QString& host, const QString& id, const QString& reference,
        const QString& transferName) const;
    /// Removes whatever a transfer has left.
    Command forget(
        const QString& host, const QString& key, const QString& transferName) const;
    Command save(const QString& host, const QString& reference) const; ///< `docker save`, all of it

    static constexpr int takenStatus = 77;
    static constexpr int offsetStatus = 76; ///< load: not that much is there

    QByteArray docker(const QString& host, const QStringList& words) const;

private:
    Command command(const QString& host, const QByteArray& script, const QString& shown) const;
    const Target& m_target;
};

/// `sha256:…` in what Command `build` printed; empty where it made none.
QString idOfBuild(const QByteArray& out);

struct HostImages {
    StoredLayers layers;
    qint64 arrived = 0; ///< of the transfer that was asked for
};
/// What Command `look` printed. Error DockerUnusable.
HostImages storedFrom(const QByteArray& out);

/// Follows a build's output, docker's classic builder or BuildKit, line by line.
class BuildOutput {
public:
    void take(const QByteArray& line);
    int step = 0, of = 0;
    QString instruction; ///< the last that began: `RUN dotnet publish`
    /// Images that the classic builder made on its way, for the case that it fails.
    QStringList made;

private:
    bool m_fromCache = false;
    bool m_isBase = false;
};

} // namespace gapless
