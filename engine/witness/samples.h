// SPDX-License-Identifier: MIT
#pragma once

#include <QIODevice>
#include <QObject>
#include <QString>
#include <QStringList>
#include <memory>
#include <vector>

namespace gapless {

/// One answer, or its absence, as a probe saw it. 24 bytes: an hour of 280 a second fits 24 MB.
/// Times are of the witness's monotonic clock, µs since it started.
struct Sample {
    Q_GADGET
public:
    enum class Probe : quint8 {
        Fresh, ///< HTTP GET on a connection of its own
        KeepAlive, ///< HTTP GET on a kept connection
        Post, ///< HTTP POST on a kept connection
        Session, ///< the session's value was compared with the one before
        Echo, ///< a hub message came back to its sender
    };
    Q_ENUM(Probe)
    enum class Cause : quint8 {
        None, ///< as expected
        Dns, ///< the name could not be resolved
        Unreachable, ///< no route, network down
        Refused, ///< nobody listens
        Reset, ///< RST before the whole answer was there
        Eof, ///< orderly end before the first byte of an answer
        Truncated, ///< orderly end in the middle of an answer
        Timeout, ///< no whole answer in time
        Status, ///< another status than expected
        Malformed, ///< not HTTP/1
        Tls, ///< handshake or certificate
        Unsent, ///< it was due and could not be sent: the witness's own fault
        Lost, ///< the session's value, or the hub message, is gone
    };
    Q_ENUM(Cause)

    qint64 atUs = 0; ///< when it was due, which is not when it was sent
    quint32 latencyUs = 0; ///< from `atUs` to the whole answer, or to the failure
    quint16 connection = 0;
    quint16 status = 0; ///< HTTP status; 0: none came
    quint16 label = 0; ///< SampleStore::label: which slot and version answered; 0: not known
    Probe probe = Probe::Fresh;
    Cause cause = Cause::None;

    bool failed() const { return cause != Cause::None; }
    bool operator==(const Sample&) const = default;
};
static_assert(sizeof(Sample) == 24);

/// The samples of a run in the order in which they came, in blocks, so that a million of them never
/// move. With a device, each full block is also written there and only the newest `keep` samples
/// stay in memory; without one, older samples are forgotten (their totals are not: SampleTotals).
class SampleStore {
public:
    static constexpr int blockSize = 4096;

    explicit SampleStore(qsizetype keep = 1'000'000);

    /// Writes whole blocks to `device` from now on; flush() writes what is left. Throws
    /// Error(StoreUnusable) where it cannot be written.
    void writeTo(std::unique_ptr<QIODevice> device);
    void add(const Sample& sample);
    void flush();

    /// The number that stands for this text from now on; 0 for an empty text and when 65 535 texts
    /// are known already.
    quint16 label(const QString& text);
    QString labelText(quint16 label) const;

    qsizetype count() const { return m_count; } ///< all there ever were
    qsizetype kept() const; ///< those in memory
    qsizetype bytes() const; ///< of memory, for the samples

    template <typename Visitor> void forEach(Visitor&& visit) const
    {
        for (const Block& block : m_blocks)
            for (const Sample& sample : block)
                visit(sample);
    }

    /// What `writeTo` wrote, up to the first block that is not whole. Throws Error(StoreDamaged)
    /// where it is not such a file at all.
    static SampleStore read(QIODevice& device, qsizetype keep = 100'000'000);

private:
    using Block = std::vector<Sample>;
    void write(const Block& block);

    qsizetype m_keep;
    qsizetype m_count = 0;
    std::vector<Block> m_blocks;
    QStringList m_labels {QString()};
    qsizetype m_labelsWritten = 1;
    std::unique_ptr<QIODevice> m_device;
};

} // namespace gapless
