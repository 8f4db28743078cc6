// SPDX-License-Identifier: MIT
#include "app/cli/cli.h"

#include "app/cli/exitstatus.h"
#include "app/cli/interrupts.h"
#include "app/cli/session.h"
#include "app/report/report.h"
#include "app/wording/language.h"
#include "engine/model/eventjson.h"

#include <QCoreApplication>
#include <QTimer>
#include <cstdio>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Logs go to standard error. Qt's remark that it has switched a C locale to UTF-8 is no news.
void logToStandardError(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (type == QtDebugMsg || type == QtInfoMsg || text.startsWith("Detected locale"_L1))
        return;
    const QByteArray category = context.category ? context.category : "default";
    std::fprintf(stderr, "gaplessctl: %s: %s\n", category.constData(), qUtf8Printable(text));
}

/// Passwords pass through this process: nothing of it is left in a core file, and no other process
/// of the user reads its memory.
void keepMemoryPrivate()
{
    const rlimit none {0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

/// The value of an option that has to be known before the rest can be read.
QString valueOf(const QString& option, const QStringList& arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == option && i + 1 < arguments.size())
            return arguments[i + 1];
        if (arguments[i].startsWith(option + u'='))
            return arguments[i].mid(option.size() + 1);
    }
    return {};
}

void speak(Language& language, const QString& wanted)
{
    if (wanted.isEmpty() || language.use(wanted)) {
        if (wanted.isEmpty())
            language.use(Language::systemCode());
        return;
    }
    language.use(Language::systemCode());
    throw Error(ErrorKind::Usage,
        {{u"text"_s,
            Cli::tr("--lang takes %1, not “%2”").arg(Language::codes().join(u", "_s), wanted)}});
}

/// The last line of a rollout's JSON where no run came to say it.
void sayRefused(Console& console, const QString& outcome, const QJsonObject& error)
{
    Event event;
    event.seq = 1;
    event.at = QDateTime::currentDateTimeUtc();
    RunFinished finished;
    finished.outcome = outcome;
    finished.error = error;
    event.body = finished;
    console.object(toJson(event));
}

void sayFailed(Console& console, bool rollout, const QString& outcome, const QJsonObject& error)
{
    if (rollout) {
        sayRefused(console, outcome, error);
        return;
    }
    QJsonObject line = error;
    line[u"type"_s] = u"error"_s;
    console.object(line);
}

/// The one place where what a command throws is caught.
int bodyCaught(const CommandLine::Parsed& command, Context& context)
{
    const auto failed = [&](const Error& error) {
        if (context.session.stage() != Session::Stage::Finished)
            sayFailed(context.console, command.rollsOut, u"refused"_s, toJson(error));
        context.console.complain(error);
        return exitstatus::of(error);
    };
    try {
        return command.body(context);
    } catch (const Error& error) {
        return failed(error);
    } catch (const Cancelled&) {
        if (context.session.stage() != Session::Stage::Finished && command.rollsOut)
            sayRefused(context.console, u"cancelled"_s, {});
        context.console.say(Cli::tr("Cancelled; nothing was changed."));
        return exitstatus::cancelled;
    } catch (const std::exception& fault) {
        return failed(
            Error(ErrorKind::Internal, {{u"text"_s, QString::fromLocal8Bit(fault.what())}}));
    }
}

QString whatStopDoes(Session::Stage stage)
{
    switch (stage) {
    case Session::Stage::None:
    case Session::Stage::Finished:
        return Cli::tr("Stopping.");
    case Session::Stage::Looking:
        return Cli::tr("Stopping; nothing was changed.");
    case Session::Stage::Changing:
        return Cli::tr("Stopping: what was taken out is put back, and the old version serves on. "
                       "Ctrl-C again ends at once and leaves things as they are.");
    case Session::Stage::PastReturn:
        return Cli::tr("The new version serves already: what is left is being finished tidily. "
                       "Ctrl-C again ends at once and leaves things as they are.");
    }
    return {};
}

int runBody(const CommandLine::Parsed& command, const Options& options, Console& console)
{
    Interrupts interrupts;
    Session session(console, options);
    Context context {console, options, session, interrupts.token()};
    QObject::connect(&interrupts, &Interrupts::requested, &interrupts,
        [&] { console.say(whatStopDoes(session.stage())); });
    QObject::connect(&interrupts, &Interrupts::demanded, &interrupts, [&] {
        console.restore();
        const bool touched = session.stage() == Session::Stage::Changing
            || session.stage() == Session::Stage::PastReturn;
        if (touched)
            console.say(
                Cli::tr("Ended by force, in the middle of things. “gaplessctl status” shows "
                        "how they stand, “gaplessctl resume” goes on from there."));
        ::_exit(touched ? exitstatus::halfDone : exitstatus::cancelled);
    });
    std::jthread worker;
    QTimer::singleShot(0, &interrupts, [&] {
        worker = std::jthread([&] {
            const int status = bodyCaught(command, context);
            QMetaObject::invokeMethod(
                qApp, [status] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
        });
    });
    return QCoreApplication::exec();
}

/// Only a PDF is painted; nothing else of the command line starts what that takes.
std::unique_ptr<QCoreApplication> makeApplication(int& argc, char** argv)
{
    const bool paints = std::any_of(argv, argv + argc,
        [](const char* word) { return QByteArrayView(word).endsWith("pdf"); });
    return paints ? paintingApplication(argc, argv)
                  : std::make_unique<QCoreApplication>(argc, argv);
}

} // namespace

int runCommandLine(int argc, char** argv)
{
    keepMemoryPrivate();
    qInstallMessageHandler(logToStandardError);
    const std::unique_ptr<QCoreApplication> app = makeApplication(argc, argv);
    QCoreApplication::setApplicationName(u"gapless"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(GAPLESS_VERSION));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    // Known before anything can be wrong with the rest: how to say what is wrong.
    Console early({}, {arguments.contains(u"--json"_s), false});
    Language language;
    Options options;
    CommandLine::Parsed command;
    bool rollout = false;
    try {
        speak(language, valueOf(u"--lang"_s, arguments));
        CommandLine commandLine(&options);
        rollout = commandLine.namesRollout(arguments);
        command = commandLine.parse(arguments, early.columns());
    } catch (const Error& error) {
        sayFailed(early, rollout, u"refused"_s, toJson(error));
        early.complain(error);
        return exitstatus::of(error);
    }
    if (!command.print.isEmpty()) {
        Console({}, {}).print(command.print);
        return exitstatus::done;
    }
    Console console({}, {options.json, options.noInput});
    return runBody(command, options, console);
}

} // namespace gapless
