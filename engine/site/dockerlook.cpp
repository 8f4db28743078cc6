// SPDX-License-Identifier: MIT
#include "engine/site/dockerlook.h"

#include "engine/docker/words.h"
#include "engine/remote/quoting.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// True where docker failed because something it was asked for is not there: it did answer then,
/// whatever else it had to say.
bool onlyMissing(const QList<QByteArray>& complaints)
{
    return complaints.isEmpty()
        || std::any_of(complaints.begin(), complaints.end(), [](const QByteArray& line) {
               const QByteArray lower = line.toLower();
               return lower.contains("no such container") || lower.contains("no such object")
                   || lower.contains("no such image");
           });
}

/// The JSON lines of what `told` said; `complaints` gets the others.
QByteArray jsonLines(
    const ScriptReport& report, const QByteArray& key, QList<QByteArray>& complaints)
{
    QByteArray json;
    for (const QByteArray& line : report.lines(key + ".text")) {
        if (line.startsWith('{'))
            json += line + '\n';
        else if (report.number(key + ".rc") != 0 && line != "[]")
            complaints << line;
    }
    return json;
}

} // namespace

QByteArray dockerFunction(const HostSpec& host)
{
    const QStringList words = splitWords(host.docker).value_or(QStringList());
    const QString first = words.isEmpty() ? u"docker"_s : words.constFirst();
    return "dk() { " + quoteWords(words.isEmpty() ? QStringList {first} : words)
        + " \"$@\" </dev/null; }\n"
          "command -v "
        + quote(first) + " >/dev/null 2>&1 || { say docker missing; exit 0; }\n";
}

QByteArray dockerLookScript(const Target& target, const QString& hostName)
{
    QStringList names;
    for (const Slot& slot : target.slots)
        if (slot.host == hostName)
            names << slot.container;
    // Ids come from docker itself, so they may stand unquoted.
    return R"sh(ours=$(dk ps --all --quiet --no-trunc --filter label=gapless.run 2>/dev/null)
told containers dk )sh"
        + quoteWords(docker::inspectContainers(names)) + R"sh( $ours
told imageIds dk )sh"
        + quoteWords(docker::imageIds(target.image.repository)) + R"sh(
image_ids=$(printf '%s\n' "$told_text" | sort -u)
if [ $told_rc = 0 ] && [ -n "$image_ids" ]; then
    told images dk )sh"
        + quoteWords(docker::inspectImages({})) + R"sh( $image_ids
fi
)sh";
}

DockerLook dockerLookFrom(const ScriptReport& report, const HostSpec& host)
{
    DockerLook look;
    if (report.value("docker") == "missing") {
        look.unusable = Error(ErrorKind::DockerMissing, {{u"docker"_s, host.docker}}).on(host.name);
        return look;
    }
    QList<QByteArray> complaints;
    const QByteArray containers = jsonLines(report, "containers", complaints);
    const QByteArray images = jsonLines(report, "images", complaints);
    if (report.number("imageIds.rc", -1) != 0 || !onlyMissing(complaints)) {
        complaints << report.bytes("imageIds.text");
        look.unusable = dockerUnusable(host, QString::fromUtf8(complaints.join('\n')));
        return look;
    }
    for (const QJsonObject& inspect : objectsFromDocker(containers))
        look.inspects[inspect[u"Id"_s].toString()] = inspect;
    for (const Container& container : containersFromInspect(containers))
        if (std::none_of(look.containers.begin(), look.containers.end(),
                [&](const Container& other) { return other.id == container.id; }))
            look.containers << container;
    look.images = imagesFromInspect(images);
    return look;
}

QString releaseTagOf(const Target& target, const QList<Image>& images, const Container& container)
{
    QStringList tags;
    for (const Image& image : images)
        if (image.id == container.imageId)
            tags << image.tagsIn(target.image.repository);
    tags.removeIf([&](const QString& tag) { return !tag.startsWith(target.image.tagPrefix); });
    const auto asked = std::find_if(tags.begin(), tags.end(), [&](const QString& tag) {
        return container.image == target.image.repository + u':' + tag;
    });
    return asked != tags.end() ? *asked : tags.value(0);
}

Error dockerUnusable(const HostSpec& host, const QString& text)
{
    const QString lower = text.toLower();
    QString why = u"other"_s;
    if (lower.contains("permission denied"_L1))
        why = u"permission"_s;
    else if (lower.contains("cannot connect"_L1) || lower.contains("daemon running"_L1)
        || lower.contains("connection refused"_L1) || lower.contains("no such file"_L1))
        why = u"daemon"_s;
    return Error(
        ErrorKind::DockerUnusable, {{u"docker"_s, host.docker}, {u"why"_s, why}}, text.trimmed())
        .on(host.name);
}

} // namespace gapless
