// SPDX-License-Identifier: MIT
#include "engine/signalr/jsonprotocol.h"

#include "engine/signalr/failure.h"
#include "engine/signalr/textframing.h"
#include "engine/signalr/valuebuilder.h"

#include <cmath>

namespace gapless::signalr {

namespace {

/// The fields of a message's object. They may come in any order, so they are gathered before they
/// are judged; only values that reach an application become a Json.
struct Envelope {
    bool isObject = false;
    std::optional<std::int64_t> type; ///< -1: a number that names no type
    std::optional<Json> id, target, error, sequenceId, allowReconnect;
    std::optional<Json> arguments, streamIds, item, result;
};

class EnvelopeReader {
public:
    explicit EnvelopeReader(Envelope& envelope)
        : m_envelope(envelope)
    {
    }

    bool null() { return scalar(nullptr); }
    bool boolean(bool value) { return scalar(value); }
    bool number_integer(Json::number_integer_t value) { return number(value); }
    bool number_unsigned(Json::number_unsigned_t value) { return number(value); }
    bool number_float(Json::number_float_t value, const std::string&) { return number(value); }
    bool string(std::string& value) { return scalar(std::move(value)); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json::value_t::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::value_t::array); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        if (m_depth == 1)
            choose(name);
        else
            m_builder.key(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&)
    {
        return false;
    }

private:
    void choose(const std::string& name)
    {
        m_isType = name == "type";
        std::optional<Json>* slot = nullptr;
        if (name == "invocationId")
            slot = &m_envelope.id;
        else if (name == "target")
            slot = &m_envelope.target;
        else if (name == "arguments")
            slot = &m_envelope.arguments;
        else if (name == "result")
            slot = &m_envelope.result;
        else if (name == "item")
            slot = &m_envelope.item;
        else if (name == "error")
            slot = &m_envelope.error;
        else if (name == "streamIds")
            slot = &m_envelope.streamIds;
        else if (name == "sequenceId")
            slot = &m_envelope.sequenceId;
        else if (name == "allowReconnect")
            slot = &m_envelope.allowReconnect;
        if (slot)
            m_builder.begin(slot->emplace());
        else
            m_builder.skip();
    }
    template <typename T> bool number(T value)
    {
        if (m_isType && m_depth == 1)
            m_envelope.type
                = value >= T(1) && value <= T(9) && T(int(value)) == value ? int(value) : -1;
        return scalar(value);
    }
    template <typename T> bool scalar(T&& value)
    {
        if (m_depth == 0)
            return false;
        m_builder.scalar(std::forward<T>(value));
        return true;
    }
    bool open(Json::value_t kind)
    {
        if (m_depth == 0) {
            m_envelope.isObject = kind == Json::value_t::object;
            ++m_depth;
            return m_envelope.isObject;
        }
        m_builder.open(kind);
        return ++m_depth <= maxDepth;
    }
    bool close()
    {
        if (--m_depth > 0)
            m_builder.close();
        return true;
    }

    Envelope& m_envelope;
    ValueBuilder m_builder;
    int m_depth = 0;
    bool m_isType = false;
};

/// As JavaScript judges it: the official client asks "result and error?" this way.
bool isTruthy(const std::optional<Json>& value)
{
    if (!value || value->is_null())
        return false;
    if (value->is_boolean())
        return value->get<bool>();
    if (value->is_string())
        return !value->get_ref<const std::string&>().empty();
    if (value->is_number())
        return value->get<double>() != 0 && !std::isnan(value->get<double>());
    return true;
}

std::string takeText(std::optional<Json>& value, const char* complaint)
{
    if (!value || !value->is_string() || value->get_ref<const std::string&>().empty())
        throw ProtocolError(complaint);
    return std::move(value->get_ref<std::string&>());
}

std::vector<std::string> takeIds(std::optional<Json>& value, const char* complaint)
{
    std::vector<std::string> ids;
    if (!value || value->is_null())
        return ids;
    if (!value->is_array())
        throw ProtocolError(complaint);
    for (Json& id : *value) {
        if (!id.is_string())
            throw ProtocolError(complaint);
        ids.push_back(std::move(id.get_ref<std::string&>()));
    }
    return ids;
}

Json takeArguments(std::optional<Json>& value, const char* complaint)
{
    if (!value || value->is_null())
        return Json::array();
    if (!value->is_array())
        throw ProtocolError(complaint);
    return std::move(*value);
}

template <typename Call> Call takeCall(Envelope& envelope, const char* complaint)
{
    Call call;
    call.target = takeText(envelope.target, complaint);
    if (envelope.id)
        call.id = takeText(envelope.id, complaint);
    call.arguments = takeArguments(envelope.arguments, complaint);
    call.streamIds = takeIds(envelope.streamIds, complaint);
    return call;
}

Completion takeCompletion(Envelope& envelope)
{
    constexpr const char* complaint = "Invalid payload for Completion message.";
    if (isTruthy(envelope.result) && isTruthy(envelope.error))
        throw ProtocolError(complaint);
    Completion completion;
    if (isTruthy(envelope.error))
        completion.error = takeText(envelope.error, complaint);
    else
        completion.result = std::move(envelope.result);
    completion.id = takeText(envelope.id, complaint);
    return completion;
}

std::int64_t takeSequenceId(const std::optional<Json>& value, const char* complaint)
{
    if (!value || !value->is_number_integer())
        throw ProtocolError(complaint);
    return value->get<std::int64_t>();
}

std::optional<HubMessage> judge(Envelope& envelope)
{
    if (!envelope.isObject || !envelope.type)
        throw ProtocolError("Invalid payload.");
    switch (*envelope.type) {
    case int(MessageType::Invocation):
        return takeCall<Invocation>(envelope, "Invalid payload for Invocation message.");
    case int(MessageType::StreamItem): {
        constexpr const char* complaint = "Invalid payload for StreamItem message.";
        StreamItem item {takeText(envelope.id, complaint), {}};
        if (!envelope.item)
            throw ProtocolError(complaint);
        item.item = std::move(*envelope.item);
        return item;
    }
    case int(MessageType::Completion):
        return takeCompletion(envelope);
    case int(MessageType::StreamInvocation):
        return takeCall<StreamInvocation>(
            envelope, "Invalid payload for StreamInvocation message.");
    case int(MessageType::CancelInvocation):
        return CancelInvocation {
            takeText(envelope.id, "Invalid payload for CancelInvocation message.")};
    case int(MessageType::Ping):
        return Ping {};
    case int(MessageType::Close): {
        Close close;
        if (envelope.error && envelope.error->is_string())
            close.error = std::move(envelope.error->get_ref<std::string&>());
        close.allowReconnect = envelope.allowReconnect == Json(true);
        return close;
    }
    case int(MessageType::Ack):
        return Ack {takeSequenceId(envelope.sequenceId, "Invalid SequenceId for Ack message.")};
    case int(MessageType::Sequence):
        return Sequence {
            takeSequenceId(envelope.sequenceId, "Invalid SequenceId for Sequence message.")};
    default:
        return std::nullopt;
    }
}

/// parseJson's events: one value and nothing else.
class TextReader {
public:
    explicit TextReader(Json& root) { m_builder.begin(root); }
    bool null() { return scalar(nullptr); }
    bool boolean(bool value) { return scalar(value); }
    bool number_integer(Json::number_integer_t value) { return scalar(value); }
    bool number_unsigned(Json::number_unsigned_t value) { return scalar(value); }
    bool number_float(Json::number_float_t value, const std::string&) { return scalar(value); }
    bool string(std::string& value) { return scalar(std::move(value)); }
    bool binary(Json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json::value_t::object); }
    bool start_array(std::size_t) { return open(Json::value_t::array); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name)
    {
        m_builder.key(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&)
    {
        return false;
    }

private:
    template <typename T> bool scalar(T&& value)
    {
        m_builder.scalar(std::forward<T>(value));
        return true;
    }
    bool open(Json::value_t kind)
    {
        m_builder.open(kind);
        return m_builder.depth() <= maxDepth;
    }
    bool close()
    {
        m_builder.close();
        return true;
    }
    ValueBuilder m_builder;
};

} // namespace

Json parseJson(QByteArrayView text)
{
    Json value;
    TextReader reader(value);
    if (!Json::sax_parse(text.begin(), text.end(), &reader))
        throw ProtocolError("Not JSON.");
    return value;
}

void JsonProtocol::parse(QByteArrayView payload, std::vector<HubMessage>& out) const
{
    if (payload.isEmpty())
        return;
    for (const QByteArrayView text : splitTextMessages(payload)) {
        Envelope envelope;
        EnvelopeReader reader(envelope);
        if (!Json::sax_parse(text.begin(), text.end(), &reader))
            throw ProtocolError("Invalid payload.");
        if (std::optional<HubMessage> message = judge(envelope))
            out.push_back(std::move(*message));
    }
}

} // namespace gapless::signalr
