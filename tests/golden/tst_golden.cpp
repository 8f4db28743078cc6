// SPDX-License-Identifier: MIT
#include "engine/journal/journal.h"
#include "engine/model/eventjson.h"
#include "tests/support/manualclock.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

namespace {

QDir streams()
{
    return QDir(QStringLiteral(GAPLESS_SOURCE_DIR "/tests/golden/streams"));
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
}

QByteArray lineOf(const Event& event)
{
    return QJsonDocument(toJson(event)).toJson(QJsonDocument::Compact) + '\n';
}

struct Stream {
    QByteArrayList lines;
    QList<Event> events; ///< of the lines whose kind is known
    QByteArray canonical; ///< as this version writes it
};

Stream streamOf(const QString& path)
{
    Stream stream;
    for (const QByteArray& line : read(path).split('\n')) {
        if (line.isEmpty())
            continue;
        stream.lines.append(line);
        const std::optional<Event> event = eventFromJson(QJsonDocument::fromJson(line).object());
        stream.canonical += event ? lineOf(*event) : line + '\n';
        if (event)
            stream.events.append(*event);
    }
    return stream;
}

bool updating()
{
    return qEnvironmentVariableIsSet("GAPLESS_UPDATE");
}

} // namespace

/// Recorded runs, and what the fold makes of them. A new scenario is a new pair of files in
/// `streams`: NAME.jsonl, as `gaplessctl deploy --json` prints it, and NAME.state.json, which
/// `GAPLESS_UPDATE=1 tst_golden` writes. Names that begin with `newer-` hold what a version to come
/// may write.
class TestGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isWrittenAsItWasRead_data() { rows(); }
    void isWrittenAsItWasRead();
    void foldsToItsState_data() { rows(); }
    void foldsToItsState();
    void livesAsItReplays_data() { rows(); }
    void livesAsItReplays();
    void canBeCutOffAnywhere_data() { rows(); }
    void canBeCutOffAnywhere();

private:
    static void rows()
    {
        QTest::addColumn<QString>("path");
        for (const QString& name : streams().entryList({u"*.jsonl"_s}, QDir::Files, QDir::Name))
            QTest::newRow(qPrintable(name.chopped(6))) << streams().filePath(name);
    }
};

void TestGolden::initTestCase()
{
    // Every kind of event is somewhere in here, so that none changes unseen.
    QSet<QString> seen;
    for (const QString& name : streams().entryList({u"*.jsonl"_s}, QDir::Files))
        for (const Event& event : streamOf(streams().filePath(name)).events)
            seen.insert(typeOf(event.body));
    QCOMPARE(seen.size(), qsizetype(std::variant_size_v<EventBody>));
}

void TestGolden::isWrittenAsItWasRead()
{
    QFETCH(QString, path);
    const Stream stream = streamOf(path);
    QVERIFY(!stream.events.isEmpty());
    if (!path.contains(u"/newer-")) {
        QCOMPARE(stream.events.size(), stream.lines.size());
        if (updating())
            write(path, stream.canonical);
        QCOMPARE(read(path), stream.canonical);
    } else {
        QVERIFY(read(path) != stream.canonical || stream.events.size() < stream.lines.size());
    }
}

void TestGolden::foldsToItsState()
{
    QFETCH(QString, path);
    const QString expected = path.chopped(6) + u".state.json"_s;
    const QByteArray state = QJsonDocument(toJson(applyAll({}, streamOf(path).events)))
                                 .toJson(QJsonDocument::Indented);
    if (updating())
        write(expected, state);
    QCOMPARE(state.split('\n'), read(expected).split('\n')); // names the first line that differs
}

void TestGolden::livesAsItReplays()
{
    QFETCH(QString, path);
    const QList<Event> events = streamOf(path).events;
    QTemporaryDir folder;
    ManualClock clock;
    Journal journal(folder.path(), clock, systemRandom(), {.durable = false});
    RunState live;
    journal.addSink([&](const Event& event) { live = apply(std::move(live), event); });
    QByteArrayList told;
    for (const Event& event : events) {
        clock.jump(std::chrono::milliseconds(clock.now().msecsTo(event.at)));
        told.append(lineOf(journal.append(event.run, event.body)));
    }
    // What was told, what is kept, and what another process reads are the same to the byte.
    Journal other(folder.path(), clock, systemRandom(), {.durable = false});
    QByteArrayList kept;
    for (const Event& event : other.events(events.first().run))
        kept.append(lineOf(event));
    QCOMPARE(kept, told);
    QCOMPARE(toJson(other.state(events.first().run)), toJson(live));
    if (!path.contains(u"/newer-"))
        QCOMPARE(toJson(live), toJson(applyAll({}, events)));
}

void TestGolden::canBeCutOffAnywhere()
{
    QFETCH(QString, path);
    const QList<Event> events = streamOf(path).events;
    RunState whole;
    for (qsizetype length = 0; length < events.size(); ++length) {
        // The fold of a part is a state that the whole went through.
        QCOMPARE(toJson(applyAll({}, events.first(length))), toJson(whole));
        whole = apply(std::move(whole), events[length]);
        QCOMPARE(whole.lastSeq, events[length].seq);
        const bool last = std::holds_alternative<RunFinished>(events[length].body);
        QCOMPARE(whole.running(), whole.started.isValid() && !last);
    }
}

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
