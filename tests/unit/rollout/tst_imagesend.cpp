// SPDX-License-Identifier: MIT
// What is asked of a host while an image goes there, and what is done when it answers otherwise.
#include "engine/rollout/imagesend.h"
#include "engine/source/tarwriter.h"
#include "tests/support/fakehost/fakehost.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

const QByteArray lower(60'000, 'a'), upper(2000, 'b');

QString sha(const QByteArray& bytes)
{
    return u"sha256:"_s
        + QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

/// What `docker save` writes of an image of two layers.
QString savedIn(const QTemporaryDir& folder)
{
    const QByteArray config
        = "{\"rootfs\":{\"diff_ids\":[\"" + sha(lower).toUtf8() + "\",\"" + sha(upper).toUtf8()
        + "\"]}}";
    const QList<std::pair<QByteArray, QByteArray>> files {{"l", lower}, {"u", upper},
        {"c", config},
        {"manifest.json", R"([{"Config":"c","RepoTags":["chat:x"],"Layers":["l","u"]}])"}};
    QFile file(folder.filePath(u"x.tar"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("not writable");
    TarWriter writer;
    QByteArray buffer(1 << 17, Qt::Uninitialized);
    const auto flush = [&] {
        while (!writer.isEmpty())
            file.write(buffer.constData(), writer.take(buffer.data(), buffer.size()));
    };
    for (const auto& [name, content] : files) {
        writer.begin({.path = name, .size = content.size()});
        writer.write(content.constData(), content.size());
        flush();
    }
    writer.close();
    flush();
    return file.fileName();
}

/// A clock whose waits are over at once.
class Hurried final : public Clock {
public:
    QDateTime now() const override { return {}; }
    Steady steady() const override { return {}; }
    bool wait(std::chrono::milliseconds, std::stop_token stop) override
    {
        return !stop.stop_requested();
    }
};

CommandResult answered(int exit, const QByteArray& out = {}, const QByteArray& err = {})
{
    CommandResult result;
    result.exit = exit;
    result.out = out;
    result.err = err;
    return result;
}

} // namespace

class TestImageSend : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_target = {};
        m_target.hosts = {{.name = u"web"_s}};
        m_target.image.repository = u"chat"_s;
        m_host = std::make_unique<FakeHost>(u"web"_s);
        m_loads.clear();
        m_named = m_forgotten = 0;
        m_chain = QByteArray();
        m_arrived = 0;
        m_said.clear();
        onLoad = [](const RanCommand&) { return answered(0); };
        m_host->on(QString(), [this](const RanCommand& command, std::stop_token) {
            return answer(command);
        });
    }

    void sendsOnlyTheLayersAboveWhatIsThere()
    {
        m_chain = chainOf({lower});
        QCOMPARE(send(), u"sha256:new"_s);
        QCOMPARE(m_loads.size(), 1);
        QVERIFY(!m_loads[0].contains(lower) && m_loads[0].contains(upper));
        QCOMPARE(m_named, 1);
    }

    void sendsAllWhereTheBaseIsAnotherOne()
    {
        m_chain = chainOf({upper, lower});
        send();
        QVERIFY(m_loads[0].contains(lower) && m_loads[0].contains(upper));
    }

    void sendsTheWholeImageWhereTheRestWasNotEnough()
    {
        m_chain = chainOf({lower});
        onLoad = [this](const RanCommand&) {
            return m_loads.size() == 1 ? answered(1, {}, "open layer: no such file\n")
                                       : answered(0);
        };
        send();
        QCOMPARE(m_loads.size(), 2);
        QVERIFY(m_loads[1].contains(lower) && m_loads[1].contains(upper));
        QVERIFY(m_said.contains(u"wholeImage"_s));
    }

    void aTagThatWasTakenMeanwhileIsLeftAlone()
    {
        m_nameStatus = ImageCommands::takenStatus;
        expect(ErrorKind::TagTaken);
        QCOMPARE(m_forgotten, 1);
        m_nameStatus = 0;
    }

    void aFullDiskIsSaid()
    {
        onLoad = [](const RanCommand&) {
            return answered(1, {}, "write /var/lib/docker/tmp/x: no space left on device\n");
        };
        expect(ErrorKind::DiskFull);
        QCOMPARE(m_named, 0);
        QCOMPARE(m_forgotten, 1);
    }

    void goesOnFromWhatHasArrived()
    {
        onLoad = [this](const RanCommand&) -> CommandResult {
            if (m_loads.size() > 1)
                return answered(0);
            m_arrived = 10'000;
            throw Error(ErrorKind::ConnectionLost);
        };
        send();
        QCOMPARE(m_loads.size(), 2);
        QCOMPARE(m_loads[1], m_loads[0].mid(10'000));
        QVERIFY(m_said.contains(u"resumed"_s));
    }

    void givesUpWhereNothingArrivesAnyMore()
    {
        onLoad = [](const RanCommand&) -> CommandResult {
            throw Error(ErrorKind::ConnectionLost);
        };
        m_verifyStatus = 1;
        expect(ErrorKind::ConnectionLost);
        QCOMPARE(m_loads.size(), 4);
        m_verifyStatus = 0;
    }

    void readsBuilds()
    {
        BuildOutput output;
        for (const char* line :
            {"Sending build context to Docker daemon  2.048kB", "Step 1/3 : FROM base",
                " ---> 111111111111", "Step 2/3 : COPY a /", " ---> Using cache",
                " ---> 222222222222", "Step 3/3 : RUN x", " ---> Running in 333333333333",
                " ---> 444444444444"})
            output.take(line);
        QCOMPARE(output.step, 3);
        QCOMPARE(output.of, 3);
        QCOMPARE(output.instruction, u"RUN x"_s);
        QCOMPARE(output.made, QStringList {u"444444444444"_s});
        BuildOutput buildKit;
        buildKit.take("#7 [build 2/5] RUN dotnet publish");
        QCOMPARE(buildKit.step, 2);
        QCOMPARE(buildKit.of, 5);
        QCOMPARE(idOfBuild("gapless-image: no\nx\ngapless-image: sha256:1\n"), u"sha256:1"_s);
        QCOMPARE(idOfBuild("x\n"), QString());
    }

private:
    static QByteArray chainOf(const QList<QByteArray>& layers)
    {
        QJsonArray ids;
        for (const QByteArray& layer : layers)
            ids.append(sha(layer));
        return QJsonDocument(ids).toJson(QJsonDocument::Compact);
    }
    CommandResult answer(const RanCommand& command)
    {
        if (command.script.contains("gapless-section"))
            return answered(0,
                "{\"ID\":\"x\",\"ServerVersion\":\"20.10\",\"Driver\":\"overlay2\"}\n"
                "gapless-section\n"
                    + m_chain + "\ngapless-section\ngapless-section\n"
                    + QByteArray::number(m_arrived) + '\n');
        if (command.script.contains("docker load")) {
            m_loads.append(command.input);
            return onLoad(command);
        }
        if (command.script.contains("gapless-verify"))
            return answered(m_verifyStatus,
                "{\"Id\":\"sha256:new\",\"RootFS\":{\"Layers\":" + chainOf({lower, upper}) + "}}\n");
        if (command.script.contains("docker tag")) {
            ++m_named;
            return answered(m_nameStatus, "sha256:other\n");
        }
        ++m_forgotten;
        return answered(0);
    }
    QString send()
    {
        const ImageArchive archive(savedIn(m_folder), {}, {});
        const ImageCommands commands(m_target);
        Hurried clock;
        ImageSend sender(commands, *m_host, clock, [this](const EventBody& body) {
            if (const auto* warned = std::get_if<Warned>(&body))
                m_said.append(warned->facts[u"what"_s].toString());
        });
        return sender.send(archive, u"chat:hash_1"_s, {});
    }
    void expect(ErrorKind kind)
    {
        try {
            send();
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind, kind);
        }
    }

    QTemporaryDir m_folder;
    Target m_target;
    std::unique_ptr<FakeHost> m_host;
    QList<QByteArray> m_loads;
    QByteArray m_chain;
    qint64 m_arrived = 0;
    int m_named = 0, m_forgotten = 0, m_nameStatus = 0, m_verifyStatus = 0;
    QStringList m_said;
    std::function<CommandResult(const RanCommand&)> onLoad;
};

QTEST_GUILESS_MAIN(TestImageSend)
#include "tst_imagesend.moc"
