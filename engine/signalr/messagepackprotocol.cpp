// SPDX-License-Identifier: MIT
#include "engine/signalr/messagepackprotocol.h"

#include "engine/signalr/binaryframing.h"
#include "engine/signalr/failure.h"
#include "engine/signalr/valuebuilder.h"

#include <QtEndian>
#include <array>

namespace gapless::signalr {

namespace {

/// The elements of a message's array. Trailing ones that this version does not know are read past.
class ElementReader {
public:
    bool null() { return scalar(nullptr); }
    bool boolean(bool value) { return scalar(value); }
    bool number_integer(Json::number_integer_t value) { return scalar(value); }
    bool number_unsigned(Json::number_unsigned_t value) { return scalar(value); }
    bool number_float(Json::number_float_t value, const std::string&) { return scalar(value); }
    bool string(std::string& value) { return scalar(std::move(value)); }
    bool binary(Json::binary_t& value) { return scalar(std::move(value)); }
    bool start_object(std::size_t) { return open(Json::value_t::object); }
    bool end_object() { return close(); }
    bool start_array(std::size_t)
    {
        if (m_depth > 0)
            return open(Json::value_t::array);
        isArray = true;
        ++m_depth;
        return true;
    }
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

    std::array<Json, 6> elements;
    std::size_t count = 0;
    bool isArray = false;

private:
    /// Before each value directly in the array.
    void next()
    {
        if (count < elements.size())
            m_builder.begin(elements[count]);
        else
            m_builder.skip();
        ++count;
    }
    template <typename T> bool scalar(T&& value)
    {
        if (m_depth == 0)
            return false;
        if (m_depth == 1)
            next();
        m_builder.scalar(std::forward<T>(value));
        return true;
    }
    bool open(Json::value_t kind)
    {
        if (m_depth == 0)
            return false;
        if (m_depth == 1)
            next();
        m_builder.open(kind);
        return ++m_depth <= maxDepth;
    }
    bool close()
    {
        if (--m_depth > 0)
            m_builder.close();
        return true;
    }

    ValueBuilder m_builder;
    int m_depth = 0;
};

void need(bool condition, const char* complaint)
{
    if (!condition)
        throw ProtocolError(complaint);
}

std::string takeText(Json& value, const char* complaint)
{
    need(value.is_string() && !value.get_ref<const std::string&>().empty(), complaint);
    return std::move(value.get_ref<std::string&>());
}

std::vector<std::string> takeIds(Json& value, const char* complaint)
{
    std::vector<std::string> ids;
    if (value.is_null())
        return ids;
    need(value.is_array(), complaint);
    for (Json& id : value)
        ids.push_back(takeText(id, complaint));
    return ids;
}

template <typename Call> Call takeCall(ElementReader& reader, const char* complaint)
{
    need(reader.count >= 5, complaint);
    auto& [type, headers, id, target, arguments, streamIds] = reader.elements;
    Call call;
    if (!id.is_null()) {
        need(id.is_string(), complaint);
        call.id = std::move(id.get_ref<std::string&>());
    }
    call.target = takeText(target, complaint);
    if (!arguments.is_null()) {
        need(arguments.is_array(), complaint);
        call.arguments = std::move(arguments);
    }
    call.streamIds = takeIds(streamIds, complaint);
    return call;
}

Completion takeCompletion(ElementReader& reader)
{
    constexpr const char* complaint = "Invalid payload for Completion message.";
    enum { Error = 1, Void = 2, Result = 3 };
    need(reader.count >= 4, complaint);
    auto& [type, headers, id, kind, value, unused] = reader.elements;
    need(kind.is_number_integer(), complaint);
    const auto which = kind.get<std::int64_t>();
    need(which == Void || reader.count >= 5, complaint);
    Completion completion;
    completion.id = takeText(id, complaint);
    if (which == Error) {
        need(value.is_string(), complaint);
        completion.error = std::move(value.get_ref<std::string&>());
    } else if (which == Result) {
        completion.result = std::move(value);
    } else {
        need(which == Void, complaint);
    }
    return completion;
}

Close takeClose(ElementReader& reader)
{
    constexpr const char* complaint = "Invalid payload for Close message.";
    need(reader.count >= 2, complaint);
    Close close;
    if (reader.elements[1].is_string())
        close.error = std::move(reader.elements[1].get_ref<std::string&>());
    close.allowReconnect = reader.count >= 3 && reader.elements[2] == Json(true);
    return close;
}

std::int64_t takeSequenceId(const ElementReader& reader, const char* complaint)
{
    need(reader.count >= 2 && reader.elements[1].is_number_integer(), complaint);
    return reader.elements[1].get<std::int64_t>();
}

std::optional<HubMessage> judge(ElementReader& reader)
{
    need(reader.isArray && reader.count > 0 && reader.elements[0].is_number_integer(),
        "Invalid payload.");
    const auto type = reader.elements[0].get<std::int64_t>();
    if (type >= int(MessageType::Invocation) && type <= int(MessageType::CancelInvocation)) {
        const Json& headers = reader.elements[1];
        need(headers.is_object() || headers.is_null(), "Invalid headers.");
    }
    switch (type) {
    case int(MessageType::Invocation):
        return takeCall<Invocation>(reader, "Invalid payload for Invocation message.");
    case int(MessageType::StreamItem): {
        constexpr const char* complaint = "Invalid payload for StreamItem message.";
        need(reader.count >= 4, complaint);
        return StreamItem {takeText(reader.elements[2], complaint), std::move(reader.elements[3])};
    }
    case int(MessageType::Completion):
        return takeCompletion(reader);
    case int(MessageType::StreamInvocation):
        return takeCall<StreamInvocation>(reader, "Invalid payload for StreamInvocation message.");
    case int(MessageType::CancelInvocation):
        return CancelInvocation {
            takeText(reader.elements[2], "Invalid payload for CancelInvocation message.")};
    case int(MessageType::Ping):
        return Ping {};
    case int(MessageType::Close):
        return takeClose(reader);
    case int(MessageType::Ack):
        return Ack {takeSequenceId(reader, "Invalid SequenceId for Ack message.")};
    case int(MessageType::Sequence):
        return Sequence {takeSequenceId(reader, "Invalid SequenceId for Sequence message.")};
    default:
        return std::nullopt;
    }
}

/// Message bodies of the sizes that occur most are written straight into `out`; only applications'
/// values go through nlohmann-json.
class BodyWriter {
public:
    explicit BodyWriter(int elements) { m_body.append(char(0x90 | elements)); }
    void number(int value) { m_body.append(char(value)); }
    void noHeaders() { m_body.append(char(0x80)); }
    void nil() { m_body.append(char(0xc0)); }
    void text(const std::string& value)
    {
        if (value.size() < 32) {
            m_body.append(char(0xa0 | int(value.size())));
            m_body.append(value.data(), qsizetype(value.size()));
        } else {
            json(value);
        }
    }
    void json(const Json& value)
    {
        std::vector<std::uint8_t> bytes;
        Json::to_msgpack(value, bytes);
        m_body.append(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
    }
    void endInto(QByteArray& out) const
    {
        appendVarInt(out, quint32(m_body.size()));
        out.append(m_body);
    }

private:
    QByteArray m_body;
};

struct Writer {
    QByteArray& out;

    template <typename Call> void call(MessageType type, const Call& message) const
    {
        BodyWriter body(6);
        body.number(int(type));
        body.noHeaders();
        if (message.id.empty())
            body.nil();
        else
            body.text(message.id);
        body.text(message.target);
        body.json(message.arguments);
        body.json(message.streamIds);
        body.endInto(out);
    }
    void operator()(const Invocation& message) const { call(MessageType::Invocation, message); }
    void operator()(const StreamInvocation& message) const
    {
        call(MessageType::StreamInvocation, message);
    }
    void operator()(const StreamItem& message) const
    {
        BodyWriter body(4);
        body.number(int(MessageType::StreamItem));
        body.noHeaders();
        body.text(message.id);
        body.json(message.item);
        body.endInto(out);
    }
    void operator()(const Completion& message) const
    {
        const bool isVoid = !message.error && !message.result;
        BodyWriter body(isVoid ? 4 : 5);
        body.number(int(MessageType::Completion));
        body.noHeaders();
        body.text(message.id);
        body.number(message.error ? 1 : isVoid ? 2 : 3);
        if (message.error)
            body.text(*message.error);
        else if (message.result)
            body.json(*message.result);
        body.endInto(out);
    }
    void operator()(const CancelInvocation& message) const
    {
        BodyWriter body(3);
        body.number(int(MessageType::CancelInvocation));
        body.noHeaders();
        body.text(message.id);
        body.endInto(out);
    }
    void operator()(const Ping&) const
    {
        BodyWriter body(1);
        body.number(int(MessageType::Ping));
        body.endInto(out);
    }
    void operator()(const Close& message) const
    {
        BodyWriter body(message.allowReconnect ? 3 : 2);
        body.number(int(MessageType::Close));
        if (message.error)
            body.text(*message.error);
        else
            body.nil();
        if (message.allowReconnect)
            body.json(true);
        body.endInto(out);
    }
    void operator()(const Ack& message) const { sequence(MessageType::Ack, message.sequenceId); }
    void operator()(const Sequence& message) const
    {
        sequence(MessageType::Sequence, message.sequenceId);
    }
    void sequence(MessageType type, std::int64_t id) const
    {
        BodyWriter body(2);
        body.number(int(type));
        body.json(id);
        body.endInto(out);
    }
};

constexpr auto timestampType = Json::binary_t::subtype_type(std::int8_t(-1));

} // namespace

void MessagePackProtocol::write(const HubMessage& message, QByteArray& out) const
{
    std::visit(Writer {out}, message);
}

void MessagePackProtocol::parse(QByteArrayView payload, std::vector<HubMessage>& out) const
{
    for (const QByteArrayView body : splitBinaryMessages(payload)) {
        ElementReader reader;
        if (!Json::sax_parse(body.begin(), body.end(), &reader, Json::input_format_t::msgpack))
            throw ProtocolError("Invalid payload.");
        if (std::optional<HubMessage> message = judge(reader))
            out.push_back(std::move(*message));
    }
}

std::optional<QDateTime> timestampOf(const Json& value)
{
    if (!value.is_binary())
        return std::nullopt;
    const Json::binary_t& bytes = value.get_binary();
    if (!bytes.has_subtype() || std::int8_t(bytes.subtype()) != -1)
        return std::nullopt;
    qint64 seconds = 0;
    quint32 nanoseconds = 0;
    if (bytes.size() == 4) {
        seconds = qFromBigEndian<quint32>(bytes.data());
    } else if (bytes.size() == 8) {
        const auto packed = qFromBigEndian<quint64>(bytes.data());
        nanoseconds = quint32(packed >> 34);
        seconds = qint64(packed & 0x3'ffff'ffff);
    } else if (bytes.size() == 12) {
        nanoseconds = qFromBigEndian<quint32>(bytes.data());
        seconds = qFromBigEndian<qint64>(bytes.data() + 4);
    } else {
        return std::nullopt;
    }
    constexpr qint64 farthest = std::numeric_limits<qint64>::max() / 1000 - 1;
    if (nanoseconds > 999'999'999 || seconds > farthest || seconds < -farthest)
        return std::nullopt;
    return QDateTime::fromMSecsSinceEpoch(seconds * 1000 + nanoseconds / 1'000'000, Qt::UTC);
}

Json timestamp(const QDateTime& at)
{
    const qint64 ms = at.toMSecsSinceEpoch();
    qint64 seconds = ms / 1000;
    qint64 rest = ms % 1000;
    if (rest < 0) {
        rest += 1000;
        --seconds;
    }
    std::vector<std::uint8_t> bytes(12);
    qToBigEndian(quint32(rest * 1'000'000), bytes.data());
    qToBigEndian(seconds, bytes.data() + 4);
    return Json::binary(std::move(bytes), timestampType);
}

} // namespace gapless::signalr
