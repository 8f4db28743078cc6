// SPDX-License-Identifier: MIT
// The step `send`: an image to the hosts that lack it, without a registry, or pulled by them.
#include "engine/rollout/hostworkers.h"
#include "engine/rollout/run.h"
#include "engine/rollout/sourcerelease.h"
#include "engine/source/localprocess.h"

#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString onThisMachine(const QStringList& words, ErrorKind kind, const QString& image,
    std::stop_token stop)
{
    const LocalResult result = runLocally({.words = words}, stop);
    if (!result.started)
        throw Error(ErrorKind::DockerMissing, {{u"docker"_s, words.first()}});
    if (!result.ok())
        throw Error(kind, {{u"image"_s, image}}, QString::fromUtf8(result.err).trimmed());
    return QString::fromUtf8(result.out).trimmed();
}

/// A file that an image is written to on its way.
std::unique_ptr<QTemporaryFile> newSpool()
{
    auto file = std::make_unique<QTemporaryFile>();
    if (!file->open())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, file->fileTemplate()}});
    return file;
}

void write(QTemporaryFile& file, const QByteArray& bytes)
{
    if (file.write(bytes) != bytes.size())
        throw Error(ErrorKind::StoreUnusable,
            {{u"file"_s, file.fileName()}, {u"why"_s, u"full"_s}}, file.errorString());
}

} // namespace

void SourceRelease::send(Run& run, const QStringList& hosts)
{
    switch (m_source.kind) {
    case SourceSpec::Kind::Git:
    case SourceSpec::Kind::Context: {
        QStringList having = m_target.slotHosts();
        for (const QString& host : hosts)
            having.removeAll(host);
        sendFrom(run, having.value(0), hosts);
        return;
    }
    case SourceSpec::Kind::Archive:
        sendArchive(run, ImageArchive(m_source.location, u"amd64"_s, run.stop()), hosts);
        return;
    case SourceSpec::Kind::Local:
        sendLocal(run, hosts);
        return;
    case SourceSpec::Kind::Registry:
        pull(run, hosts);
        return;
    case SourceSpec::Kind::OnHosts:
        return;
    }
}

/// Hosts that have the tag must have this image under it.
void SourceRelease::requireArchiveIs(const Run& run, const ImageArchive& archive) const
{
    for (const QString& host : m_target.slotHosts())
        if (const Image* const image = imageOn(run, host);
            image && image->layers != archive.diffIds())
            throw Error(ErrorKind::TagTaken,
                {{u"image"_s, m_target.imageReference(run.to)}, {u"id"_s, image->id.left(19)}})
                .on(host);
}

void SourceRelease::sendArchive(Run& run, const ImageArchive& archive, const QStringList& hosts)
{
    requireArchiveIs(run, archive);
    for (const QString& host : hosts)
        m_hosts.at(host); // made here: a worker only finds it
    const QString reference = m_target.imageReference(run.to);
    HostWorkers workers;
    workers.run(
        hosts,
        [&](const QString& host, std::stop_token stop) {
            ImageSend send(m_commands, m_hosts.at(host), run.clock, [&](EventBody body) {
                workers.post([&run, body = std::move(body)] { run.say(body); });
            });
            send.send(archive, reference, stop);
        },
        run.stop());
}

void SourceRelease::sendLocal(Run& run, const QStringList& hosts)
{
    const QString& image = m_source.location;
    onThisMachine({u"docker"_s, u"image"_s, u"inspect"_s, u"--format"_s, u"{{.Id}}"_s, u"--"_s, image},
        ErrorKind::LocalImageMissing, image, run.stop());
    const auto spool = newSpool();
    Progress progress([&](EventBody body) { run.say(std::move(body)); }, run.clock, u"send"_s,
        u"collect"_s, {}, 0);
    LocalCommand save {.words = {u"docker"_s, u"save"_s, u"--"_s, image}};
    save.onOutput = [&](const QByteArray& bytes) {
        write(*spool, bytes);
        progress.add(bytes.size());
    };
    const LocalResult result = runLocally(save, run.stop());
    if (!result.ok())
        throw Error(ErrorKind::TransferFailed, {{u"image"_s, image}},
            QString::fromUtf8(result.err).trimmed());
    spool->flush();
    sendArchive(run, ImageArchive(spool->fileName(), {}, run.stop()), hosts);
}

/// What was built on one host, to the others: by way of this machine, whose SSH both know.
void SourceRelease::sendFrom(Run& run, const QString& host, const QStringList& hosts)
{
    const QString reference = m_target.imageReference(run.to);
    const auto spool = newSpool();
    Progress progress([&](EventBody body) { run.say(std::move(body)); }, run.clock, u"send"_s,
        u"collect"_s, {}, 0);
    Command save = m_commands.save(host, reference);
    save.onOutput = [&](const QByteArray& bytes) {
        write(*spool, bytes);
        progress.add(bytes.size());
    };
    m_hosts.at(host).run(save, run.stop()).orThrow();
    spool->flush();
    sendArchive(run, ImageArchive(spool->fileName(), {}, run.stop()), hosts);
}

void SourceRelease::pull(Run& run, const QStringList& hosts)
{
    for (const QString& host : hosts) {
        const CommandResult result
            = m_hosts.at(host).run(m_commands.pull(host, m_source.location), run.stop());
        if (!result.ok())
            throw Error(ErrorKind::PullFailed, {{u"image"_s, m_source.location}},
                QString::fromUtf8(result.err.right(2000)).trimmed())
                .on(host);
        nameOn(run, host, QString::fromLatin1(result.out).trimmed());
    }
}

} // namespace gapless
