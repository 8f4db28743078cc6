// SPDX-License-Identifier: MIT
#include "engine/rollout/hostworkers.h"

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace gapless {

void HostWorkers::post(std::function<void()> what)
{
    const std::lock_guard lock(m_mutex);
    m_posted.push_back(std::move(what));
    m_changed.notify_all();
}

void HostWorkers::run(const QStringList& hosts, const Work& work, std::stop_token stop)
{
    std::stop_source all;
    const std::stop_callback passOn(stop, [&all] { all.request_stop(); });
    std::exception_ptr fault; // of what was posted, thrown once every worker has ended
    m_running = hosts.size();
    std::vector<std::jthread> threads;
    for (const QString& host : hosts)
        threads.emplace_back([&, host] {
            std::optional<Error> failure;
            try {
                work(host, all.get_token());
            } catch (const Error& error) {
                failure = error.on(host);
            } catch (const Cancelled&) {
                // Whoever requested it knows.
            } catch (const std::exception& other) {
                failure = Error(
                    ErrorKind::Internal, {{u"text"_s, QString::fromLocal8Bit(other.what())}});
            }
            const std::lock_guard lock(m_mutex);
            if (failure && !m_failure)
                m_failure = failure;
            if (failure)
                all.request_stop();
            --m_running;
            m_changed.notify_all();
        });
    for (std::unique_lock lock(m_mutex);;) {
        m_changed.wait(lock, [&] { return m_running == 0 || !m_posted.empty(); });
        if (m_posted.empty())
            break;
        const auto what = std::move(m_posted.front());
        m_posted.pop_front();
        lock.unlock();
        try {
            what();
        } catch (...) {
            fault = std::current_exception();
            all.request_stop();
        }
        lock.lock();
    }
    threads.clear();
    if (fault)
        std::rethrow_exception(fault);
    if (m_failure)
        throw *std::exchange(m_failure, {});
    if (stop.stop_requested())
        throw Cancelled {};
}

} // namespace gapless
