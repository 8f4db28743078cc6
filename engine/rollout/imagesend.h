// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/clock.h"
#include "engine/model/event.h"
#include "engine/rollout/imagecommands.h"
#include "engine/source/imagearchive.h"

namespace gapless {

/// Takes an image to one host without a registry: asks what the host has, sends what it lacks, goes
/// on where a lost connection has cut it off, and proves what arrived. On any thread; what it has to
/// say goes to `say`.
class ImageSend {
public:
    using Say = std::function<void(EventBody)>;

    /// All must outlive it.
    ImageSend(const ImageCommands& commands, Host& host, Clock& clock, Say say);

    /// The image's id on the host, with `reference` and without any other name. Errors: TagTaken,
    /// TransferFailed, DiskFull, ConnectionLost after several tries; Cancelled. Whatever it throws,
    /// nothing of it stays.
    QString send(const ImageArchive& archive, const QString& reference, std::stop_token stop);

    qint64 bytesSent() const { return m_sent; }

private:
    CommandResult run(const Command& command, std::stop_token stop);
    HostImages look(const QString& key, std::stop_token stop);
    QString tryOnce(const ImageArchive& archive, const QSet<QString>& there, std::stop_token stop);
    void transfer(const ImageArchive& archive, const QSet<QString>& there, std::stop_token stop);
    CommandResult loadFrom(const ImageArchive& archive, const QSet<QString>& there, qint64 offset,
        std::stop_token stop);
    void forget();

    const ImageCommands& m_commands;
    Host& m_host;
    Clock& m_clock;
    Say m_say;
    QString m_reference, m_transferName, m_key;
    qint64 m_sent = 0; ///< over the wire, of all tries
};

/// How much of a whole has gone by, said at most once a second.
class Progress {
public:
    Progress(ImageSend::Say say, Clock& clock, QString step, QString what, QString host,
        qint64 total)
        : m_say(std::move(say))
        , m_clock(clock)
        , m_step(std::move(step))
        , m_what(std::move(what))
        , m_host(std::move(host))
        , m_total(total)
        , m_last(clock.steady() - std::chrono::seconds(1))
    {
    }
    void add(qint64 bytes);

private:
    ImageSend::Say m_say;
    Clock& m_clock;
    QString m_step, m_what, m_host;
    qint64 m_total, m_sent = 0;
    Clock::Steady m_last;
};

} // namespace gapless
