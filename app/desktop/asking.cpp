// SPDX-License-Identifier: MIT
#include "app/desktop/asking.h"

#include "engine/model/error.h"

namespace gapless {

std::optional<Secret> WindowSecrets::remembered(const QString& name)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_remembered.find(name);
    return found == m_remembered.end() ? std::nullopt : std::optional(found->second.copy());
}

void WindowSecrets::remember(const QString& name, const Secret& secret)
{
    const std::lock_guard lock(m_mutex);
    m_remembered[name] = secret.copy();
}

std::optional<Secret> WindowSecrets::secret(const SecretRequest& request, std::stop_token stop)
{
    const QString name = request.name();
    if (request.attempt == 0 && !name.isEmpty()) {
        if (auto known = remembered(name))
            return known;
        try {
            if (auto kept = m_keychain.read(name, stop))
                return kept;
        } catch (const Error&) {
            // A keychain that cannot be used holds nothing; a person may still know it.
        } catch (const Cancelled&) {
            return std::nullopt;
        }
    }
    const auto question = std::make_shared<Question<Secret>>();
    QMetaObject::invokeMethod(
        m_onWindow,
        [&prompts = m_prompts, request, question] {
            if (prompts.secret)
                prompts.secret(request, question);
            else
                question->dismiss();
        },
        Qt::QueuedConnection);
    std::optional<Secret> answer = question->wait(stop);
    if (answer && !name.isEmpty())
        remember(name, *answer);
    return answer;
}

bool WindowHostKeys::accept(const UnknownHostKey& key, std::stop_token stop)
{
    const auto question = std::make_shared<Question<bool>>();
    QMetaObject::invokeMethod(
        m_onWindow,
        [&prompts = m_prompts, key, question] {
            if (prompts.hostKey)
                prompts.hostKey(key, question);
            else
                question->dismiss();
        },
        Qt::QueuedConnection);
    return question->wait(stop).value_or(false);
}

} // namespace gapless
