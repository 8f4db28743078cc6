// SPDX-License-Identifier: MIT
// What a package puts beside the program: the desktop's entry, its metadata, the icon.
#include <QFile>
#include <QGuiApplication>
#include <QIcon>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

static const QString id = u"io.github.gapless.Gapless"_s;
static QString pathOf(const QString& ending)
{
    return QStringLiteral(GAPLESS_SOURCE_DIR) + u"/packaging/desktop/"_s + id + ending;
}

class TestDesktopFiles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theEntryStartsTheWindow()
    {
        QFile file(pathOf(u".desktop"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
        QCOMPARE(lines.first(), u"[Desktop Entry]"_s);
        for (const QString& line : {u"Type=Application"_s, u"Exec=gapless"_s, u"Icon="_s + id, u"StartupWMClass=gapless"_s})
            QVERIFY2(lines.contains(line), qPrintable(line));
        // Both languages, for each text that a person sees.
        for (const QString& key : {u"GenericName"_s, u"Comment"_s, u"Keywords"_s})
            for (const QString& start : {key + u'=', key + u"[zh_TW]="_s})
                QCOMPARE(lines.filter(QRegularExpression(u'^' + QRegularExpression::escape(start))).size(), 1);
    }
    void theMetadataIsOfThisVersion()
    {
        QFile file(pathOf(u".metainfo.xml"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QStringList versions, ids, launchables;
        while (!xml.atEnd())
            if (xml.readNext() == QXmlStreamReader::StartElement) {
                if (xml.name() == "release"_L1)
                    versions << xml.attributes().value(u"version"_s).toString();
                else if (xml.name() == "id"_L1)
                    ids << xml.readElementText();
                else if (xml.name() == "launchable"_L1)
                    launchables << xml.readElementText();
            }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(versions.value(0), QStringLiteral(GAPLESS_VERSION));
        QCOMPARE(ids, QStringList {id});
        QCOMPARE(launchables, QStringList {id + u".desktop"_s});
    }
    void theMetadataIsValid()
    {
        const QString tool = QStandardPaths::findExecutable(u"appstreamcli"_s);
        QVERIFY2(!tool.isEmpty(), "appstreamcli is not installed");
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(tool, {u"validate"_s, u"--no-net"_s, pathOf(u".metainfo.xml"_s)});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }
    void theIconIsDrawn()
    {
        const QImage icon = QIcon(pathOf(u".svg"_s)).pixmap(48, 48).toImage();
        QCOMPARE(icon.size(), QSize(48, 48));
        QSet<QRgb> colours;
        for (int y = 0; y < 48; ++y)
            for (int x = 0; x < 48; ++x)
                colours.insert(icon.pixel(x, y));
        QVERIFY(colours.size() > 4);
        QCOMPARE(qAlpha(icon.pixel(0, 0)), 0); // its corners are round
    }
};

QTEST_MAIN(TestDesktopFiles)
#include "tst_desktopfiles.moc"
