// SPDX-License-Identifier: MIT
// Images and sources over SSH, beside what people do without Gapless, in one run over loopback
// against the demo stack's sshd and dockerd: `bench_source [--quick]`. The second machine's dockerd
// stands for the desktop's. Prints figures and judges nothing. Memory is the peak above what the
// process had before (VmHWM).
#include "engine/model/clock.h"
#include "engine/rollout/imagesend.h"
#include "engine/source/contexttar.h"
#include "engine/source/localprocess.h"
#include "tests/support/demostack/demostack.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QSysInfo>
#include <QTemporaryDir>
#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace gapless;

namespace {

QByteArray shell(const QString& script)
{
    const LocalResult result = runLocally({.words = {u"bash"_s, u"-o"_s, u"pipefail"_s, u"-c"_s, script}}, {});
    if (!result.ok())
        qFatal("%s: %s", qPrintable(script), result.err.constData());
    return result.out.trimmed();
}

void writeNoise(const QString& path, qsizetype size, quint32 seed)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator(seed).fillRange(
        reinterpret_cast<quint32*>(bytes.data()), bytes.size() / qsizetype(sizeof(quint32)));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("%s", qPrintable(path));
    file.write(bytes);
}

/// Of /proc/self/status, in KiB.
qint64 memory(const QByteArray& name)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : file.readAll().split('\n'))
        if (line.startsWith(name))
            return line.mid(name.size() + 1).trimmed().split(' ').first().toLongLong();
    return 0;
}

class Peak {
public:
    Peak()
    {
        QFile reset(u"/proc/self/clear_refs"_s);
        if (reset.open(QIODevice::WriteOnly))
            reset.write("5");
        m_before = memory("VmRSS:");
    }
    double aboveMiB() const { return double(memory("VmHWM:") - m_before) / 1024; }

private:
    qint64 m_before = 0;
};

template <typename Act> double seconds(const Act& act)
{
    QElapsedTimer timer;
    timer.start();
    act();
    return double(timer.nsecsElapsed()) / 1e9;
}

void row(const char* what, double took, double base = 0, const QString& more = {})
{
    const QString times = base > 0 ? u"  %1 x"_s.arg(base / took, 0, 'f', 2) : QString();
    qInfo().noquote() << QString::fromLatin1(what).leftJustified(58)
                      << u"%1 s"_s.arg(took, 7, 'f', 2) << times << more;
}

class Bench {
public:
    explicit Bench(bool quick)
        : m_stack(QStringLiteral(GAPLESS_TEST_STACK))
        , m_target(m_stack.target(u"target-two-hosts"_s))
        , m_commands(m_target)
        , m_hosts(m_stack.hosts(m_target))
        , m_megabytes(quick ? 40 : 200)
        , m_files(quick ? 4000 : 20'000)
        , m_rounds(quick ? 1 : 3)
    {
        m_desktop = m_target.host(u"second"_s).docker;
        m_web = m_target.host(u"web"_s).docker;
        m_ssh = u"ssh -F %1/ssh/config web"_s.arg(m_stack.folder());
        m_hosts->at(u"web"_s).run({.script = ":\n"}, {}); // both sides' connections are there already
    }
    void run()
    {
        qInfo().noquote() << QSysInfo::prettyProductName() << QSysInfo::currentCpuArchitecture()
                          << u"%1 CPUs, load"_s.arg(std::thread::hardware_concurrency())
                          << shell(u"cut -d' ' -f1-3 /proc/loadavg"_s);
        makeImages();
        for (int round = 0; round < m_rounds; ++round) {
            changedLayer();
            wholeImage();
        }
        forgetImages();
        makeFiles();
        for (int round = 0; round < m_rounds; ++round)
            files();
    }

private:
    void build(const QString& name, const QString& from, const QString& file)
    {
        shell(u"cd %1 && printf 'FROM %2\\nCOPY %3 /\\n' >Dockerfile && tar -c Dockerfile %3 | "
              "DOCKER_BUILDKIT=0 %4 build -q -t %5 -"_s.arg(
                  m_folder.path(), from, file, m_desktop, name));
    }
    void makeImages()
    {
        writeNoise(m_folder.filePath(u"big"_s), m_megabytes << 20, 1);
        writeNoise(m_folder.filePath(u"small"_s), 5 << 20, 2);
        build(u"gapless-bench:base"_s, u"scratch"_s, u"big"_s);
        build(u"gapless-bench:next"_s, u"gapless-bench:base"_s, u"small"_s);
        shell(u"%1 save gapless-bench:next >%2"_s.arg(m_desktop, archive()));
    }
    QString archive() const { return m_folder.filePath(u"next.tar"_s); }
    void onWeb(bool base)
    {
        shell(u"%1 rmi -f gapless-bench:base gapless-bench:next >/dev/null 2>&1; true"_s.arg(m_web));
        if (base)
            shell(u"%1 save gapless-bench:base | %2 load -q"_s.arg(m_desktop, m_web));
    }
    double classic()
    {
        return seconds([&] {
            shell(u"%1 save gapless-bench:next | %2 '%3 load -q'"_s.arg(m_desktop, m_ssh, m_web));
        });
    }
    double ours(bool save, QString& more)
    {
        const Peak peak;
        qint64 sent = 0;
        const double took = seconds([&] {
            if (save)
                shell(u"%1 save gapless-bench:next >%2"_s.arg(m_desktop, archive()));
            const ImageArchive image(archive(), {}, {});
            ImageSend send(m_commands, m_hosts->at(u"web"_s), m_clock, [](const EventBody&) {});
            send.send(image, u"gapless-bench:next"_s, {});
            sent = send.bytesSent();
        });
        more = u"%1 MB sent, +%2 MiB"_s.arg(double(sent) / 1e6, 0, 'f', 2)
                   .arg(peak.aboveMiB(), 0, 'f', 1);
        return took;
    }
    void compare(const char* title, bool base)
    {
        qInfo().noquote() << QString::fromLatin1(title).arg(m_megabytes);
        onWeb(base);
        const double theirs = classic();
        row("  docker save | ssh docker load", theirs);
        QString more;
        onWeb(base);
        const double fromArchive = ours(false, more);
        row("  Gapless, from an archive", fromArchive, theirs, more);
        onWeb(base);
        const double fromDocker = ours(true, more);
        row("  Gapless, from the local docker (docker save included)", fromDocker, theirs, more);
        onWeb(false);
    }
    void changedLayer() { compare("%1 MB image, 5 MB changed", true); }
    void wholeImage() { compare("%1 MB image, whole", false); }
    void forgetImages()
    {
        shell(u"%1 rmi -f gapless-bench:next gapless-bench:base"_s.arg(m_desktop));
    }

    void makeFiles()
    {
        const QString root = m_folder.filePath(u"context"_s);
        for (int i = 0; i < m_files; ++i) {
            const QString folder = root + u"/%1/%2"_s.arg(i / 1000).arg(i / 50 % 20);
            if (i % 50 == 0)
                QDir().mkpath(folder);
            writeNoise(folder + u"/file%1.dll"_s.arg(i), 4096, quint32(i));
        }
        QFile dockerfile(root + u"/Dockerfile"_s);
        if (dockerfile.open(QIODevice::WriteOnly))
            dockerfile.write("FROM scratch\nCOPY . /\n");
    }
    void files()
    {
        const QString root = m_folder.filePath(u"context"_s), there = m_folder.filePath(u"there"_s);
        const auto empty = [&] { shell(u"rm -rf %1; mkdir %1"_s.arg(there)); };
        for (const bool unpack : {false, true}) {
            const QString end = unpack ? u"tar -xf - -C "_s + there : u"cat >/dev/null"_s;
            qInfo().noquote() << u"%1 files of 4 KiB to `%2`"_s.arg(m_files).arg(
                unpack ? u"tar -x"_s : u"cat"_s);
            empty();
            const double tar = seconds([&] {
                shell(u"tar -c -C %1 . | %2 '%3'"_s.arg(root, m_ssh, end));
            });
            row("  tar | ssh", tar);
            empty();
            const Peak peak;
            const double stream = seconds([&] {
                ContextTar context(root, u"Dockerfile"_s, {});
                Command command {.script = end.toUtf8() + '\n', .deadline = 0s};
                command.input = [&](char* buffer, qsizetype size) {
                    return context.read(buffer, size);
                };
                m_hosts->at(u"web"_s).run(command, {}).orThrow();
            });
            row("  Gapless", stream, tar, u"+%1 MiB"_s.arg(peak.aboveMiB(), 0, 'f', 1));
            if (!unpack)
                continue;
            empty();
            const double sftp = seconds([&] {
                shell(u"printf 'put -r %1/. %2\\n' | sftp -q -F %3/ssh/config -b - web >/dev/null"_s
                          .arg(root, there, m_stack.folder()));
            });
            row("  sftp, file by file", sftp, tar);
            row("  Gapless beside sftp", stream, sftp);
        }
    }

    DemoStack m_stack;
    Target m_target;
    ImageCommands m_commands;
    std::unique_ptr<Hosts> m_hosts;
    SystemClock m_clock;
    QTemporaryDir m_folder;
    QString m_desktop, m_web, m_ssh;
    int m_megabytes, m_files, m_rounds;
};

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    qSetMessagePattern(u"%{message}"_s);
    Bench(QCoreApplication::arguments().contains(u"--quick"_s)).run();
    return 0;
}
