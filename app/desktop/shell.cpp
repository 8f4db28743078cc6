// SPDX-License-Identifier: MIT
#include "app/desktop/shell.h"

#include "app/desktop/furnish.h"
#include "app/desktop/mainwindow.h"
#include "app/desktop/singleinstance.h"
#include "engine/store/datadir.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QProcessEnvironment>
#include <cstdio>
#include <sys/prctl.h>
#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Passwords pass through this process: nothing of it is left in a core file, and no other process
/// of the user reads its memory.
void keepMemoryPrivate()
{
    const rlimit none {0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

struct Arguments {
    QString dataDir, language, target, run;
};

/// The exit status where there is nothing to show.
std::optional<int> read(const QApplication& app, Arguments& arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "Shell", "Replaces a running web site without a user noticing."));
    const QCommandLineOption data(u"data-dir"_s,
        QCoreApplication::translate("Shell", "Folder of targets, settings and history."), u"DIR"_s);
    const QCommandLineOption language(
        u"lang"_s, QCoreApplication::translate("Shell", "Language: en or zh_TW."), u"CODE"_s);
    const QCommandLineOption open(
        u"open"_s, QCoreApplication::translate("Shell", "Show this run of the history."), u"RUN"_s);
    parser.addOptions({data, language, open});
    parser.addPositionalArgument(
        u"TARGET"_s, QCoreApplication::translate("Shell", "The target to show."), u"[TARGET]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    if (!parser.parse(app.arguments())) {
        std::fprintf(stderr, "gapless: %s\n", qUtf8Printable(parser.errorText()));
        return 2;
    }
    if (parser.isSet(u"help"_s)) {
        std::fputs(qUtf8Printable(parser.helpText()), stdout);
        return 0;
    }
    if (parser.isSet(u"version"_s)) {
        std::puts("gapless " GAPLESS_VERSION);
        return 0;
    }
    arguments = {parser.value(data), parser.value(language), parser.positionalArguments().value(0),
        parser.value(open)};
    if (!arguments.language.isEmpty() && !Language::codes().contains(arguments.language)) {
        std::fprintf(stderr, "gapless: --lang takes en or zh_TW\n");
        return 2;
    }
    return std::nullopt;
}

/// What the program is asked to show, as the words that a second one hands to the first.
QStringList wordsOf(const Arguments& arguments)
{
    if (!arguments.run.isEmpty())
        return {u"--open"_s, arguments.run};
    return arguments.target.isEmpty() ? QStringList() : QStringList {arguments.target};
}

void show(MainWindow& window, const QStringList& words)
{
    if (words.value(0) == "--open"_L1)
        window.showRun(words.value(1));
    else if (!words.isEmpty())
        window.showTarget(words.first());
}

} // namespace

int runDesktop(int argc, char** argv)
{
    keepMemoryPrivate();
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"gapless"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(GAPLESS_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Gapless"_s);
    QGuiApplication::setDesktopFileName(u"io.github.gapless.Gapless"_s);
    QGuiApplication::setWindowIcon(QIcon(u":/icons/io.github.gapless.Gapless.svg"_s));
    Arguments arguments;
    if (const auto status = read(app, arguments))
        return *status;
    const QString folder = dataDir(arguments.dataDir, QProcessEnvironment::systemEnvironment());
    SingleInstance instance(folder);
    if (instance.handOver(wordsOf(arguments)))
        return 0;
    instance.listen(); // without a socket it runs all the same, and a second window can be opened
    DesktopContext context(folder);
    context.theme().install();
    context.theme().choose(fromId<Theme::Choice>(context.settings().value(u"palette"_s).toString())
                               .value_or(Theme::Choice::System));
    context.useLanguage(arguments.language.isEmpty()
            ? context.settings().value(u"language"_s).toString()
            : arguments.language);
    MainWindow window(context);
    furnish(window);
    window.show();
    show(window, wordsOf(arguments));
    QObject::connect(&instance, &SingleInstance::called, &window, [&window](const QStringList& words) {
        show(window, words);
        window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
        window.raise();
        window.activateWindow();
    });
    return QApplication::exec();
}

} // namespace gapless
