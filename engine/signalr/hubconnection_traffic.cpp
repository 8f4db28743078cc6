// SPDX-License-Identifier: MIT
// What goes in and out of a hub connection; its life is in hubconnection.cpp.
#include "engine/signalr/handshake.h"
#include "engine/signalr/hubconnection.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace gapless::signalr {

namespace {

constexpr auto ackDelay = std::chrono::seconds(1);

Json asArguments(Json arguments)
{
    if (arguments.is_array())
        return arguments;
    return arguments.is_null() ? Json::array() : Json::array({std::move(arguments)});
}

} // namespace

void HubConnection::receive(QByteArrayView payload)
{
    m_heartbeat.received();
    Q_EMIT received();
    // Taken out of the member: a handler may run an event loop of its own.
    std::vector<HubMessage> messages = std::exchange(m_messages, {});
    messages.clear();
    try {
        if (!m_handshaken)
            receiveHandshake(payload);
        m_protocol->parse(payload, messages);
    } catch (const FailureException& error) {
        m_connection->stop(error.failure);
        return;
    } catch (const ProtocolError& error) {
        m_connection->stop({FailureKind::Protocol, QString::fromUtf8(error.what())});
        return;
    }
    for (HubMessage& message : messages) {
        if (!m_handshaken)
            break; // closed meanwhile
        dispatch(message);
    }
    m_messages = std::move(messages);
}

void HubConnection::receiveHandshake(QByteArrayView& payload)
{
    HandshakeResponse response;
    try {
        response = parseHandshakeResponse(payload);
    } catch (const ProtocolError& error) {
        throw FailureException({FailureKind::Protocol,
            u"Error parsing handshake response: "_s + QString::fromUtf8(error.what())});
    }
    if (response.error)
        throw FailureException({FailureKind::HandshakeRefused,
            u"Server returned handshake error: "_s + *response.error});
    payload = response.rest;
    m_handshaken = true;
    m_scheduler.cancel(std::exchange(m_handshakeTimer, 0));
    if (m_connection->isStateful())
        m_buffer.emplace();
    m_scheduler.defer([self = QPointer(this), current = m_attempt] {
        if (self && current == self->m_attempt && self->m_attemptDone)
            self->completeHandshake();
    });
}

void HubConnection::dispatch(HubMessage& message)
{
    if (m_buffer) {
        if (!m_buffer->accept(message)) {
            acknowledge();
            return;
        }
        if (isNumbered(message))
            acknowledge();
    }
    if (auto* completion = std::get_if<Completion>(&message)) {
        m_invocations.take(*completion);
    } else if (auto* invocation = std::get_if<Invocation>(&message)) {
        call(*invocation);
    } else if (auto* item = std::get_if<StreamItem>(&message)) {
        m_invocations.take(*item);
    } else if (auto* close = std::get_if<Close>(&message)) {
        takeClose(*close);
    } else if (auto* ack = std::get_if<Ack>(&message); ack && m_buffer) {
        m_buffer->take(*ack);
        releaseWaiting();
    } else if (auto* sequence = std::get_if<Sequence>(&message); sequence && m_buffer) {
        if (!m_buffer->take(*sequence))
            m_connection->stop({FailureKind::Protocol,
                u"Sequence ID greater than amount of messages we've received."_s});
    }
}

void HubConnection::call(const Invocation& invocation)
{
    Reply::Send answer;
    if (!invocation.id.empty())
        answer = [self = QPointer(this), epoch = m_epoch, id = invocation.id](
                     std::optional<std::string> error, std::optional<Json> result) {
            if (self && epoch == self->m_epoch && self->canSend())
                self->write(Completion {id, std::move(error), std::move(result)});
        };
    m_handlers.call(invocation, answer);
}

void HubConnection::takeClose(const Close& close)
{
    Failure failure {FailureKind::CloseMessage, {}, 0, close.allowReconnect};
    if (close.error && !close.error->empty())
        failure.text
            = u"Server returned an error on close: "_s + QString::fromStdString(*close.error);
    if (close.allowReconnect) {
        m_connection->stop(failure);
        return;
    }
    if (m_state == State::Connected)
        openDrop(failure);
    stopInternal(failure);
}

void HubConnection::write(const HubMessage& message)
{
    m_out.resize(0);
    m_protocol->write(message, m_out);
    if (!m_buffer || m_buffer->send(message, m_out))
        writeRaw(m_out);
}

void HubConnection::writeRaw(QByteArrayView payload)
{
    m_heartbeat.sent();
    m_connection->send(payload);
}

void HubConnection::acknowledge()
{
    if (m_ackTimer)
        return;
    m_ackTimer = m_scheduler.after(ackDelay, [this] {
        m_ackTimer = 0;
        if (!m_buffer)
            return;
        if (const std::optional<Ack> ack = m_buffer->dueAck())
            write(*ack);
    });
}

void HubConnection::resend()
{
    if (!m_buffer)
        return;
    const Sequence sequence = m_buffer->reattached();
    write(sequence);
    for (const QByteArray& frame : m_buffer->unacknowledged())
        writeRaw(frame);
}

void HubConnection::releaseWaiting()
{
    if (m_waitingForRoom.empty() || m_buffer->bytes() >= m_options.statefulBuffer)
        return;
    m_scheduler.defer([self = QPointer(this), waiting = std::exchange(m_waitingForRoom, {})] {
        for (const Started& each : waiting)
            if (self)
                each({});
    });
}

void HubConnection::refuse(Started done)
{
    if (done)
        m_scheduler.defer([self = QPointer(this), done = std::move(done)] {
            if (self)
                done({FailureKind::NotConnected,
                    u"Cannot send data if the connection is not in the 'Connected' State."_s});
        });
}

std::vector<std::string> HubConnection::claim(const std::vector<Upload>& uploads)
{
    std::vector<std::string> ids;
    ids.reserve(uploads.size());
    for (const Upload upload : uploads)
        ids.push_back(std::to_string(upload));
    return ids;
}

void HubConnection::invoke(
    const QString& method, Json arguments, InvocationDone done, const std::vector<Upload>& uploads)
{
    if (!canSend()) {
        if (done)
            refuse([done = std::move(done)](const Failure& failure) { done({{}, failure}); });
        return;
    }
    const quint64 id = m_invocations.nextId();
    m_invocations.add(id, std::move(done));
    write(Invocation {std::to_string(id), method.toStdString(), asArguments(std::move(arguments)),
        claim(uploads)});
}

void HubConnection::send(
    const QString& method, Json arguments, Started sent, const std::vector<Upload>& uploads)
{
    if (!canSend()) {
        refuse(std::move(sent));
        return;
    }
    write(Invocation {{}, method.toStdString(), asArguments(std::move(arguments)), claim(uploads)});
    if (!sent)
        return;
    if (m_buffer && m_buffer->bytes() >= m_options.statefulBuffer)
        m_waitingForRoom.push_back(std::move(sent));
    else
        m_scheduler.defer([self = QPointer(this), sent = std::move(sent)] {
            if (self)
                sent({});
        });
}

quint64 HubConnection::stream(const QString& method, Json arguments, StreamObserver observer,
    const std::vector<Upload>& uploads)
{
    const quint64 id = m_invocations.nextId();
    if (!canSend()) {
        refuse(std::move(observer.done));
        return id;
    }
    m_invocations.add(id, std::move(observer));
    write(StreamInvocation {std::to_string(id), method.toStdString(),
        asArguments(std::move(arguments)), claim(uploads)});
    return id;
}

void HubConnection::cancel(quint64 stream)
{
    if (m_invocations.remove(stream) && canSend())
        write(CancelInvocation {std::to_string(stream)});
}

HubConnection::Upload HubConnection::openUpload()
{
    const Upload upload = m_invocations.nextId();
    if (canSend())
        m_uploads.push_back(upload);
    return upload;
}

bool HubConnection::uploadItem(Upload upload, Json item)
{
    if (!canSend() || std::find(m_uploads.begin(), m_uploads.end(), upload) == m_uploads.end())
        return false;
    write(StreamItem {std::to_string(upload), std::move(item)});
    return true;
}

bool HubConnection::endUpload(Upload upload, const QString& error)
{
    if (!canSend() || std::erase(m_uploads, upload) == 0)
        return false;
    Completion completion {std::to_string(upload), std::nullopt, std::nullopt};
    if (!error.isEmpty())
        completion.error = error.toStdString();
    write(completion);
    return true;
}

Handlers::Id HubConnection::on(const QString& method, Handler handler)
{
    return m_handlers.add(method, std::move(handler));
}

Handlers::Id HubConnection::onRequest(const QString& method, ResultHandler handler)
{
    return m_handlers.add(
        method, [handler = std::move(handler)](const Json& arguments, const Reply& reply) {
            reply.result(handler(arguments));
        });
}

Handlers::Id HubConnection::onRequestReply(const QString& method, ReplyHandler handler)
{
    return m_handlers.add(method, std::move(handler));
}

} // namespace gapless::signalr
