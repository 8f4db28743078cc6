// SPDX-License-Identifier: MIT
#include "app/cli/commandline.h"

#include "app/cli/manpage.h"
#include "app/cli/textlayout.h"
#include "app/wording/language.h"
#include "app/wording/wording.h"
#include "engine/model/error.h"

#include <CLI/App.hpp>
#include <CLI/Error.hpp>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

Error usage(const QString& text)
{
    return Error(ErrorKind::Usage, {{u"text"_s, text}});
}

/// CLI11's own sentence, in our language for what people get wrong most.
QString saidOf(const CLI::ParseError& error)
{
    const QString text = QString::fromStdString(error.what());
    if (dynamic_cast<const CLI::ExtrasError*>(&error))
        return Cli::tr("“%1” is not expected here").arg(text.section(u": "_s, 1));
    if (dynamic_cast<const CLI::RequiredError*>(&error))
        return text.contains(u"subcommand"_s, Qt::CaseInsensitive)
            ? Cli::tr("a command is missing")
            : Cli::tr("%1 is missing").arg(text.section(u' ', 0, 0));
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
        return Cli::tr("%1 lacks its value").arg(text.section(u':', 0, 0));
    if (dynamic_cast<const CLI::ConversionError*>(&error)
        || dynamic_cast<const CLI::ValidationError*>(&error))
        return Cli::tr("%1 takes another kind of value").arg(text.section(u':', 0, 0));
    return text;
}

/// `help strategies`: what the window's picker says, too.
QString strategiesHelp(int columns)
{
    QStringList lines;
    for (const QString& strategy : strategyIds()) {
        lines << (lines.isEmpty() ? QString() : u"\n"_s) + strategy;
        for (const QString& line : strategyLines(strategy))
            lines << layout::wrapped(line, std::min(columns, 100), 2);
    }
    return lines.join(u'\n');
}

} // namespace

CommandLine::~CommandLine() = default;

CommandLine::CommandLine(Options* options)
    : m_app(std::make_unique<CLI::App>())
    , m_root(*m_app, u"gaplessctl"_s,
        Cli::tr("Replaces a running web site without a user noticing, and proves it."))
{
    m_app->name("gaplessctl");
    m_app->set_help_flag("-h,--help");
    m_app->set_version_flag("--version", GAPLESS_VERSION);
    addGlobalOptions(options);
    for (const auto add : {addTarget, addCredential, addDoctor, addImages, addStatus, addPlan,
             addDeploy, addRollback, addApprove, addReject, addPromote, addPreview, addPause, addContinue, addStop, addResume, addUnlock,
             addPrune, addWitness, addHistory, addReport, addVerify})
        add(m_root);
    addHelp();
    m_root
        .about(
            Cli::tr("TARGET is the name of a saved target, or --target FILE in its place. TAG is "
                    "hash_x or repository:hash_x."))
        .about(Cli::tr("“gaplessctl help strategies” explains the four strategies."))
        .about(Cli::tr(
            "Exit status: 0 done, and what the witness saw is clean; 1 failed, what served before "
            "serves now; 2 the command line or a file is wrong; 3 half done, a person must decide; "
            "4 deployed, but the verdict is broken or invalid; 5 refused before anything changed; "
            "130 cancelled."));
}

void CommandLine::addGlobalOptions(Options* options)
{
    m_root
        .text("--data-dir", &options->dataDir, Cli::tr("DIR"),
            Cli::tr(
                "Where targets, history and settings are kept (default: $GAPLESS_DATA_DIR, else "
                "the XDG data folder)."))
        .text("--lang", &options->language, Language::codes().join(u'|'),
            Cli::tr("The language to speak (default: the system's)."))
        .flag("--json", &options->json,
            Cli::tr("One JSON object a line on standard output and nothing else there."))
        .flag("--no-input", &options->noInput,
            Cli::tr("Ask nothing; what would have to be asked is refused."))
        .flag("-v,--verbose", &options->verbose,
            Cli::tr("Also show each command that is run on a host."));
}

void CommandLine::addHelp()
{
    auto path = std::make_shared<QStringList>();
    m_root.under(u"help"_s, Cli::tr("Shows what a command does and takes."))
        .flag("--man", &m_man, Cli::tr("All of it as a manual page (roff)."))
        .words(
            Cli::tr("COMMAND"), path.get(), Cli::tr("The command, for instance “target import”."))
        .does([path](Context&) { return 0; });
    m_helpPath = path;
}

bool CommandLine::namesRollout(const QStringList& arguments) const
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const CLI::Option* option = m_app->get_option_no_throw(arguments[i].toStdString());
        if (option && option->get_items_expected_max() > 0)
            ++i; // its value may be a command's name
        else if (const Subcommand* command = m_root.find(arguments[i]))
            return command->isRollout();
    }
    return false;
}

CommandLine::Parsed CommandLine::parse(const QStringList& arguments, int columns)
{
    std::vector<std::string> reversed;
    for (const QString& argument : arguments)
        reversed.insert(reversed.begin(), argument.toStdString());
    try {
        m_app->parse(reversed);
    } catch (const CLI::CallForHelp&) {
        return {{}, false, m_root.given().help(columns)};
    } catch (const CLI::CallForVersion&) {
        return {{}, false, u"gaplessctl " GAPLESS_VERSION ""_s};
    } catch (const CLI::ParseError& error) {
        if (arguments.isEmpty())
            return {{}, false, m_root.help(columns)};
        const std::vector<std::string> unknown = m_app->remaining(true);
        if (dynamic_cast<const CLI::RequiredError*>(&error) && !unknown.empty())
            throw usage(unknown.front().starts_with('-')
                    ? Cli::tr("“%1” is not expected here")
                          .arg(QString::fromStdString(unknown.front()))
                    : Cli::tr("there is no command “%1”")
                          .arg(QString::fromStdString(unknown.front())));
        throw usage(saidOf(error));
    }
    Subcommand& given = m_root.given();
    if (given.path() != u"gaplessctl help"_s)
        return {given.body(), given.isRollout(), {}};
    if (m_man)
        return {{}, false, manPage(m_root)};
    if (*m_helpPath == QStringList {u"strategies"_s})
        return {{}, false, strategiesHelp(columns)};
    const Subcommand* about = &m_root;
    for (const QString& name : *m_helpPath)
        if (about = about->find(name); !about)
            throw usage(Cli::tr("there is no command “%1”").arg(m_helpPath->join(u' ')));
    return {{}, false, about->help(columns)};
}

} // namespace gapless
