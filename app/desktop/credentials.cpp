// SPDX-License-Identifier: MIT
#include "app/desktop/credentials.h"

#include "engine/remote/secrets.h"
#include "engine/store/keychain.h"

namespace gapless {

QList<NeededSecret> secretsOf(const Target& target)
{
    QList<NeededSecret> found;
    const auto add = [&found](NeededSecret secret) {
        if (!found.contains(secret))
            found.append(std::move(secret));
    };
    for (const HostSpec& host : target.hosts) {
        SecretRequest request;
        request.user = host.user, request.address = host.address, request.port = host.port;
        request.file = host.auth.privateKeyFile;
        const QString login = host.user + u'@' + host.address;
        switch (host.auth.method) {
        case Auth::Method::Agent:
            break;
        case Auth::Method::Key:
            request.what = SecretRequest::What::Passphrase;
            add({NeededSecret::Kind::Passphrase, request.name(), request.file});
            break;
        case Auth::Method::Password:
        case Auth::Method::KeyboardInteractive:
            request.what = SecretRequest::What::Password;
            add({NeededSecret::Kind::Password, request.name(), login});
            break;
        }
        request.what = SecretRequest::What::Sudo;
        if (host.sudo == Sudo::Password)
            add({NeededSecret::Kind::Sudo, request.name(), login});
    }
    for (const QString& variable : target.container.secretEnv)
        add({NeededSecret::Kind::Variable, credentialForVariable(target.name, variable), variable});
    if (target.witness && target.witness->hub && !target.witness->hub->accessToken.isEmpty()) {
        const QString& token = target.witness->hub->accessToken;
        add({NeededSecret::Kind::Token, credentialForToken(token), token});
    }
    return found;
}

} // namespace gapless
