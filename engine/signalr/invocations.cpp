// SPDX-License-Identifier: MIT
#include "engine/signalr/invocations.h"

#include <charconv>
#include <memory>

namespace gapless::signalr {

namespace {

/// The number an id of ours stands for; the largest, which is never given out, for any other text.
quint64 numberOf(const std::string& id)
{
    quint64 number = 0;
    const char* const end = id.data() + id.size();
    const auto [stop, error] = std::from_chars(id.data(), end, number);
    return error == std::errc() && stop == end ? number : std::numeric_limits<quint64>::max();
}

} // namespace

void Invocations::add(quint64 id, InvocationDone done)
{
    m_pending.emplace(id, std::move(done));
}

void Invocations::add(quint64 id, StreamObserver observer)
{
    m_pending.emplace(id, std::move(observer));
}

bool Invocations::remove(quint64 id)
{
    return m_pending.erase(id) > 0;
}

void Invocations::end(const Pending& pending, InvocationResult result)
{
    if (const auto* done = std::get_if<InvocationDone>(&pending)) {
        if (*done)
            (*done)(result);
    } else if (const auto& observer = std::get<StreamObserver>(pending); observer.done) {
        observer.done(result.failure);
    }
}

void Invocations::take(const StreamItem& item)
{
    const auto found = m_pending.find(numberOf(item.id));
    if (found == m_pending.end())
        return;
    if (const auto* observer = std::get_if<StreamObserver>(&found->second)) {
        if (observer->next) {
            const auto next = observer->next; // a callback may cancel its own stream
            next(item.item);
        }
        return;
    }
    const auto pending = m_pending.extract(found);
    end(pending.mapped(),
        {{}, {FailureKind::Protocol, QStringLiteral("Unexpected message type: 2")}});
}

void Invocations::take(const Completion& completion)
{
    const auto pending = m_pending.extract(numberOf(completion.id));
    if (pending.empty())
        return;
    InvocationResult result;
    if (completion.error)
        result.failure = {FailureKind::Hub, QString::fromStdString(*completion.error)};
    else if (completion.result)
        result.value = *completion.result;
    end(pending.mapped(), std::move(result));
}

std::function<void()> Invocations::abandon(const Failure& failure)
{
    auto pending = std::make_shared<decltype(m_pending)>(std::exchange(m_pending, {}));
    return [pending, failure] {
        for (const auto& [id, each] : *pending)
            end(each, {{}, failure});
    };
}

} // namespace gapless::signalr
