// SPDX-License-Identifier: MIT
#include "app/cli/session.h"

#include "app/wording/text.h"
#include "engine/model/targetjson.h"
#include "engine/store/datadir.h"

#include <QFile>
#include <QFileInfo>
#include <QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Asks a person on the terminal; refuses where there is none.
class AskAboutHostKeys : public HostKeyDecider {
public:
    explicit AskAboutHostKeys(Console& console)
        : m_console(console)
    {
    }
    bool accept(const UnknownHostKey& key, std::stop_token stop) override
    {
        if (!m_console.canAsk())
            return false;
        const Console::Asking asking(m_console);
        m_console.say(Cli::tr("The key of %1 (%2, port %3) is not known yet.")
                          .arg(printableLine(key.host), printableLine(key.address))
                          .arg(key.port));
        m_console.say(u"  %1  %2"_s.arg(printableLine(key.type), printableLine(key.fingerprint)));
        const auto answer
            = m_console.ask(Cli::tr("Is this the fingerprint that its owner gave you? [y/N]"),
                u"--accept-new-host-key"_s, stop);
        return answer && (answer->toLower() == "y"_L1 || answer->toLower() == "yes"_L1);
    }

private:
    Console& m_console;
};

QString promptFor(const SecretRequest& request)
{
    const QString login
        = u"%1@%2"_s.arg(printableLine(request.user), printableLine(request.address));
    switch (request.what) {
    case SecretRequest::What::Password:
        return Cli::tr("Password of %1:").arg(login);
    case SecretRequest::What::Passphrase:
        return Cli::tr("Passphrase of the key %1:").arg(printableLine(request.file));
    case SecretRequest::What::Sudo:
        return Cli::tr("sudo password of %1:").arg(login);
    case SecretRequest::What::Answer:
        return Cli::tr("%1 asks: %2", "login, prompt").arg(login, printableLine(request.prompt));
    }
    return {};
}

} // namespace

std::optional<Secret> AskedSecrets::secret(const SecretRequest& request, std::stop_token stop)
{
    if (request.attempt == 0 && !request.name().isEmpty()) {
        try {
            if (auto kept = m_session.keychain().read(request.name(), stop))
                return kept;
        } catch (const Error&) {
            // A keychain that cannot be used holds nothing; a person may still know it.
        }
    }
    if (!m_console.canAsk())
        return std::nullopt;
    const Console::Asking asking(m_console);
    if (request.attempt > 0)
        m_console.say(Cli::tr("That was refused."));
    return m_console.askSecret(promptFor(request), {}, stop);
}

Session::Session(Console& console, const Options& options)
    : m_console(console)
    , m_dataFolder(dataDir(options.dataDir, QProcessEnvironment::systemEnvironment()))
    , m_targets(m_dataFolder)
    , m_secrets(*this, console)
{
}

Session::~Session() = default;

Keychain& Session::keychain()
{
    std::call_once(m_keychainMade, [this] { m_keychain = std::make_unique<SystemKeychain>(); });
    return *m_keychain;
}

Journal& Session::journal()
{
    if (!m_journal)
        m_journal = std::make_unique<Journal>(m_dataFolder, m_clock);
    return *m_journal;
}

Target Session::target(const TargetOptions& options)
{
    if (options.name.isEmpty() == options.file.isEmpty())
        throw Error(ErrorKind::Usage,
            {{u"text"_s,
                options.name.isEmpty()
                    ? Cli::tr("name a target, or give its file with --target FILE")
                    : Cli::tr("give either the name of a target or --target FILE")}});
    if (!options.file.isEmpty()) {
        QFile file(options.file);
        if (QFileInfo(options.file).isDir() || !file.open(QIODevice::ReadOnly))
            throw Error(ErrorKind::FileUnreadable, {{u"file"_s, options.file}}, file.errorString());
        return targetFromJson(file.readAll(), options.file);
    }
    return m_targets.load(options.name);
}

QMap<QString, QByteArray> Session::secretEnv(const Target& target, std::stop_token stop)
{
    QMap<QString, QByteArray> values;
    for (const QString& variable : target.container.secretEnv) {
        const QString name = credentialForVariable(target.name, variable);
        std::optional<Secret> secret = keychain().read(name, stop);
        if (!secret && m_console.canAsk())
            secret
                = m_console.askSecret(Cli::tr("Value of the variable %1:").arg(variable), {}, stop);
        if (!secret)
            throw Error(ErrorKind::CredentialMissing, {{u"credential"_s, name}});
        values[variable] = secret->view().toByteArray();
    }
    return values;
}

void Session::follow(const Event& event)
{
    if (std::holds_alternative<RunFinished>(event.body))
        m_stage = Stage::Finished;
    else if (std::holds_alternative<PointOfNoReturn>(event.body))
        m_stage = Stage::PastReturn;
    else if (const auto* ran = std::get_if<CommandRan>(&event.body); ran && ran->changes) {
        Stage looking = Stage::Looking;
        m_stage.compare_exchange_strong(looking, Stage::Changing);
    } else if (Stage none = Stage::None; m_stage == none)
        m_stage.compare_exchange_strong(none, Stage::Looking);
}

Hosts& Session::hosts(const Target& target, const TargetOptions& options)
{
    if (options.acceptNewHostKey)
        m_hostKeys = std::make_unique<AcceptNewHostKeys>();
    else
        m_hostKeys = std::make_unique<AskAboutHostKeys>(m_console);
    m_hosts = std::make_unique<SshHosts>(target, m_secrets, *m_hostKeys);
    return *m_hosts;
}

} // namespace gapless
