// SPDX-License-Identifier: MIT
#include "engine/remote/knownhosts.h"
#include "engine/remote/sshsession_p.h"

#include "engine/model/error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct KnownKey {
    QString file;
    KnownHostKey key;
};

/// The server's public key as on the wire.
QByteArray serverKey(ssh_session session)
{
    ssh_key key = nullptr;
    char* base64 = nullptr;
    QByteArray blob;
    if (ssh_get_server_publickey(session, &key) == SSH_OK
        && ssh_pki_export_pubkey_base64(key, &base64) == SSH_OK)
        blob = QByteArray::fromBase64(base64);
    ssh_string_free_char(base64);
    ssh_key_free(key);
    return blob;
}

/// What the files say of the host. A file that is there and cannot be read may hold a revocation.
QList<KnownKey> knownKeys(const SshRoute& route)
{
    QList<KnownKey> keys;
    const QByteArray name = route.knownHostsName();
    for (const QString& path : route.knownHosts + route.systemKnownHosts) {
        QFile file(path);
        if (!file.exists())
            continue;
        if (!file.open(QIODevice::ReadOnly))
            throw Error(ErrorKind::KnownHostsUnreadable, {{u"file"_s, path}}, file.errorString());
        for (const KnownHostKey& key : parseKnownHosts(file.readAll()))
            if (key.names(name))
                keys << KnownKey {path, key};
    }
    return keys;
}

/// Appends the key to the user's file. A file whose last line has no end gets one first.
void remember(const SshRoute& route, const QByteArray& blob)
{
    const QString path = route.knownHosts.value(0);
    const auto unwritable = [&](const QFile& file) {
        return Error(ErrorKind::KnownHostsUnreadable, {{u"file"_s, path}}, file.errorString());
    };
    const QDir folder = QFileInfo(path).absoluteDir();
    if (!folder.exists()) {
        folder.mkpath(u"."_s);
        QFile::setPermissions(
            folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    QByteArray salt;
    if (route.hashKnownHosts) {
        salt.resize(20);
        QRandomGenerator::system()->generate(salt.begin(), salt.end());
    }
    QFile file(path);
    const bool isNew = !file.exists();
    QByteArray line = knownHostsLine(route.knownHostsName(), blob, salt);
    if (!isNew && file.open(QIODevice::ReadOnly)) {
        if (file.size() > 0 && file.seek(file.size() - 1) && file.read(1) != "\n")
            line.prepend('\n');
        file.close();
    }
    if (!file.open(QIODevice::Append | QIODevice::Unbuffered) || file.write(line) != line.size())
        throw unwritable(file);
    if (isNew)
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace

QByteArray SshRoute::knownHostsName() const
{
    if (!knownAs.isEmpty())
        return knownAs.toLower().toUtf8();
    const QByteArray name = address.toLower().toUtf8();
    return port == 22 ? name : '[' + name + "]:" + QByteArray::number(port);
}

void checkHostKey(ssh_session session, const SshRoute& route, HostKeyDecider& decider,
    const std::stop_token& stop)
{
    const QByteArray blob = serverKey(session);
    const QString fingerprint = fingerprintOf(blob);
    const QJsonObject facts {{u"address"_s, route.address}, {u"fingerprint"_s, fingerprint}};
    const QByteArray type = keyTypeOf(blob);

    bool isKnown = false;
    QStringList expected; // of the same type first: that is the one that changed
    for (const KnownKey& known : knownKeys(route)) {
        const bool same = known.key.blob == blob;
        if (known.key.marker == KnownHostKey::Marker::Revoked) {
            if (same)
                throw Error(ErrorKind::HostKeyRevoked, facts);
        } else if (known.key.marker == KnownHostKey::Marker::None) {
            isKnown = isKnown || same;
            const QString other = fingerprintOf(known.key.blob);
            if (!same && known.key.type == type)
                expected.prepend(other);
            else if (!same)
                expected.append(other);
        }
    }
    const auto changed = [&](const QString& wanted) {
        QJsonObject both = facts;
        both[u"expected"_s] = wanted;
        return Error(ErrorKind::HostKeyChanged, both);
    };
    if (!route.pin.isEmpty()) {
        if (route.pin != fingerprint)
            throw OtherKeyTypeWanted {fingerprint, QString::fromLatin1(type)};
        return;
    }
    // Both readings of the files must agree before a key is taken: ours knows revocations and
    // several files, libssh's is the older one.
    switch (ssh_session_is_known_server(session)) {
    case SSH_KNOWN_HOSTS_CHANGED:
    case SSH_KNOWN_HOSTS_OTHER:
        throw changed(expected.value(0));
    case SSH_KNOWN_HOSTS_ERROR:
        throw Error(ErrorKind::KnownHostsUnreadable, {{u"file"_s, route.knownHosts.value(0)}},
            QString::fromUtf8(ssh_get_error(session)));
    case SSH_KNOWN_HOSTS_OK:
    case SSH_KNOWN_HOSTS_UNKNOWN:
    case SSH_KNOWN_HOSTS_NOT_FOUND:
        break;
    }
    if (isKnown)
        return;
    if (!expected.isEmpty())
        throw changed(expected.first());
    UnknownHostKey question;
    question.host = route.host;
    question.address = route.address;
    question.port = route.port;
    question.type = QString::fromLatin1(type);
    question.fingerprint = fingerprint;
    question.file = route.knownHosts.value(0);
    if (!decider.accept(question, stop)) {
        if (stop.stop_requested())
            throw Cancelled {};
        throw Error(ErrorKind::HostKeyUnknown, facts);
    }
    if (!question.file.isEmpty())
        remember(route, blob);
}

} // namespace gapless
