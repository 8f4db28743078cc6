// SPDX-License-Identifier: MIT
#include "app/cli/commandline.h"
#include "app/cli/textlayout.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int widestHelp = 100;

QString shownNames(const char* names)
{
    return QString::fromLatin1(names).replace(u',', u", "_s);
}

} // namespace

Subcommand::Subcommand(CLI::App& app, QString path, QString summary)
    : m_app(app)
    , m_path(std::move(path))
    , m_summary(std::move(summary))
{
}

Subcommand& Subcommand::text(
    const char* names, QString* into, const QString& placeholder, const QString& help)
{
    m_app.add_option_function<std::string>(
        names, [into](const std::string& value) { *into = QString::fromStdString(value); });
    m_options.append({u"%1 %2"_s.arg(shownNames(names), placeholder), help});
    return *this;
}

Subcommand& Subcommand::number(
    const char* names, int* into, const QString& placeholder, const QString& help)
{
    m_app.add_option(names, *into)->check(CLI::NonNegativeNumber);
    m_options.append({u"%1 %2"_s.arg(shownNames(names), placeholder), help});
    return *this;
}

Subcommand& Subcommand::flag(const char* names, bool* into, const QString& help)
{
    m_app.add_flag(names, *into);
    m_options.append({shownNames(names), help});
    return *this;
}

Subcommand& Subcommand::word(
    const QString& placeholder, QString* into, bool required, const QString& help)
{
    m_app
        .add_option_function<std::string>(placeholder.toStdString(),
            [into](const std::string& value) { *into = QString::fromStdString(value); })
        ->required(required);
    m_words.append({placeholder, help});
    m_usage << (required ? placeholder : u"[%1]"_s.arg(placeholder));
    return *this;
}

Subcommand& Subcommand::words(const QString& placeholder, QStringList* into, const QString& help)
{
    m_app.add_option_function<std::vector<std::string>>(
        placeholder.toStdString(), [into](const std::vector<std::string>& values) {
            for (const std::string& value : values)
                *into << QString::fromStdString(value);
        });
    m_words.append({placeholder, help});
    m_usage << u"[%1 …]"_s.arg(placeholder);
    return *this;
}

Subcommand& Subcommand::target(TargetOptions* into, bool hosts)
{
    word(u"TARGET"_s, &into->name, false, Cli::tr("The name of a saved target."));
    m_usage.last() = u"(TARGET | --target FILE)"_s;
    text("--target", &into->file, Cli::tr("FILE"), Cli::tr("Use this target file in its place."));
    if (hosts)
        flag("--accept-new-host-key", &into->acceptNewHostKey,
            Cli::tr("Trust a host whose key is not known yet, and remember the key. A key that has "
                    "changed is refused all the same."));
    return *this;
}

Subcommand& Subcommand::about(const QString& text)
{
    m_about << text;
    return *this;
}

Subcommand& Subcommand::example(const QString& commandLine, const QString& meaning)
{
    m_examples.append({commandLine, meaning});
    return *this;
}

Subcommand& Subcommand::rollsOut()
{
    m_isRollout = true;
    return *this;
}

Subcommand& Subcommand::does(CommandBody body)
{
    m_body = std::move(body);
    return *this;
}

Subcommand& Subcommand::under(const QString& name, const QString& summary)
{
    CLI::App* app = m_app.add_subcommand(name.toStdString());
    app->fallthrough();
    m_app.require_subcommand(1);
    m_commands.push_back(std::make_unique<Subcommand>(*app, u"%1 %2"_s.arg(m_path, name), summary));
    return *m_commands.back();
}

QList<const Subcommand*> Subcommand::commands() const
{
    QList<const Subcommand*> commands;
    for (const auto& command : m_commands)
        commands << command.get();
    return commands;
}

Subcommand* Subcommand::find(const QString& name) const
{
    for (const auto& command : m_commands)
        if (command->m_path == u"%1 %2"_s.arg(m_path, name))
            return command.get();
    return nullptr;
}

Subcommand& Subcommand::given()
{
    for (const CLI::App* app : m_app.get_subcommands())
        if (Subcommand* command = find(QString::fromStdString(app->get_name())))
            return command->given();
    return *this;
}

QString Subcommand::usage() const
{
    QStringList usage {m_path};
    if (!m_options.isEmpty())
        usage << Cli::tr("[OPTIONS]");
    usage << m_usage;
    if (!m_commands.empty())
        usage << Cli::tr("COMMAND");
    return usage.join(u' ');
}

QString Subcommand::help(int columns) const
{
    const int width = std::min(columns, widestHelp);
    QStringList lines = layout::wrapped(m_summary, width);
    const auto section = [&](const QString& title, const QList<Described>& rows) {
        if (rows.isEmpty())
            return;
        lines << QString() << title;
        int left = 0;
        for (const Described& row : rows)
            left = std::max(left, layout::displayWidth(row.left));
        left = std::min(left, 30);
        for (const Described& row : rows) {
            QStringList right = layout::wrapped(row.right, width, left + 4);
            if (layout::displayWidth(row.left) > left || right.isEmpty())
                lines << u"  "_s + row.left;
            else
                right[0] = u"  "_s + layout::padded(row.left, left) + u"  "_s + right[0].trimmed();
            lines << right;
        }
    };
    lines << QString() << Cli::tr("Usage: %1").arg(usage());
    QList<Described> commands;
    for (const auto& command : m_commands)
        commands.append({command->m_path.section(u' ', -1), command->m_summary});
    section(Cli::tr("Commands:"), commands);
    section(Cli::tr("Arguments:"), m_words);
    section(Cli::tr("Options:"), m_options);
    for (const QString& paragraph : m_about)
        lines << QString() << layout::wrapped(paragraph, width);
    if (!m_examples.isEmpty())
        lines << QString() << Cli::tr("Examples:");
    for (const Described& example : m_examples)
        lines << layout::wrapped(example.right, width, 2) << u"    "_s + example.left;
    return lines.join(u'\n');
}

} // namespace gapless
