// SPDX-License-Identifier: MIT
// Honest from end to end: `gaplessctl deploy` on the demo stack, while something happens behind its
// back.
#include "cutline.h"
#include "engine/model/targetjson.h"
#include "engine/witness/sitewitness.h"
#include "tests/support/demostack/demostack.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <atomic>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// gaplessctl with --json; tells each object as it comes.
class Ctl {
public:
    using Seen = std::function<void(const QJsonObject&)>;

    Ctl(const QTemporaryDir& data, const Target& target, const QStringList& words, Seen seen = {})
        : m_seen(std::move(seen))
    {
        const QString file = data.filePath(u"target.json"_s);
        QFile out(file);
        if (!out.open(QIODevice::WriteOnly) || out.write(targetToJson(target)) < 0)
            qFatal("cannot write the target");
        out.close();
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        QObject::connect(&m_process, &QProcess::readyReadStandardOutput, &m_process, [this] {
            while (m_process.canReadLine()) {
                const QJsonObject line = QJsonDocument::fromJson(m_process.readLine()).object();
                lines.append(line);
                if (m_seen)
                    m_seen(line);
            }
        });
        m_process.start(QStringLiteral(GAPLESSCTL),
            QStringList {
                words.first(), u"--target"_s, file, u"--data-dir"_s, data.path(), u"--json"_s}
                + words.mid(1));
    }
    ~Ctl()
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }
    /// Its exit status, or -1 where it does not end.
    int exit()
    {
        return QTest::qWaitFor([&] { return m_process.state() == QProcess::NotRunning; }, 240'000)
                && m_process.exitStatus() == QProcess::NormalExit
            ? m_process.exitCode()
            : -1;
    }
    QJsonObject last(const QString& type) const
    {
        for (auto line = lines.rbegin(); line != lines.rend(); ++line)
            if ((*line)[u"type"_s].toString() == type)
                return *line;
        return {};
    }

    QList<QJsonObject> lines;

private:
    Seen m_seen;
    QProcess m_process;
};

QStringList notesOf(const QJsonObject& verdict)
{
    QStringList ids;
    for (const QJsonValue note : verdict[u"notes"_s].toArray())
        ids << note[u"id"_s].toString();
    return ids;
}

QByteArray shown(const QJsonObject& object)
{
    return QJsonDocument(object).toJson();
}

bool isStep(const QJsonObject& line, const QString& step, const QString& slot)
{
    return line[u"type"_s].toString() == u"stepStarted" && line[u"step"_s].toString() == step
        && line[u"slot"_s].toString() == slot;
}

} // namespace

class TestVerdictLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_stack = std::make_unique<DemoStack>(QStringLiteral(GAPLESS_TEST_STACK));
    }
    void init()
    {
        m_stack->reset();
        m_target = m_stack->target();
        m_target.health.watchSeconds = 2;
        m_target.health.deadlineSeconds = 180; // of a machine that does other things as well
        m_data = std::make_unique<QTemporaryDir>();
    }
    void cleanupTestCase()
    {
        if (m_stack)
            m_stack->reset();
    }

    /// Nothing happens: the case that gives the others their meaning.
    void aGoodRunIsClean()
    {
        Ctl deploy(*m_data, m_target, deployWords());
        const int exit = deploy.exit();
        const QJsonObject finished = deploy.last(u"runFinished"_s);
        QVERIFY2(exit == 0, shown(finished).constData());
        const QJsonObject verdict = finished[u"verdict"_s].toObject();
        QVERIFY2(verdict[u"clean"_s].toBool(), shown(finished).constData());
        for (const QString& note : {u"slotUncovered"_s, u"slotsUnknown"_s, u"killedStop"_s,
                 u"unexplainedDrop"_s, u"noBackplane"_s, u"dataProtection"_s, u"ownNetwork"_s})
            QVERIFY2(!notesOf(verdict).contains(note), shown(verdict).constData());
        int stops = 0;
        for (const QJsonObject& line : deploy.lines)
            if (line[u"type"_s].toString() == u"containerStopped") {
                ++stops;
                QCOMPARE(line[u"by"_s].toString(), u"TERM"_s);
            }
        QCOMPARE(stops, 2);
        const QJsonObject began = deploy.last(u"witnessStarted"_s);
        QCOMPARE(began[u"url"_s].toString(), m_target.witness->url);
        QVERIFY(QFile::exists(m_data->filePath(u"samples/"_s + began[u"samples"_s].toString())));
        const QJsonObject host = deploy.last(u"hostSeen"_s);
        QVERIFY2(!host[u"docker"_s].toString().isEmpty(), shown(host).constData());
        QVERIFY2(host[u"nginx"_s].toString().startsWith(u"1."_s), shown(host).constData());
        QVERIFY2(host[u"uncertaintyMs"_s].toDouble() > 0, shown(host).constData());
        QVERIFY(deploy.last(u"imageSeen"_s)[u"id"_s].toString().startsWith(u"sha256:"_s));
        reportIsVerified(finished[u"run"_s].toString());
    }

    void aContainerIsKilledBehindItsBack_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("slot");
        QTest::addColumn<QString>("victim"); // empty: the new one of slot A
        QTest::addColumn<bool>("noticed"); // somebody was on it, or nobody else was there
        QTest::newRow("the other one, before anything changed")
            << u"create"_s << u"A"_s << u"chat_B"_s << true;
        QTest::newRow("the other one, while this one is out")
            << u"start"_s << u"A"_s << u"chat_B"_s << true;
        QTest::newRow("the new one, while it is watched")
            << u"watch"_s << u"A"_s << QString() << false;
        QTest::newRow("the first one, when the second is out")
            << u"start"_s << u"B"_s << QString() << true;
    }
    void aContainerIsKilledBehindItsBack()
    {
        QFETCH(QString, step);
        QFETCH(QString, slot);
        QFETCH(QString, victim);
        QFETCH(bool, noticed);
        bool killed = false;
        QString newInA;
        Ctl deploy(*m_data, m_target, deployWords(), [&](const QJsonObject& line) {
            const QString state = line[u"state"_s].toString();
            if (line[u"type"_s].toString() == u"slotChanged" && line[u"slot"_s].toString() == u"A"
                && state == u"starting")
                newInA = line[u"container"_s].toString();
            if (killed || !isStep(line, step, slot))
                return;
            killed = true;
            m_stack->docker(u"web"_s, {u"kill"_s, victim.isEmpty() ? newInA : victim});
        });
        const int exit = deploy.exit();
        const QJsonObject finished = deploy.last(u"runFinished"_s);
        const QString outcome = finished[u"outcome"_s].toString();
        QVERIFY(killed);
        QVERIFY2(exit
                == (outcome == u"succeeded"     ? 4
                        : outcome == u"partial" ? 3
                                                : 1),
            shown(finished).constData());
        const QString word = finished[u"verdict"_s][u"word"_s].toString();
        if (noticed)
            QVERIFY2(word == u"broken", shown(finished).constData());
        else // nginx may have spared everybody: then the rollout alone has failed
            QVERIFY2(outcome == u"restored", shown(finished).constData());
    }

    void itHaltsOnEvidence_data()
    {
        QTest::addColumn<QString>("reason");
        for (const char* reason : {"failed", "closed", "gap"})
            QTest::newRow(reason) << QString::fromLatin1(reason);
    }
    /// Both slots gone for a moment, because the other one is killed while this one is out.
    void itHaltsOnEvidence()
    {
        QFETCH(QString, reason);
        m_target.witness->abortOn = {reason};
        if (reason == u"closed")
            m_target.witness->hub->reconnectDelaysMs = {0};
        if (reason == u"gap")
            m_target.witness->maxGapMs = 200;
        m_target.witness->maxFailed = reason == u"failed" ? 0 : 1'000'000;
        bool killed = false;
        Ctl deploy(*m_data, m_target, deployWords(), [&](const QJsonObject& line) {
            if (killed || !isStep(line, u"start"_s, u"A"_s))
                return;
            killed = true;
            m_stack->docker(u"web"_s, {u"kill"_s, u"chat_B"_s});
        });
        const int exit = deploy.exit();
        const QJsonObject finished = deploy.last(u"runFinished"_s);
        QVERIFY(killed);
        QVERIFY2(exit == 1 || exit == 3, shown(finished).constData());
        QCOMPARE(finished[u"error"_s][u"kind"_s].toString(), u"witnessAborted"_s);
        QCOMPARE(finished[u"verdict"_s][u"word"_s].toString(), u"broken"_s);
        bool restored = false;
        for (const QJsonObject& line : deploy.lines)
            restored = restored || isStep(line, u"restore"_s, {});
        QVERIFY(restored);
        // What served before serves again: the one that nobody killed.
        QCOMPARE(finished[u"serving"_s][u"A"_s].toString(), m_stack->tag(u"v1"_s));
    }

    /// Site and gateway are out of this machine's reach for a while, both of them.
    void theOwnNetworkFails()
    {
        CutLine web(quint16(QUrl(m_target.witness->url).port()));
        CutLine ssh(quint16(m_target.host(m_target.gateway.host).port));
        m_target.witness->url = u"http://127.0.0.1:%1"_s.arg(web.port());
        m_target.witness->abortOn = {u"failed"_s, u"closed"_s, u"gap"_s};
        m_target.witness->hub->reconnectDelaysMs = QList<int>(600, 100);
        m_target.witness->maxGapMs = 60'000;
        for (HostSpec& host : m_target.hosts)
            if (host.name == m_target.gateway.host)
                host.port = ssh.port();
        const auto hosts = m_stack->hosts(m_target);
        std::atomic<int> worked = 0, failed = 0;
        WitnessOptions options;
        options.stallLimit = 120s; // a busy machine is not what is tested here
        options.requestTimeout = 60s;
        options.controlProbe = [&]() -> std::optional<bool> {
            Command look;
            look.script = "true";
            look.shown = u"true"_s;
            try {
                hosts->at(m_target.gateway.host).run(look, {});
                ++worked;
                return true;
            } catch (const Error&) {
                ++failed;
                return false;
            }
        };
        std::atomic<qint64> requestsFailed = 0;
        const auto witness = makeSiteWitness(m_target, options);
        witness->start(
            [&](const EventBody& body) {
                if (const auto* summary = std::get_if<ProbeSummary>(&body))
                    requestsFailed += summary->failed;
            },
            120s, {});
        web.cut();
        ssh.cut();
        QTRY_VERIFY_WITH_TIMEOUT(failed > 0 && requestsFailed > 0, 60'000);
        web.mend();
        ssh.mend();
        const int before = worked;
        QTRY_VERIFY_WITH_TIMEOUT(worked > before, 60'000);
        const Verdict verdict = witness->finish();
        QCOMPARE(witness->abortReason(), QString());
        QVERIFY2(verdict.word == Verdict::Word::Invalid, shown(toJson(verdict)).constData());
        QCOMPARE(verdict.why, u"ownNetwork"_s);
        QVERIFY(notesOf(toJson(verdict)).contains(u"ownNetwork"_s));
        QVERIFY(!verdict.clean);
    }

    void aStopBySigkillIsSaid()
    {
        m_target.container.stopTimeoutSeconds = 1;
        Ctl first(*m_data, m_target, deployWords(u"ignore-sigterm"_s));
        QVERIFY2(first.exit() == 0, shown(first.last(u"runFinished"_s)).constData());
        Ctl second(*m_data, m_target, deployWords());
        const int exit = second.exit();
        const QJsonObject finished = second.last(u"runFinished"_s);
        QVERIFY2(exit == 0, shown(finished).constData());
        QVERIFY2(notesOf(finished[u"verdict"_s].toObject()).contains(u"killedStop"_s),
            shown(finished).constData());
        QCOMPARE(second.last(u"containerStopped"_s)[u"by"_s].toString(), u"KILL"_s);
    }

    /// With one server the second slot gets nobody: there is no client on it, and that is said.
    void aSlotWithoutAClientIsNamed()
    {
        m_target.witness->hub->connections = 1;
        Ctl watch(*m_data, m_target, {u"witness"_s, u"--for"_s, u"3"_s});
        watch.exit();
        const QJsonObject verdict = watch.last(u"verdict"_s)[u"verdict"_s].toObject();
        QVERIFY2(notesOf(verdict).contains(u"slotUncovered"_s), shown(verdict).constData());
    }

    /// Slot B with a Redis of its own: no backplane between the slots, and other keys for cookies.
    void slotsThatShareNothing()
    {
        QProcess other;
        const QString socket = m_stack->folder() + u"/redis/other.sock"_s;
        QFile::remove(socket); // of a test that was ended
        other.setWorkingDirectory(m_data->path());
        other.setStandardOutputFile(QProcess::nullDevice());
        other.start(u"redis-server"_s,
            {u"--port"_s, u"0"_s, u"--unixsocket"_s, socket, u"--unixsocketperm"_s, u"777"_s,
                u"--save"_s, QString()});
        QVERIFY(other.waitForStarted());
        const auto ended = qScopeGuard([&] {
            other.terminate();
            other.waitForFinished();
        });
        QTRY_VERIFY(QFile::exists(socket));
        m_target.slots[1].env.insert(u"Redis"_s, u"!/run/redis/other.sock"_s);
        m_target.health.hub = false;
        Ctl deploy(*m_data, m_target, deployWords() + QStringList {u"--no-witness"_s});
        QVERIFY2(deploy.exit() == 0, shown(deploy.last(u"runFinished"_s)).constData());

        Ctl again(*m_data, m_target, deployWords(u"v3"_s));
        again.exit();
        const QJsonObject verdict = again.last(u"runFinished"_s)[u"verdict"_s].toObject();
        QVERIFY2(notesOf(verdict).contains(u"noBackplane"_s), shown(verdict).constData());
        QVERIFY2(notesOf(verdict).contains(u"dataProtection"_s), shown(verdict).constData());
        QVERIFY2(!verdict[u"clean"_s].toBool(), shown(verdict).constData());
    }

private:
    QStringList deployWords(const QString& image = u"v2"_s) const
    {
        return {u"deploy"_s, u"--image"_s, m_stack->tag(image), u"--yes"_s};
    }
    /// Whole, with a figure changed, and cut in two.
    void reportIsVerified(const QString& run)
    {
        const auto ctl = [&](const QStringList& words) {
            return QProcess::execute(QStringLiteral(GAPLESSCTL),
                words + QStringList {u"--data-dir"_s, m_data->path(), u"--lang"_s, u"zh_TW"_s});
        };
        for (const QString& format : {u"html"_s, u"pdf"_s, u"md"_s, u"json"_s}) {
            const QString file = m_data->filePath(u"report."_s + format);
            QCOMPARE(ctl({u"report"_s, run, u"--format"_s, format, u"-o"_s, file}), 0);
            QCOMPARE(ctl({u"verify"_s, file}), 0);
            QFile whole(file);
            QVERIFY(whole.open(QIODevice::ReadWrite));
            const QByteArray bytes = whole.readAll();
            if (format != u"pdf") { // its text is not compared
                QByteArray changed = bytes;
                changed.replace(m_stack->tag(u"v2"_s).toLatin1(), m_stack->tag(u"v3"_s).toLatin1());
                QVERIFY(changed != bytes);
                put(whole, changed);
                QCOMPARE(ctl({u"verify"_s, file}), 1);
            }
            put(whole, bytes.first(bytes.size() / 2));
            QVERIFY(ctl({u"verify"_s, file}) != 0);
        }
    }
    static void put(QFile& file, const QByteArray& bytes)
    {
        QVERIFY(file.resize(0) && file.seek(0));
        QCOMPARE(file.write(bytes), bytes.size());
        QVERIFY(file.flush());
    }

    std::unique_ptr<DemoStack> m_stack;
    std::unique_ptr<QTemporaryDir> m_data;
    Target m_target;
};

QTEST_GUILESS_MAIN(TestVerdictLive)
#include "tst_verdictlive.moc"
