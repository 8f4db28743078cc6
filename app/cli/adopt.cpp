// SPDX-License-Identifier: MIT
#include "app/cli/adopt.h"

#include "app/cli/confirm.h"
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/adoption.h"
#include "app/wording/text.h"
#include "engine/model/targetjson.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Asked {
    QString address, user, key, docker = u"docker"_s, output;
    QString testCommand, reloadCommand, sudo;
    int port = 22;
    bool password = false, agent = false, save = false, keepSecrets = false, acceptNewHostKey = false;
    AdoptionOptions options;
};

/// A target that has the one host and no more: enough to speak to it.
Target hostOnly(const Asked& asked)
{
    HostSpec host {.name = u"web"_s, .address = asked.address, .port = asked.port,
        .user = asked.user.isEmpty() ? userName() : asked.user, .docker = asked.docker};
    host.auth.method = asked.password ? Auth::Method::Password
        : asked.agent                 ? Auth::Method::Agent
                                      : Auth::Method::Key;
    host.auth.privateKeyFile = asked.key;
    if (host.auth.method == Auth::Method::Key && asked.key.isEmpty())
        host.auth.privateKeyFile = u"~/.ssh/id_ed25519"_s;
    if (!asked.sudo.isEmpty() && asked.sudo != "passwordless"_L1 && asked.sudo != "password"_L1)
        throw Error(ErrorKind::Usage,
            {{u"text"_s, Cli::tr("--sudo is passwordless or password")}});
    if (!asked.sudo.isEmpty())
        host.sudo = asked.sudo == "password"_L1 ? Sudo::Password : Sudo::Passwordless;
    Target target;
    if (!asked.testCommand.isEmpty())
        target.gateway.testCommand = asked.testCommand;
    if (!asked.reloadCommand.isEmpty())
        target.gateway.reloadCommand = asked.reloadCommand;
    target.name = u"adopted"_s;
    target.hosts = {host};
    target.gateway.host = host.name;
    return target;
}

QJsonObject jsonOf(const Adoption& adoption)
{
    QJsonArray notes;
    for (const AdoptionNote& note : adoption.notes)
        notes.append(QJsonObject {{u"id"_s, note.id}, {u"slot"_s, note.slot}, {u"facts"_s, note.facts},
            {u"text"_s, sentence(note)}, {u"act"_s, needsAct(note)}});
    return {{u"type"_s, u"adoption"_s},
        {u"target"_s, QJsonDocument::fromJson(targetToJson(adoption.target)).object()},
        {u"notes"_s, notes}};
}

void print(Context& context, const Adoption& adoption)
{
    Console& console = context.console;
    const Target& target = adoption.target;
    console.print(Cli::tr("%1: upstream %2 in %3").arg(printableLine(target.name),
        printableLine(target.gateway.upstream), printableLine(target.gateway.upstreamFile)));
    for (const Slot& slot : target.slots)
        console.print(Cli::tr("  slot %1: container %2, server %3", "name, container, address")
                          .arg(printableLine(slot.name), printableLine(slot.container),
                              printableLine(slot.server)));
    for (const AdoptionNote& note : adoption.notes) {
        const QString mark = needsAct(note) ? u"! "_s : u"- "_s;
        console.print(layout::wrapped(mark + sentence(note), console.columns(), 2));
        for (const QString& line : snippet(note).split(u'\n', Qt::SkipEmptyParts))
            console.print(u"      "_s + line);
    }
}

void write(Context& context, const Asked& asked, const Adoption& adoption)
{
    const QByteArray json = targetToJson(adoption.target);
    if (!asked.output.isEmpty()) {
        QSaveFile out(asked.output);
        if (!out.open(QIODevice::WriteOnly) || out.write(json) != json.size() || !out.commit())
            throw Error(ErrorKind::StoreUnusable, {{u"file"_s, asked.output}}, out.errorString());
        context.console.print(Cli::tr("Written to %1.").arg(asked.output));
    }
    if (!asked.save)
        return;
    if (!context.session.targets().add(adoption.target))
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                Cli::tr("a target named %1 is saved already; give another --name")
                    .arg(adoption.target.name)}});
    if (asked.keepSecrets)
        for (auto secret = adoption.secrets.begin(); secret != adoption.secrets.end(); ++secret)
            context.session.keychain().write(credentialForVariable(adoption.target.name, secret.key()),
                Secret(secret->toUtf8()), context.stop);
    context.console.print(
        Cli::tr("Saved %1. Next: gaplessctl doctor %1, then gaplessctl plan %1 --image TAG")
            .arg(adoption.target.name));
}

int adopt(Context& context, Asked asked)
{
    if (asked.options.dockerRun == "-"_L1) {
        QFile in;
        if (!in.open(stdin, QIODevice::ReadOnly))
            throw Error(ErrorKind::FileUnreadable, {{u"file"_s, u"-"_s}});
        asked.options.dockerRun = QString::fromUtf8(in.readAll());
    }
    const Target look = hostOnly(asked);
    TargetOptions options;
    options.acceptNewHostKey = asked.acceptNewHostKey;
    Hosts& hosts = context.session.hosts(look, options);
    const HostSurvey survey = surveyHost(look.hosts.first(), look.gateway, hosts.at(u"web"_s), context.stop);
    const QList<Adoption> found = proposeTargets(survey, asked.options);
    if (found.isEmpty())
        throw Error(ErrorKind::NothingToAdopt,
            {{u"upstream"_s, asked.options.upstream}, {u"nginx"_s, !survey.nginxes.isEmpty()},
                {u"containers"_s, int(survey.containers.size())}},
            survey.nginxTrouble)
            .on(u"web"_s);
    for (const Adoption& adoption : found) {
        context.console.object(jsonOf(adoption));
        print(context, adoption);
    }
    if (found.size() > 1 && (asked.save || !asked.output.isEmpty()))
        throw Error(ErrorKind::Usage,
            {{u"text"_s, Cli::tr("several sites were found: name one with --upstream")}});
    write(context, asked, found.first());
    if (asked.output.isEmpty() && !asked.save && !context.console.json())
        context.console.print(
            Cli::tr("Nothing is written yet: --save keeps it, --output FILE writes a target file."));
    return 0;
}

} // namespace

void addAdopt(Subcommand& target)
{
    auto asked = std::make_shared<Asked>();
    AdoptionOptions& options = asked->options;
    target
        .under(u"adopt"_s,
            Cli::tr("Proposes a target from what runs on a host: nginx's upstreams and docker's containers."))
        .text("--host", &asked->address, Cli::tr("ADDRESS"), Cli::tr("The host to look at."))
        .number("--port", &asked->port, Cli::tr("PORT"), Cli::tr("Its SSH port (default: 22)."))
        .text("--user", &asked->user, Cli::tr("USER"), Cli::tr("Who logs in (default: you)."))
        .text("--key", &asked->key, Cli::tr("FILE"), Cli::tr("The private key file."))
        .flag("--agent", &asked->agent, Cli::tr("Log in with the SSH agent's keys."))
        .flag("--password", &asked->password,
            Cli::tr("Log in with a password, from the keychain or asked for."))
        .text("--docker", &asked->docker, Cli::tr("WORDS"),
            Cli::tr("The host's docker command (default: docker)."))
        .text("--sudo", &asked->sudo, Cli::tr("HOW"),
            Cli::tr("Look as root: passwordless, or password (from the keychain or asked for)."))
        .text("--test-command", &asked->testCommand, Cli::tr("WORDS"),
            Cli::tr("What tests nginx's configuration (default: nginx -t)."))
        .text("--reload-command", &asked->reloadCommand, Cli::tr("WORDS"),
            Cli::tr("What makes nginx read it again (default: nginx -s reload)."))
        .text("--upstream", &options.upstream, Cli::tr("NAME"), Cli::tr("Only this upstream."))
        .text("--name", &options.name, Cli::tr("NAME"), Cli::tr("The target's name."))
        .text("--environment", &options.environment, Cli::tr("TEXT"),
            Cli::tr("The target's environment, for instance production."))
        .text("--hub", &options.hub, Cli::tr("PATH"), Cli::tr("The path of the site's SignalR hub."))
        .text("--run", &options.dockerRun, Cli::tr("LINE"),
            Cli::tr("The docker run line that the containers are created with; - reads it from "
                    "standard input."))
        .text("-o,--output", &asked->output, Cli::tr("FILE"), Cli::tr("Write the target to a file."))
        .flag("--save", &asked->save, Cli::tr("Save the target."))
        .flag("--keep-secrets", &asked->keepSecrets,
            Cli::tr("With --save: put the secrets of the running containers into the keychain."))
        .flag("--accept-new-host-key", &asked->acceptNewHostKey,
            Cli::tr("Trust a host whose key is not known yet, and remember the key. A key that has "
                    "changed is refused all the same."))
        .about(Cli::tr("Looks only; nothing changes on the host. A single container is proposed as two "
                       "slots, on a free port beside the one it has."))
        .example(u"gaplessctl target adopt --host 192.0.2.10 --user deploy --save"_s,
            Cli::tr("Adopt the site of a host that another pipeline has served:"))
        .does([asked](Context& context) {
            if (asked->address.isEmpty())
                throw Error(ErrorKind::Usage, {{u"text"_s, Cli::tr("--host is missing")}});
            return adopt(context, *asked);
        });
}

} // namespace gapless
