// SPDX-License-Identifier: MIT
#include "app/cli/commandline.h"
#include "app/cli/context.h"
#include "app/cli/exitstatus.h"
#include "app/cli/textlayout.h"
#include "app/wording/language.h"

#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

/// Every command there is, `gaplessctl` itself first.
void collect(const Subcommand& command, QList<const Subcommand*>& all)
{
    all << &command;
    for (const Subcommand* each : command.commands())
        collect(*each, all);
}

QList<const Subcommand*> allCommands(const CommandLine& line)
{
    QList<const Subcommand*> all;
    collect(line.root(), all);
    return all;
}

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_language.use(u"en"_s)); }

    void globalOptionsStandAnywhere_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("before") << QStringList {u"--json"_s, u"--data-dir"_s, u"d"_s, u"history"_s};
        QTest::newRow("after") << QStringList {u"history"_s, u"--data-dir=d"_s, u"--json"_s};
    }
    void globalOptionsStandAnywhere()
    {
        QFETCH(QStringList, arguments);
        Options options;
        const CommandLine::Parsed parsed = CommandLine(&options).parse(arguments, 80);
        QVERIFY(parsed.body);
        QVERIFY(options.json);
        QVERIFY(!options.noInput);
        QCOMPARE(options.dataDir, u"d"_s);
    }

    void wrongOnes_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        QTest::newRow("no such command")
            << QStringList {u"histroy"_s} << u"there is no command “histroy”"_s;
        QTest::newRow("no such option")
            << QStringList {u"history"_s, u"--nope"_s} << u"“--nope” is not expected here"_s;
        QTest::newRow("no such global option")
            << QStringList {u"--nope"_s} << u"“--nope” is not expected here"_s;
        QTest::newRow("one word too many")
            << QStringList {u"history"_s, u"a"_s, u"b"_s} << u"“b” is not expected here"_s;
        QTest::newRow("a word missing") << QStringList {u"report"_s} << u"RUN is missing"_s;
        QTest::newRow("a value missing")
            << QStringList {u"history"_s, u"--limit"_s} << u"--limit lacks its value"_s;
        QTest::newRow("a value of another kind") << QStringList {u"history"_s, u"--limit"_s, u"x"_s}
                                                 << u"--limit takes another kind of value"_s;
        QTest::newRow("a negative number") << QStringList {u"history"_s, u"--limit"_s, u"-1"_s}
                                           << u"--limit takes another kind of value"_s;
        QTest::newRow("help of nothing")
            << QStringList {u"help"_s, u"nope"_s} << u"there is no command “nope”"_s;
        QTest::newRow("only an option") << QStringList {u"--json"_s} << u"a command is missing"_s;
    }
    void wrongOnes()
    {
        QFETCH(QStringList, arguments);
        Options options;
        CommandLine line(&options);
        try {
            line.parse(arguments, 80);
            QFAIL("taken");
        } catch (const Error& error) {
            QCOMPARE(error.kind, ErrorKind::Usage);
            QTEST(error.facts[u"text"_s].toString(), "said");
            QCOMPARE(exitstatus::of(error), 2);
        }
    }

    void helpIsPrinted_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList {};
        QTest::newRow("--help") << QStringList {u"--help"_s};
        QTest::newRow("help") << QStringList {u"help"_s};
        QTest::newRow("of a command") << QStringList {u"history"_s, u"-h"_s};
        QTest::newRow("help COMMAND") << QStringList {u"help"_s, u"history"_s};
    }
    void helpIsPrinted()
    {
        QFETCH(QStringList, arguments);
        Options options;
        const CommandLine::Parsed parsed = CommandLine(&options).parse(arguments, 80);
        QVERIFY(!parsed.body);
        QVERIFY(parsed.print.contains(u"Usage: gaplessctl"_s));
        QCOMPARE(parsed.print.contains(u"--limit"_s), arguments.contains(u"history"_s));
    }

    /// Each command has a body or commands of its own, and its help fits the terminal.
    void everyCommandIsWhole_data() { languages(); }
    void everyCommandIsWhole()
    {
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        Options options;
        const CommandLine line(&options);
        const QList<const Subcommand*> all = allCommands(line);
        QVERIFY(all.size() > 4);
        for (const Subcommand* command : all) {
            QVERIFY2(bool(command->body()) == command->commands().isEmpty(),
                qPrintable(command->path()));
            QVERIFY2(!command->summary().isEmpty(), qPrintable(command->path()));
            for (const QString& row : command->help(60).split(u'\n'))
                QVERIFY2(layout::displayWidth(row) <= 60 || row.contains(u"gaplessctl "_s)
                        || row.trimmed().startsWith(u'-'),
                    qPrintable(row));
        }
    }

    void exitStatusByTheme_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("status");
        QTest::newRow("usage") << ErrorKind::Usage << 2;
        QTest::newRow("broken file") << ErrorKind::JsonBroken << 2;
        QTest::newRow("not built") << ErrorKind::StrategyNotBuilt << 2;
        QTest::newRow("no such run") << ErrorKind::RunUnknown << 2;
        QTest::newRow("unreachable") << ErrorKind::HostUnreachable << 5;
        QTest::newRow("login") << ErrorKind::AuthenticationRefused << 5;
        QTest::newRow("lock") << ErrorKind::LockHeld << 5;
        QTest::newRow("read-only") << ErrorKind::ReadOnlyTarget << 5;
        QTest::newRow("nobody to ask") << ErrorKind::NotInteractive << 5;
        QTest::newRow("data folder") << ErrorKind::StoreUnusable << 1;
        QTest::newRow("fault") << ErrorKind::Internal << 1;
    }
    void exitStatusByTheme()
    {
        QFETCH(ErrorKind, kind);
        QTEST(exitstatus::of(Error(kind)), "status");
    }

private:
    void languages()
    {
        QTest::addColumn<QString>("language");
        for (const QString& language : Language::codes())
            QTest::newRow(qPrintable(language)) << language;
    }
    Language m_language;
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
