// SPDX-License-Identifier: MIT
#include "engine/site/doctor.h"
#include "app/cli/exitstatus.h"
#include "app/cli/session.h"
#include "app/cli/textlayout.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QJsonObject factsOf(const Check& check)
{
    QJsonObject facts = check.facts;
    if (!check.host.isEmpty())
        facts[u"host"_s] = check.host;
    if (!check.slot.isEmpty())
        facts[u"slot"_s] = check.slot;
    return facts;
}

QJsonObject jsonOf(const Check& check)
{
    QJsonObject json = toJson(check);
    json[u"type"_s] = u"check"_s;
    const QString remedy = checkRemedy(check.id, idOf(check.state), factsOf(check));
    json[u"remedy"_s] = remedy.isEmpty() ? QJsonValue() : QJsonValue(remedy);
    return json;
}

QString marked(const Check& check, const QString& text, bool color)
{
    switch (check.state) {
    case Check::State::Ok:
        return paint::green(u"✓ "_s, color) + text;
    case Check::State::Info:
        return paint::blue(u"· "_s, color) + text;
    case Check::State::Warn:
        return paint::yellow(u"! "_s + text, color);
    case Check::State::Refuse:
        return paint::red(u"✗ "_s + text, color);
    }
    return text;
}

QStringList linesOf(const Check& check, int columns, bool color)
{
    const QString state = idOf(check.state);
    const QJsonObject facts = factsOf(check);
    QStringList lines = layout::wrapped(checkSentence(check.id, state, facts), columns, 2);
    lines[0] = marked(check, lines[0].trimmed(), color);
    if (check.state == Check::State::Ok)
        return lines;
    for (const QString& line : layout::wrapped(checkDetail(facts), columns, 4))
        if (!line.isEmpty())
            lines << paint::faint(line, color);
    // Info that asks for nothing needs no advice.
    const QString snippet = checkSnippet(facts);
    if (check.state != Check::State::Info || !snippet.isEmpty())
        lines += layout::wrapped(checkRemedy(check.id, state, facts), columns, 4);
    for (const QString& line : snippet.split(u'\n', Qt::SkipEmptyParts))
        lines << u"        "_s + line;
    return lines;
}

/// The checks that could not be made, one line a cause instead of one a check.
QStringList skippedLines(const QList<Check>& checks)
{
    QMap<QString, int> causes;
    for (const Check& check : checks)
        if (const QString cause = check.facts[u"skipped"_s].toString(); !cause.isEmpty())
            ++causes[cause];
    QStringList lines;
    for (auto cause = causes.begin(); cause != causes.end(); ++cause)
        lines << u"· "_s
                + Cli::tr("%n check(s) not made, since “%1” failed", nullptr, cause.value())
                      .arg(checkName(cause.key()));
    return lines;
}

int statusOf(Check::State worst)
{
    switch (worst) {
    case Check::State::Ok:
    case Check::State::Info:
        return exitstatus::done;
    case Check::State::Warn:
        return exitstatus::failed;
    case Check::State::Refuse:
        break;
    }
    return exitstatus::refused;
}

} // namespace

void addDoctor(Subcommand& root)
{
    struct Examined {
        TargetOptions target;
        DoctorOptions doctor;
    };
    auto options = std::make_shared<Examined>();
    root.under(u"doctor"_s,
            Cli::tr("Makes every check before a deployment, and says how to mend what is wrong."))
        .target(&options->target)
        .text("--image", &options->doctor.tag, Cli::tr("TAG"),
            Cli::tr("The release that is about to be deployed."))
        .about(
            Cli::tr("Changes nothing. Exit status: 0 when nothing is worse than a remark, 1 when "
                    "a check warns, 5 when one would refuse a deployment."))
        .does([options](Context& context) {
            const Target target = context.session.target(options->target);
            Console& console = context.console;
            const QList<Check> checks
                = runDoctor(target, context.session.hosts(target, options->target), options->doctor,
                    context.stop, [&console](const Check& check) {
                        console.object(jsonOf(check));
                        if (!check.facts.contains(u"skipped"_s))
                            console.print(linesOf(check, console.columns(), console.colorOut()));
                    });
            console.print(skippedLines(checks));
            return statusOf(worstOf(checks));
        });
}

} // namespace gapless
