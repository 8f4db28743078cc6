// SPDX-License-Identifier: MIT
// The JSON protocol's way out; jsonprotocol.cpp is its way in.
#include "engine/signalr/jsonprotocol.h"
#include "engine/signalr/textframing.h"

namespace gapless::signalr {

namespace {

void append(QByteArray& out, const std::string& text)
{
    out.append(text.data(), qsizetype(text.size()));
}

/// Writes one object field by field, without a document in between.
class ObjectWriter {
public:
    ObjectWriter(QByteArray& out, MessageType type)
        : m_out(out)
    {
        m_out.append("{\"type\":");
        m_out.append(char('0' + int(type)));
    }
    void text(const char* name, const std::string& value)
    {
        field(name);
        append(m_out, dumpJson(Json(value)));
    }
    /// Ids are our own, or were checked when they came in; most are digits that need no escaping.
    void id(const std::string& value)
    {
        if (value.find_first_not_of("0123456789") != std::string::npos)
            return text("invocationId", value);
        field("invocationId");
        m_out.append('"');
        append(m_out, value);
        m_out.append('"');
    }
    void value(const char* name, const Json& json)
    {
        field(name);
        append(m_out, dumpJson(json));
    }
    template <typename Call> void call(const Call& message)
    {
        if (!message.id.empty())
            id(message.id);
        text("target", message.target);
        value("arguments", message.arguments);
        if (!message.streamIds.empty())
            value("streamIds", message.streamIds);
    }
    void end()
    {
        m_out.append('}');
        m_out.append(recordSeparator);
    }

private:
    void field(const char* name)
    {
        m_out.append(",\"");
        m_out.append(name);
        m_out.append("\":");
    }
    QByteArray& m_out;
};

struct Writer {
    QByteArray& out;

    void operator()(const Invocation& message) const
    {
        ObjectWriter writer(out, MessageType::Invocation);
        writer.call(message);
        writer.end();
    }
    void operator()(const StreamInvocation& message) const
    {
        ObjectWriter writer(out, MessageType::StreamInvocation);
        writer.call(message);
        writer.end();
    }
    void operator()(const StreamItem& message) const
    {
        ObjectWriter writer(out, MessageType::StreamItem);
        writer.id(message.id);
        writer.value("item", message.item);
        writer.end();
    }
    void operator()(const Completion& message) const
    {
        ObjectWriter writer(out, MessageType::Completion);
        writer.id(message.id);
        if (message.error)
            writer.text("error", *message.error);
        else if (message.result)
            writer.value("result", *message.result);
        writer.end();
    }
    void operator()(const CancelInvocation& message) const
    {
        ObjectWriter writer(out, MessageType::CancelInvocation);
        writer.id(message.id);
        writer.end();
    }
    void operator()(const Ping&) const { ObjectWriter(out, MessageType::Ping).end(); }
    void operator()(const Close& message) const
    {
        ObjectWriter writer(out, MessageType::Close);
        if (message.error)
            writer.text("error", *message.error);
        if (message.allowReconnect)
            writer.value("allowReconnect", true);
        writer.end();
    }
    void operator()(const Ack& message) const { sequence(MessageType::Ack, message.sequenceId); }
    void operator()(const Sequence& message) const
    {
        sequence(MessageType::Sequence, message.sequenceId);
    }
    void sequence(MessageType type, std::int64_t id) const
    {
        ObjectWriter writer(out, type);
        writer.value("sequenceId", id);
        writer.end();
    }
};

} // namespace

std::string dumpJson(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void JsonProtocol::write(const HubMessage& message, QByteArray& out) const
{
    std::visit(Writer {out}, message);
}

} // namespace gapless::signalr
