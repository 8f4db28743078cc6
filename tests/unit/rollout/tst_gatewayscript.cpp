// SPDX-License-Identifier: MIT
// The script that edits a gateway's file, against a real nginx in a folder of its own.
#include "engine/remote/quoting.h"
#include "engine/rollout/gatewayscript.h"
#include "tests/support/fakehost/localhost.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

const QByteArray before = "# before\n", after = "# after\n", broken = "no_such_directive on;\n";

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

} // namespace

class TestGatewayScript : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        QDir(m_folder->path()).mkpath(u"sites"_s);
        write(site(), before);
        QByteArray text = R"(
worker_processes 1; pid DIR/pid; error_log DIR/error.log; daemon on; USER
events {} http { access_log off;
client_body_temp_path DIR/1; proxy_temp_path DIR/2; fastcgi_temp_path DIR/3; uwsgi_temp_path DIR/4; scgi_temp_path DIR/5;
include DIR/sites/*; server { listen unix:DIR/socket; } }
)";
        text.replace("USER", ::geteuid() == 0 ? "user root;" : "").replace("DIR", m_folder->path().toUtf8());
        write(m_folder->filePath(u"nginx.conf"_s), text);
    }
    void cleanup() { endNginx(); }

    void changesTheFileAndTellsWhoServes()
    {
        startNginx();
        const qint64 worker = workers().value(0);
        const CommandResult ran = run(edit(after));
        QVERIFY2(ran.ok(), ran.err.constData());
        QCOMPARE(read(site()), after);
        const auto proof = readGatewayEditProof(ran.out);
        QVERIFY(proof);
        QCOMPARE(proof->oldWorkers, QList<qint64> {worker});
        QCOMPARE(proof->newWorkers, 1);
        QCOMPARE(read(backup()), before);
        QCOMPARE(QDir(m_folder->filePath(u"sites"_s)).entryList(QDir::Files | QDir::Hidden), QStringList {u"site"_s});
    }

    /// Whatever the reload is like: it need not be nginx's own, and then nobody but the test reads the file first.
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("neighbour");
        QTest::addColumn<QByteArray>("made");
        QTest::addColumn<QByteArray>("reload");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("said");
        const QByteArray own = "own", none = "true", fails = "false";
        using Status = GatewayEditStatus;
        QTest::newRow("broken before") << broken << after << own << int(Status::TestFailedBefore) << QByteArray("no_such_directive");
        QTest::newRow("broken by the edit") << before << broken << own << int(Status::Rejected) << QByteArray("no_such_directive");
        QTest::newRow("the same, another reload") << before << broken << none << int(Status::Rejected) << QByteArray("no_such_directive");
        QTest::newRow("the reload fails") << before << after << fails << int(Status::ReloadFailed) << QByteArray();
        QTest::newRow("the reload does nothing") << before << after << none << int(Status::NotTaken) << QByteArray();
    }
    void refuses()
    {
        QFETCH(QByteArray, neighbour);
        QFETCH(QByteArray, made);
        startNginx();
        write(m_folder->filePath(u"sites/neighbour"_s), neighbour);
        GatewayEdit wanted = edit(made);
        QFETCH(QByteArray, reload);
        wanted.reloadCommand = reload == "own" ? nginx({u"-s"_s, u"reload"_s}) : QStringList {QString::fromLatin1(reload)};
        wanted.reloadSeconds = 1;
        const CommandResult ran = run(wanted);
        QTEST(ran.exit.value_or(-1), "status");
        QFETCH(QByteArray, said);
        QVERIFY2(ran.err.contains(said), ran.err.constData());
        QCOMPARE(read(site()), before);
    }

    /// Where nobody may try it out beforehand, the file is put back.
    void refusesWhereTheCandidateCannotBeTried()
    {
        m_host.stub(u"unshare"_s, "exit 1\n");
        const auto back = qScopeGuard([this] { QFile::remove(m_host.stubFolder() + u"/unshare"_s); });
        startNginx();
        const CommandResult ran = run(edit(broken));
        QCOMPARE(ran.exit, int(GatewayEditStatus::Rejected));
        QVERIFY2(ran.err.contains("no_such_directive"), ran.err.constData());
        QCOMPARE(read(site()), before);
        QVERIFY(run(edit(after)).ok());
        QCOMPARE(read(site()), after);
    }

    void refusesAnotherHandsFile()
    {
        startNginx();
        const GatewayEdit ours = edit(after);
        write(site(), "# theirs\n");
        QCOMPARE(run(ours).exit, int(GatewayEditStatus::ChangedMeanwhile));
        QCOMPARE(read(site()), QByteArray("# theirs\n"));
    }

    void keepsAHundredBackups()
    {
        startNginx();
        for (int i = 0; i < 120; ++i)
            write(m_folder->filePath(u"backups/old-%1.conf"_s.arg(i)), before);
        QVERIFY(run(edit(after)).ok());
        QCOMPARE(QDir(m_folder->filePath(u"backups"_s)).entryList(QDir::Files).size(), 100);
        QCOMPARE(read(backup()), before); // the newest of them
    }

private:
    QString site() const { return m_folder->filePath(u"sites/site"_s); }
    QString backup() const { return m_folder->filePath(u"backups/run-1.conf"_s); }
    QStringList nginx(const QStringList& more) const
    {
        return QStringList {u"nginx"_s, u"-p"_s, m_folder->path(), u"-c"_s, m_folder->filePath(u"nginx.conf"_s)} + more;
    }
    CommandResult shell(const QByteArray& script)
    {
        Command command;
        command.script = script;
        return m_host.run(command, {});
    }
    void startNginx()
    {
        QDir(m_folder->path()).mkpath(u"backups"_s);
        shell(quoteWords(nginx({})) + '\n').orThrow();
        QTRY_COMPARE(workers().size(), 1);
    }
    void endNginx()
    {
        if (QFile::exists(m_folder->filePath(u"pid"_s))) {
            write(site(), before);
            QFile::remove(m_folder->filePath(u"sites/neighbour"_s));
            shell(quoteWords(nginx({u"-s"_s, u"stop"_s})) + '\n');
            QTRY_VERIFY(!QFile::exists(m_folder->filePath(u"pid"_s)));
        }
    }
    QList<qint64> workers() const
    {
        const QByteArray master = read(m_folder->filePath(u"pid"_s)).trimmed();
        const QByteArray children
            = read(u"/proc/%1/task/%1/children"_s.arg(QString::fromLatin1(master))).simplified();
        QList<qint64> pids;
        for (const QByteArray& pid : children.split(' '))
            if (!pid.isEmpty())
                pids += pid.toLongLong();
        return pids;
    }
    GatewayEdit edit(const QByteArray& bytes) const
    {
        GatewayEdit made;
        made.realPath = site();
        made.sha256 = QString::fromLatin1(
            QCryptographicHash::hash(read(site()), QCryptographicHash::Sha256).toHex());
        made.bytes = bytes;
        made.backup = backup();
        made.lock = m_folder->filePath(u"locks/gateway.lock"_s);
        made.testCommand = nginx({u"-t"_s});
        made.reloadCommand = nginx({u"-s"_s, u"reload"_s});
        return made;
    }
    CommandResult run(const GatewayEdit& wanted) { return shell(gatewayEditScript(wanted)); }

    LocalHost m_host {u"gateway"_s};
    std::optional<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestGatewayScript)
#include "tst_gatewayscript.moc"
