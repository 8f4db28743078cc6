// SPDX-License-Identifier: MIT
#include "tests/support/livesite/faultstage.h"

#include "engine/remote/quoting.h"

#include <QDir>
#include <QFile>
#include <QThread>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace gapless {

bool Ended::hasWarned(const QString& check) const
{
    return std::any_of(lines.begin(), lines.end(), [&](const QJsonObject& line) {
        return line[u"type"_s].toString() == u"warned"_s && line[u"check"_s].toString() == check;
    });
}

FaultStage::FaultStage(const QString& stackFolder, const QString& name)
    : site(stackFolder, name)
{
    site.stack.reset();
    target = site.target;
}

FaultStage::~FaultStage()
{
    cleanUp();
    site.stack.reset();
}

void FaultStage::prepare()
{
    site.target = target;
    site.write();
    if (!site.untidy().isEmpty()) {
        site.stack.reset();
        site.untidy();
    }
    old = site.served();
}

void FaultStage::cleanUp()
{
    if (QFile::exists(otherFile())) {
        QFile::remove(otherFile());
        reloadNginx();
    }
    for (const QString& folder : std::as_const(m_mounts))
        QProcess::execute(u"umount"_s, { u"--lazy"_s, folder });
    m_mounts.clear();
    site.target = target;
    site.write();
}

QString FaultStage::next() const
{
    const QString v2 = site.stack.tag(u"v2"_s);
    return old == v2 ? site.stack.tag(u"v1"_s) : v2;
}

Ended FaultStage::watched(std::unique_ptr<Ctl> ctl, const QString& step,
    const std::function<void()>& fault, const QString& slot)
{
    Ended ended;
    gapless::Users users(site.target);
    if (!step.isEmpty() && ctl->untilStep(step, slot))
        fault();
    ended.exit = ctl->finish();
    ended.outcome = ctl->last()[u"outcome"_s].toString();
    ended.lines = ctl->lines;
    ended.said = ctl->said();
    ended.seen = users.stop();
    return ended;
}

Ended FaultStage::deploy(const QString& tag, const QString& step, const std::function<void()>& fault,
    const QString& slot)
{
    return watched(start(tag), step, fault, slot);
}

Ended FaultStage::deployFrom(const QString& dataFolder, const QString& tag)
{
    return watched(std::make_unique<Ctl>(
                       QStringList { u"deploy"_s, u"--target"_s, site.targetFile, u"--json"_s } + words(tag),
                       dataFolder),
        {}, {});
}

int FaultStage::resume(const QStringList& how)
{
    int exit = 5;
    for (int i = 0; i < 120 && exit == 5; ++i) {
        exit = site.run(u"resume"_s, how, 2);
        if (exit == 5)
            QThread::msleep(500);
    }
    return exit;
}

QString FaultStage::end(
    const QString& failure, const Ended& ended, int exit, const QString& serves, Users users)
{
    printRow(failure, ended.seen, ended.outcome.isEmpty() ? u"refused"_s : ended.outcome, ended.exit);
    QStringList wrong;
    if (ended.exit != exit)
        wrong.append(u"exit status %1, not %2: %3"_s.arg(ended.exit).arg(exit).arg(QString::fromUtf8(ended.said)));
    if (const QString what = site.untidy(); !what.isEmpty())
        wrong.append(what);
    if (site.served() != serves)
        wrong.append(u"%1 serves, not %2"_s.arg(site.served(), serves));
    const QJsonObject gets = ended.seen[u"gets"_s].toObject();
    if (gets[u"sent"_s].toInt() < 10)
        wrong.append(u"no users were there"_s);
    if (users == Users::NoticeNothing && gets[u"failed"_s].toInt(-1) != 0)
        wrong.append(u"%1 requests failed"_s.arg(gets[u"failed"_s].toInt(-1)));
    return wrong.isEmpty() ? QString() : failure + u": "_s + wrong.join(u"; "_s);
}

QString FaultStage::newContainer(const QString& slot)
{
    const QString own = site.target.slot(slot)->container + u'-';
    const QString names = site.stack.docker(u"web"_s, { u"ps"_s, u"-a"_s, u"--format"_s, u"{{.Names}}"_s });
    for (const QString& name : names.split(u'\n'))
        if (name.startsWith(own))
            return name;
    return {};
}

QString FaultStage::otherFile() const
{
    return target.gateway.upstreamFile.section(u'/', 0, -2) + u"/zz-other-hand.conf"_s;
}

void FaultStage::writeOtherFile(const QByteArray& bytes)
{
    QFile file(otherFile());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s", qPrintable(file.errorString()));
}

void FaultStage::reloadNginx()
{
    const QStringList words = splitWords(target.gateway.reloadCommand).value_or(QStringList());
    QProcess::execute(words.first(), words.mid(1));
}

QString FaultStage::smallDisk(int kilobytes, const QString& over)
{
    const QString folder = over.isEmpty() ? m_folder.filePath(u"disk%1"_s.arg(m_mounts.size())) : over;
    const QString copy = m_folder.filePath(u"copy%1"_s.arg(m_mounts.size()));
    QDir().mkpath(folder);
    const bool mounted = QProcess::execute(u"cp"_s, { u"-a"_s, folder, copy }) == 0
        && QProcess::execute(u"mount"_s,
               { u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=%1k"_s.arg(kilobytes), u"none"_s, folder })
            == 0
        && QProcess::execute(u"cp"_s, { u"-a"_s, copy + u"/."_s, folder }) == 0;
    if (!mounted)
        qFatal("the test needs to mount a file system");
    m_mounts.prepend(folder);
    return folder;
}

void FaultStage::fill(const QString& folder)
{
    QFile filler(folder + u"/.filler"_s);
    if (filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        while (filler.write(QByteArray(4096, 'x')) > 0) { }
}

} // namespace gapless
