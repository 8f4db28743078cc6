// SPDX-License-Identifier: MIT
#include "engine/source/contexttar.h"

#include "engine/model/error.h"
#include "engine/source/dockerignore.h"

#include <QFile>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// How much of a file is read at once, and about how much a call of next() makes.
constexpr qsizetype piece = 1 << 18;

Error unreadable(const QByteArray& path)
{
    return Error(ErrorKind::FileUnreadable, {{u"file"_s, QFile::decodeName(path)}},
        QString::fromLocal8Bit(::strerror(errno)));
}

QByteArray linkTarget(const QByteArray& path)
{
    char target[PATH_MAX];
    const ssize_t size = ::readlink(path.constData(), target, sizeof target);
    if (size < 0)
        throw unreadable(path);
    return QByteArray(target, qsizetype(size));
}

} // namespace

/// Lists a context, folder by folder, names in order.
class ContextTar::Walk {
public:
    Walk(ContextTar& tar, QString dockerfile, std::stop_token stop)
        : m_tar(tar)
        , m_dockerfile(std::move(dockerfile))
        , m_stop(std::move(stop))
    {
        for (const QString& name : {m_dockerfile + u".dockerignore"_s, u".dockerignore"_s}) {
            QFile file(QFile::decodeName(m_tar.m_folder) + name);
            if (!file.exists())
                continue;
            if (!file.open(QIODevice::ReadOnly))
                throw Error(ErrorKind::FileUnreadable, {{u"file"_s, file.fileName()}});
            m_ignore = DockerIgnore(file.readAll(), file.fileName());
            m_kept = {m_dockerfile, name};
            return;
        }
    }

    /// What is in the folder `inside` (with a slash at its end; empty: the context itself).
    void walk(const QByteArray& inside, const DockerIgnore::Matches& matches)
    {
        if (m_stop.stop_requested())
            throw Cancelled {};
        for (const QByteArray& name : namesIn(m_tar.m_folder + inside))
            look(inside + name, matches);
    }

private:
    static QByteArrayList namesIn(const QByteArray& folder)
    {
        DIR* const opened = ::opendir(folder.constData());
        if (!opened)
            throw unreadable(folder);
        QByteArrayList names;
        while (const dirent* entry = ::readdir(opened)) {
            const QByteArray name(entry->d_name);
            if (name != "." && name != "..")
                names.append(name);
        }
        ::closedir(opened);
        std::sort(names.begin(), names.end());
        return names;
    }

    void look(const QByteArray& path, const DockerIgnore::Matches& parent)
    {
        DockerIgnore::Verdict verdict;
        if (!m_ignore.isEmpty()) {
            const QString name = QFile::decodeName(path);
            verdict = m_ignore.look(name, parent);
            verdict.excluded = verdict.excluded && !m_kept.contains(name);
        }
        const QByteArray whole = m_tar.m_folder + path;
        struct stat info {};
        if (::lstat(whole.constData(), &info) < 0)
            throw unreadable(whole);
        if (S_ISDIR(info.st_mode))
            lookInto(path, info, verdict);
        else if (!verdict.excluded)
            add(path, info);
    }

    void lookInto(
        const QByteArray& path, const struct stat& info, const DockerIgnore::Verdict& verdict)
    {
        if (verdict.excluded && !m_ignore.mayTakeBackBelow(QFile::decodeName(path))
            && !holdsKept(path))
            return;
        const qsizetype at = m_tar.m_entries.size();
        add(path, info);
        walk(path + '/', verdict.matches);
        // An excluded folder goes along only with what was taken back in it.
        if (verdict.excluded && m_tar.m_entries.size() == at + 1)
            m_tar.m_entries.removeLast();
    }

    bool holdsKept(const QByteArray& folder) const
    {
        const QString inside = QFile::decodeName(folder) + u'/';
        return std::any_of(m_kept.begin(), m_kept.end(),
            [&](const QString& kept) { return kept.startsWith(inside); });
    }

    void add(const QByteArray& path, const struct stat& info)
    {
        TarEntry entry {.path = path,
            .mode = quint32(info.st_mode) & 07777,
            .modified = qint64(info.st_mtime)};
        if (S_ISREG(info.st_mode)) {
            entry.size = info.st_size;
            m_tar.m_bytes += entry.size;
        } else if (S_ISDIR(info.st_mode)) {
            entry.type = TarEntry::Type::Folder;
        } else if (S_ISLNK(info.st_mode)) {
            entry.type = TarEntry::Type::Symlink;
            entry.link = linkTarget(m_tar.m_folder + path);
        } else {
            return;
        }
        m_tar.m_entries.append(std::move(entry));
    }

    ContextTar& m_tar;
    const QString m_dockerfile;
    const std::stop_token m_stop;
    DockerIgnore m_ignore;
    QStringList m_kept; ///< sent although they may be excluded: the builder reads them
};

ContextTar::ContextTar(const QString& folder, const QString& dockerfile, std::stop_token stop)
    : m_folder(QFile::encodeName(folder) + '/')
{
    struct stat info {};
    if (::stat(m_folder.constData(), &info) < 0)
        throw unreadable(QFile::encodeName(folder));
    const QByteArray file = m_folder + QFile::encodeName(dockerfile);
    if (::stat(file.constData(), &info) < 0 || !S_ISREG(info.st_mode))
        throw Error(
            ErrorKind::DockerfileMissing, {{u"file"_s, dockerfile}, {u"folder"_s, folder}});
    Walk(*this, dockerfile, std::move(stop)).walk({}, {});
}

ContextTar::~ContextTar()
{
    if (m_file >= 0)
        ::close(m_file);
}

QString ContextTar::pathOf(const TarEntry& entry) const
{
    return QFile::decodeName(m_folder + entry.path);
}

void ContextTar::next()
{
    if (m_next == m_entries.size()) {
        m_writer.close();
        m_closed = true;
        return;
    }
    const TarEntry& entry = m_entries[m_next++];
    if (entry.type == TarEntry::Type::File && entry.size > 0) {
        const QByteArray path = m_folder + entry.path;
        m_file = ::open(path.constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (m_file < 0)
            throw unreadable(path);
        m_left = entry.size;
    }
    m_writer.begin(entry);
}

void ContextTar::readOn()
{
    char buffer[piece];
    const ssize_t count
        = ::read(m_file, buffer, size_t(std::min<qint64>(m_left, qint64(sizeof buffer))));
    if (count <= 0)
        throw Error(ErrorKind::SourceChanged, {{u"file"_s, pathOf(m_entries[m_next - 1])}});
    m_writer.write(buffer, qsizetype(count));
    m_left -= count;
    if (m_left == 0) {
        ::close(m_file);
        m_file = -1;
    }
}

qsizetype ContextTar::read(char* buffer, qsizetype size)
{
    qsizetype filled = 0;
    while (filled < size) {
        if (!m_writer.isEmpty())
            filled += m_writer.take(buffer + filled, size - filled);
        else if (m_closed)
            break;
        else if (m_file >= 0)
            readOn();
        else
            next();
    }
    return filled;
}

} // namespace gapless
