// SPDX-License-Identifier: MIT
#include "engine/signalr/handlers.h"

#include <algorithm>

namespace gapless::signalr {

namespace {

constexpr const char* noResult = "Client didn't provide a result.";
constexpr qsizetype maxKeys = 256; ///< a server that makes up names must not fill the memory

} // namespace

struct Reply::State {
    Send send;
    ~State() { answer(noResult, std::nullopt); }
    void answer(std::optional<std::string> error, std::optional<Json> result)
    {
        if (const Send now = std::exchange(send, nullptr))
            now(std::move(error), std::move(result));
    }
};

Reply::Reply(Send send)
    : m_state(std::make_shared<State>())
{
    m_state->send = std::move(send);
}

void Reply::result(Json value) const
{
    m_state->answer(std::nullopt, std::move(value));
}

void Reply::error(const QString& text) const
{
    m_state->answer(text.toStdString(), std::nullopt);
}

Handlers::Id Handlers::add(const QString& method, Handler handler)
{
    m_byName[method.toLower()].push_back(
        std::make_shared<const Entry>(Entry {m_next, std::move(handler)}));
    return m_next++;
}

Handlers::Id Handlers::add(const QString& method, ReplyHandler handler)
{
    m_byName[method.toLower()].push_back(
        std::make_shared<const Entry>(Entry {m_next, std::move(handler)}));
    return m_next++;
}

void Handlers::remove(Id id)
{
    for (Entries& entries : m_byName)
        std::erase_if(entries, [id](const auto& entry) { return entry->id == id; });
}

void Handlers::remove(const QString& method)
{
    m_byName.remove(method.toLower());
}

void Handlers::call(const Invocation& invocation, const Reply::Send& answer) const
{
    const QByteArray name = viewOf(invocation.target).toByteArray();
    auto key = m_keys.constFind(name);
    if (key == m_keys.constEnd()) {
        if (m_keys.size() >= maxKeys)
            m_keys.clear();
        key = m_keys.insert(name, QString::fromUtf8(name).toLower());
    }
    const Entries entries = m_byName.value(*key); // a copy: handlers may add and remove
    const bool expectsResult = !invocation.id.empty();
    const auto answering = std::count_if(entries.begin(), entries.end(),
        [](const auto& entry) { return std::holds_alternative<ReplyHandler>(entry->handler); });
    // A single answer, whoever gives it; the sending half is dead where none is expected.
    const Reply single(expectsResult && answering == 1 ? answer : Reply::Send());
    for (const auto& entry : entries) {
        try {
            if (const auto* handler = std::get_if<Handler>(&entry->handler))
                (*handler)(invocation.arguments);
            else
                std::get<ReplyHandler>(entry->handler)(invocation.arguments, single);
        } catch (const std::exception& error) {
            single.error(QString::fromUtf8(error.what()));
        }
    }
    if (expectsResult && answering == 0)
        answer(noResult, std::nullopt);
    else if (expectsResult && answering > 1)
        answer("Client provided multiple results.", std::nullopt);
}

} // namespace gapless::signalr
