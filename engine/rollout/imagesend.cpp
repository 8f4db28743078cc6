// SPDX-License-Identifier: MIT
#include "engine/rollout/imagesend.h"

#include "engine/docker/daemon.h"
#include "engine/docker/image.h"
#include "engine/source/imagetar.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

/// Below this a cut transfer simply starts again.
constexpr qint64 worthKeeping = 8 << 20;
/// How often a lost connection is made anew while nothing more arrives.
constexpr int triesWithoutProgress = 4;

bool isLost(const Error& error)
{
    return error.kind == ErrorKind::ConnectionLost || error.kind == ErrorKind::HostUnreachable
        || error.kind == ErrorKind::CommandUnknown;
}

Error transferFailed(const CommandResult& result, const QString& image)
{
    // Whatever docker misses in what was sent is for this transfer to mend, not an image to name.
    if (const auto error = errorFromDocker(result.err); error
        && (error->kind == ErrorKind::DiskFull || error->kind == ErrorKind::DockerUnusable
            || error->kind == ErrorKind::DockerMissing))
        return error->on(result.host);
    return Error(ErrorKind::TransferFailed, {{u"image"_s, image}},
        QString::fromUtf8(result.err.right(2000)).trimmed())
        .on(result.host);
}

} // namespace

void Progress::add(qint64 bytes)
{
    m_sent += bytes;
    const auto now = m_clock.steady();
    if (now - m_last < 1s && m_sent != m_total)
        return;
    m_last = now;
    m_say(WaitingFor {m_step, {}, m_what,
        {{u"host"_s, m_host}, {u"sentBytes"_s, m_sent}, {u"totalBytes"_s, m_total}}});
}

ImageSend::ImageSend(const ImageCommands& commands, Host& host, Clock& clock, Say say)
    : m_commands(commands)
    , m_host(host)
    , m_clock(clock)
    , m_say(std::move(say))
{
}

/// On a worker's thread a command says nothing of itself: its event is handed over here.
CommandResult ImageSend::run(const Command& command, std::stop_token stop)
{
    Command silent = command;
    silent.shown.clear();
    CommandResult result = m_host.run(silent, stop);
    result.shown = command.shown;
    if (!command.shown.isEmpty())
        m_say(CommandRan {m_host.name(), command.shown, QString::fromLatin1(result.signal),
            result.exit.value_or(-1), result.took.count(), true});
    return result;
}

HostImages ImageSend::look(const QString& key, std::stop_token stop)
{
    const CommandResult result = run(m_commands.look(m_host.name(), key), stop);
    if (!result.ok())
        throw transferFailed(result, m_reference);
    return storedFrom(result.out);
}

QString ImageSend::send(
    const ImageArchive& archive, const QString& reference, std::stop_token stop)
{
    m_reference = reference;
    // Of the target's tag, so that two transfers do not meet, and what one left is found again.
    m_transferName = u"gapless-transfer:"_s + archive.id().section(u':', -1).left(32);
    try {
        const StoredLayers stored = look(u"none"_s, stop).layers;
        const QSet<QString> there = layersThere(archive.layers(), stored);
        QString id;
        try {
            id = tryOnce(archive, there, stop);
        } catch (const Error& error) {
            if (error.kind != ErrorKind::TransferFailed || there.isEmpty())
                throw;
            forget();
            m_say(Warned {
                u"source"_s, u"info"_s, {{u"what"_s, u"wholeImage"_s}, {u"host"_s, m_host.name()}}});
            id = tryOnce(archive, {}, stop);
        }
        const CommandResult named
            = run(m_commands.name(m_host.name(), id, reference, m_transferName), stop);
        if (named.exit == ImageCommands::takenStatus)
            throw Error(ErrorKind::TagTaken,
                {{u"image"_s, reference}, {u"id"_s, QString::fromLatin1(named.out).trimmed()}})
                .on(m_host.name());
        if (!named.ok())
            throw transferFailed(named, reference);
        return id;
    } catch (...) {
        forget();
        throw;
    }
}

QString ImageSend::tryOnce(
    const ImageArchive& archive, const QSet<QString>& there, std::stop_token stop)
{
    transfer(archive, there, stop);
    const CommandResult result = run(m_commands.verify(m_host.name(), m_transferName), stop);
    if (!result.ok())
        throw transferFailed(result, m_reference);
    const QList<Image> images = imagesFromInspect(result.out);
    if (images.isEmpty() || images.first().layers != archive.diffIds())
        throw Error(ErrorKind::TransferFailed, {{u"image"_s, m_reference}}).on(m_host.name());
    return images.first().id;
}

void ImageSend::transfer(
    const ImageArchive& archive, const QSet<QString>& there, std::stop_token stop)
{
    m_key = ImageTar(archive, there, m_transferName).key();
    qint64 offset = look(m_key, stop).arrived;
    std::optional<Error> lost;
    for (int tries = 0; tries < triesWithoutProgress;) {
        if (offset > 0)
            m_say(Warned {u"source"_s, u"info"_s,
                {{u"what"_s, u"resumed"_s}, {u"host"_s, m_host.name()},
                    {u"arrivedBytes"_s, offset}}});
        try {
            const CommandResult result = loadFrom(archive, there, offset, stop);
            if (result.ok())
                return;
            // A stream that was cut ends the load before the connection is known to be gone.
            if (result.exit != ImageCommands::offsetStatus)
                throw transferFailed(result, m_reference);
        } catch (const Error& error) {
            if (!isLost(error))
                throw;
            lost = error;
            m_say(WaitingFor {
                u"send"_s, {}, u"reconnect"_s, {{u"host"_s, m_host.name()}}});
            if (!m_clock.wait(std::min(1000ms * (1 << tries), 8000ms), stop))
                throw Cancelled {};
        }
        ++tries;
        try {
            const qint64 now = look(m_key, stop).arrived;
            tries = now > offset ? 0 : tries;
            offset = now;
            // The last bytes may have arrived with nobody left to hear that it is loaded.
            if (lost && now == 0 && run(m_commands.verify(m_host.name(), m_transferName), stop).ok())
                return;
        } catch (const Error& error) {
            if (!isLost(error))
                throw;
            lost = error;
        }
    }
    if (lost)
        throw *lost;
    throw Error(ErrorKind::TransferFailed, {{u"image"_s, m_reference}}).on(m_host.name());
}

CommandResult ImageSend::loadFrom(const ImageArchive& archive, const QSet<QString>& there,
    qint64 offset, std::stop_token stop)
{
    ImageTar tar(archive, there, m_transferName);
    tar.skip(offset);
    Progress progress(m_say, m_clock, u"send"_s, u"transfer"_s, m_host.name(), tar.size());
    progress.add(offset);
    Command command
        = m_commands.load(m_host.name(), m_key, offset, tar.size() >= worthKeeping);
    command.input = [&](char* buffer, qsizetype size) {
        const qsizetype count = tar.read(buffer, size);
        m_sent += count;
        progress.add(count);
        return count;
    };
    return run(command, stop);
}

void ImageSend::forget()
{
    try {
        Command command = m_commands.forget(m_host.name(), m_key, m_transferName);
        run(command, {});
    } catch (const Error&) {
        // The failure that is under way may be the host itself; the next transfer tidies up.
    }
}

} // namespace gapless
