// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/target.h"
#include "engine/remote/sshoptions.h"

#include <QProcess>
#include <QTemporaryDir>

namespace gapless {

/// Somebody who can log in to an SshServer.
struct SshUser {
    QString name;
    QString shell = QStringLiteral("/bin/sh");
    QByteArray password {}; ///< empty: locked
};

/// A real sshd on a free port of 127.0.0.1 with host keys, authorized_keys and users of its own.
/// Run by root it lives in a mount namespace in which passwd, shadow, group, sudoers and two PAM
/// files are its own, so that users with passwords, other login shells and sudo exist for it alone;
/// the machine's are not touched. Run by anybody else it knows that one user, and keys only:
/// hasUsers() tells.
class SshServer {
public:
    /// `hostKeys`: of `ed25519` (always), `rsa` and `ecdsa`. Users are there from the start;
    /// `config` is added to sshd_config. Ends the test program where sshd does not come up.
    explicit SshServer(const QByteArray& config = {},
        const QList<SshUser>& users = {SshUser {QStringLiteral("tester")}},
        const QStringList& hostKeys = {QStringLiteral("ed25519")});
    ~SshServer();

    static bool hasUsers();
    /// Logs in as the first user with the client's key; known_hosts knows the server.
    HostSpec spec() const;
    HostSpec spec(const QString& user) const;
    /// Files of this server's folder alone: no ssh_config, no agent, no usual keys.
    SshOptions options() const;

    int port() const { return m_port; }
    /// The daemon's process.
    qint64 pid() const { return m_process.processId(); }
    /// A file in the server's folder.
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QString home(const QString& user) const;
    void write(const QString& name, const QByteArray& content);
    QByteArray read(const QString& name) const;
    /// Makes a private key there, and its `.pub`.
    QString makeKey(const QString& name, const QString& type = QStringLiteral("ed25519"),
        const QString& passphrase = {});
    /// Lets who has that key in, as every user.
    void authorize(const QString& keyFile);
    /// The server's own, `ed25519`, `rsa` or `ecdsa`: `SHA256:…`.
    QString fingerprint(const QString& type = QStringLiteral("ed25519")) const;
    /// A line of the server's own for known_hosts.
    QByteArray knownHostsLine(const QString& type = QStringLiteral("ed25519")) const;
    /// What sudoers says, from the next sudo on.
    void setSudoers(const QByteArray& lines);

    /// That user must choose a new password at the next login.
    void expirePassword(const QString& user);

    /// Kills the processes that serve the connections, as a crash would.
    void killConnections();
    /// Stops them where they stand, as a host that hangs: their sockets stay open.
    void freezeConnections();
    /// Ends the daemon; connections stay.
    void stop();
    /// Starts it again on the same port.
    void start();
    /// sshd's own log so far.
    QByteArray log() const { return read(QStringLiteral("sshd.log")); }

private:
    void signalConnections(int signal);
    void writeUsers(const QList<SshUser>& users);
    void writeConfig(const QByteArray& extra, const QStringList& hostKeys);

    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_firstUser;
    int m_port = 0;
};

/// Runs a program to its end and gives what it printed; ends the test program where it fails.
QByteArray outputOf(const QString& program, const QStringList& arguments);

} // namespace gapless
