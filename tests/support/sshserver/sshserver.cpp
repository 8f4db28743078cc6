// SPDX-License-Identifier: MIT
#include "tests/support/sshserver/sshserver.h"

#include "engine/remote/knownhosts.h"

#include <QDir>
#include <QFile>
#include <QThread>
#include <arpa/inet.h>
#include <crypt.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int firstUid = 61200;

/// Makes the namespace's own files the ones in /etc, then becomes sshd.
const QByteArray enterNamespace = R"(set -e
cd "$1"
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/sshd
for file in passwd shadow group sudoers pam.d/sshd pam.d/sudo; do
    if [ -e "/etc/$file" ]; then mount --bind "etc/$file" "/etc/$file"; fi
done
exec /usr/sbin/sshd -D -f "$1/sshd_config" -E "$1/sshd.log"
)";

QString ownName()
{
    const passwd* const entry = ::getpwuid(::getuid());
    return QString::fromLocal8Bit(entry->pw_name);
}

sockaddr_in loopback(int port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(uint16_t(port));
    return address;
}

int freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(fd);
    return ntohs(address.sin_port);
}

bool answers(int port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    const bool connected
        = ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return connected;
}

} // namespace

QByteArray outputOf(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished() || process.exitCode() != 0)
        qFatal("%s failed: %s", qPrintable(program), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

bool SshServer::hasUsers()
{
    return ::geteuid() == 0;
}

SshServer::SshServer(
    const QByteArray& config, const QList<SshUser>& users, const QStringList& hostKeys)
    : m_firstUser(hasUsers() ? users.first().name : ownName())
    , m_port(freePort())
{
    // The users must get at their homes and at authorized_keys.
    ::chmod(QFile::encodeName(m_folder.path()).constData(), 0711);
    for (const char* folder : {"etc/pam.d", "home"})
        QDir(m_folder.path()).mkpath(QString::fromLatin1(folder));
    for (const QString& type : hostKeys)
        makeKey(u"host_"_s + type, type);
    write(u"authorized_keys"_s, {});
    authorize(makeKey(u"id"_s));
    write(u"known_hosts"_s, knownHostsLine());
    if (hasUsers())
        writeUsers(users);
    writeConfig(config, hostKeys);
    start();
}

SshServer::~SshServer()
{
    killConnections();
    stop();
}

void SshServer::write(const QString& name, const QByteArray& content)
{
    QFile output(file(name));
    if (!output.open(QIODevice::WriteOnly) || output.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(name));
    output.setPermissions(
        QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
}

QByteArray SshServer::read(const QString& name) const
{
    QFile input(file(name));
    input.open(QIODevice::ReadOnly);
    return input.readAll();
}

QString SshServer::home(const QString& user) const
{
    return hasUsers() ? file(u"home/"_s + user) : QDir::homePath();
}

QString SshServer::makeKey(const QString& name, const QString& type, const QString& passphrase)
{
    QStringList arguments {
        u"-q"_s, u"-t"_s, type, u"-N"_s, passphrase, u"-C"_s, name, u"-f"_s, file(name)};
    if (type == u"rsa")
        arguments << u"-b"_s << u"2048"_s; // the default size takes seconds on a busy machine
    outputOf(u"ssh-keygen"_s, arguments);
    return file(name);
}

void SshServer::authorize(const QString& keyFile)
{
    QFile publicKey(keyFile + u".pub"_s);
    publicKey.open(QIODevice::ReadOnly);
    write(u"authorized_keys"_s, read(u"authorized_keys"_s) + publicKey.readAll());
}

QString SshServer::fingerprint(const QString& type) const
{
    return QString::fromLatin1(
        outputOf(u"ssh-keygen"_s, {u"-l"_s, u"-f"_s, file(u"host_"_s + type + u".pub"_s)}))
        .section(u' ', 1, 1);
}

QByteArray SshServer::knownHostsLine(const QString& type) const
{
    const QByteArray key = read(u"host_"_s + type + u".pub"_s);
    return "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + key;
}

void SshServer::writeUsers(const QList<SshUser>& users)
{
    const auto systems = [](const char* path) {
        QFile input(QString::fromLatin1(path));
        input.open(QIODevice::ReadOnly);
        return input.readAll();
    };
    QByteArray passwd = systems("/etc/passwd");
    QByteArray shadow = systems("/etc/shadow");
    QByteArray group = systems("/etc/group");
    int id = firstUid;
    for (const SshUser& user : users) {
        const QByteArray name = user.name.toLatin1();
        const QByteArray number = QByteArray::number(++id);
        const QByteArray hash = user.password.isEmpty()
            ? QByteArray("*")
            : QByteArray(::crypt(user.password.constData(), "$6$gaplesstest$"));
        QDir().mkpath(home(user.name));
        ::chown(QFile::encodeName(home(user.name)).constData(), uid_t(id), gid_t(id));
        passwd += name + ":x:" + number + ':' + number + "::" + home(user.name).toLocal8Bit() + ':'
            + user.shell.toLocal8Bit() + '\n';
        shadow += name + ':' + hash + ":19000:0:99999:7:::\n";
        group += name + ":x:" + number + ":\n";
    }
    write(u"etc/passwd"_s, passwd);
    write(u"etc/shadow"_s, shadow);
    write(u"etc/group"_s, group);
    setSudoers({});
    const QByteArray pam = "auth required pam_unix.so nodelay\n"
                           "account required pam_unix.so\nsession required pam_permit.so\n";
    write(u"etc/pam.d/sshd"_s, pam);
    write(u"etc/pam.d/sudo"_s, pam);
}

void SshServer::setSudoers(const QByteArray& lines)
{
    const QString path = file(u"etc/sudoers"_s);
    // In place: the namespace has this very file mounted over its own.
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    QFile output(path);
    output.open(QIODevice::WriteOnly | QIODevice::Truncate);
    output.write("Defaults env_reset\nDefaults !fqdn\nroot ALL=(ALL:ALL) ALL\n" + lines);
    output.setPermissions(QFile::ReadOwner | QFile::ReadGroup);
}

void SshServer::expirePassword(const QString& user)
{
    QList<QByteArray> lines = read(u"etc/shadow"_s).split('\n');
    for (QByteArray& line : lines)
        if (line.startsWith(user.toLatin1() + ':'))
            line.replace(":19000:", ":0:");
    write(u"etc/shadow"_s, lines.join('\n'));
}

void SshServer::writeConfig(const QByteArray& extra, const QStringList& hostKeys)
{
    const QByteArray folder = m_folder.path().toLocal8Bit();
    QByteArray config = extra + "\nListenAddress 127.0.0.1\nPort " + QByteArray::number(m_port)
        + "\nAuthorizedKeysFile " + folder
        + "/authorized_keys\nStrictModes no\nPidFile none\nUseDNS no\nPrintMotd no\n"
          "LogLevel VERBOSE\nUsePAM "
        + (hasUsers() ? "yes" : "no") + '\n';
    for (const QString& type : hostKeys)
        config += "HostKey " + folder + "/host_" + type.toLatin1() + '\n';
    write(u"sshd_config"_s, config);
    write(u"enter"_s, enterNamespace);
}

void SshServer::start()
{
    if (hasUsers())
        m_process.start(u"unshare"_s,
            {u"--mount"_s, u"--propagation"_s, u"private"_s, u"sh"_s, file(u"enter"_s),
                m_folder.path()});
    else
        m_process.start(u"/usr/sbin/sshd"_s,
            {u"-D"_s, u"-f"_s, file(u"sshd_config"_s), u"-E"_s, file(u"sshd.log"_s)});
    m_process.waitForStarted();
    for (int i = 0; i < 500 && m_process.state() == QProcess::Running; ++i) {
        if (answers(m_port))
            return;
        m_process.waitForFinished(10);
    }
    qFatal("sshd does not start: %s%s", m_process.readAllStandardError().constData(),
        log().constData());
}

void SshServer::stop()
{
    m_process.terminate();
    m_process.waitForFinished();
}

void SshServer::killConnections()
{
    signalConnections(SIGKILL);
}

void SshServer::freezeConnections()
{
    signalConnections(SIGSTOP);
}

void SshServer::signalConnections(int signal)
{
    // A connection is a process of the daemon, and under it one that has given up root.
    QList<int> processes {int(m_process.processId())};
    for (qsizetype i = 0; i < processes.size() && processes[i] > 1; ++i) {
        const QString pid = QString::number(processes[i]);
        QFile children(u"/proc/%1/task/%1/children"_s.arg(pid));
        children.open(QIODevice::ReadOnly);
        for (const QByteArray& child : children.readAll().simplified().split(' ')) {
            QFile name(u"/proc/"_s + QString::fromLatin1(child) + u"/comm"_s);
            if (name.open(QIODevice::ReadOnly) && name.readAll() == "sshd\n")
                processes << child.toInt();
        }
    }
    for (const int process : processes.mid(1))
        ::kill(process, signal);
}

HostSpec SshServer::spec() const
{
    return spec(m_firstUser);
}

HostSpec SshServer::spec(const QString& user) const
{
    HostSpec spec;
    spec.name = u"web"_s;
    spec.address = u"127.0.0.1"_s;
    spec.port = m_port;
    spec.user = user;
    spec.auth.method = Auth::Method::Key;
    spec.auth.privateKeyFile = file(u"id"_s);
    return spec;
}

SshOptions SshServer::options() const
{
    SshOptions options;
    options.config.clear();
    options.systemConfig.clear();
    options.knownHosts = file(u"known_hosts"_s);
    options.systemKnownHosts.clear();
    options.defaultKeys.clear();
    options.agentSocket.clear();
    return options;
}

} // namespace gapless
