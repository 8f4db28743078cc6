// SPDX-License-Identifier: MIT
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/site/observed.h"

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

QJsonObject jsonOf(const TaggedImage& tagged)
{
    return {{u"type"_s, u"image"_s}, {u"host"_s, tagged.host}, {u"tag"_s, tagged.tag},
        {u"id"_s, tagged.image->id}, {u"created"_s, tagged.image->created.toString(Qt::ISODate)},
        {u"size"_s, tagged.image->size}, {u"slots"_s, QJsonArray::fromStringList(tagged.runsIn)},
        {u"verdict"_s,
            tagged.lastVerdict.isEmpty() ? QJsonValue() : QJsonValue(tagged.lastVerdict)}};
}

QStringList tableOf(const QList<TaggedImage>& images)
{
    QList<QStringList> rows {{Cli::tr("TAG"), Cli::tr("HOST"), Cli::tr("ID"), Cli::tr("BUILT"),
        Cli::tr("SIZE"), Cli::tr("SLOTS"), Cli::tr("LAST VERDICT")}};
    for (const TaggedImage& tagged : images) {
        const auto word = fromId<Verdict::Word>(tagged.lastVerdict);
        rows.append({printableLine(tagged.tag), printableLine(tagged.host),
            printableLine(tagged.image->id.section(u':', -1)).left(12),
            QLocale().toString(tagged.image->created.toLocalTime(), QLocale::ShortFormat),
            bytesText(tagged.image->size), tagged.runsIn.join(u' '),
            word ? verdictWord(*word) : u"-"_s});
    }
    return layout::table(rows);
}

} // namespace

void addImages(Subcommand& root)
{
    auto options = std::make_shared<TargetOptions>();
    root.under(u"images"_s, Cli::tr("Lists the tagged images on the target's hosts, newest first."))
        .target(options.get())
        .does([options](Context& context) {
            const Target target = context.session.target(*options);
            const ObservedSite site
                = observeSite(target, context.session.hosts(target, *options), context.stop);
            RunFilter filter;
            filter.target = target.name;
            const auto images = taggedImages(target, site, context.session.journal().runs(filter));
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
