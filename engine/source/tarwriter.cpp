// SPDX-License-Identifier: MIT
#include "engine/source/tarwriter.h"

#include "engine/model/error.h"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <cstring>

using namespace Qt::StringLiterals;

namespace gapless {

void TarWriter::Free::operator()(archive* writer) const
{
    // Without this a writer that is given up would still write the archive's end.
    archive_write_fail(writer);
    archive_write_free(writer);
}

void TarWriter::Free::operator()(archive_entry* entry) const
{
    archive_entry_free(entry);
}

TarWriter::TarWriter()
    : m_archive(archive_write_new())
    , m_entry(archive_entry_new())
{
    if (!m_archive || !m_entry)
        throw std::bad_alloc();
    // GNU's format has names as bytes, whatever the locale; pax would need them translated.
    check(archive_write_set_format_gnutar(m_archive.get()));
    check(archive_write_set_bytes_per_block(m_archive.get(), 0));
    const auto append
        = [](archive*, void* self, const void* data, size_t size) -> la_ssize_t {
        static_cast<TarWriter*>(self)->m_pending.append(
            static_cast<const char*>(data), qsizetype(size));
        return la_ssize_t(size);
    };
    check(archive_write_open(m_archive.get(), this, nullptr, append, nullptr));
}

TarWriter::~TarWriter() = default;

void TarWriter::check(int status) const
{
    if (status < ARCHIVE_WARN)
        throw Error(ErrorKind::Internal,
            {{u"text"_s, QString::fromUtf8(archive_error_string(m_archive.get()))}});
}

void TarWriter::begin(const TarEntry& entry)
{
    archive_entry* const made = archive_entry_clear(m_entry.get());
    archive_entry_copy_pathname(made, entry.path.constData());
    archive_entry_set_filetype(made,
        entry.type == TarEntry::Type::File         ? AE_IFREG
            : entry.type == TarEntry::Type::Folder ? AE_IFDIR
                                                   : AE_IFLNK);
    archive_entry_set_perm(made, mode_t(entry.mode));
    archive_entry_set_size(made, entry.type == TarEntry::Type::File ? entry.size : 0);
    archive_entry_set_mtime(made, time_t(entry.modified), 0);
    if (entry.type == TarEntry::Type::Symlink)
        archive_entry_copy_symlink(made, entry.link.constData());
    check(archive_write_header(m_archive.get(), made));
}

void TarWriter::write(const char* data, qsizetype size)
{
    while (size > 0) {
        const la_ssize_t written = archive_write_data(m_archive.get(), data, size_t(size));
        if (written <= 0)
            check(ARCHIVE_FATAL);
        data += written;
        size -= qsizetype(written);
    }
}

void TarWriter::close()
{
    check(archive_write_close(m_archive.get()));
}

qsizetype TarWriter::take(char* buffer, qsizetype size)
{
    const qsizetype count = std::min(size, m_pending.size() - m_taken);
    std::memcpy(buffer, m_pending.constData() + m_taken, size_t(count));
    m_taken += count;
    if (m_taken == m_pending.size()) {
        m_pending.resize(0); // keeps its memory for the next piece
        m_taken = 0;
    }
    return count;
}

} // namespace gapless
