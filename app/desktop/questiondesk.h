// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/asking.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>
#include <deque>

class QCheckBox;
class QLineEdit;

namespace gapless {

class DesktopContext;

/// Asks for a password, a passphrase or an answer to a server's question. Answers or dismisses its
/// question when it closes, and closes when nobody waits for it any more.
class SecretDialog : public QDialog {
    Q_OBJECT
public:
    SecretDialog(DesktopContext& context, const SecretRequest& request, SecretQuestion question,
        QWidget* parent = nullptr);
    void accept() override;
    void done(int result) override;

private:
    DesktopContext& m_context;
    const SecretRequest m_request;
    SecretQuestion m_question;
    QLineEdit* m_secret;
    QCheckBox* m_keep;
    QTimer m_watch;
};

/// Shows the key of a host that is not known yet: its fingerprint, and the known_hosts file that
/// would get it. Nothing is accepted by the Enter key alone.
class HostKeyDialog : public QDialog {
    Q_OBJECT
public:
    HostKeyDialog(const UnknownHostKey& key, HostKeyQuestion question, QWidget* parent = nullptr);
    void done(int result) override;

private:
    HostKeyQuestion m_question;
    QTimer m_watch;
};

/// The questions of all workers, one dialog at a time.
class QuestionDesk : public QObject {
    Q_OBJECT
public:
    /// Takes over the context's prompts; `window` is the dialogs' parent.
    QuestionDesk(DesktopContext& context, QWidget* window);
    ~QuestionDesk() override;
    QDialog* current() const { return m_current; }

private:
    void add(std::function<QDialog*()> make);
    void next();

    DesktopContext& m_context;
    QWidget* const m_window;
    std::deque<std::function<QDialog*()>> m_waiting;
    QPointer<QDialog> m_current;
};

} // namespace gapless
