// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace gapless {

/// An image as `docker image inspect` describes it.
struct Image {
    QString id; ///< `sha256:…`; the same image has another id in a containerd store
    QStringList tags; ///< `repository:tag`
    QStringList digests; ///< `repository@sha256:…`
    QDateTime created; ///< UTC
    qint64 size = 0; ///< bytes, all layers
    QStringList layers; ///< diffIDs, lowest first
    QMap<QString, QString> labels;
    QString architecture, os;
    QString user;
    QJsonObject config; ///< `Config` as docker has it: what a container gets that says nothing itself
    bool operator==(const Image&) const = default;

    /// The tags, without the repository, that this image has in `repository` (for podman, which
    /// writes `localhost/chat` for `chat`, there too).
    QStringList tagsIn(const QString& repository) const;
};

/// Reads docker's or podman's `image inspect`: each image once, however often it was asked for.
/// Error DockerUnusable.
QList<Image> imagesFromInspect(const QByteArray& out);
Image imageFromInspect(const QJsonObject& json);

/// The names in what `docker load` printed (`Loaded image: chat:hash_x`, `Loaded image ID:
/// sha256:…`).
QStringList namesFromLoad(const QByteArray& out);

} // namespace gapless
