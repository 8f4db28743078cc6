// SPDX-License-Identifier: MIT
#include "engine/witness/bytestream.h"

#include "engine/model/error.h"

#include <QtEndian>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {
namespace {

Sample::Cause causeOf(int number)
{
    switch (number) {
    case ECONNREFUSED:
        return Sample::Cause::Refused;
    case ECONNRESET:
    case EPIPE:
    case ECONNABORTED:
        return Sample::Cause::Reset;
    case ETIMEDOUT:
        return Sample::Cause::Timeout;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOBUFS:
    case EADDRNOTAVAIL: // this machine has run out of ports
        return Sample::Cause::Unsent;
    default:
        return Sample::Cause::Unreachable;
    }
}

socklen_t fill(sockaddr_storage& storage, const QHostAddress& address, quint16 port)
{
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
        v6.sin6_family = AF_INET6;
        v6.sin6_port = qToBigEndian(port);
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(&v6.sin6_addr, &bytes, sizeof(bytes));
        v6.sin6_scope_id = address.scopeId().toUInt();
        return sizeof(v6);
    }
    auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
    v4.sin_family = AF_INET;
    v4.sin_port = qToBigEndian(port);
    v4.sin_addr.s_addr = qToBigEndian(address.toIPv4Address());
    return sizeof(v4);
}

} // namespace

SocketPoll::SocketPoll()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    if (m_epoll < 0)
        throw Error(ErrorKind::Internal, {{u"text"_s, u"epoll_create1"_s}});
    m_notifier = std::make_unique<QSocketNotifier>(m_epoll, QSocketNotifier::Read);
    QObject::connect(
        m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] { turn(); });
}

SocketPoll::~SocketPoll()
{
    m_notifier.reset();
    ::close(m_epoll);
}

void SocketPoll::add(int descriptor, quint32 events, Watcher* watcher)
{
    epoll_event event {};
    event.events = events;
    event.data.ptr = watcher;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void SocketPoll::change(int descriptor, quint32 events, Watcher* watcher)
{
    epoll_event event {};
    event.events = events;
    event.data.ptr = watcher;
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void SocketPoll::remove(int descriptor, Watcher* watcher)
{
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    m_removed.append(watcher);
}

void SocketPoll::turn()
{
    std::array<epoll_event, 64> events {};
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), 0);
    m_removed.clear();
    for (int i = 0; i < count; ++i) {
        auto* watcher = static_cast<Watcher*>(events[size_t(i)].data.ptr);
        if (!m_removed.contains(watcher))
            watcher->ready(events[size_t(i)].events);
    }
}

PlainStream::PlainStream(SocketPoll& poll)
    : m_poll(poll)
{
}

PlainStream::~PlainStream()
{
    close();
}

void PlainStream::open(const QHostAddress& address, quint16 port)
{
    sockaddr_storage storage {};
    const socklen_t length = fill(storage, address, port);
    m_socket = ::socket(storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_socket < 0)
        return finish(causeOf(errno));
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (::connect(m_socket, reinterpret_cast<const sockaddr*>(&storage), length) != 0
        && errno != EINPROGRESS)
        return finish(causeOf(errno));
    m_connecting = true;
    m_poll.add(m_socket, EPOLLIN | EPOLLOUT, this);
}

void PlainStream::ready(quint32 events)
{
    if (m_connecting) {
        connected();
        return;
    }
    if ((events & EPOLLOUT) != 0 && !m_unsent.isEmpty()) {
        const QByteArray bytes = std::exchange(m_unsent, {});
        m_poll.change(m_socket, EPOLLIN, this);
        write(bytes);
    }
    if (m_socket >= 0 && (events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0)
        readAll();
}

void PlainStream::connected()
{
    int error = 0;
    socklen_t length = sizeof(error);
    ::getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
        return finish(causeOf(error));
    m_connecting = false;
    m_poll.change(m_socket, EPOLLIN, this);
    opened();
}

void PlainStream::readAll()
{
    std::array<char, 16 * 1024> buffer;
    while (m_socket >= 0) {
        const ssize_t count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (count > 0) {
            received(QByteArrayView(buffer.data(), count));
            if (size_t(count) < buffer.size())
                return; // more, or the end, makes the descriptor ready again
        } else if (count == 0) {
            finish(Sample::Cause::Eof);
        } else if (errno == EAGAIN || errno == EINTR) {
            return;
        } else {
            finish(causeOf(errno));
        }
    }
}

void PlainStream::write(const QByteArray& bytes)
{
    if (m_socket < 0)
        return;
    if (!m_unsent.isEmpty()) {
        m_unsent.append(bytes);
        return;
    }
    ssize_t sent = ::send(m_socket, bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        // What the peer still had to say (a reset, an early answer) is found by reading.
        sent = bytes.size();
    sent = std::max<ssize_t>(sent, 0);
    if (sent < bytes.size()) {
        m_unsent = bytes.mid(sent);
        m_poll.change(m_socket, EPOLLIN | EPOLLOUT, this);
    }
}

void PlainStream::close()
{
    if (m_socket < 0)
        return;
    m_poll.remove(m_socket, this);
    ::close(m_socket);
    m_socket = -1;
}

void PlainStream::finish(Sample::Cause cause)
{
    close();
    ended(cause);
}

TlsStream::TlsStream(
    const QString& host, const std::optional<QSslConfiguration>& configuration, Failed failed)
    : m_host(host)
    , m_failed(std::move(failed))
    , m_socket(std::make_unique<QSslSocket>())
{
    if (configuration)
        m_socket->setSslConfiguration(*configuration);
    m_socket->setPeerVerifyMode(QSslSocket::VerifyPeer);
    QObject::connect(m_socket.get(), &QSslSocket::encrypted, m_socket.get(), [this] {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        opened();
    });
    QObject::connect(m_socket.get(), &QSslSocket::readyRead, m_socket.get(), [this] {
        const QByteArray bytes = m_socket->readAll();
        if (!m_over && !bytes.isEmpty())
            received(bytes);
    });
    QObject::connect(m_socket.get(), &QSslSocket::errorOccurred, m_socket.get(),
        [this](QAbstractSocket::SocketError error) {
            switch (int(error)) {
            case QAbstractSocket::ConnectionRefusedError:
                return finish(Sample::Cause::Refused);
            case QAbstractSocket::RemoteHostClosedError:
                return finish(Sample::Cause::Eof);
            case QAbstractSocket::SocketTimeoutError:
                return finish(Sample::Cause::Timeout);
            case QAbstractSocket::SslHandshakeFailedError:
            case QAbstractSocket::SslInternalError:
            case QAbstractSocket::SslInvalidUserDataError:
                return finish(Sample::Cause::Tls);
            case QAbstractSocket::SocketResourceError:
                return finish(Sample::Cause::Unsent);
            default:
                return finish(Sample::Cause::Unreachable);
            }
        });
}

TlsStream::~TlsStream()
{
    close();
}

void TlsStream::open(const QHostAddress& address, quint16 port)
{
    m_socket->setPeerVerifyName(m_host);
    m_socket->connectToHostEncrypted(address.toString(), port, m_host);
}

void TlsStream::write(const QByteArray& bytes)
{
    m_socket->write(bytes);
}

void TlsStream::close()
{
    m_over = true;
    m_socket->abort();
}

QString TlsStream::whatIsWrong() const
{
    QStringList errors;
    for (const QSslError& error : m_socket->sslHandshakeErrors())
        errors << error.errorString();
    return errors.isEmpty() ? m_socket->errorString() : errors.join(u' ');
}

void TlsStream::finish(Sample::Cause cause)
{
    if (std::exchange(m_over, true))
        return;
    if (cause == Sample::Cause::Tls && m_failed)
        m_failed(whatIsWrong());
    ended(cause);
}

} // namespace gapless
