// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <memory>

struct archive;
struct archive_entry;

namespace gapless {

/// What a tar says of one file. Owner and group are root's, as docker's own client writes them.
struct TarEntry {
    enum class Type { File, Folder, Symlink };
    QByteArray path; ///< bytes as the file system has them; no leading slash
    Type type = Type::File;
    quint32 mode = 0644; ///< permission bits
    qint64 size = 0; ///< a file's
    qint64 modified = 0; ///< seconds since 1970
    QByteArray link; ///< where a symlink leads
};

/// A tar (GNU's, which all builders and image stores read) that is written here and taken away in
/// pieces. Errors: Internal, where libarchive refuses what it is given.
class TarWriter {
public:
    TarWriter();
    ~TarWriter();

    void begin(const TarEntry& entry);
    /// The next bytes of the file that was begun.
    void write(const char* data, qsizetype size);
    /// The end of the archive.
    void close();

    bool isEmpty() const { return m_taken == m_pending.size(); }
    qsizetype take(char* buffer, qsizetype size);

private:
    struct Free {
        void operator()(archive* writer) const;
        void operator()(archive_entry* entry) const;
    };
    void check(int status) const;

    std::unique_ptr<archive, Free> m_archive;
    std::unique_ptr<archive_entry, Free> m_entry;
    QByteArray m_pending;
    qsizetype m_taken = 0;
};

} // namespace gapless
