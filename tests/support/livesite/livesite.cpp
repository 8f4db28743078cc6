// SPDX-License-Identifier: MIT
#include "tests/support/livesite/livesite.h"

#include "engine/model/targetjson.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <signal.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int deadlineMs = 120'000;

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString tagIn(const QJsonObject& status)
{
    QStringList tags;
    for (const QJsonValue slot : status[u"slots"_s].toArray())
        tags.append(slot[u"tag"_s].toString());
    tags.removeDuplicates();
    return tags.size() == 1 ? tags.first() : QString();
}

} // namespace

Ctl::Ctl(const QStringList& words, const QString& dataFolder, const QMap<QString, QString>& settings)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"GAPLESS_DATA_DIR"_s, dataFolder);
    for (auto setting = settings.begin(); setting != settings.end(); ++setting)
        environment.insert(setting.key(), setting.value());
    m_process.setProcessEnvironment(environment);
    m_process.start(QStringLiteral(GAPLESS_CTL), QStringList { u"--lang"_s, u"en"_s } + words);
    m_process.closeWriteChannel();
    m_process.waitForStarted();
}

Ctl::~Ctl()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    signal(SIGCONT);
    m_process.kill();
    m_process.waitForFinished();
}

bool Ctl::read(int forMs)
{
    if (!m_process.canReadLine() && m_process.state() != QProcess::NotRunning)
        m_process.waitForReadyRead(forMs);
    if (!m_process.canReadLine())
        return false;
    const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
    if (run.isEmpty())
        run = line[u"run"_s].toString();
    lines.append(line);
    return true;
}

bool Ctl::until(const std::function<bool(const QJsonObject&)>& wanted)
{
    QElapsedTimer since;
    since.start();
    while (since.elapsed() < deadlineMs) {
        if (read(1000)) {
            if (wanted(lines.last()))
                return true;
            since.restart();
        } else if (m_process.state() == QProcess::NotRunning) {
            return false;
        }
    }
    return false;
}

bool Ctl::untilStep(const QString& step, const QString& slot)
{
    return until([&](const QJsonObject& line) {
        return line[u"type"_s].toString() == u"stepStarted"_s && line[u"step"_s].toString() == step
            && line[u"slot"_s].toString() == slot;
    });
}

int Ctl::finish()
{
    QElapsedTimer since;
    since.start();
    while (m_process.state() != QProcess::NotRunning && since.elapsed() < 2 * deadlineMs)
        read(1000);
    while (read(0)) { }
    if (m_process.state() != QProcess::NotRunning)
        return -2;
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

void Ctl::signal(int number)
{
    ::kill(pid_t(m_process.processId()), number);
}

Users::Users(const Target& target, const QStringList& what)
{
    const QString url = target.witness->url;
    m_process.start(
        QStringLiteral(GAPLESS_LOAD), QStringList { u"--url"_s, url, u"--until-eof"_s } + what);
    // By the address alone: it needs no SSH, so that no fault of a host is one of its own.
    m_witness.start(QStringLiteral(GAPLESS_CTL),
        { u"--lang"_s, u"en"_s, u"--data-dir"_s, m_folder.path(), u"witness"_s, u"--url"_s, url,
            u"--hub"_s, target.witness->hub->hub, u"--for"_s, u"3600"_s, u"--json"_s });
    m_process.waitForStarted();
    m_witness.waitForStarted();
}

Users::~Users()
{
    for (QProcess* process : { &m_process, &m_witness }) {
        process->kill();
        process->waitForFinished();
    }
}

QJsonObject Users::stop()
{
    m_process.closeWriteChannel();
    ::kill(pid_t(m_witness.processId()), SIGINT);
    if (!m_process.waitForFinished(60'000) || !m_witness.waitForFinished(60'000))
        return {};
    const auto last = [](QProcess& process) {
        return QJsonDocument::fromJson(process.readAllStandardOutput().trimmed().split('\n').last()).object();
    };
    QJsonObject seen = last(m_process);
    seen[u"verdict"_s] = last(m_witness)[u"verdict"_s];
    return seen;
}

LiveSite::LiveSite(const QString& stackFolder, const QString& name)
    : stack(stackFolder)
    , target(stack.target(name))
{
    targetFile = m_folder.filePath(u"target.json"_s);
    target.health.watchSeconds = 1;
    target.health.deadlineSeconds = 40;
    write();
}

void LiveSite::write()
{
    QFile file(targetFile);
    if (file.open(QIODevice::WriteOnly))
        file.write(targetToJson(target));
}

QString LiveSite::dataFolder(int desk) const { return m_folder.filePath(u"desk%1"_s.arg(desk)); }

std::unique_ptr<Ctl> LiveSite::start(const QString& verb, const QStringList& words, int desk)
{
    return std::make_unique<Ctl>(
        QStringList { verb, u"--target"_s, targetFile, u"--json"_s } + words, dataFolder(desk));
}

int LiveSite::run(const QString& verb, const QStringList& words, int desk, QJsonObject* last)
{
    const auto ctl = start(verb, words, desk);
    const int exit = ctl->finish();
    if (last)
        *last = ctl->last();
    if (exit != 0)
        qInfo().noquote() << verb << words << "ended with" << exit << ctl->said();
    return exit;
}

QJsonObject LiveSite::status()
{
    const auto ctl = start(u"status"_s, {}, 9);
    ctl->finish();
    return ctl->last();
}

QString LiveSite::untidy()
{
    const QJsonObject found = status();
    m_served = tagIn(found);
    if (!found[u"lock"_s].isNull())
        return u"the lock is held"_s;
    QStringList names;
    for (const QJsonValue value : found[u"slots"_s].toArray()) {
        const QJsonObject slot = value.toObject();
        names.append(slot[u"container"_s].toString());
        if (slot[u"routing"_s].toString() != u"up"_s || slot[u"state"_s].toString() != u"running"_s)
            return u"slot %1 is %2 and %3"_s.arg(slot[u"slot"_s].toString(),
                slot[u"routing"_s].toString(), slot[u"state"_s].toString());
    }
    if (names.isEmpty())
        return u"no status"_s;
    if (m_served.isEmpty())
        return u"more than one version"_s;
    names.sort();
    return containers() == names ? QString() : u"containers: "_s + containers().join(u' ');
}

QString LiveSite::tag() { return tagIn(status()); }

QStringList LiveSite::containers() const
{
    QStringList names;
    for (const QString& host : target.slotHosts())
        names += stack.docker(host, { u"ps"_s, u"-a"_s, u"--format"_s, u"{{.Names}}"_s })
                     .split(u'\n', Qt::SkipEmptyParts);
    // On the gateway's machine there are those of the stack's other target, too.
    const QString own = target.slots.first().container.section(u'_', 0, 0) + u'_';
    names.removeIf([&](const QString& name) { return !name.startsWith(own); });
    names.sort();
    return names;
}

QByteArray LiveSite::upstreamFile() const { return bytesOf(target.gateway.upstreamFile); }

QList<qint64> LiveSite::sshSessions() const
{
    const QByteArray listener = bytesOf(stack.folder() + u"/run/web-sshd.pid"_s).split(' ').first();
    QList<qint64> pids;
    for (const QByteArray& pid :
        bytesOf(u"/proc/%1/task/%1/children"_s.arg(QString::fromLatin1(listener))).simplified().split(' '))
        if (!pid.isEmpty())
            pids.append(pid.toLongLong());
    return pids;
}

void LiveSite::cutConnections() const
{
    for (const qint64 pid : sshSessions())
        ::kill(pid_t(pid), SIGKILL);
}

void printRow(const QString& failure, const QJsonObject& seen, const QString& ended, int exit)
{
    const QJsonObject hub = seen[u"verdict"_s][u"signalr"_s].toObject();
    QJsonObject row { { u"failure"_s, failure }, { u"ended"_s, ended }, { u"exit"_s, exit },
        { u"gapMs"_s, hub[u"maxGapMs"_s] }, { u"reconnects"_s, hub[u"reconnects"_s] },
        { u"closed"_s, hub[u"closed"_s] } };
    for (const QString& kind : { u"gets"_s, u"posts"_s })
        for (const QString& what : { u"failed"_s, u"sent"_s })
            row[kind + what] = seen[kind][what].toInt(-1);
    const QByteArray line = QJsonDocument(row).toJson(QJsonDocument::Compact) + '\n';
    qInfo().noquote() << line.trimmed();
    QFile rows(QStringLiteral(GAPLESS_FAULT_ROWS));
    if (rows.open(QIODevice::Append))
        rows.write(line);
}

} // namespace gapless
