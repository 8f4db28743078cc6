// SPDX-License-Identifier: MIT
// Releases from their sources on the real stack: sshd, dockerd and containerd.
#include "engine/journal/journal.h"
#include "engine/model/eventjson.h"
#include "engine/remote/secrets.h"
#include "engine/rollout/rollout.h"
#include "engine/source/gitrepository.h"
#include "engine/source/imagetar.h"
#include "engine/source/layers.h"
#include "engine/source/localprocess.h"
#include "tests/support/demostack/demostack.h"

#include <QDir>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

class Holds final : public Decider {
public:
    DecisionMade decide(const DecisionAsked& question, std::stop_token) override
    {
        return {question.question, u"hold"_s, u"test"_s, {}};
    }
};

QByteArray ran(const QStringList& words, const QString& folder = {})
{
    const LocalResult result = runLocally({.words = words, .folder = folder}, {});
    if (!result.ok())
        qFatal("%s: %s", qPrintable(words.join(u' ')), result.err.constData());
    return result.out.trimmed();
}

QByteArray noise(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    QRandomGenerator(1).fillRange(
        reinterpret_cast<quint32*>(bytes.data()), bytes.size() / qsizetype(sizeof(quint32)));
    return bytes;
}

} // namespace

class TestSourceLive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_stack.emplace(QStringLiteral(GAPLESS_TEST_STACK)); }
    void init()
    {
        m_stack->reset();
        removeOurs();
        m_repository.emplace();
        git({u"init"_s, u"-q"_s, u"-b"_s, u"main"_s});
        m_first = commit({{u"release.json"_s, release("one")}, {u"Dockerfile"_s, dockerfile()}});
        m_second = commit({{u"release.json"_s, release("two")}});
    }
    void cleanupTestCase()
    {
        if (!m_stack)
            return;
        m_stack->reset();
        removeOurs();
    }

    void fromACommitToTwoSlotsAndBackToTheOneBefore()
    {
        const Target target = m_stack->target();
        const RunFinished first = deploy(target, git(m_first));
        QCOMPARE(first.outcome, u"succeeded"_s);
        // Nothing named: the head of the default branch, and a checkout that is not clean is said so.
        write(u"release.json"_s, "not committed");
        const RunFinished second = deploy(target, git(QString()));
        QCOMPARE(second.outcome, u"succeeded"_s);
        QCOMPARE(second.serving.values(), QStringList(2, u"hash_"_s + m_second));
        QVERIFY(warnedOf(u"defaultBranch"_s) && warnedOf(u"dirty"_s));
        const QString label = m_stack->docker(u"web"_s,
            {u"image"_s, u"inspect"_s, u"--format"_s,
                u"{{index .Config.Labels \"gapless.commit\"}}"_s, u"chat:hash_"_s + m_second});
        QCOMPARE(label.trimmed(), m_second);

        const RunFinished back = deploy(target, {}, u"rollback"_s);
        QCOMPARE(back.outcome, u"succeeded"_s);
        QCOMPARE(back.serving.values(), QStringList(2, u"hash_"_s + m_first));
    }

    void aReleaseThatIsBuiltAlreadyIsNotBuiltAgain()
    {
        const Target target = m_stack->target();
        QCOMPARE(deploy(target, git(m_second)).outcome, u"succeeded"_s);
        const QString images = imagesOn(u"web"_s);
        QCOMPARE(deploy(target, git(m_second)).outcome, u"succeeded"_s);
        QVERIFY(warnedOf(u"alreadyThere"_s));
        QCOMPARE(imagesOn(u"web"_s), images);
    }

    void whatCannotBeBuiltChangesNothing_data()
    {
        QTest::addColumn<QString>("dockerfile");
        QTest::addColumn<QString>("revision");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("kind");
        QTest::newRow("no Dockerfile") << u"-"_s << u"main"_s << QString() << u"dockerfileMissing"_s;
        QTest::newRow("failing build")
            << u"FROM %1\nCOPY release.json /app/\nRUN [\"/nowhere\"]\n"_s << u"main"_s << QString()
            << u"buildFailed"_s;
        QTest::newRow("no Dockerfile's language")
            << u"FROM %1\nNONSENSE\n"_s << u"main"_s << QString() << u"buildFailed"_s;
        QTest::newRow("unknown revision")
            << u"FROM %1\n"_s << u"nope"_s << QString() << u"revisionUnknown"_s;
        QTest::newRow("failing command")
            << u"FROM %1\n"_s << u"main"_s << u"echo on its way; exit 3"_s << u"buildCommandFailed"_s;
    }
    void whatCannotBeBuiltChangesNothing()
    {
        QFETCH(QString, dockerfile);
        QFETCH(QString, revision);
        QFETCH(QString, command);
        QFETCH(QString, kind);
        if (dockerfile == u"-")
            git({u"rm"_s, u"-q"_s, u"Dockerfile"_s});
        commit({{dockerfile == u"-" ? u"x"_s : u"Dockerfile"_s,
            dockerfile.replace(u"%1"_s, m_stack->image(u"v1"_s)).toUtf8()}});
        Target target = m_stack->target();
        target.build.command = command;
        const QString before = everythingOn(u"web"_s);
        const RunFinished finished = deploy(target, git(revision));
        QCOMPARE(finished.error[u"kind"_s].toString(), kind);
        QCOMPARE(finished.outcome, u"refused"_s);
        QCOMPARE(exitCodeOf(finished), 5);
        QCOMPARE(everythingOn(u"web"_s), before);
        if (!command.isEmpty())
            QVERIFY(said(u"on its way"_s));
    }

    void aTagWithAnotherContentIsRefused()
    {
        m_stack->docker(
            u"web"_s, {u"tag"_s, m_stack->image(u"v2"_s), u"chat:hash_"_s + m_second});
        const QString before = everythingOn(u"web"_s);
        const RunFinished finished = deploy(m_stack->target(), git(m_second));
        QCOMPARE(finished.error[u"kind"_s].toString(), u"tagTaken"_s);
        QCOMPARE(everythingOn(u"web"_s), before);
    }

    void aCancelledBuildLeavesNothing()
    {
        write(u"big"_s, noise(64 << 20));
        commit({{u"Dockerfile"_s, dockerfile() + "COPY big /app/\n"}}, {u"big"_s});
        const QString before = everythingOn(u"web"_s);
        const RunFinished finished
            = deploy(m_stack->target(), git(QString()), u"deploy"_s, [](const Event& event) {
                  const auto* waiting = std::get_if<WaitingFor>(&event.body);
                  return waiting && waiting->what == u"context";
              });
        QCOMPARE(finished.outcome, u"cancelled"_s);
        QTRY_COMPARE_WITH_TIMEOUT(everythingOn(u"web"_s), before, 30'000);
    }

    void builtOnceAndSentWithoutWhatIsThere()
    {
        const Target target = m_stack->target(u"target-two-hosts"_s);
        const RunFinished finished = deploy(target, git(m_first));
        QVERIFY2(finished.outcome == u"succeeded",
            QJsonDocument(finished.error).toJson().constData());
        const QString reference = u"chat:hash_"_s + m_first;
        QCOMPARE(idOn(u"second"_s, reference), idOn(u"web"_s, reference));
        // All but the last layer were there with v1.
        const qint64 sent = lastOf(u"transfer"_s)[u"totalBytes"_s].toInteger();
        QVERIFY2(sent > 0 && sent < 100'000, qPrintable(QString::number(sent)));
        QVERIFY(!imagesOn(u"second"_s).contains(u"gapless-transfer"_s));
    }

    void anArchiveGoesToBothHostsAtOnce()
    {
        const QString file = m_repository->filePath(u"v2.tar"_s);
        m_stack->docker(u"web"_s, {u"save"_s, u"-o"_s, file, m_stack->image(u"v2"_s)});
        m_stack->docker(u"second"_s, {u"tag"_s, m_stack->image(u"v1"_s), u"gapless-kept:1"_s});
        const SourceSpec source {
            .kind = SourceSpec::Kind::Archive, .location = file, .tag = u"hash_archive"_s};
        const RunFinished finished = deploy(m_stack->target(u"target-two-hosts"_s), source);
        QVERIFY2(finished.outcome == u"succeeded",
            QJsonDocument(finished.error).toJson().constData());
        QCOMPARE(idOn(u"second"_s, u"chat:hash_archive"_s), idOn(u"web"_s, m_stack->image(u"v2"_s)));
    }

    void aTransferGoesOnAfterALostConnection()
    {
        const QString file = bigArchive();
        const SourceSpec source {
            .kind = SourceSpec::Kind::Archive, .location = file, .tag = u"hash_big"_s};
        bool cut = false;
        const RunFinished finished = deploy(m_stack->target(), source, u"deploy"_s,
            [&](const Event& event) {
                const auto* waiting = std::get_if<WaitingFor>(&event.body);
                const auto sent = waiting ? waiting->numbers[u"sentBytes"_s].toInteger() : 0;
                if (!cut && waiting && waiting->what == u"transfer" && sent > (24 << 20))
                    cut = cutConnections();
                return false;
            });
        QVERIFY2(finished.outcome == u"succeeded",
            QJsonDocument(finished.error).toJson().constData());
        QVERIFY(cut);
        QVERIFY(warnedOf(u"resumed"_s));
    }

    void containerdTakesTheSameTarWithoutTheBlobsItHas()
    {
        const QString address = m_stack->folder() + u"/web/containerd.sock"_s;
        const auto ctr = [&](const QStringList& words) {
            return ran(QStringList {u"ctr"_s, u"-a"_s, address, u"-n"_s, u"gapless-test"_s} + words);
        };
        const QString whole = m_repository->filePath(u"whole.tar"_s);
        const QString part = m_repository->filePath(u"part.tar"_s);
        const auto saved = [&](const QString& image) {
            const QString file = m_repository->filePath(u"saved.tar"_s);
            m_stack->docker(u"web"_s, {u"save"_s, u"-o"_s, file, m_stack->image(image)});
            return ImageArchive(file, {}, {});
        };
        {
            const ImageArchive archive = saved(u"v1"_s);
            writeAll(ImageTar(archive, {}, u"gapless-transfer:one"_s), whole);
        }
        ctr({u"images"_s, u"import"_s, whole});
        StoredLayers stored {.containerd = true};
        for (const QByteArray& digest : ctr({u"content"_s, u"ls"_s, u"-q"_s}).split('\n'))
            stored.blobs.insert(QString::fromLatin1(digest));
        const ImageArchive archive = saved(u"v2"_s);
        const QSet<QString> there = layersThere(archive.layers(), stored);
        QVERIFY(there.size() >= archive.layers().size() - 2);
        writeAll(ImageTar(archive, there, u"gapless-transfer:two"_s), part);
        QVERIFY(QFileInfo(part).size() < QFileInfo(whole).size() / 20);
        ctr({u"images"_s, u"import"_s, part});
        QVERIFY(ctr({u"images"_s, u"ls"_s, u"-q"_s}).contains("gapless-transfer:two"));
        ctr({u"images"_s, u"rm"_s, u"docker.io/library/gapless-transfer:one"_s,
            u"docker.io/library/gapless-transfer:two"_s});
    }

private:
    static void writeAll(ImageTar&& tar, const QString& path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray buffer(1 << 20, Qt::Uninitialized);
        while (const qsizetype count = tar.read(buffer.data(), buffer.size()))
            file.write(buffer.constData(), count);
    }
    QByteArray dockerfile() const
    {
        return "FROM " + m_stack->image(u"v1"_s).toUtf8() + "\nCOPY release.json /app/\n";
    }
    static QByteArray release(const QByteArray& version)
    {
        return "{\"version\":\"" + version + "\",\"behaviour\":\"normal\"}";
    }
    void write(const QString& name, const QByteArray& content) const
    {
        QFile file(m_repository->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray git(const QStringList& words) const
    {
        return ran(QStringList {u"git"_s, u"-c"_s, u"user.name=Ann"_s, u"-c"_s,
                       u"user.email=ann@example.org"_s}
                + words,
            m_repository->path());
    }
    SourceSpec git(const QString& revision) const
    {
        return {.kind = SourceSpec::Kind::Git,
            .location = m_repository->path(),
            .revision = revision};
    }
    QString commit(const QMap<QString, QByteArray>& files, const QStringList& others = {}) const
    {
        for (auto file = files.begin(); file != files.end(); ++file)
            write(file.key(), file.value());
        git(QStringList {u"add"_s} + files.keys() + others);
        git({u"commit"_s, u"-q"_s, u"-m"_s, u"Change"_s});
        return QString::fromLatin1(git({u"rev-parse"_s, u"HEAD"_s}));
    }
    /// A real image with 96 MB that nothing has yet, saved and removed again.
    QString bigArchive() const
    {
        const QString file = m_repository->filePath(u"big.tar"_s);
        write(u"big"_s, noise(96 << 20));
        write(u"Dockerfile"_s, dockerfile() + "COPY big /app/\n");
        ran({u"sh"_s, u"-c"_s,
            u"tar -c Dockerfile release.json big | DOCKER_BUILDKIT=0 %1 build -q -t chat:big -"_s.arg(
                m_stack->target().host(u"web"_s).docker)},
            m_repository->path());
        m_stack->docker(u"web"_s, {u"save"_s, u"-o"_s, file, u"chat:big"_s});
        m_stack->docker(u"web"_s, {u"rmi"_s, u"chat:big"_s});
        return file;
    }
    /// Ends the sessions of the stack's sshd, not sshd itself.
    bool cutConnections() const
    {
        QFile pidFile(m_stack->folder() + u"/run/web-sshd.pid"_s);
        if (!pidFile.open(QIODevice::ReadOnly))
            return false;
        const QByteArray pid = pidFile.readAll().split(' ').first().trimmed();
        QFile children(u"/proc/%1/task/%1/children"_s.arg(QString::fromLatin1(pid)));
        if (!children.open(QIODevice::ReadOnly))
            return false;
        for (const QByteArray& child : children.readAll().split(' '))
            if (child.toInt() > 1)
                ::kill(child.toInt(), SIGKILL);
        return true;
    }

    /// `cancelAt` sees each event; true cancels.
    RunFinished deploy(const Target& target, const SourceSpec& source,
        const QString& kind = u"deploy"_s,
        const std::function<bool(const Event&)>& cancelAt = {})
    {
        const auto hosts = m_stack->hosts(target);
        Journal journal(m_folder.path(), m_clock);
        Holds decider;
        std::stop_source stop;
        m_events.clear();
        journal.addSink([&](const Event& event) {
            m_events.append(event);
            qInfo().noquote() << QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact);
            if (cancelAt && cancelAt(event))
                stop.request_stop();
        });
        Target patient = target;
        patient.health.deadlineSeconds = 300; // a busy machine boots the site slowly
        const RolloutRequest request {
            .target = patient, .kind = kind, .source = source, .by = u"test"_s};
        return runRollout(request, {*hosts, journal, m_clock, decider}, stop.get_token()).finished;
    }
    bool warnedOf(const QString& what) const
    {
        return std::any_of(m_events.begin(), m_events.end(), [&](const Event& event) {
            const auto* warned = std::get_if<Warned>(&event.body);
            return warned && warned->check == u"source" && warned->facts[u"what"_s] == what;
        });
    }
    bool said(const QString& line) const
    {
        return std::any_of(m_events.begin(), m_events.end(), [&](const Event& event) {
            const auto* output = std::get_if<OutputLine>(&event.body);
            return output && output->text == line;
        });
    }
    QJsonObject lastOf(const QString& what) const
    {
        QJsonObject numbers;
        for (const Event& event : m_events)
            if (const auto* waiting = std::get_if<WaitingFor>(&event.body);
                waiting && waiting->what == what)
                numbers = waiting->numbers;
        return numbers;
    }
    QString imagesOn(const QString& machine) const
    {
        // docker's own order is by the second of their creation, and changes among equals.
        QStringList lines = m_stack
                                ->docker(machine,
                                    {u"image"_s, u"ls"_s, u"-a"_s, u"--format"_s,
                                        u"{{.Repository}}:{{.Tag}} {{.ID}}"_s})
                                .split(u'\n');
        lines.sort();
        return lines.join(u'\n');
    }
    QString everythingOn(const QString& machine) const
    {
        return imagesOn(machine)
            + m_stack->docker(
                machine, {u"ps"_s, u"-a"_s, u"--no-trunc"_s, u"--format"_s, u"{{.ID}}"_s});
    }
    QString idOn(const QString& machine, const QString& reference) const
    {
        return m_stack->docker(
            machine, {u"image"_s, u"inspect"_s, u"--format"_s, u"{{.Id}}"_s, reference});
    }
    /// Whatever an earlier test has put there.
    void removeOurs() const
    {
        QStringList known;
        for (const char* name : {"v1", "v2", "v3", "slow-v1", "slow-v2", "exit-at-once-v1",
                 "exit-at-once-v2", "crash", "unhealthy", "hang", "dies", "ignore-sigterm",
                 "flaky"})
            known.append(m_stack->image(QString::fromLatin1(name)));
        for (const QString& machine : {u"web"_s, u"second"_s}) {
            const QStringList tags = m_stack
                                         ->docker(machine,
                                             {u"image"_s, u"ls"_s, u"--format"_s,
                                                 u"{{.Repository}}:{{.Tag}}"_s})
                                         .split(u'\n', Qt::SkipEmptyParts);
            for (const QString& tag : tags)
                if ((tag.startsWith(u"chat:") || tag.startsWith(u"gapless-"))
                    && !tag.startsWith(u"gapless-demo-base") && !known.contains(tag))
                    m_stack->docker(machine, {u"rmi"_s, tag});
        }
    }

    std::optional<DemoStack> m_stack;
    std::optional<QTemporaryDir> m_repository;
    QString m_first, m_second;
    QTemporaryDir m_folder;
    SystemClock m_clock;
    QList<Event> m_events;
};

QTEST_GUILESS_MAIN(TestSourceLive)
#include "tst_sourcelive.moc"
