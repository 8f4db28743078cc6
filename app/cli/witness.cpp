// SPDX-License-Identifier: MIT
#include "app/cli/exitstatus.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "engine/witness/samplefile.h"
#include "engine/witness/sitewitness.h"

using namespace Qt::StringLiterals;
using std::chrono::seconds;

namespace gapless {

namespace {

struct WitnessCommand {
    TargetOptions target;
    QString url, hub;
    int seconds = 0;
};

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

std::unique_ptr<Witness> witnessOf(Context& context, const WitnessCommand& options)
{
    const bool named = !options.target.name.isEmpty() || !options.target.file.isEmpty();
    if (named == !options.url.isEmpty())
        throw usage(
            Cli::tr("name a target, or give --url URL, and --hub PATH where there is a hub"));
    if (!named) {
        WitnessSpec spec;
        spec.url = options.url;
        if (!options.hub.isEmpty()) {
            spec.hub.emplace();
            spec.hub->hub = options.hub;
        }
        WitnessOptions plain;
        plain.samplesFolder = samplesFolder(context.session.dataFolder());
        return makeSiteWitness(spec, {}, plain);
    }
    const Target target = context.session.target(options.target);
    if (!target.witness)
        throw Error(ErrorKind::FieldMissing, {{u"path"_s, u"witness"_s}});
    return context.session.witness(target, context.session.hosts(target, options.target));
}

/// Numbers the events as a journal would; nothing of a witness alone is kept.
class Numbered {
public:
    Numbered(EventFeed& feed, Clock& clock)
        : m_feed(feed)
        , m_clock(clock)
    {
    }
    void operator()(EventBody body) { m_feed.show({++m_seq, m_clock.now(), {}, std::move(body)}); }

private:
    EventFeed& m_feed;
    Clock& m_clock;
    std::atomic<qint64> m_seq = 0;
};

int watch(Context& context, const WitnessCommand& options)
{
    if (options.seconds <= 0)
        throw usage(Cli::tr("say how long: --for SECONDS"));
    const std::unique_ptr<Witness> witness = witnessOf(context, options);
    // A witness alone has no steps to draw: plain lines, also on a terminal.
    EventFeed feed(context.console, context.options.verbose, EventFeed::Style::Lines);
    Numbered numbered(feed, context.session.clock());
    witness->start([&](EventBody body) { numbered(std::move(body)); }, seconds(30), context.stop);
    context.session.clock().wait(seconds(options.seconds), context.stop);
    const QString samples = witness->samplesFile();
    const Verdict verdict = witness->finish();
    feed.finish();
    QJsonObject line {
        {u"type"_s, u"verdict"_s}, {u"verdict"_s, toJson(verdict)}, {u"samples"_s, samples}};
    context.console.object(line);
    context.console.print(Cli::tr("Verdict: %1").arg(sentence(verdict)));
    context.console.print(noteTexts(verdict));
    context.console.print(Cli::tr("Samples: %1", "a file").arg(printableLine(samples)));
    return verdict.clean ? exitstatus::done : exitstatus::notClean;
}

} // namespace

std::unique_ptr<Witness> Session::witness(const Target& target, Hosts& hosts)
{
    if (!target.witness)
        return nullptr;
    WitnessOptions options;
    options.samplesFolder = samplesFolder(m_dataFolder);
    options.controlProbe = [&gateway = hosts.at(target.gateway.host)]() -> std::optional<bool> {
        Command look;
        look.script = "true";
        look.shown = u"true"_s;
        look.deadline = seconds(5);
        try {
            return gateway.run(look, {}).ok();
        } catch (const Error&) {
            return false;
        }
    };
    if (const auto& hub = target.witness->hub; hub && !hub->accessToken.isEmpty()) {
        const QString name = credentialForToken(hub->accessToken);
        const auto token = keychain().read(name);
        if (!token)
            throw Error(ErrorKind::CredentialMissing, {{u"credential"_s, name}});
        options.accessToken = QString::fromUtf8(token->view());
    }
    return makeSiteWitness(target, std::move(options));
}

void addWitness(Subcommand& root)
{
    auto options = std::make_shared<WitnessCommand>();
    root.under(u"witness"_s, Cli::tr("Watches a site from its users' side, without a rollout."))
        .target(&options->target)
        .text("--url", &options->url, u"URL"_s, Cli::tr("A site that is no target."))
        .text("--hub", &options->hub, Cli::tr("PATH"),
            Cli::tr("Its SignalR hub, for instance /UpdateHub."))
        .number("--for", &options->seconds, Cli::tr("SECONDS"), Cli::tr("How long."))
        .about(Cli::tr("Ctrl-C ends it early, with the verdict so far. Exit status: 0 when the "
                       "verdict is clean, else 4."))
        .example(u"gaplessctl witness --url http://192.0.2.10:9080 --hub /UpdateHub --for 60"_s,
            Cli::tr("For a minute:"))
        .does([options](Context& context) { return watch(context, *options); });
}

} // namespace gapless
