// SPDX-License-Identifier: MIT
#include "engine/site/doctorchecks.h"

#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

/// `docker` as the host's own words would be typed there.
QString dockerCommand(const HostSpec& host, const QString& rest)
{
    return host.docker + u' ' + rest;
}

QString dockerRemedy(const HostSpec& host, const QString& what, const QString& user)
{
    if (what == "missing"_L1)
        return u"apt-get install docker.io"_s;
    if (what == "permission"_L1)
        return u"usermod -aG docker "_s
            + QString::fromUtf8(quote(user.isEmpty() ? host.user : user));
    if (what == "daemon"_L1)
        return u"systemctl enable --now docker"_s;
    return {};
}

Finding unusable(const HostSpec& host, const Error& error, const QString& what, const QString& user)
{
    return refused(error,
        {{u"what"_s, what}, {u"docker"_s, host.docker},
            {u"remedyText"_s, dockerRemedy(host, what, user)}});
}

struct HostImage {
    QString host;
    Image image;
};

/// The hosts of slots that have that image, and those that do not.
void findImage(const Examination& examination, const QString& reference, QList<HostImage>& found,
    QStringList& missing)
{
    for (const QString& host : examination.target.slotHosts()) {
        const QList<Image>& images = examination.slotHost(host).docker.images;
        const auto image = std::find_if(images.begin(), images.end(),
            [&](const Image& one) { return one.tags.contains(reference); });
        if (image == images.end())
            missing << host;
        else
            found << HostImage {host, *image};
    }
}

/// docker's two ways of naming one processor.
QString plainArchitecture(const QString& architecture)
{
    static const QMap<QString, QString> names {{u"x86_64"_s, u"amd64"_s},
        {u"aarch64"_s, u"arm64"_s}, {u"armv7l"_s, u"arm"_s}, {u"i686"_s, u"386"_s}};
    return names.value(architecture, architecture);
}

/// Hosts whose processor is not the image's.
QStringList wrongArchitecture(const Examination& examination, const QList<HostImage>& found)
{
    QStringList hosts;
    for (const HostImage& one : found) {
        const auto& daemon = examination.slotHost(one.host).daemon;
        if (daemon && !one.image.architecture.isEmpty() && !daemon->architecture.isEmpty()
            && plainArchitecture(daemon->architecture) != one.image.architecture)
            hosts << one.host;
    }
    return hosts;
}

/// Images of one kind of store have one id where they are one image; a containerd store counts ids
/// otherwise, so there the layers tell.
bool sameImage(const Image& a, const Image& b)
{
    return a.id == b.id || (!a.layers.isEmpty() && a.layers == b.layers);
}

Finding releases(const Examination& examination)
{
    QSet<QString> tags;
    for (const SlotHostLook& host : examination.slotHosts)
        for (const Image& image : host.docker.images)
            for (const QString& tag : image.tagsIn(examination.target.image.repository))
                if (tag.startsWith(examination.target.image.tagPrefix))
                    tags << tag;
    if (tags.isEmpty())
        return {Check::State::Info, {{u"what"_s, u"none"_s}}};
    return {Check::State::Ok, {{u"tags"_s, tags.size()}}};
}

} // namespace

Findings docker(const Examination& examination, const Place& place)
{
    const SlotHostLook& look = examination.slotHost(place.host->name);
    const QString user = examination.host(place.host->name).user;
    if (look.failure && look.failure->kind == ErrorKind::CommandTimedOut)
        return {unusable(*place.host,
            Error(ErrorKind::DockerUnusable,
                {{u"docker"_s, place.host->docker}, {u"why"_s, u"timedOut"_s}}),
            u"timedOut"_s, user)};
    if (look.failure)
        return {{Check::State::Info, {{u"skipped"_s, u"sudo"_s}}}};
    if (const std::optional<Error>& error = look.docker.unusable) {
        const QString what = error->kind == ErrorKind::DockerMissing
            ? u"missing"_s
            : error->facts[u"why"_s].toString(u"other"_s);
        return {unusable(*place.host, *error, what, user)};
    }
    return {{Check::State::Ok,
        {{u"version"_s, look.daemon->serverVersion},
            {u"storageDriver"_s, look.daemon->storageDriver}, {u"rootDir"_s, look.daemon->rootDir},
            {u"podman"_s, look.daemon->podman}}}};
}

Findings image(const Examination& examination, const Place&)
{
    if (examination.options.tag.isEmpty())
        return {releases(examination)};
    const QString reference = examination.target.imageReference(examination.options.tag);
    QList<HostImage> found;
    QStringList missing, elsewhere;
    findImage(examination, reference, found, missing);
    for (const HostImage& one : found)
        elsewhere << one.host;
    if (!missing.isEmpty())
        return {refused(Error(ErrorKind::ImageMissing, {{u"image"_s, reference}}).on(missing[0]),
            {{u"what"_s, u"missing"_s}, {u"image"_s, reference},
                {u"hosts"_s, QJsonArray::fromStringList(missing)},
                {u"elsewhere"_s, QJsonArray::fromStringList(elsewhere)}})};
    const Image& first = found.constFirst().image;
    const QStringList foreign = wrongArchitecture(examination, found);
    if (!foreign.isEmpty())
        return {{Check::State::Warn,
            {{u"what"_s, u"architecture"_s}, {u"image"_s, reference},
                {u"architecture"_s, first.architecture},
                {u"hosts"_s, QJsonArray::fromStringList(foreign)}}}};
    QJsonObject ids;
    for (const HostImage& one : found)
        ids[one.host] = one.image.id;
    if (!std::all_of(found.begin(), found.end(),
            [&](const HostImage& one) { return sameImage(one.image, first); }))
        return {{Check::State::Warn,
            {{u"what"_s, u"differs"_s}, {u"image"_s, reference}, {u"ids"_s, ids}}}};
    return {{Check::State::Ok,
        {{u"image"_s, reference}, {u"id"_s, first.id}, {u"hosts"_s, found.size()}}}};
}

Findings networks(const Examination& examination, const Place& place)
{
    const QString& network = examination.target.container.network;
    const SlotHostLook& look = examination.slotHost(place.host->name);
    if (network.isEmpty() || !look.networks || network.startsWith("container:"_L1)
        || look.networks->contains(network))
        return {{Check::State::Ok, {{u"network"_s, network}}}};
    QStringList names;
    for (qsizetype i = 0; i < look.networks->size(); i += 2)
        names << (*look.networks)[i];
    return {refused({{u"what"_s, u"missing"_s}, {u"network"_s, network},
        {u"available"_s, QJsonArray::fromStringList(names)},
        {u"remedyText"_s,
            dockerCommand(
                *place.host, u"network create "_s + QString::fromUtf8(quote(network)))}})};
}

} // namespace gapless::doctor
