// SPDX-License-Identifier: MIT
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
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
    quint16 label = 0; ///< SampleLabels: which slot and version answered; 0: not known
    Probe probe = Probe::Fresh;
    Cause cause = Cause::None;

    bool failed() const { return cause != Cause::None; }
    bool operator==(const Sample&) const = default;
};
static_assert(sizeof(Sample) == 24);

/// Texts that samples name by a number: which slot and version gave an answer, as
/// Identity::text() writes it (`A|hash_1`). Number 0 is the empty text.
class SampleLabels {
public:
    /// The number that stands for this text from now on; 0 for an empty text and when 65 535 texts
    /// are known already.
    quint16 label(const QString& text);
    const QStringList& texts() const { return m_texts; }

private:
    QStringList m_texts {QString()};
};

/// Samples in the order in which they came, with all that is needed to draw them.
struct SampleBatch {
    qint64 zeroUtcMs = 0; ///< the wall clock (ms since 1970, UTC) when Sample::atUs was 0
    QList<Sample> samples;
    QStringList labels; ///< every text known by now; `labels.value(sample.label)`
};

/// The samples of a run in the order in which they came, in blocks, so that a million of them never
/// move. Only the newest `keep` stay; older ones are forgotten (their totals are not:
/// SampleTotals).
class SampleStore {
public:
    static constexpr int blockSize = 4096;

    explicit SampleStore(qsizetype keep = 1'000'000);
    void add(const Sample& sample);

    qsizetype count() const { return m_count; } ///< all there ever were
    qsizetype kept() const; ///< those in memory
    qsizetype bytes() const; ///< of memory, for the samples

    template <typename Visitor> void forEach(Visitor&& visit) const
    {
        for (const Block& block : m_blocks)
            for (const Sample& sample : block)
                visit(sample);
    }

private:
    using Block = std::vector<Sample>;

    qsizetype m_keep;
    qsizetype m_count = 0;
    std::vector<Block> m_blocks;
};

} // namespace gapless
