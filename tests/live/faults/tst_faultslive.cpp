// SPDX-License-Identifier: MIT
// What breaks beside Gapless while it rolls out, on the real stack, while users are at it: each has a
// defined end. Each prints its line of the README's table.
#include "tests/support/livesite/livesite.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestFaultsLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_site.emplace(QStringLiteral(GAPLESS_TEST_STACK));
        m_site->stack.reset();
        m_target = m_site->target;
    }
    void init()
    {
        m_site->target = m_target;
        m_site->target.health.deadlineSeconds = 15;
        m_site->write();
        if (!m_site->untidy().isEmpty())
            m_site->stack.reset();
    }
    void cleanup()
    {
        QFile::remove(conf(u"zz-other-hand.conf"_s));
        for (const QString& folder : std::as_const(m_mounts))
            QProcess::execute(u"umount"_s, { u"--lazy"_s, folder });
        m_mounts.clear();
    }
    void cleanupTestCase()
    {
        if (m_site)
            m_site->stack.reset();
    }

    void badImages_data()
    {
        QTest::addColumn<QString>("image");
        for (const char* image : { "crash", "unhealthy", "hang", "dies" })
            QTest::newRow(image) << QString::fromLatin1(image);
    }
    void badImages()
    {
        QFETCH(QString, image);
        const QString old = m_site->tag();
        m_site->target.health.watchSeconds = 5;
        m_site->write();
        end(u"image: "_s + image, deploy(m_site->stack.tag(image), {}, {}), 1, image != u"dies");
        QCOMPARE(m_site->tag(), old);
    }

    void theNewContainerListensElsewhere()
    {
        const QString old = m_site->tag();
        for (Slot& slot : m_site->target.slots)
            for (QString& publish : slot.publish)
                publish.replace(u":8080"_s, u":8099"_s);
        m_site->write();
        end(u"wrong port"_s, deploy(other(old), {}, {}), 1);
        QCOMPARE(m_site->tag(), old);
    }

    void aBindMountIsMissing()
    {
        m_site->target.container.mounts.append({ u"/nonexistent/appsettings.json"_s, u"/app/x.json"_s });
        m_site->write();
        end(u"bind mount missing"_s, deploy(other(m_site->tag()), {}, {}), 5);
    }

    void theHostKeyIsAnother()
    {
        m_site->target.hosts[0].hostKey = u"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_s;
        m_site->write();
        const Ended ended = deploy(m_site->stack.tag(u"v2"_s), {}, {});
        m_site->target = m_target;
        m_site->write();
        end(u"host key changed"_s, ended, 5);
    }

    void nginxIsBrokenByAnotherHand()
    {
        const QString old = m_site->tag();
        end(u"nginx configuration broken by somebody else"_s,
            deploy(other(old), u"create"_s, [this] { writeConf("nonsense;\n"); }), 1);
        QFile::remove(conf(u"zz-other-hand.conf"_s));
        QCOMPARE(m_site->tag(), old);
    }

    /// `nginx -t` and the reload both end with 0, and nothing has changed.
    void aReloadDoesNotTake()
    {
        const QString old = m_site->tag();
        // A slot's own port: docker has it.
        const QByteArray taken = m_site->target.slots[1].server.toUtf8();
        end(u"reload that does not take: port taken"_s,
            deploy(other(old), u"create"_s, [&] { writeConf("server { listen " + taken + "; }\n"); }), 1);
        QFile::remove(conf(u"zz-other-hand.conf"_s));
        QCOMPARE(m_site->tag(), old);
    }

    void nginxFileIsEditedByAnotherHand()
    {
        const QString next = other(m_site->tag());
        end(u"upstream file edited by another hand"_s, deploy(next, u"drain"_s, [this] {
            QFile file(m_site->target.gateway.upstreamFile);
            if (file.open(QIODevice::Append))
                file.write("# somebody was here\n");
        }), 0);
        QCOMPARE(m_site->tag(), next);
        QVERIFY(m_site->upstreamFile().contains("somebody was here"));
    }

    void theKeptContainerIsPruned()
    {
        const QString next = other(m_site->tag());
        end(u"kept old container removed by another hand"_s,
            deploy(next, u"check"_s, [this] { docker({ u"rm"_s, u"-f"_s, u"chat_A"_s }); }), 0);
        QCOMPARE(m_site->tag(), next);
    }

    /// With a bad image there is nothing to start again: `resume` makes the old release anew.
    void theKeptContainerIsPrunedAndTheImageIsBad()
    {
        const QString old = m_site->tag();
        const Ended ended = deploy(m_site->stack.tag(u"unhealthy"_s), u"check"_s,
            [this] { docker({ u"rm"_s, u"-f"_s, u"chat_A"_s }); });
        QVERIFY2(ended.exit == 3 || ended.exit == 1, qPrintable(QString::number(ended.exit)));
        QCOMPARE(m_site->run(u"resume"_s, { u"--restore"_s, u"--yes"_s }), 0);
        end(u"kept container removed, and the new image is bad"_s, ended, ended.exit);
        QCOMPARE(m_site->tag(), old);
    }

    void theNewContainerIsStoppedByAnotherHand()
    {
        m_site->target.health.watchSeconds = 5;
        m_site->write();
        const QString old = m_site->tag();
        const Ended ended = deploy(other(old), u"watch"_s, [this] {
            const QString names = m_site->stack.docker(u"web"_s, { u"ps"_s, u"--format"_s, u"{{.Names}}"_s });
            for (const QString& name : names.split(u'\n'))
                if (name.startsWith(u"chat_A-"))
                    docker({ u"stop"_s, u"-t"_s, u"1"_s, name });
        });
        end(u"new container stopped by another hand"_s, ended, 1, false);
        QCOMPARE(m_site->tag(), old);
    }

    void theStateFolderIsFull()
    {
        const QString folder = tiny(u"state"_s, true);
        m_site->target.gateway.stateDir = folder;
        m_site->write();
        const Ended ended = deploy(other(m_site->tag()), {}, {});
        m_site->target = m_target;
        m_site->write();
        end(u"gateway's state folder full"_s, ended, 5);
    }

    void theDataFolderIsReadOnly()
    {
        const QString folder = tiny(u"desk7"_s, false);
        QProcess::execute(u"mount"_s, { u"-o"_s, u"remount,ro"_s, folder });
        end(u"data folder read-only"_s, deployFrom(folder), 1);
    }

    void theDataFolderIsFull()
    {
        end(u"data folder full"_s, deployFrom(tiny(u"desk8"_s, true)), 1);
    }

private:
    struct Ended {
        int exit = 0;
        QString outcome;
        QJsonObject seen;
        QByteArray said;
    };

    /// Does `fault` when the step of slot A has begun.
    Ended deploy(const QString& tag, const QString& step, const std::function<void()>& fault)
    {
        return watched(m_site->start(u"deploy"_s, words(tag)), step, fault);
    }
    Ended deployFrom(const QString& dataFolder)
    {
        Ended ended;
        Users users(m_target);
        Ctl ctl(QStringList { u"deploy"_s, u"--target"_s, m_site->targetFile, u"--json"_s }
                + words(m_site->stack.tag(u"v2"_s)),
            dataFolder);
        ended.exit = ctl.finish();
        ended.outcome = ctl.last()[u"outcome"_s].toString();
        ended.said = ctl.said();
        ended.seen = users.stop();
        return ended;
    }
    Ended watched(std::unique_ptr<Ctl> ctl, const QString& step, const std::function<void()>& fault)
    {
        Ended ended;
        Users users(m_target);
        if (!step.isEmpty() && ctl->untilStep(step, u"A"_s))
            fault();
        ended.exit = ctl->finish();
        ended.outcome = ctl->last()[u"outcome"_s].toString();
        ended.said = ctl->said();
        ended.seen = users.stop();
        return ended;
    }
    /// Prints the table's line, and checks what holds of each.
    void end(const QString& failure, const Ended& ended, int exit, bool nobodyNotices = true)
    {
        printRow(failure, ended.seen, ended.outcome, ended.exit);
        QVERIFY2(ended.exit == exit, qPrintable(failure + u'\n' + QString::fromUtf8(ended.said)));
        QFile::remove(conf(u"zz-other-hand.conf"_s));
        QCOMPARE(m_site->untidy(), QString());
        QVERIFY(ended.seen[u"gets"_s][u"sent"_s].toInt() > 0);
        if (nobodyNotices)
            QCOMPARE(ended.seen[u"gets"_s][u"failed"_s].toInt(-1), 0);
    }
    static QStringList words(const QString& tag)
    {
        return { u"--image"_s, tag, u"--yes"_s, u"--no-witness"_s };
    }
    QString other(const QString& tag) const
    {
        const QString v2 = m_site->stack.tag(u"v2"_s);
        return tag == v2 ? m_site->stack.tag(u"v1"_s) : v2;
    }
    QString conf(const QString& name) const
    {
        return QFileInfo(m_target.gateway.upstreamFile).path() + u'/' + name;
    }
    void writeConf(const QByteArray& bytes)
    {
        QFile file(conf(u"zz-other-hand.conf"_s));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
    void docker(const QStringList& command) { m_site->stack.docker(u"web"_s, command); }
    /// A file system of its own that holds 256 kB, of which `full` leaves nothing.
    QString tiny(const QString& name, bool full)
    {
        const QString folder = m_folder.filePath(name);
        QDir().mkpath(folder);
        if (QProcess::execute(u"mount"_s, { u"-t"_s, u"tmpfs"_s, u"-o"_s, u"size=256k"_s, u"none"_s, folder }) != 0)
            qFatal("the test needs to mount a file system");
        m_mounts.append(folder);
        QFile filler(folder + u"/filler"_s);
        if (full && filler.open(QIODevice::WriteOnly))
            while (filler.write(QByteArray(4096, 'x')) > 0 && filler.flush()) { }
        return folder;
    }

    std::optional<LiveSite> m_site;
    Target m_target;
    QTemporaryDir m_folder;
    QStringList m_mounts;
};

QTEST_GUILESS_MAIN(TestFaultsLive)
#include "tst_faultslive.moc"
