// SPDX-License-Identifier: MIT
#pragma once

#include "engine/source/imagearchive.h"
#include "engine/source/tarwriter.h"

#include <QSet>

namespace gapless {

/// An image as one tar for `docker load` and for containerd, without the blobs that are there
/// already: it has docker's manifest.json and an OCI layout, and is the same bytes each time it is
/// made from the same archive and the same `there`.
class ImageTar final : public ByteSource {
public:
    /// `name`: what the image is called when it is loaded, `repository:tag`. The archive must
    /// outlive it.
    ImageTar(const ImageArchive& archive, const QSet<QString>& there, const QString& name);

    qsizetype read(char* buffer, qsizetype size) override;
    /// All that will be read.
    qint64 size() const { return m_size; }
    /// Reads that many bytes for nobody: what an earlier try has brought there.
    void skip(qint64 bytes);
    /// Of the content: the same for the same bytes.
    QString key() const { return m_key; }

private:
    struct Part {
        QString name;
        QByteArray content;
        const ImageLayer* layer = nullptr; ///< in place of `content`
        qint64 size() const { return layer ? layer->size : content.size(); }
    };
    void add(const QString& name, const QByteArray& content);
    void next();

    const ImageArchive& m_archive;
    QList<Part> m_parts;
    TarWriter m_writer;
    qsizetype m_next = 0;
    std::unique_ptr<ByteSource> m_source;
    qint64 m_left = 0;
    bool m_closed = false;
    qint64 m_size = 0;
    QString m_key;
};

} // namespace gapless
