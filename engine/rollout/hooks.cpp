// SPDX-License-Identifier: MIT
#include "engine/rollout/hooks.h"

#include "engine/rollout/run.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace gapless {

namespace {

    constexpr int pollMs = 50;
    constexpr int graceMs = 2000; ///< between SIGTERM and SIGKILL
    constexpr int keptLines = 10;

    /// Cuts a stream into lines; the rest without an end comes at the end.
    class Lines {
    public:
        void take(const QByteArray& bytes, const std::function<void(const QString&)>& each)
        {
            m_rest += bytes;
            for (qsizetype end; (end = m_rest.indexOf('\n')) >= 0; m_rest.remove(0, end + 1))
                each(QString::fromUtf8(m_rest.left(end)));
        }
        void finish(const std::function<void(const QString&)>& each)
        {
            if (!m_rest.isEmpty())
                each(QString::fromUtf8(std::exchange(m_rest, {})));
        }

    private:
        QByteArray m_rest;
    };

    void endGroup(QProcess& process, qint64 group)
    {
        ::kill(pid_t(-group), SIGTERM);
        process.waitForFinished(graceMs);
        ::kill(pid_t(-group), SIGKILL);
        process.waitForFinished(graceMs);
    }

}

void runHook(const Hook& hook, const std::function<void(OutputStream, const QString&)>& onLine,
    std::stop_token stop)
{
    const auto failed = [&](const QString& fact, const QJsonValue& value, const QString& detail) {
        return Error(ErrorKind::HookFailed, { { u"hook"_s, hook.name }, { fact, value } }, detail);
    };
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto entry = hook.environment.begin(); entry != hook.environment.end(); ++entry)
        environment.insert(entry.key(), entry.value());
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setChildProcessModifier([] { ::setsid(); });

    Lines out, err;
    QStringList last;
    const auto takeOut = [&](const QString& line) { onLine(OutputStream::Out, line); };
    const auto takeErr = [&](const QString& line) {
        last.append(line);
        if (last.size() > keptLines)
            last.removeFirst();
        onLine(OutputStream::Err, line);
    };
    QElapsedTimer since;
    since.start();
    process.start(u"/bin/sh"_s, { u"-c"_s, hook.command });
    if (!process.waitForStarted())
        throw failed(u"exit"_s, -1, process.errorString());
    const qint64 group = process.processId();
    for (bool running = true; running;) {
        process.waitForFinished(pollMs);
        running = process.state() != QProcess::NotRunning;
        out.take(process.readAllStandardOutput(), takeOut);
        err.take(process.readAllStandardError(), takeErr);
        if (!running)
            break;
        if (stop.stop_requested()) {
            endGroup(process, group);
            throw Cancelled {};
        }
        if (since.elapsed() >= hook.deadline.count()) {
            endGroup(process, group);
            throw failed(u"seconds"_s, qint64(hook.deadline / 1s), last.join(u'\n'));
        }
    }
    out.finish(takeOut);
    err.finish(takeErr);
    if (process.exitStatus() != QProcess::NormalExit)
        throw failed(u"signal"_s, process.exitCode(), last.join(u'\n'));
    if (process.exitCode() != 0)
        throw failed(u"exit"_s, process.exitCode(), last.join(u'\n'));
}

namespace steps {

    void hook(Run& run, const QString& name, const QString& command,
        const QMap<QString, QString>& facts)
    {
        if (command.isEmpty())
            return;
        run.step(name, {}, [&] {
            if (run.planning()) {
                run.planned({ u"command"_s, {}, command });
                return;
            }
            Hook hook { name, command,
                { { u"GAPLESS_HOOK"_s, name }, { u"GAPLESS_TARGET"_s, run.target.name },
                    { u"GAPLESS_RUN"_s, run.id }, { u"GAPLESS_KIND"_s, run.request.kind },
                    { u"GAPLESS_FROM"_s, run.from }, { u"GAPLESS_TO"_s, run.to },
                    { u"GAPLESS_BY"_s, run.request.by }, { u"GAPLESS_REASON"_s, run.request.reason } },
                std::chrono::seconds(run.target.hooks.deadlineSeconds) };
            hook.environment.insert(facts);
            runHook(
                hook,
                [&](OutputStream stream, const QString& line) {
                    run.say(OutputLine {
                        name, {}, {}, stream == OutputStream::Out ? u"out"_s : u"err"_s, line });
                },
                run.stop());
        });
    }

    void hookBefore(Run& run, const QString& name, const QString& command)
    {
        if (run.target.hooks.reportOnly)
            run.attempt([&] { hook(run, name, command); }, 1);
        else
            hook(run, name, command);
    }

    void hookAfter(Run& run, const RunFinished& finished)
    {
        const bool succeeded = finished.outcome == u"succeeded";
        QMap<QString, QString> facts {
            { u"GAPLESS_OUTCOME"_s, finished.outcome },
            { u"GAPLESS_EXIT"_s, QString::number(exitCodeOf(finished)) },
            { u"GAPLESS_VERDICT"_s, idOf(finished.verdict.word) },
            { u"GAPLESS_CLEAN"_s, finished.verdict.clean ? u"true"_s : u"false"_s },
            { u"GAPLESS_VERDICT_JSON"_s,
                QString::fromUtf8(
                    QJsonDocument(toJson(finished.verdict)).toJson(QJsonDocument::Compact)) },
        };
        if (!succeeded)
            facts[u"GAPLESS_ERROR"_s] = finished.error[u"kind"_s].toString();
        run.attempt([&] {
            if (succeeded)
                hook(run, u"afterRollout"_s, run.target.hooks.afterRollout, facts);
            else
                hook(run, u"onFailure"_s, run.target.hooks.onFailure, facts);
        }, 1);
    }

}

} // namespace gapless
