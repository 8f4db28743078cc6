// SPDX-License-Identifier: MIT
// What arrives is looked at with the system's own tar.
#include "engine/model/error.h"
#include "engine/source/contexttar.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

void write(const QString& path, const QByteArray& content, mode_t mode = 0644)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), mode), 0);
}

QByteArray all(ByteSource& source, qsizetype step = 4096)
{
    QByteArray bytes, buffer(step, Qt::Uninitialized);
    while (const qsizetype count = source.read(buffer.data(), buffer.size()))
        bytes += buffer.left(count);
    return bytes;
}

QString tar(const QStringList& words, const QByteArray& input)
{
    QProcess process;
    process.start(u"tar"_s, words);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(30'000);
    return QString::fromUtf8(process.readAllStandardOutput() + process.readAllStandardError());
}

QStringList names(const QByteArray& bytes)
{
    QStringList found = tar({u"-tf"_s, u"-"_s}, bytes).split(u'\n', Qt::SkipEmptyParts);
    found.sort();
    return found;
}

} // namespace

class TestContextTar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder.emplace(); }

    void keepsContentModesAndLinks()
    {
        const QByteArray big(700'001, 'x');
        write(path(u"Dockerfile"_s), "FROM scratch\n");
        write(path(u"bin/run"_s), "#!/bin/sh\n", 0755);
        write(path(u"bin/setuid"_s), "s", 04750);
        write(path(u"data/big"_s), big);
        write(path(u"data/empty"_s), "");
        write(path(u"data/grüße 中.txt"_s), "utf8");
        write(path(QString(180, u'n') + u"/"_s + QString(120, u'm')), "long");
        QFile::link(u"../data/big"_s, path(u"bin/link"_s));
        QFile::link(u"/nowhere"_s, path(u"dangling"_s));
        QDir().mkpath(path(u"hollow"_s));

        const QByteArray bytes = sent();
        QTemporaryDir out;
        QCOMPARE(tar({u"-xpf"_s, u"-"_s, u"-C"_s, out.path()}, bytes), QString());
        const auto info = [&](const QString& name) {
            struct stat found {};
            ::lstat(QFile::encodeName(out.filePath(name)).constData(), &found);
            return found;
        };
        QCOMPARE(info(u"bin/run"_s).st_mode & 07777, 0755u);
        QCOMPARE(info(u"bin/setuid"_s).st_mode & 07777, 04750u);
        QVERIFY(S_ISLNK(info(u"bin/link"_s).st_mode));
        QCOMPARE(QFile::symLinkTarget(out.filePath(u"dangling"_s)), u"/nowhere"_s);
        QVERIFY(S_ISDIR(info(u"hollow"_s).st_mode));
        QFile sentBig(out.filePath(u"data/big"_s));
        QVERIFY(sentBig.open(QIODevice::ReadOnly));
        QVERIFY(sentBig.readAll() == big);
        QVERIFY(QFile::exists(out.filePath(u"data/grüße 中.txt"_s)));
        QVERIFY(QFile::exists(out.filePath(QString(180, u'n') + u"/"_s + QString(120, u'm'))));
        QVERIFY(tar({u"-tvf"_s, u"-"_s, u"--numeric-owner"_s}, bytes).contains(u" 0/0 "));
    }

    void leavesOutWhatDockerignoreSays()
    {
        write(path(u"Dockerfile"_s), "FROM scratch\n");
        write(path(u".dockerignore"_s), "*\n!src\n!out/keep.txt\nsrc/*.o\n");
        write(path(u"secret"_s), "x");
        write(path(u"src/a.c"_s), "x");
        write(path(u"src/a.o"_s), "x");
        write(path(u"out/keep.txt"_s), "x");
        write(path(u"out/drop.txt"_s), "x");
        write(path(u"other/drop.txt"_s), "x");
        // The builder reads these two itself, so they go along.
        QCOMPARE(names(sent()),
            (QStringList {u".dockerignore"_s, u"Dockerfile"_s, u"out/"_s, u"out/keep.txt"_s,
                u"src/"_s, u"src/a.c"_s}));
    }

    void aDockerfilesOwnIgnoreFileComesFirst()
    {
        write(path(u"docker/Web"_s), "FROM scratch\n");
        write(path(u"docker/Web.dockerignore"_s), "docker\nb\n");
        write(path(u".dockerignore"_s), "a\n");
        write(path(u"a"_s), "x");
        write(path(u"b"_s), "x");
        ContextTar context(m_folder->path(), u"docker/Web"_s, {});
        QCOMPARE(names(all(context)),
            (QStringList {u".dockerignore"_s, u"a"_s, u"docker/"_s, u"docker/Web"_s,
                u"docker/Web.dockerignore"_s}));
    }

    void skipsSocketsAndPipes()
    {
        write(path(u"Dockerfile"_s), "FROM scratch\n");
        QCOMPARE(::mkfifo(QFile::encodeName(path(u"pipe"_s)).constData(), 0600), 0);
        QCOMPARE(names(sent()), QStringList {u"Dockerfile"_s});
    }

    void givesTheSameBytesInPiecesOfAnySize()
    {
        write(path(u"Dockerfile"_s), "FROM scratch\n");
        write(path(u"a"_s), QByteArray(300'000, 'a'));
        const QByteArray whole = sent();
        ContextTar again(m_folder->path(), u"Dockerfile"_s, {});
        QVERIFY(all(again, 777) == whole);
        QCOMPARE(again.bytes(), 300'013);
        QCOMPARE(again.entries(), 2);
    }

    void refusesAFolderWithoutDockerfile()
    {
        write(path(u"a"_s), "x");
        expect(ErrorKind::DockerfileMissing, [&] { sent(); });
        expect(ErrorKind::FileUnreadable,
            [&] { ContextTar(path(u"nowhere"_s), u"Dockerfile"_s, {}); });
    }

    void saysWhichFileChangedMeanwhile()
    {
        write(path(u"Dockerfile"_s), "FROM scratch\n");
        write(path(u"log"_s), QByteArray(1000, 'x'));
        ContextTar context(m_folder->path(), u"Dockerfile"_s, {});
        write(path(u"log"_s), "short");
        expect(ErrorKind::SourceChanged, [&] { all(context); });
    }

    void stopsWhileItLists()
    {
        write(path(u"Dockerfile"_s), "FROM scratch\n");
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            ContextTar(m_folder->path(), u"Dockerfile"_s, stop.get_token()), Cancelled);
    }

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QByteArray sent() const
    {
        ContextTar context(m_folder->path(), u"Dockerfile"_s, {});
        return all(context);
    }
    static void expect(ErrorKind kind, const std::function<void()>& act)
    {
        try {
            act();
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind, kind);
        }
    }
    std::optional<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestContextTar)
#include "tst_contexttar.moc"
