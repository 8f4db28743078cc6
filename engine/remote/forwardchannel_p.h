// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/filedescriptor.h"
#include "engine/remote/sshsession_p.h"

#include "engine/model/error.h"

#include <condition_variable>
#include <libssh/callbacks.h>
#include <memory>
#include <mutex>
#include <optional>

namespace gapless {

/// Where a forwarded connection leads, as the server sees it.
struct ForwardTarget {
    QByteArray host; ///< or the path of a Unix socket
    int port = 0; ///< 0: a Unix socket

    /// As nginx writes an address; port 80 where it names none. Nothing where it is none.
    static std::optional<ForwardTarget> parse(const QString& address);
};

/// Tells another thread whether a forwarded connection was opened.
struct ForwardResult {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool done = false;
    bool opened = false;
    bool prohibited = false; ///< not opened, because the server forwards nothing
    QString detail; ///< what the server said
    std::optional<Error> error; ///< there was no connection to open it on
};

/// One connection through the host: a local stream socket on one side, a channel on the other.
/// Lives on the I/O thread. Each direction ends by itself, as TCP's do.
class ForwardChannel {
public:
    ForwardChannel(
        FileDescriptor local, ForwardTarget target, std::shared_ptr<ForwardResult> result);
    ~ForwardChannel();
    ForwardChannel(const ForwardChannel&) = delete;
    ForwardChannel& operator=(const ForwardChannel&) = delete;

    /// Moves on as far as it goes without waiting. True: there is more to do at once.
    bool step(SshSession& session);
    /// The connection is gone. Where it was not opened yet it waits for the next one, once; else
    /// the local side sees a reset.
    void lose(const Error& error);
    /// There is no connection and will be none.
    void fail(const Error& error);
    bool isDone() const { return m_done; }

    /// Whoever wanted it is gone: the local side sees a reset, the server a close.
    void close();

    int fd() const { return m_local.get(); }
    /// What poll() is to wait for on fd(); 0: leave it out.
    short pollEvents() const;
    /// What poll() has found.
    void ready(short events);

private:
    bool open(SshSession& session);
    bool readLocal();
    bool writeRemote();
    bool writeLocal();
    void readRest();
    void report(bool opened, const QString& detail, const std::optional<Error>& error = {});
    void reset();
    void release();
    static int onData(ssh_session, ssh_channel, void* data, uint32_t size, int isErr, void* self);
    static void onEof(ssh_session, ssh_channel, void* self);
    static void onClose(ssh_session, ssh_channel, void* self);

    FileDescriptor m_local;
    const ForwardTarget m_target;
    std::shared_ptr<ForwardResult> m_result;
    ssh_channel m_channel = nullptr;
    ssh_channel_callbacks_struct m_callbacks {};
    bool m_opened = false;
    bool m_done = false;
    bool m_retried = false;
    QByteArray m_toRemote, m_toLocal;
    bool m_unwanted = false; ///< close() came before the server's answer to the opening
    bool m_readable = true; ///< as far as poll() and the last read tell
    bool m_localEnded = false; ///< the local side sends no more
    bool m_eofSent = false;
    bool m_remoteEnded = false; ///< the remote side sends no more
    bool m_remoteClosed = false;
    bool m_localClosed = false; ///< the local side was told so, or takes no more
    bool m_rest = false; ///< libssh holds bytes that m_toLocal had no room for
};

} // namespace gapless
