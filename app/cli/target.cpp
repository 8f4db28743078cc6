// SPDX-License-Identifier: MIT
#include "app/cli/adopt.h"
#include "app/cli/confirm.h"
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/model/targetfields.h"
#include "engine/model/targetjson.h"
#include "engine/store/targetstore.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QJsonObject objectOf(const Target& target)
{
    return QJsonDocument::fromJson(targetToJson(target)).object();
}

/// As the target file writes it.
template <typename Choices, typename Value> QString idIn(const Choices& choices, Value value)
{
    for (const auto& choice : choices)
        if (choice.value == value)
            return QString::fromLatin1(choice.id);
    return {};
}

QString protectionOf(const Target& target)
{
    return idIn(fields::protections, target.protection);
}

QStringList slotNames(const Target& target)
{
    QStringList names;
    for (const Slot& slot : target.slots)
        names << slot.name;
    return names;
}

int list(Context& context)
{
    const QList<SavedTarget> saved = context.session.targets().list();
    QList<QStringList> rows {{Cli::tr("NAME"), Cli::tr("ENVIRONMENT"), Cli::tr("PROTECTION"),
        Cli::tr("STRATEGY"), Cli::tr("SLOTS"), Cli::tr("HOSTS")}};
    for (const SavedTarget& entry : saved) {
        if (!entry.target) {
            context.console.complain(*entry.error);
            continue;
        }
        const Target& target = *entry.target;
        QStringList hosts;
        for (const HostSpec& host : target.hosts)
            hosts << host.address;
        context.console.object({{u"type"_s, u"target"_s}, {u"name"_s, target.name},
            {u"environment"_s, target.environment}, {u"protection"_s, protectionOf(target)},
            {u"strategy"_s, strategyName(target.strategy)},
            {u"slots"_s, QJsonArray::fromStringList(slotNames(target))}});
        rows.append({printableLine(target.name), printableLine(target.environment),
            protectionName(protectionOf(target)), strategyName(strategyName(target.strategy)),
            slotNames(target).join(u' '), hosts.join(u' ')});
    }
    context.console.print(rows.size() > 1 || !saved.isEmpty()
            ? layout::table(rows)
            : QStringList {
                Cli::tr("No target is saved yet; “gaplessctl target import FILE” saves one.")});
    return 0;
}

QStringList described(const Target& target)
{
    QList<QStringList> facts {{Cli::tr("Name:"), target.name},
        {Cli::tr("Environment:"), target.environment},
        {Cli::tr("Protection:"), protectionName(protectionOf(target))},
        {Cli::tr("Strategy:"), strategyName(strategyName(target.strategy))},
        {Cli::tr("Image:"), target.image.repository},
        {Cli::tr("Upstream:"),
            Cli::tr("%1 in %2 on %3", "upstream, file, host")
                .arg(target.gateway.upstream, target.gateway.upstreamFile, target.gateway.host)}};
    for (const HostSpec& host : target.hosts)
        facts.append({Cli::tr("Host %1:").arg(host.name),
            u"%1@%2:%3"_s.arg(host.user, host.address).arg(host.port)});
    for (const Slot& slot : target.slots)
        facts.append({Cli::tr("Slot %1:").arg(slot.name),
            Cli::tr("%1 on %2, server %3", "container, host, server")
                .arg(slot.container, slot.host, slot.server)});
    facts.append({Cli::tr("Witness:"), target.witness ? target.witness->url : Cli::tr("none")});
    for (QStringList& row : facts)
        row[1] = printableLine(row[1]);
    return layout::table(facts);
}

int show(Context& context, const QString& name)
{
    const Target target = context.session.targets().load(name);
    context.console.object({{u"type"_s, u"target"_s}, {u"target"_s, objectOf(target)}});
    context.console.print(described(target));
    return 0;
}

int import(Context& context, const QString& file, bool replace)
{
    TargetOptions options;
    options.file = file;
    const Target target = context.session.target(options);
    TargetStore& store = context.session.targets();
    bool replaced = false;
    if (!store.add(target)) {
        const QString question
            = Cli::tr("A target named %1 is saved already. Replace it?").arg(target.name);
        if (!replace && !askYesNo(context, question, u"--replace"_s))
            throw Cancelled();
        store.save(target);
        replaced = true;
    }
    context.console.object(
        {{u"type"_s, u"targetSaved"_s}, {u"name"_s, target.name}, {u"replaced"_s, replaced}});
    context.console.print(Cli::tr("Saved %1.").arg(target.name));
    return 0;
}

int exportTo(Context& context, const QString& name, const QString& file)
{
    const QByteArray json = targetToJson(context.session.targets().load(name));
    if (file.isEmpty()) {
        // A machine gets its one line, a person the file as it is.
        context.console.raw(context.console.json()
                ? QJsonDocument::fromJson(json).toJson(QJsonDocument::Compact) + '\n'
                : json);
        return 0;
    }
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(json) != json.size() || !out.commit())
        throw Error(ErrorKind::StoreUnusable, {{u"file"_s, file}}, out.errorString());
    return 0;
}

int remove(Context& context, const QString& name, bool yes)
{
    TargetStore& store = context.session.targets();
    if (!store.names().contains(name.normalized(QString::NormalizationForm_C)))
        throw Error(ErrorKind::TargetUnknown, {{u"target"_s, name}});
    const QString question
        = Cli::tr("Remove the target %1? Its history stays; nothing changes on any host.")
              .arg(name);
    if (!yes && !askYesNo(context, question, u"--yes"_s))
        throw Cancelled();
    store.remove(name);
    context.console.object({{u"type"_s, u"targetRemoved"_s}, {u"name"_s, name}});
    context.console.print(Cli::tr("Removed %1.").arg(name));
    return 0;
}

void addReading(Subcommand& target)
{
    target.under(u"list"_s, Cli::tr("Lists the saved targets.")).does(list);
    auto name = std::make_shared<QString>();
    target.under(u"show"_s, Cli::tr("Shows a saved target."))
        .word(u"NAME"_s, name.get(), true, Cli::tr("The target's name."))
        .does([name](Context& context) { return show(context, *name); });
    struct Export {
        QString name, file;
    };
    auto to = std::make_shared<Export>();
    target.under(u"export"_s, Cli::tr("Writes a saved target as a file that import reads."))
        .word(u"NAME"_s, &to->name, true, Cli::tr("The target's name."))
        .text("-o,--output", &to->file, Cli::tr("FILE"),
            Cli::tr("Where to write it (default: standard output)."))
        .about(Cli::tr("A target file never holds a secret; those stay in the keychain."))
        .does([to](Context& context) { return exportTo(context, to->name, to->file); });
}

void addWriting(Subcommand& target)
{
    struct Words {
        QString word;
        bool sure = false;
    };
    auto from = std::make_shared<Words>();
    target.under(u"import"_s, Cli::tr("Saves a target from a file."))
        .word(u"FILE"_s, &from->word, true, Cli::tr("The target file, JSON."))
        .flag("--replace", &from->sure, Cli::tr("Replace a saved target of the same name."))
        .does([from](Context& context) { return import(context, from->word, from->sure); });
    auto which = std::make_shared<Words>();
    target.under(u"remove"_s, Cli::tr("Removes a saved target; nothing changes on any host."))
        .word(u"NAME"_s, &which->word, true, Cli::tr("The target's name."))
        .flag("--yes", &which->sure, Cli::tr("Do not ask."))
        .does([which](Context& context) { return remove(context, which->word, which->sure); });
    addAdopt(target);
}

} // namespace

void addTarget(Subcommand& root)
{
    Subcommand& target = root.under(
        u"target"_s, Cli::tr("Saves, shows, imports, exports and removes deployment targets."));
    addReading(target);
    addWriting(target);
}

} // namespace gapless
