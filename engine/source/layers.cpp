// SPDX-License-Identifier: MIT
#include "engine/source/layers.h"

namespace gapless {

namespace {

qsizetype commonStart(const QList<ImageLayer>& ours, const QStringList& theirs)
{
    qsizetype same = 0;
    while (same < ours.size() && same < theirs.size() && ours[same].diffId == theirs[same])
        ++same;
    return same;
}

} // namespace

QSet<QString> layersThere(const QList<ImageLayer>& ours, const StoredLayers& theirs)
{
    QSet<QString> there;
    if (theirs.containerd) {
        QSet<QString> known = theirs.blobs;
        if (known.isEmpty())
            for (const QStringList& chain : theirs.chains)
                known.unite(QSet<QString>(chain.begin(), chain.end()));
        for (const ImageLayer& layer : ours)
            if (known.contains(layer.digest))
                there.insert(layer.digest);
        return there;
    }
    qsizetype same = 0;
    for (const QStringList& chain : theirs.chains)
        same = std::max(same, commonStart(ours, chain));
    for (qsizetype i = 0; i < same; ++i)
        there.insert(ours[i].digest);
    // One that comes again further up is asked for there.
    for (qsizetype i = same; i < ours.size(); ++i)
        there.remove(ours[i].digest);
    return there;
}

qint64 bytesToSend(const QList<ImageLayer>& layers, const QSet<QString>& there)
{
    qint64 bytes = 0;
    QSet<QString> counted = there;
    for (const ImageLayer& layer : layers) {
        if (counted.contains(layer.digest))
            continue;
        counted.insert(layer.digest);
        bytes += layer.size;
    }
    return bytes;
}

} // namespace gapless
