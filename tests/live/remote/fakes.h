// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/hostkeys.h"
#include "engine/remote/secrets.h"

#include <QList>
#include <QMap>
#include <mutex>

namespace gapless {

/// Answers by name, one after the other; notes what was asked.
class ListedSecrets : public Secrets {
public:
    struct Asked {
        QString name, prompt;
        int attempt = 0;
    };
    QMap<QString, QList<QByteArray>> answers; ///< by SecretRequest::name(), or by prompt
    QList<Asked> asked;

    std::optional<Secret> secret(const SecretRequest& request, std::stop_token) override
    {
        const std::lock_guard lock(m_mutex);
        asked << Asked {request.name(), request.prompt, request.attempt};
        QList<QByteArray>& left
            = answers[request.name().isEmpty() ? request.prompt : request.name()];
        if (left.isEmpty())
            return std::nullopt;
        return Secret(left.takeFirst());
    }

private:
    std::mutex m_mutex;
};

/// Says what it was told to; notes what was asked.
class NotedKeys : public HostKeyDecider {
public:
    bool answer = false;
    QList<UnknownHostKey> asked;

    bool accept(const UnknownHostKey& key, std::stop_token) override
    {
        asked << key;
        return answer;
    }
};

} // namespace gapless
