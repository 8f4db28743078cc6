// SPDX-License-Identifier: MIT
#include "app/cli/manpage.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Text that roff takes as text.
QString roff(QString text)
{
    text.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s);
    QStringList lines = text.split(u'\n');
    for (QString& line : lines)
        if (line.startsWith(u'.') || line.startsWith(u'\''))
            line.prepend(u"\\&"_s);
    return lines.join(u"\n.br\n"_s);
}

void describe(QStringList& page, const QList<Subcommand::Described>& rows)
{
    for (const Subcommand::Described& row : rows)
        page << u".TP"_s << u"\\fB%1\\fR"_s.arg(roff(row.left)) << roff(row.right);
}

void describe(QStringList& page, const Subcommand& command)
{
    page << u".SS %1"_s.arg(roff(command.usage())) << roff(command.summary());
    for (const QString& paragraph : command.paragraphs())
        page << u".PP"_s << roff(paragraph);
    describe(page, command.describedWords());
    describe(page, command.describedOptions());
    for (const Subcommand::Described& example : command.examples())
        page << u".PP"_s << roff(example.right) << u".EX"_s << u".RS"_s << roff(example.left)
             << u".RE"_s << u".EE"_s;
}

void describeAll(QStringList& page, const Subcommand& command)
{
    for (const Subcommand* each : command.commands()) {
        if (each->commands().isEmpty())
            describe(page, *each);
        else
            describeAll(page, *each);
    }
}

} // namespace

QString manPage(const Subcommand& root)
{
    QStringList page {u".\\\" SPDX-License-Identifier: MIT"_s,
        u".\\\" Made by “gaplessctl help --man”."_s,
        u".TH GAPLESSCTL 1 \"\" \"Gapless %1\" \"User Commands\""_s.arg(
            QStringLiteral(GAPLESS_VERSION)),
        u".SH NAME"_s, u"gaplessctl \\- "_s + roff(root.summary()), u".SH SYNOPSIS"_s,
        roff(root.usage()), u".SH DESCRIPTION"_s};
    for (const QString& paragraph : root.paragraphs())
        page << u".PP"_s << roff(paragraph);
    page << u".SH OPTIONS"_s;
    describe(page, root.describedOptions());
    page << u".SH COMMANDS"_s;
    describeAll(page, root);
    page << u".SH ENVIRONMENT"_s << u".TP"_s << u"\\fBGAPLESS_DATA_DIR\\fR"_s
         << roff(Cli::tr("Where targets, history and settings are kept.")) << u".TP"_s
         << u"\\fBNO_COLOR\\fR"_s << roff(Cli::tr("Set: no colours.")) << u".TP"_s
         << u"\\fBSSH_AUTH_SOCK\\fR"_s << roff(Cli::tr("The SSH agent."));
    return page.join(u'\n');
}

} // namespace gapless
