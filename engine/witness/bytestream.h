// SPDX-License-Identifier: MIT
#pragma once

#include "engine/witness/samples.h"

#include <QHostAddress>
#include <QObject>
#include <QSocketNotifier>
#include <QSslConfiguration>
#include <QSslSocket>
#include <functional>
#include <memory>

namespace gapless {

/// What a probe's sockets share: one epoll set behind one notifier. Qt's event loop polls every
/// descriptor it knows on each turn and forgets ECONNRESET; a probe opens five hundred sockets a
/// second and has to tell a reset from an orderly end.
class SocketPoll {
public:
    /// Throws Error(Internal) where the system gives no epoll set.
    SocketPoll();
    ~SocketPoll();
    SocketPoll(const SocketPoll&) = delete;
    SocketPoll& operator=(const SocketPoll&) = delete;

    class Watcher {
    public:
        virtual ~Watcher() = default;
        virtual void ready(quint32 events) = 0; ///< EPOLLIN, EPOLLOUT …
    };
    void add(int descriptor, quint32 events, Watcher* watcher);
    void change(int descriptor, quint32 events, Watcher* watcher);
    void remove(int descriptor, Watcher* watcher);

private:
    void turn();

    int m_epoll = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QList<Watcher*> m_removed; ///< during turn(): events of theirs that were already fetched
};

/// A connection that carries bytes: plain or TLS. Each callback may close or even destroy nothing
/// but itself later: owners destroy a stream outside its callbacks.
class ByteStream {
public:
    std::function<void()> opened;
    std::function<void(QByteArrayView)> received;
    /// It is over: refused, reset, ended in order (Eof), TLS … Called once; then nothing more.
    std::function<void(Sample::Cause)> ended;

    virtual ~ByteStream() = default;
    virtual void open(const QHostAddress& address, quint16 port) = 0;
    virtual void write(const QByteArray& bytes) = 0;
    virtual void close() = 0; ///< silent: `ended` is not called
};

/// TCP without a layer between: what the kernel says is what is reported.
class PlainStream final : public ByteStream, private SocketPoll::Watcher {
public:
    explicit PlainStream(SocketPoll& poll);
    ~PlainStream() override;
    void open(const QHostAddress& address, quint16 port) override;
    void write(const QByteArray& bytes) override;
    void close() override;

private:
    void ready(quint32 events) override;
    void connected();
    void readAll();
    void finish(Sample::Cause cause);

    SocketPoll& m_poll;
    int m_socket = -1;
    bool m_connecting = false;
    QByteArray m_unsent;
};

/// TLS, checked against `host` and the configuration's roots; an error ends it (Cause::Tls) and is
/// never ignored. QSslSocket reports a reset as an orderly end, so here both are Eof.
class TlsStream final : public ByteStream {
public:
    using Failed = std::function<void(const QString& why)>; ///< before `ended` says Cause::Tls

    TlsStream(const QString& host, const std::optional<QSslConfiguration>& configuration,
        Failed failed = {});
    ~TlsStream() override;
    void open(const QHostAddress& address, quint16 port) override;
    void write(const QByteArray& bytes) override;
    void close() override;

private:
    void finish(Sample::Cause cause);
    QString whatIsWrong() const;

    QString m_host;
    Failed m_failed;
    std::unique_ptr<QSslSocket> m_socket;
    bool m_over = false;
};

} // namespace gapless
