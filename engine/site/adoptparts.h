// SPDX-License-Identifier: MIT
#pragma once

#include "engine/docker/image.h"
#include "engine/model/target.h"
#include "engine/site/seencontainer.h"

#include <QSet>

// Names, ports and tags as adopt.cpp puts them together. Private to this room.
namespace gapless::adoption {

/// The TCP port of a server as nginx writes it; 80 where none is written, 0 for a unix socket.
int portOf(const QString& server);
QString withPort(const QString& server, int port);
/// The host port of a `-p` value; 0 where docker chooses it.
int hostPortOf(const QString& publish);
/// `address:port` of the port that a container publishes first; what nginx could write for it.
QString serverOf(const SeenContainer& container);
/// The first port from `first` on that is neither taken nor below 1024.
int freePort(int first, const QSet<int>& taken);
/// The same values for a second container: each host port moved, by more where that one is taken.
QStringList shiftedPublish(const QStringList& publish, int shift, QSet<int>& taken);
/// `127.0.0.1:8080` of `http://127.0.0.1:8080/x`; empty for a variable, a name or another scheme.
QByteArray addressOfPass(const QByteArray& proxyPass);

/// `chat` and `A` of `chat_A`; the whole name and nothing where it has no such ending.
QString baseOf(const QString& container, QString* ending);

struct SlotNames {
    QString base;
    QStringList slots, containers; ///< one each for the names that were given
};
/// Names for slots and for the containers that are missing (empty in `containers`), after the manner of
/// those that are there.
SlotNames slotNames(const QStringList& containers, const QString& model);

/// The repository of a container's image, by the name it was created from or by the image's own tags.
QString repositoryOf(const SeenContainer& container, const QList<Image>& images);
/// `hash_` where a tag of the repository begins so; else empty: every tag is a release then.
QString tagPrefixIn(const QList<Image>& images, const QString& repository);
/// The release tag of the image that the container runs; empty: none. Never `latest`.
QString releaseTag(const QList<Image>& images, const ImageSpec& spec, const SeenContainer& container);
QString shortId(const QString& imageId); ///< 12 digits, without `sha256:`

} // namespace gapless::adoption
