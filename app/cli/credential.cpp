// SPDX-License-Identifier: MIT
#include "app/cli/session.h"
#include "app/wording/text.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

Secret readSecret(Context& context, const QString& name)
{
    Console& console = context.console;
    if (!console.inputIsTerminal())
        return console.readSecret(context.stop);
    auto secret = console.askSecret(
        Cli::tr("Secret for %1:").arg(name), Cli::tr("standard input"), context.stop);
    if (!secret)
        throw Cancelled();
    return std::move(*secret);
}

int set(Context& context, const QString& name)
{
    const Secret secret = readSecret(context, name);
    if (secret.isEmpty())
        throw Error(ErrorKind::Usage, {{u"text"_s, Cli::tr("an empty secret is not kept")}});
    Keychain& keychain = context.session.keychain();
    keychain.write(name, secret, context.stop);
    context.console.object({{u"type"_s, u"credentialSaved"_s}, {u"name"_s, name},
        {u"keychain"_s, keychain.backend()}});
    context.console.print(Cli::tr("Saved the secret for %1.").arg(printableLine(name)));
    return 0;
}

int remove(Context& context, const QString& name)
{
    Keychain& keychain = context.session.keychain();
    keychain.remove(name, context.stop);
    context.console.object({{u"type"_s, u"credentialRemoved"_s}, {u"name"_s, name},
        {u"keychain"_s, keychain.backend()}});
    context.console.print(Cli::tr("Removed the secret for %1.").arg(printableLine(name)));
    return 0;
}

} // namespace

void addCredential(Subcommand& root)
{
    Subcommand& credential
        = root.under(u"credential"_s, Cli::tr("Keeps secrets in the system's keychain."));
    const QString names = Cli::tr(
        "What it is for: user@address (“:port” where it is not 22) a login's password, "
        "sudo:user@address its sudo password, key:FILE a key's passphrase as the target writes the "
        "file, env:TARGET/NAME the value of a variable in secretEnv, token:NAME an access token.");
    auto name = std::make_shared<QString>();
    credential
        .under(u"set"_s,
            Cli::tr("Reads a secret from the terminal, without echo, or from standard input."))
        .word(u"NAME"_s, name.get(), true, Cli::tr("The secret's name."))
        .about(names)
        .example(u"gaplessctl credential set deploy@192.0.2.10"_s, Cli::tr("A login's password:"))
        .does([name](Context& context) { return set(context, *name); });
    auto which = std::make_shared<QString>();
    credential.under(u"remove"_s, Cli::tr("Removes a secret from the keychain."))
        .word(u"NAME"_s, which.get(), true, Cli::tr("The secret's name."))
        .about(names)
        .does([which](Context& context) { return remove(context, *which); });
}

} // namespace gapless
