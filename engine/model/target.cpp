// SPDX-License-Identifier: MIT
#include "engine/model/target.h"

#include "engine/model/error.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

const HostSpec& Target::host(const QString& hostName) const
{
    const auto found = std::find_if(
        hosts.begin(), hosts.end(), [&](const HostSpec& spec) { return spec.name == hostName; });
    if (found == hosts.end())
        throw Error(ErrorKind::Internal, {{u"text"_s, u"no host named "_s + hostName}});
    return *found;
}

const Slot* Target::slot(const QString& slotName) const
{
    const auto found = std::find_if(
        slots.begin(), slots.end(), [&](const Slot& one) { return one.name == slotName; });
    return found == slots.end() ? nullptr : &*found;
}

QStringList Target::slotHosts() const
{
    QStringList names;
    for (const Slot& one : slots)
        if (!names.contains(one.host))
            names.append(one.host);
    return names;
}

QString Target::groupOf(const Slot& slot) const
{
    return slot.group.isEmpty() ? slot.name : slot.group;
}

QStringList Target::groups() const
{
    QStringList names;
    for (const Slot& one : slots)
        if (!names.contains(groupOf(one)))
            names.append(groupOf(one));
    return names;
}

QString Target::imageReference(const QString& tag) const
{
    // A tag has no colon, so whatever has one names its repository (and perhaps a registry's port).
    return tag.contains(u':') ? tag : image.repository + u':' + tag;
}

} // namespace gapless
