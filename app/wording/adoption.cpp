// SPDX-License-Identifier: MIT
#include "app/wording/adoption.h"

#include "app/wording/facts.h"
#include "app/wording/text.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Adopting {
    Q_DECLARE_TR_FUNCTIONS(Adopting)
};

QString listOf(const QJsonValue& names)
{
    QStringList texts;
    for (const QJsonValue name : names.toArray())
        texts << printableLine(name.toString());
    return texts.join(Adopting::tr(", ", "between the members of a list"));
}

QString ofSlot(const AdoptionNote& note, const Facts& facts)
{
    const QString& id = note.id;
    if (id == "slotEmpty"_L1)
        return Adopting::tr("there is no container behind the server %1; a deployment creates %2.")
            .arg(facts("server"), facts("container"));
    if (id == "slotDown"_L1)
        return Adopting::tr("its server line %1 is down, as a pipeline that was cut off leaves it; a "
                            "deployment replaces this slot first and puts it up.")
            .arg(facts("server"));
    if (id == "slotStopped"_L1)
        return Adopting::tr("the container %1 does not run (%2).").arg(facts("container"), facts("status"));
    if (id == "releaseKnown"_L1)
        return Adopting::tr("it runs %1, which is the release %2.").arg(facts("image"), facts("tag"));
    if (id == "releaseUnknown"_L1)
        return Adopting::tr("no release tag names the image it runs (%1). Tag it, or there is nothing "
                            "to roll back to after the first deployment:")
            .arg(facts("image"));
    if (id == "compose"_L1)
        return Adopting::tr("docker compose made %1 (project %2) and would make it again its own way: "
                            "take the service out of the compose file.")
            .arg(facts("container"), facts("project"));
    if (id == "lost"_L1)
        return Adopting::tr("this of %1 cannot be given to a new container: %2. See that the site does "
                            "without.")
            .arg(facts("container"), listOf(note.facts[u"what"_s]));
    return {};
}

QString ofSite(const AdoptionNote& note, const Facts& facts)
{
    const QString& id = note.id;
    if (id == "releasesDiffer"_L1)
        return Adopting::tr("The slots run different images. A deployment brings them to one.");
    if (id == "converts"_L1)
        return Adopting::tr("The one container %1 on port %2 becomes two slots without an outage: the "
                            "first deployment starts a second one on port %3, adds “server %4” to the "
                            "upstream, and only then replaces the first.")
            .arg(facts("container"), facts("port"), facts("newPort"), facts("server"));
    if (id == "noUpstream"_L1)
        return Adopting::tr("nginx passes to %1 itself (%2, line %3). Write the upstream below to %4, "
                            "change that line to “proxy_pass http://%5”, test and reload; nothing "
                            "changes for users.")
            .arg(facts("address"), facts("file"), facts("line"), facts("newFile"), facts("upstream"));
    if (id == "secrets"_L1)
        return Adopting::tr("These variables look like secrets and are not in the target: %1. Their "
                            "values belong into the keychain.")
            .arg(listOf(note.facts[u"names"_s]));
    if (id == "secretsDiffer"_L1)
        return Adopting::tr("These secrets differ between the slots, and a target has one value for "
                            "all: %1.")
            .arg(listOf(note.facts[u"names"_s]));
    if (id == "mountsDiffer"_L1)
        return Adopting::tr("The mounts of %1 differ from the other slot's; the target has the other's.")
            .arg(listOf(note.facts[u"slots"_s]));
    if (id == "optionsDiffer"_L1)
        return Adopting::tr("The options of %1 differ from the other slot's; the target has the other's.")
            .arg(listOf(note.facts[u"slots"_s]));
    if (id == "noRestart"_L1)
        return Adopting::tr("%1 has no restart policy and would not come back after a restart of the "
                            "host; the target says “unless-stopped”.")
            .arg(facts("container"));
    if (id == "fileHidden"_L1)
        return Adopting::tr("nginx runs in the container %1, and its file %2 is in no mount: mount its "
                            "folder from the host, so that an edit outlives the container.")
            .arg(facts("container"), facts("file"));
    return printableLine(id);
}

} // namespace

QString sentence(const AdoptionNote& note)
{
    const Facts facts(note.facts);
    const QString text = ofSlot(note, facts);
    return text.isEmpty()
        ? ofSite(note, facts)
        : Adopting::tr("Slot %1: %2", "name, what is found of it").arg(printableLine(note.slot), text);
}

QString snippet(const AdoptionNote& note)
{
    return printable(note.facts[u"snippet"_s].toString()).trimmed();
}

bool needsAct(const AdoptionNote& note)
{
    static const QStringList acts {u"releaseUnknown"_s, u"compose"_s, u"lost"_s, u"noUpstream"_s,
        u"secrets"_s, u"secretsDiffer"_s, u"mountsDiffer"_s, u"optionsDiffer"_s, u"fileHidden"_s};
    return acts.contains(note.id);
}

} // namespace gapless
