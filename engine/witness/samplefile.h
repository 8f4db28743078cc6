// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/samples.h"

#include <QFile>

/// The samples of a run on disk: `samples/RUN.samples` in the data folder, mode 0600, bounded, and
/// readable while it is still being written. Little-endian records after a first line
/// `gapless-samples 1`, each with a mark of one byte: `Z` (once, first) the wall clock of zero in
/// ms since 1970 UTC as int64; `L` the next label's text (QDataStream's QString); `B` a uint32
/// count and so many samples of 20 bytes (atUs, latencyUs, connection, status, label, probe,
/// cause).
namespace gapless {

/// Where a data folder keeps them.
QString samplesFolder(const QString& dataFolder);
/// The file of a run in that folder; empty where the name could not be a run's.
QString samplesPath(const QString& folder, const QString& run);

/// Removes the oldest sample files until at most `maxFiles` with at most `maxBytes` are left.
void tidySamples(const QString& folder, int maxFiles = 200, qint64 maxBytes = 1024LL * 1024 * 1024);

/// Writes a sample file. One thread.
class SampleWriter {
public:
    /// Creates the file, and its folder where that is missing. Error StoreUnusable.
    SampleWriter(const QString& path, qint64 zeroUtcMs, qint64 maxBytes = 256LL * 1024 * 1024);
    /// Hands the batch to the system at once, so that others can read it. Throws nothing: once the
    /// file has its size, or cannot be written any more, nothing further is written.
    void write(const SampleBatch& batch);
    /// Nothing was left out so far.
    bool complete() const { return m_complete; }
    QString path() const { return m_file.fileName(); }

private:
    QFile m_file;
    qint64 m_maxBytes;
    qsizetype m_labelsWritten = 1;
    bool m_complete = true;
};

/// Reads a sample file, also one that is still growing. One thread.
class SampleReader {
public:
    /// Errors: FileUnreadable, and StoreDamaged where it is not such a file at all.
    explicit SampleReader(const QString& path);
    /// The next samples, about `most` of them; none where there are none yet. A record that is not
    /// whole (torn, or being written just now) is left for the next call; behind bytes that are no
    /// record nothing is read any more.
    SampleBatch next(qsizetype most = 100'000);
    qint64 zeroUtcMs() const { return m_zeroUtcMs; }

private:
    bool readRecord(SampleBatch& batch);

    QFile m_file;
    qint64 m_zeroUtcMs = 0;
    QStringList m_labels {QString()};
    qint64 m_offset = 0; ///< of the first record that was not read yet
    bool m_damaged = false;
};

} // namespace gapless
