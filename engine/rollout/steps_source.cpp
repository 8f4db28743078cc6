// SPDX-License-Identifier: MIT
// What a release is made of, and the step `build`: on a host, from a commit or a folder.
#include "engine/rollout/sourcerelease.h"

#include "engine/docker/daemon.h"
#include "engine/docker/words.h"
#include "engine/remote/quoting.h"
#include "engine/rollout/hooks.h"
#include "engine/rollout/run.h"
#include "engine/source/contexttar.h"
#include "engine/source/localprocess.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

const QString commitLabel = QStringLiteral("gapless.commit");

QString text(const QByteArray& line)
{
    QByteArray cut = line.left(4000);
    if (cut.endsWith('\r'))
        cut.chop(1);
    return QString::fromUtf8(cut);
}

QString tagIn(const Target& target, const QString& asked)
{
    const QString prefix = target.image.repository + u':';
    return asked.startsWith(prefix) ? asked.mid(prefix.size()) : asked;
}

} // namespace

std::unique_ptr<ReleaseProvider> makeReleaseProvider(
    const Target& target, const SourceSpec& source, Hosts& hosts)
{
    if (source.kind == SourceSpec::Kind::OnHosts)
        return nullptr;
    return std::make_unique<SourceRelease>(target, source, hosts);
}

QString SourceRelease::resolve(std::stop_token stop)
{
    if (m_source.kind != SourceSpec::Kind::Git) {
        if (m_source.tag.isEmpty())
            throw Error(ErrorKind::FieldMissing, {{u"path"_s, u"--tag"_s}});
        return tagIn(m_target, m_source.tag);
    }
    if (!m_commit) {
        m_repository.emplace(m_source.location, m_source.cache);
        m_commit = m_repository->resolve(m_source.revision, stop);
        m_dirty = m_repository->isDirty(stop);
    }
    if (!m_source.tag.isEmpty())
        return tagIn(m_target, m_source.tag);
    const int length = m_target.image.hashLength;
    return m_target.image.tagPrefix + (length > 0 ? m_commit->hash.left(length) : m_commit->hash);
}

const Image* SourceRelease::imageOn(const Run& run, const QString& host) const
{
    const auto images = run.found.images.constFind(host);
    if (images == run.found.images.constEnd())
        return nullptr;
    for (const Image& image : *images)
        if (image.tagsIn(m_target.image.repository).contains(run.to))
            return &image;
    return nullptr;
}

QStringList SourceRelease::lacking(const Run& run) const
{
    QStringList hosts;
    for (const QString& host : m_target.slotHosts())
        if (!imageOn(run, host))
            hosts.append(host);
    return hosts;
}

QStringList SourceRelease::buildHosts(const QStringList& lacking) const
{
    if (!m_target.build.once)
        return lacking;
    // Once: nowhere, where another host has been given it before.
    return lacking.size() < m_target.slotHosts().size() ? QStringList() : lacking.mid(0, 1);
}

/// A tag that is there must be what would be built: the same commit. Of a folder nobody can tell.
void SourceRelease::requireSame(const Run& run)
{
    for (const QString& host : m_target.slotHosts()) {
        const Image* const image = imageOn(run, host);
        if (!image)
            continue;
        const QString commit = image->labels.value(commitLabel);
        if (!m_commit || commit != m_commit->hash)
            throw Error(ErrorKind::TagTaken,
                {{u"image"_s, m_target.imageReference(run.to)}, {u"id"_s, image->id.left(19)},
                    {u"commit"_s, commit}})
                .on(host);
    }
}

void SourceRelease::sayWhatIsBuilt(Run& run)
{
    const auto warn = [&](const QString& state, QJsonObject facts) {
        run.say(Warned {u"source"_s, state, std::move(facts)});
    };
    if (m_commit && m_commit->isDefault)
        warn(u"info"_s,
            {{u"what"_s, u"defaultBranch"_s}, {u"commit"_s, m_commit->hash},
                {u"branch"_s, m_commit->branch.isEmpty() ? u"HEAD"_s : m_commit->branch}});
    if (m_dirty)
        warn(u"warn"_s,
            {{u"what"_s, u"dirty"_s}, {u"repository"_s, m_repository->location()}});
    for (const QString& host : m_target.slotHosts())
        if (imageOn(run, host))
            warn(u"info"_s,
                {{u"what"_s, u"alreadyThere"_s}, {u"host"_s, host},
                    {u"image"_s, m_target.imageReference(run.to)}});
}

void SourceRelease::provide(Run& run)
{
    const QStringList lack = lacking(run);
    QStringList toSend = lack;
    if (builds()) {
        if (!buildHosts(lack).isEmpty())
            steps::hookBefore(run, u"beforeBuild"_s, m_target.hooks.beforeBuild);
        run.step(u"build"_s, {}, [&] {
            requireSame(run);
            sayWhatIsBuilt(run);
            build(run, buildHosts(lack));
        });
        for (const QString& host : buildHosts(lack))
            toSend.removeAll(host);
        if (toSend.isEmpty())
            return;
    }
    run.step(u"send"_s, {}, [&] { send(run, toSend); });
}

void SourceRelease::plan(Run& planning, Hosts& hosts)
{
    const QStringList lack = lacking(planning);
    QStringList toSend = lack;
    const auto tell = [&](const QString& host, const Command& command) {
        hosts.at(host).run(command, {});
    };
    const QString reference = m_target.imageReference(planning.to);
    const QString id = u"<image>"_s;
    if (builds()) {
        requireSame(planning);
        if (!buildHosts(lack).isEmpty())
            steps::hookBefore(planning, u"beforeBuild"_s, m_target.hooks.beforeBuild);
        planning.step(u"build"_s, {}, [&] {
            if (!m_target.build.command.isEmpty() && m_commit)
                planning.planned({u"command"_s, QString(), m_target.build.command});
            for (const QString& host : buildHosts(lack)) {
                tell(host, m_commands.build(host, labels(planning)));
                tell(host, m_commands.name(host, id, reference, {}));
                toSend.removeAll(host);
            }
        });
        if (toSend.isEmpty())
            return;
    }
    planning.step(u"send"_s, {}, [&] {
        for (const QString& host : toSend) {
            tell(host,
                m_source.kind == SourceSpec::Kind::Registry
                    ? m_commands.pull(host, m_source.location)
                    : m_commands.load(host, u"<transfer>"_s, 0, true));
            tell(host, m_commands.name(host, id, reference, {}));
        }
    });
}

void SourceRelease::build(Run& run, const QStringList& hosts)
{
    if (hosts.isEmpty())
        return;
    QTemporaryDir folder;
    const QString context = prepareContext(run, folder);
    for (const QString& host : hosts)
        buildOn(run, host, context);
}

QString SourceRelease::prepareContext(Run& run, QTemporaryDir& folder)
{
    if (m_source.kind == SourceSpec::Kind::Context)
        return QDir::cleanPath(QDir::current().absoluteFilePath(m_source.location));
    const QString checkout = folder.filePath(u"source"_s);
    m_repository->checkOut(*m_commit, checkout, run.stop());
    if (!m_target.build.command.isEmpty())
        runBuildCommand(run, checkout);
    return QDir::cleanPath(checkout + u'/' + m_target.build.context);
}

void SourceRelease::runBuildCommand(Run& run, const QString& folder)
{
    LocalCommand command {.words = {u"/bin/sh"_s, u"-c"_s, m_target.build.command},
        .folder = folder,
        .environment = {{u"GAPLESS_COMMIT"_s, m_commit->hash}, {u"GAPLESS_TAG"_s, run.to},
            {u"GAPLESS_TARGET"_s, m_target.name}}};
    command.onLine = [&](bool isError, const QByteArray& line) {
        run.say(OutputLine {
            u"build"_s, {}, {}, isError ? u"err"_s : u"out"_s, text(line)});
    };
    const LocalResult result = runLocally(command, run.stop());
    if (!result.ok())
        throw Error(ErrorKind::BuildCommandFailed,
            {{u"command"_s, m_target.build.command}, {u"exit"_s, result.exit}},
            QString::fromUtf8(result.err.right(2000)).trimmed());
}

QMap<QString, QString> SourceRelease::labels(const Run& run) const
{
    QMap<QString, QString> labels {
        {u"gapless.builder"_s, run.request.by + u'@' + run.request.machine},
        {u"gapless.built"_s, run.clock.now().toString(Qt::ISODate)}};
    if (!m_commit)
        return labels;
    labels[commitLabel] = m_commit->hash;
    labels[u"org.opencontainers.image.revision"_s] = m_commit->hash;
    labels[u"gapless.subject"_s] = m_commit->subject;
    labels[u"gapless.author"_s] = m_commit->author;
    labels[u"gapless.repository"_s] = m_repository->location();
    if (!m_commit->branch.isEmpty())
        labels[u"gapless.branch"_s] = m_commit->branch;
    return labels;
}

CommandResult SourceRelease::streamBuild(
    Run& run, const QString& host, const QString& folder, QStringList& made)
{
    ContextTar context(folder, m_target.build.dockerfile, run.stop());
    const auto say = [&](EventBody body) { run.say(std::move(body)); };
    Progress progress(say, run.clock, u"build"_s, u"context"_s, host, context.bytes());
    BuildOutput output;
    Command command = m_commands.build(host, labels(run));
    command.input = [&](char* buffer, qsizetype size) {
        const qsizetype count = context.read(buffer, size);
        progress.add(count);
        return count;
    };
    command.onLine = [&](OutputStream stream, const QByteArray& line) {
        const int before = output.step;
        output.take(line);
        run.say(OutputLine {
            u"build"_s, {}, host, stream == OutputStream::Err ? u"err"_s : u"out"_s, text(line)});
        if (output.step != before)
            run.say(WaitingFor {u"build"_s, {}, u"build"_s,
                {{u"host"_s, host}, {u"step"_s, output.step}, {u"of"_s, output.of}}});
        made = output.made;
    };
    const CommandResult result = m_hosts.at(host).run(command, run.stop());
    if (result.ok())
        return result;
    if (const auto error = errorFromDocker(result.err); error
        && (error->kind == ErrorKind::DiskFull || error->kind == ErrorKind::DockerUnusable
            || error->kind == ErrorKind::DockerMissing))
        throw error->on(host);
    throw Error(ErrorKind::BuildFailed, {{u"step"_s, output.instruction}},
        QString::fromUtf8((result.err.isEmpty() ? result.out : result.err).right(2000)).trimmed())
        .on(host);
}

void SourceRelease::buildOn(Run& run, const QString& host, const QString& folder)
{
    QStringList made;
    try {
        const CommandResult result = streamBuild(run, host, folder, made);
        const QString id = idOfBuild(result.out);
        if (id.isEmpty())
            throw Error(ErrorKind::BuildFailed, {{u"step"_s, QString()}}).on(host);
        made.prepend(id);
        nameOn(run, host, id);
    } catch (...) {
        // Whatever ended it, nothing of it stays; what the classic builder has made on its way has
        // no name that anybody could find.
        if (!made.isEmpty())
            run.attempt([&] { m_hosts.at(host).run(m_commands.removeImages(host, made), {}); });
        throw;
    }
}

void SourceRelease::nameOn(Run& run, const QString& host, const QString& id)
{
    const QString reference = m_target.imageReference(run.to);
    const CommandResult result
        = m_hosts.at(host).run(m_commands.name(host, id, reference, {}), run.stop());
    if (result.exit == ImageCommands::takenStatus)
        throw Error(ErrorKind::TagTaken,
            {{u"image"_s, reference}, {u"id"_s, QString::fromLatin1(result.out).trimmed().left(19)}})
            .on(host);
    result.orThrow();
}

} // namespace gapless
