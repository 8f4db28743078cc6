// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <stop_token>

namespace gapless {

/// Turns Ctrl-C, SIGTERM and SIGHUP into a requested stop: the first asks for one, the second is a
/// demand. SIGPIPE is ignored while it lives: a reader that goes away ends no rollout. One at a
/// time, on the main thread, whose event loop calls back.
class Interrupts : public QObject {
    Q_OBJECT
public:
    Interrupts();
    ~Interrupts() override;

    std::stop_token token() const { return m_stop.get_token(); }

Q_SIGNALS:
    /// Once, when a stop was requested.
    void requested();
    /// The second time and every time after: end now.
    void demanded();

private:
    void read();
    std::stop_source m_stop;
    QSocketNotifier m_notifier;
};

} // namespace gapless
