// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/error.h"

#include <QMetaObject>
#include <QPointer>
#include <QThreadPool>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>

namespace gapless {

/// What came of a task in the background: a value, an error, or neither where it was cancelled.
template <typename T> struct Outcome {
    std::optional<T> value;
    std::optional<Error> error;
    bool cancelled() const { return !value && !error; }
};

/// A task that is under way. Dropping it lets the task go on.
class BackgroundTask {
public:
    BackgroundTask() = default;
    /// Asks it to end; `then` is called with a cancelled outcome, unless it had ended.
    void cancel()
    {
        if (m_stop)
            m_stop->request_stop();
    }

private:
    template <typename Task, typename Then>
    friend BackgroundTask runInBackground(QObject* receiver, Task task, Then then);
    std::shared_ptr<std::stop_source> m_stop;
};

/// Called on the thread of `receiver`. Runs `task(std::stop_token)` on a thread of the pool, and
/// then `then(Outcome<T>)` back here, unless the receiver is gone by then (the task is asked to
/// stop when it goes). What the task throws arrives as the outcome's error. `task` takes what it
/// needs by value; T is no void.
///
///     runInBackground(this, [target, &hosts](std::stop_token stop) { return observeSite(target,
///     hosts, stop); },
///         [this](Outcome<ObservedSite> site) { … });
template <typename Task, typename Then>
BackgroundTask runInBackground(QObject* receiver, Task task, Then then)
{
    using T = std::invoke_result_t<Task, std::stop_token>;
    BackgroundTask handle;
    handle.m_stop = std::make_shared<std::stop_source>();
    // The receiver may go at any time: its thread alone looks whether it still is there, through an
    // object that outlives it.
    auto* relay = new QObject;
    QObject::connect(
        receiver, &QObject::destroyed, relay, [stop = handle.m_stop] { stop->request_stop(); });
    auto deliver = [relay, guarded = QPointer<QObject>(receiver), then = std::move(then)](
                       Outcome<T> outcome) mutable {
        auto shared = std::make_shared<Outcome<T>>(std::move(outcome));
        QMetaObject::invokeMethod(
            relay,
            [relay, guarded, then = std::move(then), shared]() mutable {
                relay->deleteLater();
                if (guarded)
                    then(std::move(*shared));
            },
            Qt::QueuedConnection);
    };
    QThreadPool::globalInstance()->start(
        [task = std::move(task), deliver = std::move(deliver), stop = handle.m_stop]() mutable {
            Outcome<T> outcome;
            try {
                if (!stop->stop_requested())
                    outcome.value.emplace(task(stop->get_token()));
            } catch (const Error& error) {
                outcome.error = error;
            } catch (const Cancelled&) {
                // Neither a value nor an error.
            } catch (const std::exception& fault) {
                outcome.error = Error(ErrorKind::Internal,
                    {{QStringLiteral("text"), QString::fromLocal8Bit(fault.what())}});
            }
            deliver(std::move(outcome));
        });
    return handle;
}

} // namespace gapless
