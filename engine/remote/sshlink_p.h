// SPDX-License-Identifier: MIT
#pragma once

#include "engine/remote/execchannel_p.h"
#include "engine/remote/forwardchannel_p.h"

#include <functional>
#include <list>
#include <thread>
#include <vector>

namespace gapless {

/// One connection to one sshd and the I/O thread that owns it: connects when there is something to
/// do, runs commands and tunnels side by side, notices when the server is gone. After a loss the
/// next thing to do connects anew; nothing that was sent is sent again.
///
/// The public functions may be called from any thread; the private ones run on the I/O thread.
class SshLink {
public:
    /// Makes an authenticated session; runs on the I/O thread, may ask questions, throws Error.
    using Connect = std::function<std::unique_ptr<SshSession>(std::stop_token stop)>;

    SshLink(QString address, const SshOptions& options, Connect connect);
    /// Ends whatever is under way.
    ~SshLink();

    /// Queues a command. Whoever waits for it calls leave() when done with it.
    std::shared_ptr<ExecStream> exec(const QByteArray& request);
    /// The waiting thread is done with the command; where it has not ended it is cancelled.
    void leave(ExecStream& stream);
    /// The stream has new input, room for output, or a cancel.
    void wake();

    /// Opens a connection to `target` through the host and gives its local end. Blocks. Errors: of
    /// connecting; TunnelRefused {address} where the server forwards nothing; nothing returned
    /// where the target does not answer. Throws Cancelled.
    FileDescriptor openStream(
        const QString& address, const ForwardTarget& target, std::stop_token stop);

    /// Accepts on `socket` from now on and leads what comes to `target`. Gives a number for
    /// unlisten().
    int listen(FileDescriptor socket, const ForwardTarget& target);
    /// Closes the socket and its connections.
    void unlisten(int number);

private:
    struct Listener {
        int number;
        FileDescriptor socket;
        ForwardTarget target;
    };
    struct Forward {
        int listener; ///< 0: of openStream()
        std::unique_ptr<ForwardChannel> channel;
    };

    void post(std::function<void()> action);
    void enter();
    void leaveOne();

    void loop();
    bool takePosted();
    bool hasWork() const;
    void connect();
    void failAll(const Error& error);
    bool stepAll();
    void stepCommands(bool& again);
    void noRoomFor(ExecChannel& channel);
    void wait(bool again);
    void acceptOn(Listener& listener);
    void lose(const QString& detail);
    void beat();
    int timeout() const;

    const QString m_address;
    const SshOptions m_options;
    const Connect m_connect;
    FileDescriptor m_wake;

    std::mutex m_mutex;
    std::vector<std::function<void()>> m_posted;
    bool m_stopping = false;
    int m_waiting = 0; ///< threads that a connection is made for
    bool m_clientsWait
        = false; ///< clients of a tunnel, too, wait for the attempt that is under way
    std::stop_source m_connecting; ///< the attempt that is under way
    int m_lastListener = 0;

    // The I/O thread's own.
    std::unique_ptr<SshSession> m_session;
    std::list<std::unique_ptr<ExecChannel>> m_commands;
    std::list<Forward> m_forwards;
    std::list<Listener> m_listeners;
    int m_room; ///< commands at a time
    quint64 m_heard = 0;
    std::chrono::steady_clock::time_point m_heardAt, m_beatAt;

    std::thread m_thread; ///< last: it uses all of the above
};

} // namespace gapless
