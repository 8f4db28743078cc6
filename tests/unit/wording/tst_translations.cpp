// SPDX-License-Identifier: MIT
#include <QDir>
#include <QFile>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <iconv.h>

using namespace Qt::StringLiterals;

namespace {

const QString sourceDir = QStringLiteral(GAPLESS_SOURCE_DIR);

struct Message {
    QString context, source, type;
    QStringList translations; ///< several where it has plural forms
};

QList<Message> messagesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QList<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            messages << Message {context, {}, {}, {}};
        } else if (xml.name() == "source"_L1) {
            messages.last().source = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            messages.last().type = xml.attributes().value(u"type"_s).toString();
            if (messages.last().source.contains(u"%n"))
                continue;
            messages.last().translations << xml.readElementText();
        } else if (xml.name() == "numerusform"_L1) {
            messages.last().translations << xml.readElementText();
        }
    }
    return messages;
}

/// Words of mainland usage, each knowing the words of Taiwan that merely contain it.
const QRegularExpression& denylist()
{
    static const QRegularExpression words(
        u"鏡像|網關|網絡|默認|服務器|客戶端|端口|用戶(?!端)|信息|數據(?!機)|(?<!容器)內存(?!取)|"
        u"硬盤|"
        u"進程|(?<!連)線程|菜單|窗口|對話框|導出|導入|超時|斷開|軟件|憑據|令牌|證書|口令|日誌"_s);
    return words;
}

/// The Han characters of a text that Big5, the character set of Taiwan, does not have: simplified
/// ones are among them, and a translation needs none of the rest either.
QString notInBig5(const QString& text)
{
    QString foreign;
    iconv_t big5 = iconv_open("BIG5", "UTF-8");
    for (const QChar c : text) {
        if (c.script() != QChar::Script_Han)
            continue;
        QByteArray in = QString(c).toUtf8();
        char out[8];
        char *from = in.data(), *to = out;
        size_t inLeft = size_t(in.size()), outLeft = sizeof out;
        if (iconv(big5, &from, &inLeft, &to, &outLeft) == size_t(-1))
            foreign += c;
    }
    iconv_close(big5);
    return foreign;
}

/// Each once: a language may say one of them twice where another says it once.
QStringList placeholders(const QString& text)
{
    static const QRegularExpression placeholder(u"%L?\\d+|%n"_s);
    QStringList found;
    for (auto match = placeholder.globalMatch(text); match.hasNext();)
        found << match.next().captured();
    found.removeDuplicates();
    found.sort();
    return found;
}

} // namespace

class TestTranslations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyMessage_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString& file : QDir(sourceDir + u"/translations"_s).entryList({u"*.ts"_s}))
            QTest::newRow(qPrintable(file)) << file;
    }
    void everyMessage()
    {
        QFETCH(QString, file);
        const QList<Message> messages = messagesOf(sourceDir + u"/translations/"_s + file);
        QVERIFY(!messages.isEmpty());
        for (const Message& message : messages) {
            const auto where = [&](const char* what) {
                return qPrintable(
                    u"%1: %2: %3"_s.arg(QLatin1String(what), message.context, message.source));
            };
            QVERIFY2(message.type.isEmpty(), where("unfinished or vanished"));
            QVERIFY2(!message.translations.isEmpty(), where("no translation"));
            for (const QString& translation : message.translations) {
                QVERIFY2(!translation.isEmpty(), where("empty"));
                QVERIFY2(placeholders(translation) == placeholders(message.source),
                    where("other placeholders"));
                QVERIFY2(!translation.contains(denylist()), where("a word of the denylist"));
                QVERIFY2(notInBig5(translation).isEmpty(), where("a character not used in Taiwan"));
            }
        }
    }

    void denylistKnowsItsContext_data()
    {
        QTest::addColumn<QString>("phrase");
        QTest::addColumn<bool>("denied");
        for (const QString& passes :
            {u"用戶端"_s, u"多重連線"_s, u"容器內存取"_s, u"連線程序"_s, u"恢復原狀"_s})
            QTest::newRow(qPrintable(passes)) << passes << false;
        for (const QString& denied : {u"用戶"_s, u"線程"_s, u"內存"_s, u"數據"_s, u"默認"_s})
            QTest::newRow(qPrintable(denied)) << denied << true;
    }
    void denylistKnowsItsContext()
    {
        QFETCH(QString, phrase);
        QTEST(phrase.contains(denylist()), "denied");
    }

    void simplifiedCharactersAreFound()
    {
        QCOMPARE(notInBig5(u"部署容器 chat_A（映像檔）"_s), QString());
        QCOMPARE(notInBig5(u"镜像 數據"_s), u"镜"_s);
    }

    /// `ninja update_translations` would change nothing.
    void sourcesAndFilesAgree_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QStringList>("rooms");
        const QMap<QString, QStringList> rooms {{u"gapless"_s, {u"wording"_s, u"cli"_s}},
            {u"gapless_report"_s, {u"report"_s}}, {u"gapless_desktop"_s, {u"models"_s, u"desktop"_s}}};
        for (const QString& file : QDir(sourceDir + u"/translations"_s).entryList({u"*.ts"_s})) {
            const bool english = file.endsWith("_en.ts"_L1);
            const QString catalogue = file.chopped(english ? 6 : 9);
            QVERIFY2(rooms.contains(catalogue), qPrintable(file));
            QTest::newRow(qPrintable(file))
                << file << (english ? QStringList {u"-pluralonly"_s} : QStringList {})
                << rooms[catalogue];
        }
    }
    void sourcesAndFilesAgree()
    {
        QFETCH(QString, file);
        QFETCH(QStringList, options);
        QFETCH(QStringList, rooms);
        for (QString& room : rooms)
            room.prepend(sourceDir + u"/app/"_s);
        QTemporaryDir dir;
        const QString original = sourceDir + u"/translations/"_s + file;
        const QString copy = dir.filePath(file);
        QVERIFY(QFile::copy(original, copy));
        QProcess lupdate;
        lupdate.setProcessChannelMode(QProcess::MergedChannels);
        lupdate.start(QStringLiteral(LUPDATE),
            QStringList {u"-silent"_s, u"-locations"_s, u"none"_s, u"-no-obsolete"_s, u"-I"_s,
                sourceDir}
                + options
                + rooms + QStringList {u"-ts"_s, copy});
        QVERIFY(lupdate.waitForFinished(60'000));
        QVERIFY2(lupdate.exitCode() == 0, lupdate.readAll().constData());
        QFile before(original), after(copy);
        QVERIFY(before.open(QIODevice::ReadOnly) && after.open(QIODevice::ReadOnly));
        QVERIFY2(
            before.readAll() == after.readAll(), "run ninja update_translations and translate");
    }
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
