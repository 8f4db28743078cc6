// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/failure.h"
#include "engine/signalr/hubmessage.h"

#include <functional>
#include <unordered_map>

namespace gapless::signalr {

/// How an invocation ended: a value (null for a void method), or a failure.
struct InvocationResult {
    Json value;
    Failure failure;
    bool ok() const { return failure.kind == FailureKind::None; }
};
using InvocationDone = std::function<void(const InvocationResult&)>;

/// What a stream of the server's calls: each item, then once `done`.
struct StreamObserver {
    std::function<void(const Json& item)> next;
    std::function<void(const Failure& failure)> done; ///< kind None: complete
};

/// The calls that wait for an answer. Ids are numbers that count from 0, and are shared by
/// invocations, streams and uploads.
class Invocations {
public:
    quint64 nextId() { return m_next++; }
    void add(quint64 id, InvocationDone done);
    void add(quint64 id, StreamObserver observer);
    /// True where it was pending. No callback follows.
    bool remove(quint64 id);
    /// Late and unknown ids are left alone: after a cancellation a server may go on sending.
    void take(const StreamItem& item);
    void take(const Completion& completion);
    /// All callbacks, each ended with `failure`, to be run when the caller is ready for it.
    std::function<void()> abandon(const Failure& failure);
    std::size_t size() const { return m_pending.size(); }

private:
    using Pending = std::variant<InvocationDone, StreamObserver>;
    static void end(const Pending& pending, InvocationResult result);

    std::unordered_map<quint64, Pending> m_pending;
    quint64 m_next = 0;
};

} // namespace gapless::signalr
