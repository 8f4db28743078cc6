// SPDX-License-Identifier: MIT
#include "engine/site/doctorchecks.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

/// A clock that is further off makes the times of two machines' records misleading.
constexpr double tolerableOffsetMs = 2000;
/// Room that docker needs besides an image's layers: a container's own layer, logs, metadata.
constexpr qint64 spareBytes = 256LL * 1024 * 1024;

bool isHostKeyError(ErrorKind kind)
{
    return kind == ErrorKind::HostKeyUnknown || kind == ErrorKind::HostKeyChanged
        || kind == ErrorKind::HostKeyRevoked || kind == ErrorKind::KnownHostsUnreadable;
}

QString sudoName(Sudo sudo)
{
    switch (sudo) {
    case Sudo::None:
        return u"none"_s;
    case Sudo::Passwordless:
        return u"passwordless"_s;
    case Sudo::Password:
        return u"password"_s;
    }
    return {};
}

bool hasImage(const Examination& examination, const QString& host, const QString& reference)
{
    const QList<Image>& images = examination.slotHost(host).docker.images;
    return std::any_of(images.begin(), images.end(),
        [&](const Image& image) { return image.tags.contains(reference); });
}

/// What the release would take up: the size of its image where some host has it, else of the
/// largest.
qint64 imageBytes(const Examination& examination, const QString& reference)
{
    qint64 largest = 0;
    for (const SlotHostLook& host : examination.slotHosts) {
        for (const Image& image : host.docker.images) {
            if (image.tags.contains(reference))
                return image.size;
            largest = std::max(largest, image.size);
        }
    }
    return largest;
}

QJsonArray sorted(const QSet<QString>& names)
{
    QStringList list(names.begin(), names.end());
    list.sort();
    return QJsonArray::fromStringList(list);
}

} // namespace

Findings ssh(const Examination& examination, const Place& place)
{
    const HostLook& host = examination.host(place.host->name);
    if (host.failure && isHostKeyError(host.failure->kind))
        return {{Check::State::Info, {{u"skipped"_s, u"hostKey"_s}}}};
    if (host.failure)
        return {refused(*host.failure)};
    return {{Check::State::Ok,
        {{u"address"_s, place.host->address}, {u"port"_s, place.host->port},
            {u"user"_s, place.host->user}, {u"ms"_s, qint64(host.answered.count())}}}};
}

Findings hostKey(const Examination& examination, const Place& place)
{
    const HostLook& host = examination.host(place.host->name);
    if (host.failure && isHostKeyError(host.failure->kind))
        return {refused(*host.failure)};
    if (host.failure)
        return {{Check::State::Info, {{u"skipped"_s, u"ssh"_s}}}};
    return {{Check::State::Ok, {{u"pinned"_s, !place.host->hostKey.isEmpty()}}}};
}

Findings sudo(const Examination& examination, const Place& place)
{
    const HostLook& host = examination.host(place.host->name);
    if (host.sudoFailure)
        return {refused(*host.sudoFailure, {{u"remedyText"_s, sudoersLine(*place.host)}})};
    return {{Check::State::Ok, {{u"sudo"_s, sudoName(place.host->sudo)}, {u"root"_s, host.root}}}};
}

Findings clock(const Examination& examination, const Place& place)
{
    const HostLook& host = examination.host(place.host->name);
    const bool isOff = std::abs(host.offsetMs) - host.uncertaintyMs > tolerableOffsetMs;
    return {{isOff ? Check::State::Warn : Check::State::Ok,
        {{u"offsetMs"_s, std::round(host.offsetMs)},
            {u"uncertaintyMs"_s, std::round(host.uncertaintyMs)}}}};
}

Findings tools(const Examination& examination, const Place& place)
{
    static const QSet<QString> needed {u"awk"_s, u"base64"_s, u"flock"_s, u"setsid"_s};
    static const QSet<QString> useful {u"ss"_s, u"unshare"_s};
    const QSet<QString>& there = examination.host(place.host->name).tools;
    QSet<QString> missing = needed - there;
    const bool isGateway = place.host->name == examination.target.gateway.host;
    const bool isNeeded = !missing.isEmpty();
    if (!isNeeded && isGateway)
        missing = useful - there;
    if (missing.isEmpty())
        return {{}};
    return {{isNeeded ? Check::State::Refuse : Check::State::Info,
        {{u"missing"_s, sorted(missing)},
            {u"remedyText"_s, u"apt-get install coreutils iproute2 mawk util-linux"_s}}}};
}

Findings disk(const Examination& examination, const Place& place)
{
    const std::optional<DiskSpace>& space = examination.slotHost(place.host->name).disk;
    if (!space)
        return {{Check::State::Info, {{u"what"_s, u"unknown"_s}}}};
    const QString reference = examination.target.imageReference(examination.options.tag);
    const bool isThere
        = !examination.options.tag.isEmpty() && hasImage(examination, place.host->name, reference);
    const qint64 image = isThere ? 0 : imageBytes(examination, reference);
    const qint64 needed = image + spareBytes;
    const QJsonObject facts {
        {u"path"_s, space->path}, {u"freeBytes"_s, space->freeBytes}, {u"neededBytes"_s, needed}};
    if (space->freeBytes < std::max(image, spareBytes / 16))
        return {refused(Error(ErrorKind::DiskFull, facts), facts)};
    return {{space->freeBytes < needed ? Check::State::Warn : Check::State::Ok, facts}};
}

} // namespace gapless::doctor
