// SPDX-License-Identifier: MIT
// What a report says, in every format. tests/golden/streams/NAME.jsonl gives data/NAME.LANGUAGE.md;
// a run with GAPLESS_UPDATE_GOLDEN=1 writes them: read the difference before committing it.
// GAPLESS_REPORT_DIR=FOLDER writes one of each format there, to be looked at.
#include "app/report/content.h"
#include "app/report/report.h"
#include "app/wording/language.h"
#include "engine/model/eventjson.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QJsonDocument>
#include <QPainter>
#include <QRegularExpression>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

const QString source = QStringLiteral(GAPLESS_SOURCE_DIR);
const QTimeZone taipei("Asia/Taipei");
const QDateTime made(QDate(2026, 11, 25), QTime(1, 2, 3), Qt::UTC);

QByteArray contentOfFile(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool keep(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QList<Event> recorded(const QString& name)
{
    QList<Event> events;
    for (const QByteArray& line :
        contentOfFile(u"%1/tests/golden/streams/%2.jsonl"_s.arg(source, name)).split('\n'))
        if (const auto event = eventFromJson(QJsonDocument::fromJson(line).object()))
            events << *event;
    return events;
}

ReportRecord recordOf(const QString& name, const QString& language = u"en"_s)
{
    return makeRecord(recorded(name), language, taipei, made);
}

class Stream {
public:
    Stream& operator<<(EventBody body)
    {
        m_at = m_at.addMSecs(250);
        events.append({++m_seq, m_at, u"20261124-053045-k3f9"_s, std::move(body)});
        return *this;
    }
    QList<Event> events;

private:
    qint64 m_seq = 0;
    QDateTime m_at {QDate(2026, 11, 24), QTime(5, 30, 45), Qt::UTC};
};

/// A run in which every text that a host, an image or a person can choose is `text`.
QList<Event> runOfTexts(const QString& text)
{
    RunStarted started;
    started.target = started.from = started.to = started.by = started.machine = text;
    started.kind = u"deploy"_s;
    started.strategy = u"rolling"_s;
    started.reason = text;
    started.version = started.planHash = text;
    started.serving = {{text, text}};
    started.slotOrder = {text};
    Stream stream;
    stream << started << HostSeen {text, text, text, text, text, text, text, 12, 3}
           << ImageSeen {text, text, text, text, {text}};
    WitnessStarted witness;
    witness.url = witness.samples = witness.zeroAt = text;
    witness.probes = {{u"http"_s,
                          QJsonObject {{u"path"_s, text}, {u"expectStatus"_s, text},
                              {u"post"_s, QJsonObject {{u"path"_s, text}}}}},
        {u"session"_s, QJsonObject {{u"path"_s, text}}},
        {u"signalr"_s,
            QJsonObject {{u"hub"_s, text}, {u"protocol"_s, text}, {u"transport"_s, text}}}};
    stream << witness << StepStarted {u"doctor"_s, {}}
           << Warned {text, text, {{u"detail"_s, text}, {u"file"_s, text}}}
           << StepFinished {u"doctor"_s, {}, 250} << StepStarted {text, text};
    stream << SlotChanged {text, text, text, text}
           << ConnectionChanged {1, 0, u"connected"_s, text, text, text}
           << ConnectionChanged {1, 0, u"reconnecting"_s, text, text, text}
           << FileChanged {text, text, text, text, text} << ContainerStopped {text, text, text}
           << ConnectionsDrained {text, text} << TrafficChanged {text, text};
    Gap gap;
    gap.probe = gap.cause = gap.after = gap.afterSlot = gap.slotBefore = gap.slotAfter = text;
    SlotEvidence evidence;
    evidence.slot = evidence.image = evidence.container = evidence.state = text;
    evidence.log = evidence.health = {text, text};
    DecisionAsked asked;
    asked.question = asked.slot = text;
    asked.choices = {text};
    RunFinished finished;
    finished.outcome = u"partial"_s;
    finished.serving = {{text, text}};
    finished.verdict.notes = {QJsonObject {{u"id"_s, text}},
        QJsonObject {{u"id"_s, u"slotUncovered"_s}, {u"slot"_s, text}}};
    finished.error
        = {{u"kind"_s, u"commandFailed"_s}, {u"host"_s, text}, {u"detail"_s, text + u'\n' + text}};
    stream << gap << evidence << asked << DecisionMade {text, text, text, text}
           << UndoRan {text, text} << StepFailed {text, text, 5, text, finished.error} << finished;
    return stream.events;
}

/// The lines that a Markdown renderer reads as text: a fence ends where one as long or longer
/// comes.
QStringList outsideFences(const QString& markdown)
{
    static const QRegularExpression fence(u"^(`{3,})([^`]*)$"_s);
    QStringList lines;
    qsizetype open = 0;
    for (const QString& line : markdown.split(u'\n')) {
        const auto match = fence.match(line);
        if (open == 0 && match.hasMatch())
            open = match.capturedLength(1);
        else if (open > 0 && match.hasMatch() && match.capturedLength(1) >= open
            && match.captured(2).isEmpty())
            open = 0;
        else if (open == 0)
            lines << line;
    }
    return lines;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recordedRuns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("language");
        for (const QString& name : {u"rolling-proven"_s, u"second-slot-held"_s})
            for (const QString& language : Language::codes())
                QTest::addRow("%s %s", qPrintable(name), qPrintable(language)) << name << language;
    }
    void recordedRuns()
    {
        QFETCH(QString, name);
        QFETCH(QString, language);
        const QString path = u"%1/tests/unit/report/data/%2.%3.md"_s.arg(source, name, language);
        QByteArray seen = writeReport(recordOf(name, language), u"md"_s);
        seen.truncate(seen.indexOf("```")); // what it carries is in another test
        if (qEnvironmentVariableIsSet("GAPLESS_UPDATE_GOLDEN")) {
            QVERIFY(keep(path, seen));
        }
        QCOMPARE(QString::fromUtf8(seen), QString::fromUtf8(contentOfFile(path)));
    }

    void theStreamIsInItAndIsFoundWhole_data()
    {
        QTest::addColumn<QString>("format");
        for (const QString& format : reportFormats())
            QTest::newRow(qPrintable(format)) << format;
    }
    void theStreamIsInItAndIsFoundWhole()
    {
        QFETCH(QString, format);
        const ReportRecord record = recordOf(u"rolling-proven"_s);
        const QByteArray bytes = writeReport(record, format);
        if (const QString folder = qEnvironmentVariable("GAPLESS_REPORT_DIR"); !folder.isEmpty())
            QVERIFY(keep(folder + u"/report."_s + format, bytes));
        const Verified verified = verifyReport(bytes);
        QCOMPARE(int(verified.word), int(Verified::Word::Whole));
        QCOMPARE(verified.format, format);
        QCOMPARE(verified.run, record.state.run);
        QCOMPARE(verified.sha256, record.sha256);
        QCOMPARE(verified.events, record.events.size());
    }

    void changesAreFound_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<int>("word");
        const int text = int(Verified::Word::TextChanged);
        const int stream = int(Verified::Word::StreamChanged);
        for (const QString& format : {u"html"_s, u"md"_s}) {
            const auto row = [&](const char* what) -> QTestData& {
                return QTest::addRow("%s %s", qPrintable(format), what) << format;
            };
            row("the person in the text")
                << QByteArray("kim on desk") << QByteArray("lee on desk") << text;
            row("the title") << QByteArray("No-disconnect") << QByteArray("Whatever") << text;
        }
        const QByteArray by("by&quot;:&quot;kim"), other("by&quot;:&quot;lee");
        QTest::newRow("html event") << u"html"_s << by << other << stream;
        QTest::newRow("md event") << u"md"_s << QByteArray("\"by\":\"kim")
                                  << QByteArray("\"by\":\"lee") << stream;
        QTest::newRow("json event") << u"json"_s << QByteArray("\"by\": \"kim\"")
                                    << QByteArray("\"by\": \"lee\"") << stream;
        QTest::newRow("json sum") << u"json"_s << QByteArray("\"lastSeq\": ")
                                  << QByteArray("\"lastSeq\": 1") << text;
    }
    void changesAreFound()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QByteArray bytes = writeReport(recordOf(u"rolling-proven"_s), format);
        QVERIFY(bytes.contains(from));
        bytes.replace(from, to);
        QTEST(int(verifyReport(bytes).word), "word");
    }

    /// Whoever changes an event and states its new sum has still not changed the text.
    void aNewSumDoesNotHelp()
    {
        const ReportRecord before = recordOf(u"rolling-proven"_s);
        QByteArray bytes = writeReport(before, u"html"_s);
        bytes.replace("by&quot;:&quot;kim", "by&quot;:&quot;lee");
        const QString now = verifyReport(bytes).sha256;
        QVERIFY(now != before.sha256);
        bytes.replace(before.sha256.toLatin1(), now.toLatin1());
        QCOMPARE(int(verifyReport(bytes).word), int(Verified::Word::TextChanged));
    }

    void whatIsNoReport_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a page") << QByteArray("<!DOCTYPE html><html><body>hello</body></html>");
        QTest::newRow("an object") << QByteArray("{\"type\": \"report\"}");
        QTest::newRow("a pdf") << QByteArray("%PDF-1.4\n/EmbeddedFile stream");
        QTest::newRow("marks without a head")
            << QByteArray("<pre id=\"gapless-head\">x</pre><pre id=\"gapless-events\">y</pre>");
        for (const QString& format : reportFormats()) {
            const QByteArray whole = writeReport(recordOf(u"rolling-proven"_s), format);
            QTest::addRow("%s cut off", qPrintable(format)) << whole.left(whole.size() / 3);
        }
    }
    void whatIsNoReport()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(int(verifyReport(bytes).word), int(Verified::Word::NoReport));
    }

    void anotherVersionsTextIsNotJudged()
    {
        ReportRecord record = recordOf(u"rolling-proven"_s);
        record.version = u"99.0.0"_s;
        const QByteArray bytes = writeReport(record, u"html"_s);
        QCOMPARE(int(verifyReport(bytes).word), int(Verified::Word::OtherVersion));
    }

    void theLanguageIsTheRecordsOwn()
    {
        const QByteArray english = writeReport(recordOf(u"rolling-proven"_s), u"html"_s);
        const QByteArray chinese
            = writeReport(recordOf(u"rolling-proven"_s, u"zh_TW"_s), u"html"_s);
        QVERIFY(english.contains("<html lang=\"en\">"));
        QVERIFY(chinese.contains("<html lang=\"zh-Hant-TW\">"));
        QVERIFY(chinese.contains("不斷線驗證報告"));
        Language set;
        set.use(u"zh_TW"_s);
        QCOMPARE(writeReport(recordOf(u"rolling-proven"_s), u"html"_s), english);
        QCOMPARE(int(verifyReport(english).word), int(Verified::Word::Whole));
        QCOMPARE(set.code(), u"zh_TW"_s);
        QCOMPARE(QLocale().name(), u"zh_TW"_s);
        set.use(u"en"_s);
        QCOMPARE(int(verifyReport(chinese).word), int(Verified::Word::Whole));
        QCOMPARE(set.code(), u"en"_s);
    }

    /// In the visible text, in the stream, in a terminal, a browser, a Markdown renderer.
    void hostileTextsAreInert_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("script") << u"<script>alert(1)</script>"_s;
        QTest::newRow("image") << u"\"><img src=x onerror=alert(1)>"_s;
        QTest::newRow("end of pre") << u"</pre></details><a href=javascript:x>"_s;
        QTest::newRow("entity") << u"&lt;script&gt;&#60;b&#62;"_s;
        QTest::newRow("escape sequence") << u"\x1b[2J\x1b]0;owned\x07"_s;
        QTest::newRow("C1") << QString(QChar(0x9b)) + u"31m"_s + QChar(0x7f);
        QTest::newRow("bidi") << QString(QChar(0x202e)) + u"gpj.exe"_s + QChar(0x2066)
                + QChar(0x2028);
        QTest::newRow("markdown") << u"[x](javascript:alert(1)) `a` |b| **c** <http://d>"_s;
        QTest::newRow("fence") << u"``` \n```\n~~~\n# heading\n```jsonl gapless-events\n"_s;
        QTest::newRow("quotes") << u"\\\"'\\u0000"_s;
    }
    void hostileTextsAreInert()
    {
        QFETCH(QString, text);
        const ReportRecord record = makeRecord(runOfTexts(text), u"en"_s, taipei, made);
        static const QRegularExpression tags(u"<(script|img|a|b|iframe|link|object)[ >]"_s);
        static const QRegularExpression link(u"[^\\\\]\\]\\("_s);
        for (const QString& format : reportFormats()) {
            const QByteArray bytes = writeReport(record, format);
            const Verified verified = verifyReport(bytes);
            QVERIFY2(verified.word == Verified::Word::Whole, qPrintable(format));
            QCOMPARE(verified.sha256, record.sha256);
            if (format == u"pdf")
                continue;
            const QString said = QString::fromUtf8(bytes);
            for (const QChar c : said)
                QVERIFY2(c == u'\n'
                        || (c.category() != QChar::Other_Control
                            && c.category() != QChar::Other_Format
                            && c.category() != QChar::Separator_Line),
                    qPrintable(
                        u"%1: U+%2"_s.arg(format).arg(uint(c.unicode()), 4, 16, QChar(u'0'))));
            if (format == u"html")
                QVERIFY(!said.contains(tags));
            if (format == u"md")
                for (const QString& line : outsideFences(said))
                    QVERIFY2(!line.contains(tags) && !line.contains(link), qPrintable(line));
        }
    }

    void htmlIsOneInertFile()
    {
        const QString html
            = QString::fromUtf8(writeReport(recordOf(u"rolling-proven"_s), u"html"_s));
        QVERIFY(html.contains(u"content=\"default-src 'none'; style-src 'unsafe-inline'\""_s));
        static const QRegularExpression reference(
            u"<script|<link|<img|<iframe|<object|@import|\\burl\\(|\\ssrc=|\\shref="_s);
        QVERIFY2(!html.contains(reference), qPrintable(reference.match(html).captured()));
        // The name of SVG's vocabulary, which nobody fetches, is the one address of ours.
        QCOMPARE(html.left(html.indexOf(u"<details>"_s)).count(u"http://www.w3.org/2000/svg"_s), 1);
        QVERIFY(html.contains(u"<svg "_s));
    }

    void theTimelineHasItsLanes()
    {
        const report::Drawing drawing = report::timelineOf(recordOf(u"rolling-proven"_s));
        if (const QString folder = qEnvironmentVariable("GAPLESS_REPORT_DIR"); !folder.isEmpty()) {
            QImage image(int(drawing.width), int(drawing.height), QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            report::paint(drawing, painter, {u"Noto Sans CJK TC"_s});
            QVERIFY(image.save(folder + u"/timeline.png"_s));
        }
        QStringList labels, titles;
        for (const auto& shape : drawing.shapes) {
            if (const auto* label = std::get_if<report::Drawing::Label>(&shape)) {
                labels << label->text;
                QVERIFY(label->at.y() <= drawing.height);
            }
            if (const auto* box = std::get_if<report::Drawing::Box>(&shape)) {
                titles << box->title;
                QVERIFY(box->at.left() >= 0 && box->at.right() <= drawing.width);
                QVERIFY(box->at.top() >= 0 && box->at.bottom() <= drawing.height);
                QVERIFY(box->at.width() > 0 && box->at.height() >= 0);
            }
        }
        for (const QString& lane :
            {u"Run"_s, u"Slot A"_s, u"Slot B"_s, u"HTTP time"_s, u"Hub clients"_s})
            QVERIFY2(labels.contains(lane), qPrintable(lane));
        const auto titled = [&](const QString& text) {
            return std::any_of(titles.begin(), titles.end(),
                [&](const QString& title) { return title.contains(text); });
        };
        QVERIFY(titled(u"away since 05:30:47.751 (eof)"_s)); // 21:30 UTC in Taipei
        QVERIFY(titled(u"connected to slot B"_s));
        QVERIFY(titled(u"in nginx: down"_s));
    }

    void everyRecordedRunHasAReport_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& file :
            QDir(source + u"/tests/golden/streams"_s).entryList({u"*.jsonl"_s}))
            QTest::newRow(qPrintable(file)) << file.chopped(6);
    }
    void everyRecordedRunHasAReport()
    {
        QFETCH(QString, name);
        const ReportRecord record = recordOf(name, u"zh_TW"_s);
        for (const QString& format : reportFormats())
            QVERIFY2(verifyReport(writeReport(record, format)).word == Verified::Word::Whole,
                qPrintable(format));
        QVERIFY(!report::contentOf(makeRecord({}, u"en"_s, taipei, made)).sections.isEmpty());
    }

    void pdfEmbedsAChineseFont()
    {
        const QByteArray pdf = writeReport(recordOf(u"rolling-proven"_s, u"zh_TW"_s), u"pdf"_s);
        QVERIFY(pdf.startsWith("%PDF-"));
        QVERIFY(pdf.contains("/FontFile"));
        static const QRegularExpression font(
            u"/(BaseFont|FontName) /[A-Z]+\\+NotoSansCJK[Tt][Cc]"_s);
        QVERIFY2(
            QString::fromLatin1(pdf).contains(font), "fonts-noto-cjk is in install-dependencies");
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    TestReport test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_report.moc"
