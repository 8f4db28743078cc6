// SPDX-License-Identifier: MIT
#include "engine/store/keychain.h"

using namespace Qt::StringLiterals;

namespace gapless {

QString credentialForVariable(const QString& target, const QString& variable)
{
    return u"env:%1/%2"_s.arg(target, variable);
}

QString credentialForToken(const QString& name)
{
    return u"token:"_s + name;
}

std::optional<Secret> MemoryKeychain::read(const QString& name, std::stop_token stop)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_secrets.find(name);
        if (found != m_secrets.end())
            return found->second.copy();
    }
    return m_behind ? m_behind->read(name, stop) : std::nullopt;
}

void MemoryKeychain::write(const QString& name, const Secret& secret, std::stop_token)
{
    const std::lock_guard lock(m_mutex);
    m_secrets.insert_or_assign(name, secret.copy());
}

void MemoryKeychain::remove(const QString& name, std::stop_token)
{
    const std::lock_guard lock(m_mutex);
    m_secrets.erase(name);
}

QString MemoryKeychain::backend() const
{
    return u"memory"_s;
}

} // namespace gapless
