// SPDX-License-Identifier: MIT
#include "app/cli/rolloutcommand.h"
#include "app/cli/session.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct DeployOptions {
    RolloutOptions rollout;
    QString image, context, tag, git, revision, archive, local, pull;
};

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

/// The one source that was named.
SourceSpec sourceOf(const DeployOptions& options, const QString& dataFolder)
{
    using Kind = SourceSpec::Kind;
    const std::tuple<QString, QString, Kind> all[] {
        {u"--image"_s, options.image, Kind::OnHosts}, {u"--git"_s, options.git, Kind::Git},
        {u"--context"_s, options.context, Kind::Context},
        {u"--archive"_s, options.archive, Kind::Archive},
        {u"--local"_s, options.local, Kind::Local}, {u"--pull"_s, options.pull, Kind::Registry}};
    SourceSpec source {.revision = options.revision,
        .tag = options.tag,
        .cache = dataFolder + u"/git"_s};
    QStringList named;
    for (const auto& [name, value, kind] : all) {
        if (value.isEmpty())
            continue;
        named << name;
        source.kind = kind;
        source.location = value;
    }
    if (named.isEmpty())
        throw usage(Cli::tr("say what to deploy: --image TAG, --git REPO, --context DIR, "
                            "--archive FILE, --local IMAGE or --pull REF"));
    if (named.size() > 1)
        throw usage(Cli::tr("%1 and %2 exclude each other").arg(named[0], named[1]));
    if (!options.revision.isEmpty() && source.kind != Kind::Git)
        throw usage(Cli::tr("--rev goes with --git only"));
    if (source.kind == Kind::OnHosts && !options.tag.isEmpty())
        throw usage(Cli::tr("--image says the tag already; --tag goes with the other sources"));
    if (options.tag.isEmpty() && source.kind != Kind::OnHosts && source.kind != Kind::Git)
        throw usage(Cli::tr("%1 needs --tag TAG: what the release is to be called").arg(named[0]));
    return source;
}

RolloutRequest requestFor(Context& context, DeployOptions& options)
{
    const SourceSpec source = sourceOf(options, context.session.dataFolder());
    options.rollout.tag = source.kind == SourceSpec::Kind::OnHosts ? options.image : QString();
    RolloutRequest request = requestOf(context, options.rollout, u"deploy"_s);
    request.source = source;
    return request;
}

void addSources(Subcommand& command, DeployOptions& options)
{
    command
        .text("--image", &options.image, Cli::tr("TAG"),
            Cli::tr("An image that is on the hosts: hash_x or repository:hash_x."))
        .text("--git", &options.git, Cli::tr("REPO"),
            Cli::tr("Build on a host from a commit of this repository, a path or a URL. The tag is "
                    "made of the commit's hash, as the target says."))
        .text("--rev", &options.revision, Cli::tr("REV"),
            Cli::tr("The branch, tag or commit for --git (default: the head of its default "
                    "branch)."))
        .text("--context", &options.context, Cli::tr("DIR"),
            Cli::tr("Build on a host from this folder with its Dockerfile."))
        .text("--archive", &options.archive, Cli::tr("FILE"),
            Cli::tr("Send the image that “docker save” wrote, or an OCI layout; only the layers "
                    "that a host lacks."))
        .text("--local", &options.local, Cli::tr("IMAGE"),
            Cli::tr("Send this image of this machine's docker; only the layers that a host lacks."))
        .text("--pull", &options.pull, Cli::tr("REF"),
            Cli::tr("Have the hosts pull this registry reference, best by its digest."))
        .text("--tag", &options.tag, Cli::tr("TAG"),
            Cli::tr("The tag that the release gets; --git has one of its own."));
}

} // namespace

void addDeploy(Subcommand& root)
{
    auto options = std::make_shared<DeployOptions>();
    Subcommand& deploy = root.under(u"deploy"_s, Cli::tr("Rolls a release out, slot by slot."));
    options->rollout.addTo(deploy, true);
    addSources(deploy, *options);
    deploy
        .about(
            Cli::tr("Each slot in its turn is taken out of nginx, emptied, stopped, started with "
                    "the new image, proven ready and put back, while the other slots serve. If "
                    "the first slot cannot be made ready, the old version is restored."))
        .about(Cli::tr("Ctrl-C once stops and restores what was taken out; once the new version "
                       "serves, it finishes tidily. Ctrl-C twice ends at once."))
        .example(u"gaplessctl deploy chat --image hash_2f9c1e"_s,
            Cli::tr("With a live view, on a terminal:"))
        .example(u"gaplessctl deploy chat --git ../chat --rev 2f9c1e"_s,
            Cli::tr("From a commit, built on the host:"))
        .example(u"gaplessctl deploy --target chat.json --image hash_2f9c1e --yes --json"_s,
            Cli::tr("In a pipeline:"))
        .rollsOut()
        .does([options](Context& context) {
            return runRolloutCommand(
                context, requestFor(context, *options), options->rollout, Caution::Full);
        });
}

void addPlan(Subcommand& root)
{
    auto options = std::make_shared<DeployOptions>();
    Subcommand& plan
        = root.under(u"plan"_s, Cli::tr("Shows what a deployment would do, and changes nothing."));
    options->rollout.addTo(plan, false);
    addSources(plan, *options);
    plan.about(Cli::tr("Each step with its commands, the change of nginx's file as a diff, and "
                       "what it waits for. What is not known yet stands as a placeholder."))
        .does([options](Context& context) {
            const RolloutRequest request = requestFor(context, *options);
            const Plan made = planOf(context, request, options->rollout);
            QJsonObject line = toJson(made);
            line[u"type"_s] = u"plan"_s;
            context.console.object(line);
            context.console.print(planLines(made, true, context.console.colorOut()));
            return 0;
        });
}

} // namespace gapless
