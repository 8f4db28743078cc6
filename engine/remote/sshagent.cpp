// SPDX-License-Identifier: MIT
#include "engine/remote/sshagent.h"

#include <QFile>
#include <QtEndian>
#include <cerrno>
#include <sys/socket.h>
#include <sys/un.h>

namespace gapless {

namespace {

// draft-miller-ssh-agent, section 5.1
constexpr char failure = 5;
constexpr char requestIdentities = 11;
constexpr char identitiesAnswer = 12;
constexpr char signRequest = 13;
constexpr quint32 longest = 256 * 1024;

QByteArray number(quint32 value)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray string(const QByteArray& bytes)
{
    return number(quint32(bytes.size())) + bytes;
}

/// Reads RFC 4251 numbers and strings; what is not there reads as nothing.
class Reader {
public:
    explicit Reader(const QByteArray& bytes)
        : m_rest(bytes)
    {
    }
    quint32 number()
    {
        if (m_rest.size() < 4)
            return 0;
        const quint32 value = qFromBigEndian<quint32>(m_rest.constData());
        m_rest.remove(0, 4);
        return value;
    }
    QByteArray string()
    {
        const QByteArray bytes = m_rest.left(number());
        m_rest.remove(0, bytes.size());
        return bytes;
    }
    bool atEnd() const { return m_rest.isEmpty(); }

private:
    QByteArray m_rest;
};

bool sendAll(int fd, const QByteArray& bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count
            = ::send(fd, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}

std::optional<QByteArray> receive(int fd, quint32 size)
{
    QByteArray bytes(qsizetype(size), '\0');
    for (qsizetype got = 0; got < bytes.size();) {
        const ssize_t count = ::recv(fd, bytes.data() + got, size_t(bytes.size() - got), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return std::nullopt;
        got += count;
    }
    return bytes;
}

/// A message without its length.
std::optional<QByteArray> receiveMessage(int fd)
{
    const std::optional<QByteArray> size = receive(fd, 4);
    if (!size)
        return std::nullopt;
    const quint32 length = qFromBigEndian<quint32>(size->constData());
    if (length == 0 || length > longest)
        return std::nullopt;
    return receive(fd, length);
}

} // namespace

std::unique_ptr<SshAgent> SshAgent::connect(const QString& socketPath)
{
    const QByteArray path = QFile::encodeName(socketPath);
    sockaddr_un address {};
    if (path.isEmpty() || size_t(path.size()) >= sizeof address.sun_path)
        return nullptr;
    address.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), address.sun_path);
    FileDescriptor agent(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(agent.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        return nullptr;
    return std::unique_ptr<SshAgent>(new SshAgent(std::move(agent)));
}

SshAgent::SshAgent(FileDescriptor agent)
    : m_agent(std::move(agent))
{
    int ends[2] = {-1, -1};
    ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
    m_ourEnd = FileDescriptor(ends[0]);
    m_libsshEnd = FileDescriptor(ends[1]);
    m_thread = std::thread([this] { serve(); });
}

SshAgent::~SshAgent()
{
    abort();
    m_thread.join();
}

void SshAgent::abort()
{
    ::shutdown(m_ourEnd.get(), SHUT_RDWR);
    ::shutdown(m_agent.get(), SHUT_RDWR);
}

std::optional<QByteArray> SshAgent::ask(const QByteArray& request)
{
    const std::lock_guard lock(m_mutex);
    if (!sendAll(m_agent.get(), string(request)))
        return std::nullopt;
    return receiveMessage(m_agent.get());
}

QList<SshAgent::Key> SshAgent::keys()
{
    QList<Key> keys;
    const std::optional<QByteArray> reply = ask(QByteArray(1, requestIdentities));
    if (!reply || !reply->startsWith(identitiesAnswer))
        return keys;
    Reader reader(reply->mid(1));
    for (quint32 left = reader.number(); left > 0 && !reader.atEnd(); --left) {
        Key key;
        key.blob = reader.string();
        key.comment = QString::fromUtf8(reader.string());
        keys << key;
    }
    return keys;
}

void SshAgent::show(const QByteArray& blob)
{
    const std::lock_guard lock(m_mutex);
    m_shown = blob;
}

QByteArray SshAgent::answer(const QByteArray& request)
{
    if (request.startsWith(requestIdentities)) {
        const std::lock_guard lock(m_mutex);
        return QByteArray(1, identitiesAnswer) + number(1) + string(m_shown) + string({});
    }
    // The agent signs with what it is asked to sign with: libssh knows no other key than the shown.
    if (request.startsWith(signRequest))
        if (const std::optional<QByteArray> reply = ask(request))
            return *reply;
    return QByteArray(1, failure);
}

void SshAgent::serve()
{
    while (const std::optional<QByteArray> request = receiveMessage(m_ourEnd.get()))
        if (!sendAll(m_ourEnd.get(), string(answer(*request))))
            break;
}

} // namespace gapless
