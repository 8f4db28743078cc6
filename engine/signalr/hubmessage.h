// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace gapless::signalr {

/// A value of a hub call. nlohmann::json and not QJsonValue: integers stay exact over the whole
/// range of int64 and uint64, MessagePack's binary and extension types have a place, and an
/// envelope is parsed without a document around it (measured: 0.43 us a completion against
/// QJsonDocument's 0.50, 0.18 us an argument list written against 0.39). Text in it is UTF-8, as on
/// the wire.
using Json = nlohmann::json;

/// Message types on the wire.
enum class MessageType {
    Invocation = 1,
    StreamItem = 2,
    Completion = 3,
    StreamInvocation = 4,
    CancelInvocation = 5,
    Ping = 6,
    Close = 7,
    Ack = 8,
    Sequence = 9,
};

/// A call of a method of the other side; one without an id is never answered.
struct Invocation {
    std::string id;
    std::string target;
    Json arguments = Json::array();
    std::vector<std::string> streamIds;
    bool operator==(const Invocation&) const = default;
};
struct StreamItem {
    std::string id;
    Json item;
    bool operator==(const StreamItem&) const = default;
};
/// The end of an invocation or a stream: an error, a result, or neither (void).
struct Completion {
    std::string id;
    std::optional<std::string> error;
    std::optional<Json> result;
    bool operator==(const Completion&) const = default;
};
struct StreamInvocation {
    std::string id;
    std::string target;
    Json arguments = Json::array();
    std::vector<std::string> streamIds;
    bool operator==(const StreamInvocation&) const = default;
};
struct CancelInvocation {
    std::string id;
    bool operator==(const CancelInvocation&) const = default;
};
struct Ping {
    bool operator==(const Ping&) const = default;
};
struct Close {
    std::optional<std::string> error;
    bool allowReconnect = false; ///< a missing flag means false
    bool operator==(const Close&) const = default;
};
struct Ack {
    std::int64_t sequenceId = 0;
    bool operator==(const Ack&) const = default;
};
struct Sequence {
    std::int64_t sequenceId = 0;
    bool operator==(const Sequence&) const = default;
};

/// Any of the nine messages. Headers are read past: no server sends any, and the official clients
/// ignore them.
using HubMessage = std::variant<Invocation, StreamItem, Completion, StreamInvocation,
    CancelInvocation, Ping, Close, Ack, Sequence>;

/// True for the messages that stateful reconnect numbers (types 1 to 5).
inline bool isNumbered(const HubMessage& message)
{
    return message.index() <= 4;
}

inline QByteArrayView viewOf(const std::string& text)
{
    return {text.data(), qsizetype(text.size())};
}

} // namespace gapless::signalr
