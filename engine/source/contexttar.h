// SPDX-License-Identifier: MIT
#pragma once

#include "engine/source/bytesource.h"
#include "engine/source/tarwriter.h"

#include <QList>
#include <QString>
#include <stop_token>

namespace gapless {

/// A folder as `docker build -` takes it: one tar, without what `.dockerignore` excludes (that of
/// the Dockerfile, `Dockerfile.dockerignore`, before the folder's). Symlinks and modes are kept;
/// sockets, pipes and devices are left out, as docker's own client does.
class ContextTar final : public ByteSource {
public:
    /// Lists the folder; nothing is read yet. `dockerfile` from the folder; it is always sent.
    /// Errors: FileUnreadable {file}, DockerfileMissing {file, folder}, FieldWrong; Cancelled.
    ContextTar(const QString& folder, const QString& dockerfile, std::stop_token stop);
    ~ContextTar() override;

    /// Errors: FileUnreadable; SourceChanged {file} where a file shrinks while it is read.
    qsizetype read(char* buffer, qsizetype size) override;

    qsizetype entries() const { return m_entries.size(); }
    /// Of the files, without headers.
    qint64 bytes() const { return m_bytes; }

private:
    class Walk;
    void next();
    void readOn();
    QString pathOf(const TarEntry& entry) const;

    QByteArray m_folder; ///< with a slash at its end
    QList<TarEntry> m_entries;
    qint64 m_bytes = 0;
    TarWriter m_writer;
    qsizetype m_next = 0;
    int m_file = -1;
    qint64 m_left = 0; ///< of that file
    bool m_closed = false;
};

} // namespace gapless
