// SPDX-License-Identifier: MIT
#include "app/cli/exitstatus.h"
#include "app/cli/session.h"
#include "app/report/report.h"
#include "app/wording/text.h"
#include "engine/model/privatefile.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// What the journal of this machine says of the run.
enum class InJournal { Unknown, Same, Different };

InJournal compared(Context& context, const Verified& verified)
{
    if (verified.run.isEmpty())
        return InJournal::Unknown;
    Journal& journal = context.session.journal();
    if (!journal.summary(verified.run))
        return InJournal::Unknown;
    const ReportRecord ours = makeRecord(journal.events(verified.run), u"en"_s, QTimeZone::utc(), {});
    return ours.sha256 == verified.sha256 ? InJournal::Same : InJournal::Different;
}

QString wordOf(Verified::Word word)
{
    switch (word) {
    case Verified::Word::NoReport:
        break;
    case Verified::Word::StreamChanged:
        return u"eventsChanged"_s;
    case Verified::Word::TextChanged:
        return u"textChanged"_s;
    case Verified::Word::OtherVersion:
        return u"eventsWhole"_s;
    case Verified::Word::Whole:
        return u"whole"_s;
    }
    return u"noReport"_s;
}

QString sentenceOf(const Verified& verified)
{
    switch (verified.word) {
    case Verified::Word::NoReport:
        break;
    case Verified::Word::StreamChanged:
        return Cli::tr("Changed: the events in it have the SHA-256 %1, and it states %2.")
            .arg(verified.sha256, printableLine(verified.stated, 80));
    case Verified::Word::TextChanged:
        return Cli::tr("Changed: its events have the SHA-256 that it states, but its text is not "
                       "what they give.");
    case Verified::Word::OtherVersion:
        return Cli::tr(
            "Its events are whole. Its text was written by Gapless %1 and cannot be made "
            "again by %2.")
            .arg(printableLine(verified.version, 40), QStringLiteral(GAPLESS_VERSION));
    case Verified::Word::Whole:
        return verified.format == "pdf"_L1
            ? Cli::tr("Its events are whole. The text of a PDF is not compared: make one of the "
                      "other formats for that.")
            : Cli::tr(
                "Whole: its events have the SHA-256 that it states, and its text is what they "
                "give.");
    }
    return Cli::tr("This is no report of Gapless, or only a part of one.");
}

QString journalText(InJournal found)
{
    switch (found) {
    case InJournal::Unknown:
        return Cli::tr("The journal of this machine does not know the run: keep the SHA-256 in "
                       "another place to compare with.");
    case InJournal::Same:
        return Cli::tr("The journal of this machine has the same events.");
    case InJournal::Different:
        break;
    }
    return Cli::tr("The journal of this machine has other events for this run.");
}

int verify(Context& context, const QString& path)
{
    if (QFileInfo(path).isDir())
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}});
    const QByteArray bytes = readWholeFile(path);
    Verified verified;
    onMainThread([&] { verified = verifyReport(bytes); });
    const InJournal found = compared(context, verified);
    const bool stands = found != InJournal::Different
        && (verified.word == Verified::Word::Whole
            || verified.word == Verified::Word::OtherVersion);
    context.console.object({{u"type"_s, u"verified"_s}, {u"word"_s, wordOf(verified.word)},
        {u"run"_s, verified.run}, {u"format"_s, verified.format}, {u"sha256"_s, verified.sha256},
        {u"events"_s, verified.events},
        {u"journal"_s,
            found == InJournal::Unknown    ? u"unknown"_s
                : found == InJournal::Same ? u"same"_s
                                           : u"different"_s}});
    context.console.print(sentenceOf(verified));
    if (verified.word == Verified::Word::NoReport)
        return exitstatus::usage;
    context.console.print(
        Cli::tr("Run %1, %2 events, SHA-256 %3")
            .arg(printableLine(verified.run), countText(verified.events), verified.sha256));
    context.console.print(journalText(found));
    return stands ? exitstatus::done : exitstatus::failed;
}

} // namespace

void addVerify(Subcommand& root)
{
    auto path = std::make_shared<QString>();
    root.under(u"verify"_s, Cli::tr("Checks that a report is what the events of its run give."))
        .word(u"REPORT"_s, path.get(), true,
            Cli::tr("The file: HTML, JSON, Markdown or PDF as “gaplessctl report” wrote it."))
        .about(Cli::tr("Computes the SHA-256 of the events that the report carries, makes its text "
                       "from them again, and compares them with the journal of this machine where "
                       "that knows the run. Exit status: 0 when all of it agrees, 1 when something "
                       "was changed, 2 when it is no report."))
        .example(u"gaplessctl verify report.html"_s, Cli::tr("For example:"))
        .does([path](Context& context) { return verify(context, *path); });
}

} // namespace gapless
