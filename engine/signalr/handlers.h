// SPDX-License-Identifier: MIT
#pragma once

#include "engine/signalr/hubmessage.h"

#include <QHash>
#include <QString>
#include <functional>
#include <memory>
#include <vector>

namespace gapless::signalr {

/// The answer a server waits for (a client result). Copies share it; the first answer counts, and
/// letting go of the last copy unanswered tells the server that there is no result.
class Reply {
public:
    using Send = std::function<void(std::optional<std::string> error, std::optional<Json> result)>;
    explicit Reply(Send send);
    void result(Json value) const;
    void error(const QString& text) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// What the server calls. The arguments are always a JSON array.
using Handler = std::function<void(const Json& arguments)>;
/// A handler whose return value is the client's result; what it throws becomes the error's text.
using ResultHandler = std::function<Json(const Json& arguments)>;
/// A handler that answers through `reply`, now or later.
using ReplyHandler = std::function<void(const Json& arguments, Reply reply)>;

/// Names to handlers: any number a name, at any time, names in any case.
class Handlers {
public:
    using Id = quint64;
    Id add(const QString& method, Handler handler);
    Id add(const QString& method, ReplyHandler handler);
    void remove(Id id);
    void remove(const QString& method);
    /// Runs the handlers there are now. `answer` is called exactly once where the invocation has an
    /// id: by the only handler that gives results, or with the error the official clients send.
    void call(const Invocation& invocation, const Reply::Send& answer) const;

private:
    struct Entry {
        Id id;
        std::variant<Handler, ReplyHandler> handler;
    };
    using Entries = std::vector<std::shared_ptr<const Entry>>;
    QHash<QString, Entries> m_byName;
    /// The key of a name as it came over the wire; lower-casing it each time would cost more.
    mutable QHash<QByteArray, QString> m_keys;
    Id m_next = 1;
};

} // namespace gapless::signalr
