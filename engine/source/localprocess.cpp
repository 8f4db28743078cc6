// SPDX-License-Identifier: MIT
#include "engine/source/localprocess.h"

#include "engine/model/error.h"

#include <QProcess>
#include <csignal>
#include <unistd.h>

namespace gapless {

namespace {

constexpr int lookEveryMs = 50;
constexpr int graceMs = 2000;
/// Of what a program said, enough to see why it failed; the rest went to onLine.
constexpr qsizetype keptErrors = 64 * 1024;

/// Cuts a stream into lines.
class Lines {
public:
    Lines(const LocalCommand& command, bool isError)
        : m_command(command)
        , m_isError(isError)
    {
    }
    void take(const QByteArray& bytes)
    {
        if (!m_command.onLine)
            return;
        m_rest += bytes;
        qsizetype from = 0;
        for (qsizetype end; (end = m_rest.indexOf('\n', from)) >= 0; from = end + 1)
            m_command.onLine(m_isError, m_rest.mid(from, end - from));
        m_rest.remove(0, from);
    }
    void finish()
    {
        if (m_command.onLine && !m_rest.isEmpty())
            m_command.onLine(m_isError, m_rest);
    }

private:
    const LocalCommand& m_command;
    const bool m_isError;
    QByteArray m_rest;
};

void end(QProcess& process)
{
    const auto group = pid_t(process.processId());
    ::kill(-group, SIGTERM);
    if (!process.waitForFinished(graceMs)) {
        ::kill(-group, SIGKILL);
        process.waitForFinished(graceMs);
    }
}

} // namespace

LocalResult runLocally(const LocalCommand& command, std::stop_token stop)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = command.environment.begin(); it != command.environment.end(); ++it)
        environment.insert(it.key(), *it);
    process.setProcessEnvironment(environment);
    if (!command.folder.isEmpty())
        process.setWorkingDirectory(command.folder);
    process.setStandardInputFile(QProcess::nullDevice());
    // A group of its own, so that what it starts ends with it.
    process.setChildProcessModifier([] { ::setpgid(0, 0); });
    process.start(command.words.first(), command.words.mid(1));

    LocalResult result;
    result.started = process.waitForStarted(-1);
    if (!result.started)
        return result;
    Lines out(command, false), err(command, true);
    const auto takeAll = [&] {
        const QByteArray said = process.readAllStandardOutput();
        if (command.onOutput && !said.isEmpty())
            command.onOutput(said);
        else
            result.out += said;
        out.take(said);
        const QByteArray complained = process.readAllStandardError();
        err.take(complained);
        result.err = (result.err + complained).right(keptErrors);
    };
    try {
        while (process.state() != QProcess::NotRunning) {
            process.waitForReadyRead(lookEveryMs);
            takeAll();
            if (stop.stop_requested())
                throw Cancelled {};
        }
    } catch (...) {
        end(process);
        throw;
    }
    takeAll();
    out.finish();
    err.finish();
    if (process.exitStatus() == QProcess::NormalExit)
        result.exit = process.exitCode();
    return result;
}

} // namespace gapless
