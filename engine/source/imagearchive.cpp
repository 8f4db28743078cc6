// SPDX-License-Identifier: MIT
#include "engine/source/imagearchive.h"

#include "engine/model/error.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr size_t block = 1 << 18;
/// Manifests and configs; real ones are below 1 MiB.
constexpr qint64 mostOfJson = 16 << 20;

struct FreeReader {
    void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, FreeReader>;

Reader newReader()
{
    Reader reader(archive_read_new());
    if (!reader)
        throw std::bad_alloc();
    return reader;
}

/// One entry of a tar, or a file of a folder.
class EntryBytes final : public ByteSource {
public:
    EntryBytes(const QString& tar, qint64 header)
        : m_reader(newReader())
        , m_fd(::open(QFile::encodeName(tar).constData(), O_RDONLY | O_CLOEXEC))
        , m_path(tar)
    {
        archive_read_support_format_tar(m_reader.get());
        archive_entry* entry = nullptr;
        // A reader that starts at an entry's header finds that entry first.
        if (m_fd < 0 || ::lseek(m_fd, header, SEEK_SET) < 0
            || archive_read_open_fd(m_reader.get(), m_fd, block) != ARCHIVE_OK
            || archive_read_next_header(m_reader.get(), &entry) != ARCHIVE_OK)
            fail();
    }
    ~EntryBytes() override
    {
        m_reader.reset();
        if (m_fd >= 0)
            ::close(m_fd);
    }
    qsizetype read(char* buffer, qsizetype size) override
    {
        const la_ssize_t count = archive_read_data(m_reader.get(), buffer, size_t(size));
        if (count < 0)
            fail();
        return qsizetype(count);
    }

private:
    [[noreturn]] void fail() const
    {
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, m_path}});
    }
    Reader m_reader;
    int m_fd = -1;
    QString m_path;
};

class FileBytes final : public ByteSource {
public:
    explicit FileBytes(const QString& path)
        : m_file(path)
    {
        if (!m_file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}});
    }
    qsizetype read(char* buffer, qsizetype size) override
    {
        const qint64 count = m_file.read(buffer, size);
        if (count < 0)
            throw Error(ErrorKind::FileUnreadable, {{u"file"_s, m_file.fileName()}});
        return qsizetype(count);
    }

private:
    QFile m_file;
};

QString digestOf(const QByteArray& bytes)
{
    return u"sha256:"_s
        + QString::fromLatin1(
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QString digestOf(ByteSource& source)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray buffer(qsizetype(block), Qt::Uninitialized);
    while (const qsizetype count = source.read(buffer.data(), buffer.size()))
        hash.addData(QByteArrayView(buffer).first(count));
    return u"sha256:"_s + QString::fromLatin1(hash.result().toHex());
}

QString blobName(const QString& digest)
{
    return u"blobs/"_s + QString(digest).replace(u':', u'/');
}

bool isCompressed(ByteSource& source)
{
    char start[4] {};
    const qsizetype count = source.read(start, sizeof start);
    const QByteArray magic(start, count);
    return magic.startsWith("\x1f\x8b") || magic.startsWith("\x28\xb5\x2f\xfd");
}

} // namespace

ImageArchive::ImageArchive(
    const QString& path, const QString& architecture, std::stop_token stop)
    : m_path(path)
    , m_file(path)
    , m_isFolder(QFileInfo(path).isDir())
{
    if (!QFileInfo(path).isReadable())
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}});
    if (!m_isFolder)
        index(stop);
    // Newer dockers write both; the one with the file names of what is really there is enough.
    if (const QByteArray manifest = contentOf(u"manifest.json"_s, mostOfJson); !manifest.isEmpty())
        readDocker(manifest);
    else if (const QByteArray found = contentOf(u"index.json"_s, mostOfJson); !found.isEmpty())
        readOci(found, architecture);
    else
        unusable("notAnImage");
}

void ImageArchive::unusable(const char* why, const QString& detail) const
{
    throw Error(ErrorKind::ArchiveUnusable,
        {{u"file"_s, m_path}, {u"why"_s, QString::fromLatin1(why)}}, detail);
}

QString ImageArchive::id() const
{
    return digestOf(m_config);
}

QStringList ImageArchive::diffIds() const
{
    QStringList ids;
    for (const ImageLayer& layer : m_layers)
        ids.append(layer.diffId);
    return ids;
}

/// A compressed archive is written out once: nothing can be found again in a compressed stream.
void ImageArchive::inflate(std::stop_token stop)
{
    const Reader reader = newReader();
    archive_read_support_filter_all(reader.get());
    archive_read_support_format_raw(reader.get());
    archive_entry* entry = nullptr;
    if (archive_read_open_filename(reader.get(), QFile::encodeName(m_path).constData(), block)
            != ARCHIVE_OK
        || archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
        unusable("unreadable");
    m_inflated = std::make_shared<QTemporaryFile>();
    if (!m_inflated->open())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, m_inflated->fileTemplate()}});
    QByteArray buffer(qsizetype(block), Qt::Uninitialized);
    for (;;) {
        const la_ssize_t count
            = archive_read_data(reader.get(), buffer.data(), size_t(buffer.size()));
        if (count == 0)
            break;
        if (stop.stop_requested())
            throw Cancelled {};
        if (count < 0)
            unusable("unreadable");
        if (m_inflated->write(buffer.constData(), count) != count)
            throw Error(ErrorKind::StoreUnusable, {{u"file"_s, m_inflated->fileName()}});
    }
    m_inflated->flush();
    m_file = m_inflated->fileName();
}

void ImageArchive::index(std::stop_token stop)
{
    {
        FileBytes start(m_path);
        if (isCompressed(start))
            inflate(stop);
    }
    const Reader reader = newReader();
    archive_read_support_format_tar(reader.get());
    if (archive_read_open_filename(reader.get(), QFile::encodeName(m_file).constData(), block)
        != ARCHIVE_OK)
        unusable("unreadable");
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK
        || status == ARCHIVE_WARN) {
        if (stop.stop_requested())
            throw Cancelled {};
        const QString name = QDir::cleanPath(QString::fromUtf8(archive_entry_pathname(entry)));
        Place place {archive_read_header_position(reader.get()), archive_entry_size(entry), {}};
        if (archive_entry_filetype(entry) == AE_IFLNK)
            place.link = QDir::cleanPath(QFileInfo(name).path() + u'/'
                + QString::fromUtf8(archive_entry_symlink(entry)));
        m_places[name] = place;
    }
    if (status != ARCHIVE_EOF)
        unusable("unreadable", QString::fromUtf8(archive_error_string(reader.get())));
}

/// `docker save` writes a layer that several images share once, and symlinks to it.
QString ImageArchive::resolved(const QString& name) const
{
    const auto place = m_places.constFind(QDir::cleanPath(name));
    return place == m_places.constEnd() || place->link.isEmpty() ? QDir::cleanPath(name)
                                                                 : place->link;
}

std::unique_ptr<ByteSource> ImageArchive::openFile(const QString& name) const
{
    if (m_isFolder)
        return std::make_unique<FileBytes>(m_path + u'/' + name);
    const auto place = m_places.constFind(resolved(name));
    if (place == m_places.constEnd())
        unusable("incomplete", name);
    return std::make_unique<EntryBytes>(m_file, place->header);
}

QByteArray ImageArchive::contentOf(const QString& name, qint64 most) const
{
    if (m_isFolder ? !QFileInfo::exists(m_path + u'/' + name) : !m_places.contains(resolved(name)))
        return {};
    const auto source = openFile(name);
    QByteArray content;
    QByteArray buffer(qsizetype(block), Qt::Uninitialized);
    while (const qsizetype count = source->read(buffer.data(), buffer.size())) {
        content += QByteArrayView(buffer).first(count).toByteArray();
        if (content.size() > most)
            unusable("unreadable");
    }
    return content;
}

std::unique_ptr<ByteSource> ImageArchive::open(const ImageLayer& layer) const
{
    return openFile(layer.file);
}

void ImageArchive::readDocker(const QByteArray& manifest)
{
    const QJsonArray images = QJsonDocument::fromJson(manifest).array();
    if (images.isEmpty())
        unusable("notAnImage");
    if (images.size() > 1)
        unusable("severalImages");
    const QJsonObject image = images[0].toObject();
    for (const QJsonValue& name : image[u"RepoTags"_s].toArray())
        m_names.append(name.toString());
    m_config = contentOf(image[u"Config"_s].toString(), mostOfJson);
    QStringList files;
    for (const QJsonValue& file : image[u"Layers"_s].toArray())
        files.append(file.toString());
    readConfig(files, {});
}

void ImageArchive::readOci(const QByteArray& index, const QString& architecture)
{
    QJsonArray manifests = QJsonDocument::fromJson(index)[u"manifests"_s].toArray();
    if (manifests.size() > 1 && architecture.isEmpty())
        unusable("severalImages");
    // An index of indexes: one image for several architectures, with attestations beside them.
    for (int depth = 0; depth < 4; ++depth) {
        QList<QJsonObject> fitting;
        for (const QJsonValue& each : manifests) {
            const QJsonObject platform = each[u"platform"_s].toObject();
            const QString its = platform[u"architecture"_s].toString();
            if (its.isEmpty() || architecture.isEmpty() ? its != "unknown"_L1 : its == architecture)
                fitting.append(each.toObject());
        }
        if (fitting.isEmpty())
            unusable("notAnImage");
        if (fitting.size() > 1)
            unusable("severalImages");
        const QJsonObject chosen = fitting.first();
        const QString name
            = chosen[u"annotations"_s][u"org.opencontainers.image.ref.name"_s].toString();
        if (!name.isEmpty())
            m_names.append(name);
        const QJsonDocument manifest = QJsonDocument::fromJson(
            contentOf(blobName(chosen[u"digest"_s].toString()), mostOfJson));
        if (manifest.object().contains(u"manifests"_s)) {
            manifests = manifest[u"manifests"_s].toArray();
            continue;
        }
        m_config = contentOf(blobName(manifest[u"config"_s][u"digest"_s].toString()), mostOfJson);
        QStringList files, digests;
        for (const QJsonValue& layer : manifest[u"layers"_s].toArray()) {
            digests.append(layer[u"digest"_s].toString());
            files.append(blobName(digests.last()));
        }
        readConfig(files, digests);
        return;
    }
    unusable("notAnImage");
}

void ImageArchive::readConfig(const QStringList& files, const QStringList& digests)
{
    const QJsonDocument config = QJsonDocument::fromJson(m_config);
    const QJsonArray diffIds = config[u"rootfs"_s][u"diff_ids"_s].toArray();
    if (m_config.isEmpty() || diffIds.size() != files.size())
        unusable("incomplete");
    for (qsizetype i = 0; i < files.size(); ++i) {
        ImageLayer layer {.diffId = diffIds[i].toString(), .file = files[i]};
        if (m_isFolder ? !QFileInfo::exists(m_path + u'/' + files[i])
                       : !m_places.contains(resolved(files[i])))
            unusable("incomplete", files[i]);
        layer.size = m_isFolder ? QFileInfo(m_path + u'/' + files[i]).size()
                                : m_places[resolved(files[i])].size;
        layer.compressed = isCompressed(*openFile(files[i]));
        // What is not compressed is what the diffID is the digest of.
        if (!digests.isEmpty())
            layer.digest = digests[i];
        else
            layer.digest = layer.compressed ? digestOf(*openFile(files[i])) : layer.diffId;
        m_layers.append(layer);
    }
}

} // namespace gapless
