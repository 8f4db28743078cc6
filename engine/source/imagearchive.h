// SPDX-License-Identifier: MIT
#pragma once

#include "engine/source/bytesource.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTemporaryFile>
#include <memory>
#include <stop_token>

namespace gapless {

struct ImageLayer {
    QString diffId; ///< `sha256:…` of the layer's tar
    QString digest; ///< `sha256:…` of the blob as it lies in the archive
    QString file; ///< its name in the archive
    qint64 size = 0; ///< the blob's
    bool compressed = false;
    bool operator==(const ImageLayer&) const = default;
};

/// An image outside a docker daemon: what `docker save` wrote (either layout, compressed or not), or
/// an OCI layout as a tar or a folder. Opening it reads its headers and manifests; a layer is read
/// when it is asked for. Errors: FileUnreadable {file}; ArchiveUnusable {file, why}.
class ImageArchive {
public:
    /// `architecture`: docker's name of the one to take where an index has several; empty: the first.
    ImageArchive(const QString& path, const QString& architecture, std::stop_token stop);

    const QString& path() const { return m_path; }
    const QByteArray& config() const { return m_config; }
    /// `sha256:…` of the config: the image's id in an overlay2 store.
    QString id() const;
    const QList<ImageLayer>& layers() const { return m_layers; }
    QStringList diffIds() const;
    const QStringList& names() const { return m_names; } ///< as the archive has them
    /// The blob of a layer.
    std::unique_ptr<ByteSource> open(const ImageLayer& layer) const;

private:
    struct Place {
        qint64 header = 0; ///< of its entry in the tar
        qint64 size = 0;
        QString link; ///< a symlink's target, from the archive's root
    };
    void index(std::stop_token stop);
    void inflate(std::stop_token stop);
    void readDocker(const QByteArray& manifest);
    void readOci(const QByteArray& index, const QString& architecture);
    void readConfig(const QStringList& files, const QStringList& digests);
    QByteArray contentOf(const QString& name, qint64 most) const;
    std::unique_ptr<ByteSource> openFile(const QString& name) const;
    QString resolved(const QString& name) const;
    [[noreturn]] void unusable(const char* why, const QString& detail = {}) const;

    QString m_path;
    QString m_file; ///< the tar that is read: `m_path`, or what it was decompressed to
    bool m_isFolder = false;
    std::shared_ptr<QTemporaryFile> m_inflated;
    QHash<QString, Place> m_places;
    QByteArray m_config;
    QList<ImageLayer> m_layers;
    QStringList m_names;
};

} // namespace gapless
