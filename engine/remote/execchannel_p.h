// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/execstream.h"
#include "engine/remote/sshsession_p.h"

#include <libssh/callbacks.h>
#include <memory>

namespace gapless {

/// The I/O thread's half of one ExecStream: a session channel from its opening to its close.
class ExecChannel {
public:
    enum class State {
        Waiting, ///< for a connection, or for its turn on one
        Opening,
        Requesting, ///< sent; the server has not said yet whether it runs it
        Running,
        Done
    };
    /// What step() found.
    enum class Step {
        Idle, ///< the network or the other thread must do something first
        Again, ///< there is more to write: come back without waiting
        NoRoom ///< the server opens no further session channel; back to Waiting
    };

    explicit ExecChannel(std::shared_ptr<ExecStream> stream);
    ~ExecChannel();
    ExecChannel(const ExecChannel&) = delete;
    ExecChannel& operator=(const ExecChannel&) = delete;

    State state() const { return m_state; }
    /// Moves on as far as it goes without waiting. Call it in every turn of the loop.
    Step step(SshSession& session);
    /// The connection is gone. Waiting again where nothing was sent and this was the first time,
    /// else Done with that error.
    void lose(const Error& error);
    /// Done with that error, whatever it was doing.
    void fail(const Error& error);
    /// Nobody waits for it any more.
    bool isCancelled() const;

private:
    Step open(SshSession& session);
    void awaitReply(const SshSession& session);
    /// The next bytes to write, where there are any. True: nothing follows them.
    bool takeInput();
    Step write();
    void readRest();
    void cancelRemote();
    void finish();
    void release();
    static int onData(ssh_session, ssh_channel, void* data, uint32_t size, int isErr, void* self);
    static void onExitStatus(ssh_session, ssh_channel, int status, void* self);
    static void onExitSignal(ssh_session, ssh_channel, const char* signal, int core,
        const char* message, const char* language, void* self);
    static void onClose(ssh_session, ssh_channel, void* self);

    const std::shared_ptr<ExecStream> m_stream;
    State m_state = State::Waiting;
    ssh_channel m_channel = nullptr;
    ssh_channel_callbacks_struct m_callbacks {};
    QByteArray m_writing; ///< taken from the stream
    qsizetype m_written = 0; ///< of it
    bool m_eofSent = false;
    bool m_closed = false; ///< the server has closed the channel
    bool m_rest = false; ///< libssh holds output that the stream had no room for
    bool m_retried = false;
    std::optional<int> m_exit;
    QByteArray m_signal;
};

} // namespace gapless
