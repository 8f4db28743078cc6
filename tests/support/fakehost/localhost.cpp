// SPDX-License-Identifier: MIT
#include "tests/support/fakehost/localhost.h"

#include "engine/remote/quoting.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <signal.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const QString systemPath = u"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"_s;

/// Collects one stream and gives its whole lines away as they come.
class Lines {
public:
    Lines(const Command& command, OutputStream stream)
        : m_command(command)
        , m_stream(stream)
    {
    }
    void take(const QByteArray& bytes)
    {
        all += bytes;
        m_rest += bytes;
        for (qsizetype end; (end = m_rest.indexOf('\n')) >= 0; m_rest.remove(0, end + 1))
            give(m_rest.left(end));
    }
    void finish()
    {
        if (!m_rest.isEmpty())
            give(m_rest);
    }
    QByteArray all;

private:
    void give(const QByteArray& line)
    {
        if (m_command.onLine)
            m_command.onLine(m_stream, line);
    }
    const Command& m_command;
    OutputStream m_stream;
    QByteArray m_rest;
};

void endGroup(const QProcess& process)
{
    // The script is the leader of its own session, so its children go with it.
    if (process.processId() > 0)
        ::kill(-pid_t(process.processId()), SIGKILL);
}

QByteArray signalName(int number)
{
    const char* name = ::sigabbrev_np(number);
    return name ? QByteArray(name) : QByteArray::number(number);
}

} // namespace

LocalHost::LocalHost(QString name)
    : m_name(std::move(name))
{
    QDir(m_folder.path()).mkpath(u"bin"_s);
    QDir(m_folder.path()).mkpath(u"home"_s);
    m_environment.insert(u"LC_ALL"_s, u"C"_s);
    m_environment.insert(u"HOME"_s, home());
    m_environment.insert(u"PATH"_s, stubFolder() + u':' + systemPath);
}

void LocalHost::stub(const QString& program, const QByteArray& body)
{
    QFile file(stubFolder() + u'/' + program);
    file.remove();
    if (!file.open(QIODevice::WriteOnly))
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, file.fileName()}});
    file.write(body.startsWith("#!") ? body : "#!/bin/sh\n" + body);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void LocalHost::onlyPrograms(const QStringList& programs)
{
    const QStringList folders = systemPath.split(u':');
    const QString chosen = m_folder.filePath(u"chosen"_s);
    QDir(chosen).removeRecursively();
    QDir(m_folder.path()).mkpath(u"chosen"_s);
    for (const QString& program : programs) {
        const QString path = QStandardPaths::findExecutable(program, folders);
        if (!path.isEmpty())
            QFile::link(path, chosen + u'/' + program);
    }
    m_environment.insert(u"PATH"_s, stubFolder() + u':' + chosen);
}

void LocalHost::setEnvironment(const QString& variable, const QString& value)
{
    m_environment.insert(variable, value);
}

void LocalHost::breakWith(std::optional<Error> error)
{
    const std::lock_guard lock(m_mutex);
    m_broken = std::move(error);
}

QList<RanCommand> LocalHost::ran() const
{
    const std::lock_guard lock(m_mutex);
    return m_ran;
}

QStringList LocalHost::shown() const
{
    QStringList all;
    for (const RanCommand& command : ran())
        all << command.shown;
    return all;
}

CommandResult LocalHost::run(const Command& command, std::stop_token stop)
{
    // One without a deadline lives on its input, which then has no end of its own.
    const bool lives = command.input && command.deadline.count() == 0;
    const QByteArray input = lives ? QByteArray() : inputOf(command);
    std::mutex fedMutex;
    QByteArray fed;
    bool fedAll = !lives;
    std::jthread feeder;
    {
        const std::lock_guard lock(m_mutex);
        if (m_broken)
            throw m_broken->on(m_name);
        m_ran << RanCommand {
            command.shown, command.script, command.changes, command.privilege, input};
    }
    QElapsedTimer since;
    since.start();
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(home());
    process.setChildProcessModifier([] { ::setsid(); });
    Lines out(command, OutputStream::Out);
    Lines err(command, OutputStream::Err);
    QObject::connect(&process, &QProcess::readyReadStandardOutput, &process,
        [&] { out.take(process.readAllStandardOutput()); });
    QObject::connect(&process, &QProcess::readyReadStandardError, &process,
        [&] { err.take(process.readAllStandardError()); });
    // As the real host does it: the shell has read all of the script before any of it runs, and a
    // script without input of its own reads nothing. dash reads ahead on its standard input, so one
    // with input is an argument.
    if (command.input || command.keepInputOpen) {
        process.start(u"/bin/sh"_s, {u"-c"_s, QString::fromUtf8(command.script)});
        process.write(input);
    } else {
        process.start(u"/bin/sh"_s, {u"-s"_s});
        process.write("eval " + quote(command.script + '\n') + " </dev/null; exit $?\n");
    }
    if (lives)
        feeder = std::jthread([&](const std::stop_token& ended) {
            char buffer[256];
            for (qsizetype size = 1; size > 0 && !ended.stop_requested();) {
                size = command.input(buffer, sizeof buffer);
                const std::lock_guard lock(fedMutex);
                fed.append(buffer, std::max<qsizetype>(size, 0));
                fedAll = size <= 0;
            }
        });
    else if (!command.keepInputOpen)
        process.closeWriteChannel();
    bool inputOpen = lives;
    const auto feed = [&] {
        const std::lock_guard lock(fedMutex);
        process.write(std::exchange(fed, {}));
        if (std::exchange(inputOpen, inputOpen && !fedAll) && fedAll)
            process.closeWriteChannel();
    };
    while (!process.waitForFinished(20) && process.state() != QProcess::NotRunning) {
        if (lives)
            feed();
        if (stop.stop_requested()) {
            endGroup(process);
            process.waitForFinished(-1);
            throw Cancelled {};
        }
        if (command.deadline.count() > 0 && since.elapsed() > command.deadline.count()) {
            endGroup(process);
            process.waitForFinished(-1);
            throw Error(ErrorKind::CommandTimedOut,
                {{u"command"_s, command.shown},
                    {u"seconds"_s, double(command.deadline.count()) / 1000}})
                .on(m_name);
        }
    }
    if (stop.stop_requested())
        throw Cancelled {};
    out.take(process.readAllStandardOutput());
    err.take(process.readAllStandardError());
    out.finish();
    err.finish();

    CommandResult result;
    if (process.exitStatus() == QProcess::NormalExit)
        result.exit = process.exitCode();
    else
        result.signal = signalName(process.exitCode());
    if (!command.discardOutput) {
        result.out = out.all;
        result.err = err.all;
    }
    result.took = std::chrono::milliseconds(since.elapsed());
    result.shown = command.shown;
    result.host = m_name;
    return result;
}

std::unique_ptr<RemoteProcess> LocalHost::start(const Command& command)
{
    return startOnThread([this, command](std::stop_token stop) { return run(command, stop); });
}

std::unique_ptr<Tunnel> LocalHost::openTunnel(const QString& address, std::stop_token stop)
{
    if (stop.stop_requested())
        throw Cancelled {};
    {
        const std::lock_guard lock(m_mutex);
        if (m_broken)
            throw m_broken->on(m_name);
    }
    const QString here = u"127.0.0.1:"_s;
    bool isNumber = false;
    const quint16 port = address.mid(here.size()).toUShort(&isNumber);
    if (m_refuseTunnels || !address.startsWith(here) || !isNumber)
        throw Error(ErrorKind::TunnelRefused, {{u"address"_s, address}}).on(m_name);
    return std::make_unique<PortTunnel>(port);
}

} // namespace gapless
