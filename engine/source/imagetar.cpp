// SPDX-License-Identifier: MIT
#include "engine/source/imagetar.h"

#include "engine/model/error.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr qsizetype piece = 1 << 18;
constexpr qint64 tarBlock = 512;

QString digestOf(const QByteArray& bytes)
{
    return u"sha256:"_s
        + QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString blobName(const QString& digest)
{
    return u"blobs/"_s + QString(digest).replace(u':', u'/');
}

QByteArray compact(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QJsonObject descriptor(const QString& type, const QString& digest, qint64 size)
{
    return {{u"mediaType"_s, type}, {u"digest"_s, digest}, {u"size"_s, size}};
}

QByteArray ociManifest(const ImageArchive& archive)
{
    QJsonArray layers;
    for (const ImageLayer& layer : archive.layers())
        layers.append(descriptor(layer.compressed
                ? u"application/vnd.oci.image.layer.v1.tar+gzip"_s
                : u"application/vnd.oci.image.layer.v1.tar"_s,
            layer.digest, layer.size));
    return compact({{u"schemaVersion"_s, 2},
        {u"mediaType"_s, u"application/vnd.oci.image.manifest.v1+json"_s},
        {u"config"_s,
            descriptor(u"application/vnd.oci.image.config.v1+json"_s, archive.id(),
                archive.config().size())},
        {u"layers"_s, layers}});
}

QByteArray ociIndex(const QByteArray& manifest, const QString& name)
{
    QJsonObject entry = descriptor(u"application/vnd.oci.image.manifest.v1+json"_s,
        digestOf(manifest), manifest.size());
    // containerd takes the whole name from the first, docker the tag from the second.
    entry[u"annotations"_s] = QJsonObject {{u"io.containerd.image.name"_s,
                                               u"docker.io/library/"_s + name},
        {u"org.opencontainers.image.ref.name"_s, name.section(u':', -1)}};
    return compact({{u"schemaVersion"_s, 2}, {u"manifests"_s, QJsonArray {entry}}});
}

QByteArray dockerManifest(const ImageArchive& archive, const QString& name)
{
    QJsonArray layers;
    for (const ImageLayer& layer : archive.layers())
        layers.append(blobName(layer.digest));
    const QJsonObject image {{u"Config"_s, blobName(archive.id())},
        {u"RepoTags"_s, QJsonArray {name}}, {u"Layers"_s, layers}};
    return QJsonDocument(QJsonArray {image}).toJson(QJsonDocument::Compact);
}

} // namespace

ImageTar::ImageTar(
    const ImageArchive& archive, const QSet<QString>& there, const QString& name)
    : m_archive(archive)
{
    const QByteArray manifest = ociManifest(archive);
    QSet<QString> done = there;
    for (const ImageLayer& layer : archive.layers()) {
        if (done.contains(layer.digest))
            continue;
        done.insert(layer.digest);
        m_parts.append({blobName(layer.digest), {}, &layer});
    }
    add(blobName(archive.id()), archive.config());
    add(blobName(digestOf(manifest)), manifest);
    add(u"oci-layout"_s, R"({"imageLayoutVersion":"1.0.0"})");
    add(u"index.json"_s, ociIndex(manifest, name));
    add(u"manifest.json"_s, dockerManifest(archive, name));

    QCryptographicHash key(QCryptographicHash::Sha256);
    for (const Part& part : m_parts) {
        m_size += tarBlock + (part.size() + tarBlock - 1) / tarBlock * tarBlock;
        key.addData((part.name + u' ').toUtf8());
        key.addData(part.content);
    }
    m_size += 2 * tarBlock;
    m_key = QString::fromLatin1(key.result().toHex().left(32));
}

void ImageTar::add(const QString& name, const QByteArray& content)
{
    m_parts.append({name, content, nullptr});
}

void ImageTar::next()
{
    if (m_next == m_parts.size()) {
        m_writer.close();
        m_closed = true;
        return;
    }
    const Part& part = m_parts[m_next++];
    m_writer.begin({.path = part.name.toUtf8(), .size = part.size()});
    if (part.layer) {
        m_source = m_archive.open(*part.layer);
        m_left = part.layer->size;
    } else {
        m_writer.write(part.content.constData(), part.content.size());
    }
}

qsizetype ImageTar::read(char* buffer, qsizetype size)
{
    qsizetype filled = 0;
    while (filled < size) {
        if (!m_writer.isEmpty()) {
            filled += m_writer.take(buffer + filled, size - filled);
        } else if (m_closed) {
            break;
        } else if (m_left > 0) {
            char bytes[piece];
            const qsizetype count
                = m_source->read(bytes, qsizetype(std::min<qint64>(m_left, piece)));
            if (count == 0)
                throw Error(ErrorKind::SourceChanged, {{u"file"_s, m_archive.path()}});
            m_writer.write(bytes, count);
            m_left -= count;
        } else {
            next();
        }
    }
    return filled;
}

void ImageTar::skip(qint64 bytes)
{
    QByteArray buffer(piece, Qt::Uninitialized);
    while (bytes > 0) {
        const qsizetype count = read(buffer.data(), qsizetype(std::min<qint64>(bytes, piece)));
        if (count == 0)
            return;
        bytes -= count;
    }
}

} // namespace gapless
