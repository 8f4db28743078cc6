// SPDX-License-Identifier: MIT
#include "app/cli/rolloutcommand.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct DeployOptions {
    RolloutOptions rollout;
    QString image, context, tag, git, revision, archive;
};

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

/// The one source that was named; the others are refused by their names.
QString tagToDeploy(const DeployOptions& options)
{
    const std::pair<QString, QString> others[] {{u"--context"_s, options.context},
        {u"--git"_s, options.git}, {u"--archive"_s, options.archive}};
    for (const auto& [name, value] : others)
        if (!value.isEmpty())
            throw usage(Cli::tr("%1 is not built yet; deploy an image that is on the hosts with "
                                "--image TAG")
                            .arg(name));
    if (options.image.isEmpty())
        throw usage(Cli::tr("say what to deploy: --image TAG"));
    return options.image;
}

void addSources(Subcommand& command, DeployOptions& options)
{
    command
        .text("--image", &options.image, Cli::tr("TAG"),
            Cli::tr("An image that is on the hosts: hash_x or repository:hash_x."))
        .text("--context", &options.context, Cli::tr("DIR"),
            Cli::tr("Build from this folder (not built yet)."))
        .text("--git", &options.git, Cli::tr("REPO"),
            Cli::tr("Build from this repository (not built yet)."))
        .text("--rev", &options.revision, Cli::tr("REV"), Cli::tr("The revision for --git."))
        .text("--archive", &options.archive, Cli::tr("FILE"),
            Cli::tr("Load this image archive (not built yet)."))
        .text("--tag", &options.tag, Cli::tr("TAG"),
            Cli::tr("The tag that --context or --archive gets."));
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
        .example(u"gaplessctl deploy --target chat.json --image hash_2f9c1e --yes --json"_s,
            Cli::tr("In a pipeline:"))
        .rollsOut()
        .does([options](Context& context) {
            options->rollout.tag = tagToDeploy(*options);
            return runRolloutCommand(context, requestOf(context, options->rollout, u"deploy"_s),
                options->rollout, Caution::Full);
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
            options->rollout.tag = tagToDeploy(*options);
            const RolloutRequest request = requestOf(context, options->rollout, u"deploy"_s);
            const Plan made = planOf(context, request, options->rollout);
            QJsonObject line = toJson(made);
            line[u"type"_s] = u"plan"_s;
            context.console.object(line);
            context.console.print(planLines(made, true, context.console.colorOut()));
            return 0;
        });
}

} // namespace gapless
