// SPDX-License-Identifier: MIT
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/site/observed.h"
#include "engine/source/gitrepository.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// One tag of the target's repository on one host.
struct TaggedImage {
    QString host, tag, lastVerdict;
    const Image* image = nullptr;
    QStringList runsIn; ///< slots
};

QString lastVerdictOf(const QList<RunSummary>& runs, const QString& tag)
{
    for (const RunSummary& run : runs) // newest first
        if (run.to == tag && !run.outcome.isEmpty())
            return idOf(run.verdict.word);
    return {};
}

QList<TaggedImage> taggedImages(
    const Target& target, const ObservedSite& site, const QList<RunSummary>& runs)
{
    QList<TaggedImage> found;
    for (const QString& host : target.slotHosts()) {
        const auto images = site.images.constFind(host);
        if (images == site.images.constEnd())
            continue;
        for (const Image& image : *images) {
            QStringList runsIn;
            for (const ObservedSlot& slot : site.slots)
                if (slot.imageId == image.id && target.slot(slot.name)->host == host)
                    runsIn << slot.name;
            for (const QString& tag : image.tagsIn(target.image.repository))
                found.append({host, tag, lastVerdictOf(runs, tag), &image, runsIn});
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const TaggedImage& a, const TaggedImage& b) {
        return a.image->created > b.image->created;
    });
    return found;
}

/// What a build by Gapless has written on the image; empty for others.
QString labelOf(const TaggedImage& tagged, const char* name)
{
    return tagged.image->labels.value(u"gapless."_s + QLatin1String(name));
}

QJsonObject jsonOf(const TaggedImage& tagged)
{
    return {{u"type"_s, u"image"_s}, {u"host"_s, tagged.host}, {u"tag"_s, tagged.tag},
        {u"id"_s, tagged.image->id}, {u"created"_s, tagged.image->created.toString(Qt::ISODate)},
        {u"commit"_s, labelOf(tagged, "commit")}, {u"branch"_s, labelOf(tagged, "branch")},
        {u"subject"_s, labelOf(tagged, "subject")}, {u"author"_s, labelOf(tagged, "author")},
        {u"size"_s, tagged.image->size}, {u"slots"_s, QJsonArray::fromStringList(tagged.runsIn)},
        {u"verdict"_s,
            tagged.lastVerdict.isEmpty() ? QJsonValue() : QJsonValue(tagged.lastVerdict)}};
}

QStringList tableOf(const QList<TaggedImage>& images)
{
    QList<QStringList> rows {{Cli::tr("TAG"), Cli::tr("HOST"), Cli::tr("ID"), Cli::tr("BUILT"),
        Cli::tr("SIZE"), Cli::tr("SLOTS"), Cli::tr("LAST VERDICT"), Cli::tr("SUBJECT"),
        Cli::tr("AUTHOR")}};
    for (const TaggedImage& tagged : images) {
        const auto word = fromId<Verdict::Word>(tagged.lastVerdict);
        rows.append({printableLine(tagged.tag), printableLine(tagged.host),
            printableLine(tagged.image->id.section(u':', -1)).left(12),
            QLocale().toString(tagged.image->created.toLocalTime(), QLocale::ShortFormat),
            bytesText(tagged.image->size), tagged.runsIn.join(u' '),
            word ? verdictWord(*word) : u"-"_s,
            printableLine(labelOf(tagged, "subject")).left(60),
            printableLine(labelOf(tagged, "author")).section(u" <"_s, 0, 0)});
    }
    return layout::table(rows);
}

/// The commits that `tag` has and what serves has not, as the repository tells that its image was
/// built from, or the one that is named.
QList<Commit> changesTo(const QString& tag, const QString& repository,
    const QList<TaggedImage>& images, const QString& cache, std::stop_token stop)
{
    const auto chosen = std::find_if(images.begin(), images.end(),
        [&](const TaggedImage& one) { return one.tag == tag; });
    const auto serving = std::find_if(images.begin(), images.end(),
        [](const TaggedImage& one) { return !one.runsIn.isEmpty(); });
    if (chosen == images.end())
        throw Error(ErrorKind::TagUnknown, {{u"tag"_s, tag}});
    const QString from = serving == images.end() ? QString() : labelOf(*serving, "commit");
    const QString to = labelOf(*chosen, "commit");
    const QString where
        = repository.isEmpty() ? labelOf(*chosen, "repository") : repository;
    if (from.isEmpty() || to.isEmpty() || where.isEmpty())
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                Cli::tr("the images do not say which commits they were built from")}});
    GitRepository git(where, cache);
    git.resolve(to, stop); // fetches what a remote one has meanwhile
    return git.between(from, to, 100, stop);
}

void showChanges(Context& context, const QList<Commit>& commits)
{
    QList<QStringList> rows {{Cli::tr("COMMIT"), Cli::tr("AUTHOR"), Cli::tr("SUBJECT")}};
    for (const Commit& commit : commits) {
        context.console.object({{u"type"_s, u"commit"_s}, {u"commit"_s, commit.hash},
            {u"subject"_s, commit.subject}, {u"author"_s, commit.author},
            {u"at"_s, commit.at.toString(Qt::ISODate)}});
        rows.append({commit.hash.left(12), printableLine(commit.author).section(u" <"_s, 0, 0),
            printableLine(commit.subject)});
    }
    context.console.print(commits.isEmpty()
            ? QStringList {Cli::tr("It has no commit that does not serve already.")}
            : layout::table(rows));
}

} // namespace

void addImages(Subcommand& root)
{
    auto options = std::make_shared<TargetOptions>();
    auto changes = std::make_shared<QString>();
    auto repository = std::make_shared<QString>();
    root.under(u"images"_s, Cli::tr("Lists the tagged images on the target's hosts, newest first."))
        .target(options.get())
        .text("--changes", changes.get(), Cli::tr("TAG"),
            Cli::tr("The commits that this release has and the one that serves has not."))
        .text("--git", repository.get(), Cli::tr("REPO"),
            Cli::tr("Where to look for them (default: where the image was built from)."))
        .does([options, changes, repository](Context& context) {
            const Target target = context.session.target(*options);
            const ObservedSite site
                = observeSite(target, context.session.hosts(target, *options), context.stop);
            RunFilter filter;
            filter.target = target.name;
            const auto images = taggedImages(target, site, context.session.journal().runs(filter));
            if (!changes->isEmpty()) {
                const QString cache = context.session.dataFolder() + u"/git"_s;
                showChanges(
                    context, changesTo(*changes, *repository, images, cache, context.stop));
                return 0;
            }
            for (const TaggedImage& image : images)
                context.console.object(jsonOf(image));
            context.console.print(images.isEmpty()
                    ? QStringList {Cli::tr("No tagged image of %1 is on the hosts.")
                                       .arg(target.image.repository)}
                    : tableOf(images));
            return 0;
        });
}

} // namespace gapless
