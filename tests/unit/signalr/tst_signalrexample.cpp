// SPDX-License-Identifier: MIT
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QString& path)
{
    QFile file(QStringLiteral(GAPLESS_SOURCE_DIR) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n')
                                          : QStringList();
}

/// What stands between two lines, without its indentation.
QStringList between(const QStringList& lines, const QString& begin, const QString& end)
{
    QStringList found;
    bool inside = false;
    for (const QString& line : lines) {
        if (line.trimmed() == end)
            inside = false;
        if (inside)
            found << line.trimmed();
        if (line.trimmed() == begin)
            inside = true;
    }
    return found;
}

} // namespace

/// The ten lines that README shows of the client library.
class TestSignalrExample : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readmeShowsWhatIsCompiled()
    {
        const QStringList compiled = between(linesOf(u"tests/unit/signalr/example.cpp"_s),
            u"// README begins"_s, u"// README ends"_s);
        QVERIFY(compiled.size() >= 10);
        QCOMPARE(between(linesOf(u"README.md"_s), u"```cpp"_s, u"```"_s), compiled);
    }

    void itSaysHelloAndHears()
    {
        ScriptedHub hub;
        QProcess example;
        example.setProcessChannelMode(QProcess::MergedChannels);
        QByteArray said;
        connect(&example, &QProcess::readyRead, &example, [&] { said += example.readAll(); });
        example.start(QStringLiteral(SIGNALR_EXAMPLE), {hub.url().toString()});
        QTRY_VERIFY_WITH_TIMEOUT(!hub.messages.empty(), 20'000);
        QVERIFY2(
            hub.messages.front().contains(R"("target":"SendMessage","arguments":["me","hello"])"),
            hub.messages.front().constData());
        hub.peer()->say(R"({"type":1,"target":"ReceiveMessage","arguments":["you","hi"]})");
        QTRY_VERIFY_WITH_TIMEOUT(said.contains(R"(["you","hi"])"), 20'000);
        hub.peer()->say(R"({"type":7,"error":"enough"})");
        QTRY_VERIFY_WITH_TIMEOUT(said.contains("enough"), 20'000);
        example.kill();
        QVERIFY(example.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(TestSignalrExample)
#include "tst_signalrexample.moc"
