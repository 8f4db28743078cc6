// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace CLI {
class App;
}

namespace gapless {

struct Context;

/// The translation context of all that the command line says.
struct Cli {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

/// What every command takes.
struct Options {
    QString dataDir; ///< empty: as the store decides
    QString language; ///< empty: the system's
    bool json = false;
    bool noInput = false;
    bool verbose = false;
};

/// Which target a command is about, and how its hosts are met.
struct TargetOptions {
    QString name; ///< a saved one
    QString file; ///< or this file in its place
    bool acceptNewHostKey = false;
};

/// What a command does: returns the exit status, throws Error or Cancelled. Runs on a thread of its
/// own, beside the event loop.
using CommandBody = std::function<int(Context&)>;

/// One command and what `help` says of it.
class Subcommand {
public:
    Subcommand(CLI::App& app, QString path, QString summary);

    /// An option with a value; `placeholder` is what help calls it.
    Subcommand& text(
        const char* names, QString* into, const QString& placeholder, const QString& help);
    Subcommand& number(
        const char* names, int* into, const QString& placeholder, const QString& help);
    Subcommand& flag(const char* names, bool* into, const QString& help);
    /// A word without a dash.
    Subcommand& word(const QString& placeholder, QString* into, bool required, const QString& help);
    Subcommand& words(const QString& placeholder, QStringList* into, const QString& help);
    /// TARGET, --target and, where hosts are spoken to, --accept-new-host-key.
    Subcommand& target(TargetOptions* into, bool hosts = true);
    /// Paragraphs beneath the options.
    Subcommand& about(const QString& text);
    Subcommand& example(const QString& commandLine, const QString& meaning);
    /// Ends with a runFinished line under --json, whatever happens.
    Subcommand& rollsOut();
    Subcommand& does(CommandBody body);
    Subcommand& under(const QString& name, const QString& summary); ///< a command of this command

    QString help(int columns) const;
    /// What help says, in pieces: an option or a word, and its meaning.
    struct Described {
        QString left, right;
    };
    QString usage() const;
    const QList<Described>& describedWords() const { return m_words; }
    const QList<Described>& describedOptions() const { return m_options; }
    const QList<Described>& examples() const { return m_examples; }
    const QStringList& paragraphs() const { return m_about; }
    QString path() const { return m_path; }
    QString summary() const { return m_summary; }
    bool isRollout() const { return m_isRollout; }
    const CommandBody& body() const { return m_body; }
    QList<const Subcommand*> commands() const;
    /// The command of that name beneath this one; null where there is none.
    Subcommand* find(const QString& name) const;
    /// The innermost command that was given on the command line.
    Subcommand& given();

private:
    CLI::App& m_app;
    QString m_path, m_summary;
    QStringList m_usage;
    QList<Described> m_words, m_options, m_examples;
    QStringList m_about;
    bool m_isRollout = false;
    CommandBody m_body;
    std::vector<std::unique_ptr<Subcommand>> m_commands;
};

/// All of gaplessctl's commands, in the language that is set when it is made.
class CommandLine {
public:
    explicit CommandLine(Options* options);
    ~CommandLine();

    struct Parsed {
        CommandBody body;
        bool rollsOut = false;
        QString print; ///< help or the version, instead of a body
    };
    /// Error Usage; `rolledOut` tells whether the words named a rollout even so.
    Parsed parse(const QStringList& arguments, int columns);
    bool namesRollout(const QStringList& arguments) const;
    const Subcommand& root() const { return m_root; }

private:
    void addGlobalOptions(Options* options);
    void addHelp();
    std::unique_ptr<CLI::App> m_app;
    Subcommand m_root;
    std::shared_ptr<QStringList> m_helpPath;
    bool m_man = false;
};

/// One function a command, each in a file of its name.
void addTarget(Subcommand& root);
void addCredential(Subcommand& root);
void addDoctor(Subcommand& root);
void addImages(Subcommand& root);
void addStatus(Subcommand& root);
void addPlan(Subcommand& root);
void addDeploy(Subcommand& root);
void addRollback(Subcommand& root);
void addApprove(Subcommand& root);
void addReject(Subcommand& root);
void addPromote(Subcommand& root);
void addPreview(Subcommand& root);
void addPause(Subcommand& root);
void addContinue(Subcommand& root);
void addStop(Subcommand& root);
void addPrune(Subcommand& root);
void addResume(Subcommand& root);
void addUnlock(Subcommand& root);
void addWitness(Subcommand& root);
void addHistory(Subcommand& root);
void addReport(Subcommand& root);
void addVerify(Subcommand& root);

} // namespace gapless
