// SPDX-License-Identifier: MIT
#include "app/desktop/context.h"

#include "engine/witness/samplefile.h"
#include "engine/witness/sitewitness.h"

#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace gapless {

DesktopContext::DesktopContext(QString folder, std::unique_ptr<Keychain> keychain)
    : m_folder(std::move(folder))
    , m_targets(m_folder)
    , m_settings(m_folder)
    , m_system(keychain ? std::move(keychain) : std::make_unique<SystemKeychain>())
    , m_keychain(m_system.get())
    , m_secrets(this, m_keychain, m_prompts)
    , m_hostKeys(this, m_prompts)
{
}

DesktopContext::~DesktopContext()
{
    // Its tasks use what is about to go.
    QThreadPool::globalInstance()->waitForDone();
}

Journal& DesktopContext::journal()
{
    std::call_once(
        m_journalMade, [this] { m_journal = std::make_unique<Journal>(m_folder, m_clock); });
    return *m_journal;
}

std::shared_ptr<Hosts> DesktopContext::hosts(const Target& target)
{
    if (m_makeHosts)
        return m_makeHosts(target);
    return std::make_shared<SshHosts>(target, m_secrets, m_hostKeys);
}

QMap<QString, QByteArray> DesktopContext::secretEnv(const Target& target, std::stop_token stop)
{
    QMap<QString, QByteArray> values;
    for (const QString& variable : target.container.secretEnv) {
        const QString name = credentialForVariable(target.name, variable);
        const std::optional<Secret> secret = m_keychain.read(name, stop);
        if (!secret)
            throw Error(ErrorKind::CredentialMissing, {{u"credential"_s, name}});
        values[variable] = secret->view().toByteArray();
    }
    return values;
}

std::unique_ptr<Witness> DesktopContext::witness(const Target& target, std::shared_ptr<Hosts> hosts)
{
    if (!target.witness)
        return nullptr;
    WitnessOptions options;
    options.controlProbe = [hosts, gateway = target.gateway.host]() -> std::optional<bool> {
        Command look;
        look.script = "true";
        look.shown = u"true"_s;
        look.deadline = std::chrono::seconds(5);
        try {
            return hosts->at(gateway).run(look, {}).ok();
        } catch (const Error&) {
            return false;
        }
    };
    if (const auto& hub = target.witness->hub; hub && !hub->accessToken.isEmpty()) {
        const QString name = credentialForToken(hub->accessToken);
        const auto token = m_keychain.read(name);
        if (!token)
            throw Error(ErrorKind::CredentialMissing, {{u"credential"_s, name}});
        options.accessToken = QString::fromUtf8(token->view());
    }
    options.samplesFolder = samplesFolder(m_folder);
    return makeSiteWitness(target, std::move(options));
}

void DesktopContext::useLanguage(const QString& code)
{
    if (code.isEmpty() || !m_language.use(code))
        m_language.use(Language::systemCode());
    m_theme.useLanguage(m_language.code());
}

} // namespace gapless
