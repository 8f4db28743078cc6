// SPDX-License-Identifier: MIT
// Recorded runs and what a person sees of them: data/NAME.jsonl gives NAME.LANGUAGE.txt. A run with
// GAPLESS_UPDATE_GOLDEN=1 writes what it sees; read the difference before committing it.
#include "app/cli/liveview.h"
#include "app/cli/plainoutput.h"
#include "app/cli/textlayout.h"
#include "app/wording/language.h"
#include "engine/model/eventjson.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

const QString folder = QStringLiteral(GAPLESS_SOURCE_DIR "/tests/unit/cli/data/");

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QList<Event> eventsOf(const QString& name)
{
    QList<Event> events;
    for (const QByteArray& line : contentOf(folder + name + u".jsonl"_s).split('\n'))
        if (const auto event = eventFromJson(QJsonDocument::fromJson(line).object()))
            events << *event;
    return events;
}

/// Everything that is shown of a run: plain lines, some frames of the live view.
QString shown(const QList<Event>& events, int columns)
{
    QStringList text {u"== plain"_s};
    PlainLines plain(false);
    for (const Event& event : events)
        text << plain.of(event);
    RunState state;
    const LiveView view {columns, 30, false};
    for (const Event& event : events) {
        state = apply(std::move(state), event);
        const bool frame = std::holds_alternative<WaitingFor>(event.body)
            || std::holds_alternative<StepFailed>(event.body)
            || std::holds_alternative<RunFinished>(event.body);
        if (frame)
            text << u"== after %1"_s.arg(event.seq) << view.lines(state, event.at.addMSecs(500));
    }
    return text.join(u'\n');
}

} // namespace

class TestRunView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void recordedRuns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("language");
        for (QString name : QDir(folder).entryList({u"*.jsonl"_s})) {
            name.chop(6);
            for (const QString& language : Language::codes())
                QTest::addRow("%s %s", qPrintable(name), qPrintable(language)) << name << language;
        }
    }
    void recordedRuns()
    {
        QFETCH(QString, name);
        QFETCH(QString, language);
        QVERIFY(m_language.use(language));
        const QString path = folder + u"%1.%2.txt"_s.arg(name, language);
        const QString now = shown(eventsOf(name), 100);
        QVERIFY(!now.contains(QChar(0x1b)) && !now.contains(QChar(7)));
        if (qEnvironmentVariableIsSet("GAPLESS_UPDATE_GOLDEN")) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(now.toUtf8());
        }
        const QStringList expected = QString::fromUtf8(contentOf(path)).split(u'\n');
        const QStringList lines = now.split(u'\n');
        for (qsizetype i = 0; i < std::max(lines.size(), expected.size()); ++i)
            QCOMPARE(lines.value(i), expected.value(i));
    }

    void nothingIsWiderOrHigherThanTheTerminal_data()
    {
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("rows");
        for (int columns : {20, 41, 80})
            for (int rows : {4, 9, 24})
                QTest::addRow("%dx%d", columns, rows) << columns << rows;
    }
    void nothingIsWiderOrHigherThanTheTerminal()
    {
        QFETCH(int, columns);
        QFETCH(int, rows);
        QVERIFY(m_language.use(u"zh_TW"_s));
        const LiveView view {columns, rows, false};
        RunState state;
        for (const Event& event : eventsOf(u"partial"_s)) {
            state = apply(std::move(state), event);
            const QStringList lines = view.lines(state, event.at);
            QVERIFY(lines.size() < rows);
            for (const QString& line : lines)
                QVERIFY2(layout::displayWidth(line) <= columns, qPrintable(line));
        }
    }

    void coloursOnlyWhereAsked()
    {
        const RunState state = applyAll({}, eventsOf(u"restored"_s));
        const auto text = [&](bool color) {
            return LiveView {80, 24, color}.lines(state, state.lastAt).join(u'\n');
        };
        QVERIFY(text(true).contains(u"\x1b[31m"_s));
        QVERIFY(!text(false).contains(QChar(0x1b)));
    }

    void verboseShowsCommands()
    {
        int quiet = 0, verbose = 0;
        PlainLines few(false), all(true);
        for (const Event& event : eventsOf(u"succeeded"_s)) {
            quiet += int(few.of(event).filter(u"nginx -s reload"_s).size());
            verbose += int(all.of(event).filter(u"nginx -s reload"_s).size());
        }
        QCOMPARE(quiet, 0);
        QCOMPARE(verbose, 2);
    }

private:
    Language m_language;
};

QTEST_GUILESS_MAIN(TestRunView)
#include "tst_runview.moc"
