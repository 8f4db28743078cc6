// SPDX-License-Identifier: MIT
#include "chatsite.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <csignal>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

void run(const QString& folder, const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(240'000) || process.exitCode() != 0)
        throw std::runtime_error(
            (program + u": "_s).toStdString() + process.readAll().right(2000).toStdString());
}

/// Copies what is not built, and returns a hash of it.
QByteArray copyTree(const QString& from, const QString& to)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    QStringList names;
    while (files.hasNext())
        names.append(QDir(from).relativeFilePath(files.next()));
    names.sort();
    for (const QString& name : names) {
        if (name.startsWith("node_modules/"_L1) || name.startsWith("bin/"_L1)
            || name.startsWith("obj/"_L1))
            continue;
        QFile file(from + u'/' + name);
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("cannot read " + name.toStdString());
        hash.addData(name.toUtf8());
        hash.addData(file.readAll());
        const QString target = to + u'/' + name;
        QDir().mkpath(QFileInfo(target).path());
        QFile::remove(target);
        QFile::copy(file.fileName(), target);
    }
    return hash.result().toHex();
}

/// Runs `build` unless what it builds from is what it was built from before.
template <typename Build> void once(const QString& stampFile, const QByteArray& stamp, Build build)
{
    QFile file(stampFile);
    if (file.open(QIODevice::ReadOnly) && file.readAll() == stamp)
        return;
    file.close();
    build();
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(stamp) < 0)
        throw std::runtime_error("cannot write " + stampFile.toStdString());
}

QString buildFolder()
{
    return QStringLiteral(GAPLESS_CHATSITE_DIR);
}

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    return socket.waitForConnected(200);
}

void waitFor(quint16 port, const QProcess& process)
{
    for (int i = 0; i < 300; ++i) {
        if (answers(port))
            return;
        if (process.state() == QProcess::NotRunning)
            break;
        QTest::qWait(100);
    }
    throw std::runtime_error("nothing answers on port " + std::to_string(port));
}

} // namespace

quint16 ChatSite::freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QString ChatSite::jsClientFolder()
{
    const QString folder = buildFolder() + u"/jsclient"_s;
    const QByteArray stamp
        = copyTree(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/support/jsclient"), folder);
    once(folder + u"/.installed"_s, stamp, [&] {
        run(folder, u"npm"_s, {u"ci"_s, u"--no-audit"_s, u"--no-fund"_s, u"--ignore-scripts"_s});
    });
    return folder;
}

ChatSite::ChatSite()
{
    const QString source = buildFolder() + u"/site"_s;
    const QByteArray stamp
        = copyTree(QStringLiteral(GAPLESS_SOURCE_DIR "/packaging/demo/site"), source);
    once(buildFolder() + u"/published"_s, stamp, [&] {
        run(source, u"npm"_s,
            {u"install"_s, u"--no-package-lock"_s, u"--no-audit"_s, u"--no-fund"_s,
                u"--ignore-scripts"_s});
        run(source, u"dotnet"_s,
            {u"publish"_s, u"--nologo"_s, u"-c"_s, u"Release"_s, u"-o"_s,
                buildFolder() + u"/publish"_s});
    });
    m_redisPort = freePort();
    m_redis.setWorkingDirectory(m_folder.path());
    m_redis.start(u"redis-server"_s,
        {u"--port"_s, QString::number(m_redisPort), u"--bind"_s, u"127.0.0.1"_s, u"--save"_s,
            QString(), u"--appendonly"_s, u"no"_s});
    if (!m_redis.waitForStarted())
        throw std::runtime_error("redis-server does not start");
    waitFor(m_redisPort, m_redis);
}

ChatSite::~ChatSite()
{
    m_redis.terminate();
    if (!m_redis.waitForFinished(5000))
        m_redis.kill();
    m_redis.waitForFinished(5000);
}

ChatSite::Slot::Slot(const ChatSite& site, quint16 port)
    : m_site(site)
    , m_port(port)
{
    start();
}

ChatSite::Slot::~Slot()
{
    kill();
}

QUrl ChatSite::Slot::hub() const
{
    return QUrl(u"http://127.0.0.1:%1/UpdateHub"_s.arg(m_port));
}

void ChatSite::Slot::start()
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"ASPNETCORE_URLS"_s, u"http://127.0.0.1:%1"_s.arg(m_port));
    environment.insert(u"Redis"_s, u"127.0.0.1:%1"_s.arg(m_site.redisPort()));
    environment.insert(u"SLOT"_s, QString::number(m_port));
    m_process->setProcessEnvironment(environment);
    m_process->setWorkingDirectory(buildFolder() + u"/publish"_s);
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_process->start(u"dotnet"_s, {buildFolder() + u"/publish/chat.dll"_s});
    if (!m_process->waitForStarted())
        throw std::runtime_error("dotnet does not start");
    waitFor(m_port, *m_process);
}

void ChatSite::Slot::signalled(int signal) const
{
    ::kill(pid_t(m_process->processId()), signal);
}

void ChatSite::Slot::kill()
{
    if (!m_process || m_process->state() == QProcess::NotRunning)
        return;
    m_process->kill();
    m_process->waitForFinished(10'000);
}

void ChatSite::Slot::terminate()
{
    m_process->terminate();
    m_process->waitForFinished(60'000);
}

} // namespace gapless
