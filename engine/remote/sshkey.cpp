// SPDX-License-Identifier: MIT
#include "engine/remote/sshkey_p.h"

#include "engine/remote/knownhosts.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// libssh asks for a passphrase only where the file needs one, and only where none was given.
int noteThatItIsLocked(const char*, char*, size_t, int, int, void* locked)
{
    *static_cast<bool*>(locked) = true;
    return -1;
}

QByteArray blobOf(ssh_key key)
{
    char* base64 = nullptr;
    QByteArray blob;
    if (ssh_pki_export_pubkey_base64(key, &base64) == SSH_OK)
        blob = QByteArray::fromBase64(base64);
    ssh_string_free_char(base64);
    return blob;
}

} // namespace

PrivateKey readPrivateKey(const QString& path, const char* passphrase)
{
    PrivateKey result;
    if (!QFile::exists(path))
        return result;
    ssh_key key = nullptr;
    bool locked = false;
    const int status = ssh_pki_import_privkey_file(
        QFile::encodeName(path).constData(), passphrase, noteThatItIsLocked, &locked, &key);
    result.key.reset(key);
    if (status == SSH_OK)
        result.state = PrivateKey::Open;
    else
        result.state = locked || passphrase ? PrivateKey::Locked : PrivateKey::Unusable;
    return result;
}

QByteArray publicBlobOf(const QString& path)
{
    for (const QString& each : {path + u".pub"_s, path}) {
        ssh_key key = nullptr;
        if (QFile::exists(each)
            && ssh_pki_import_pubkey_file(QFile::encodeName(each).constData(), &key) == SSH_OK) {
            const SshKey owned(key);
            return blobOf(key);
        }
    }
    return {};
}

SshKey publicKeyOf(const QByteArray& blob)
{
    const enum ssh_keytypes_e type = ssh_key_type_from_name(keyTypeOf(blob).constData());
    ssh_key key = nullptr;
    if (type == SSH_KEYTYPE_UNKNOWN
        || ssh_pki_import_pubkey_base64(blob.toBase64().constData(), type, &key) != SSH_OK)
        return nullptr;
    return SshKey(key);
}

QString certificateOf(const QString& path)
{
    const QString certificate = path + u"-cert.pub"_s;
    return QFile::exists(certificate) ? certificate : QString();
}

bool addCertificate(const SshKey& key, const QString& certificatePath)
{
    ssh_key certificate = nullptr;
    if (ssh_pki_import_cert_file(QFile::encodeName(certificatePath).constData(), &certificate)
        != SSH_OK)
        return false;
    const SshKey owned(certificate);
    return ssh_pki_copy_cert_to_privkey(certificate, key.get()) == SSH_OK;
}

} // namespace gapless
