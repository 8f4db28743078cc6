// SPDX-License-Identifier: MIT
#pragma once

#include "engine/source/imagearchive.h"

#include <QSet>

namespace gapless {

/// What a host's image store has.
struct StoredLayers {
    bool containerd = false; ///< blobs in containerd's content store; else overlay2 and the like
    QList<QStringList> chains; ///< the diffIDs of each of its images, lowest first
    QSet<QString> blobs; ///< containerd's, where they could be listed
};

/// The digests of the blobs that need not be sent. A layer store finds a layer by all that lie under
/// it, so only what our image has in common with one of its images from the bottom up may be left
/// out; a content store finds each blob by its digest, wherever it lies. With a containerd store
/// whose blobs cannot be listed, those that its images' diffIDs name are taken to be there (an
/// image sent by us lies there uncompressed); loading tells.
QSet<QString> layersThere(const QList<ImageLayer>& ours, const StoredLayers& theirs);

/// How many bytes of blobs are left, each once.
qint64 bytesToSend(const QList<ImageLayer>& layers, const QSet<QString>& there);

} // namespace gapless
