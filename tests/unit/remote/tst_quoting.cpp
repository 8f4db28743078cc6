// SPDX-License-Identifier: MIT
#include "engine/remote/quoting.h"

#include "engine/model/error.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

using namespace gapless;
using namespace Qt::StringLiterals;

/// What `script`, fed to that shell, prints.
static QByteArray printed(const QString& shell, const QByteArray& script)
{
    QProcess process;
    const QStringList words = shell.split(u' ');
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LC_ALL"_s, u"C"_s);
    process.setProcessEnvironment(environment);
    process.start(words.first(), words.mid(1) + QStringList {u"-s"_s});
    process.write(script);
    process.closeWriteChannel();
    if (!process.waitForFinished())
        qFatal("%s does not end", qPrintable(shell));
    return process.readAllStandardOutput();
}

/// Bytes with as many of a shell's own characters among them as a few draws give.
static QByteArray randomValue(QRandomGenerator& random)
{
    static const QByteArray special = "'\"\\$`!*?[]{}()<>|&;#~=%^ \t\n\r-\x80\xff";
    QByteArray value;
    const int length = int(random.bounded(40));
    for (int i = 0; i < length; ++i)
        value += random.bounded(2) ? special[random.bounded(int(special.size()))]
                                   : char(random.bounded(1, 256));
    return value;
}

class TestQuoting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void values_data();
    void values();
    void survivesShells_data();
    void survivesShells();
    void refusesNul();
    void joinsWords();
    void splits_data();
    void splits();
    void splitsLikeASh();
};

void TestQuoting::values_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("quoted");
    QTest::newRow("empty") << u""_s << QByteArray("''");
    QTest::newRow("plain") << u"127.0.0.1:8090"_s << QByteArray("127.0.0.1:8090");
    QTest::newRow("path") << u"/etc/nginx/conf.d/a_b.conf"_s
                          << QByteArray("/etc/nginx/conf.d/a_b.conf");
    QTest::newRow("assignment") << u"PATH=/tmp"_s << QByteArray("'PATH=/tmp'");
    QTest::newRow("home") << u"~/x"_s << QByteArray("'~/x'");
    QTest::newRow("quote") << u"it's"_s << QByteArray("'it'\\''s'");
    QTest::newRow("not ascii") << u"é"_s << QByteArray("'\xc3\xa9'");
}

void TestQuoting::values()
{
    QFETCH(QString, value);
    QTEST(quote(value), "quoted");
}

void TestQuoting::survivesShells_data()
{
    QTest::addColumn<QString>("shell");
    for (const QString& shell : {u"dash"_s, u"bash"_s, u"bash --posix"_s, u"busybox sh"_s, u"sh"_s})
        QTest::newRow(qPrintable(shell)) << shell;
}

void TestQuoting::survivesShells()
{
    QFETCH(QString, shell);
    if (QStandardPaths::findExecutable(shell.section(u' ', 0, 0)).isEmpty())
        QSKIP("not installed");
    QRandomGenerator random(20240611);
    QByteArray script, expected;
    for (int i = 0; i < 2000; ++i) {
        const QByteArray value = randomValue(random);
        script += "printf '%s\\0' " + quote(value) + '\n';
        expected += value + '\0';
    }
    QCOMPARE(printed(shell, script), expected);
}

void TestQuoting::refusesNul()
{
    try {
        quote(QByteArray("a\0b", 3));
    } catch (const Error& error) {
        QCOMPARE(error.kind, ErrorKind::Internal);
        return;
    }
    QFAIL("a NUL went through");
}

void TestQuoting::joinsWords()
{
    QCOMPARE(
        quoteWords({u"docker"_s, u"run"_s, u"a b"_s, u""_s}), QByteArray("docker run 'a b' ''"));
    QCOMPARE(quoteWords({}), QByteArray());
}

void TestQuoting::splits_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<std::optional<QStringList>>("words");
    const auto row = [](const char* name, const QString& line, std::optional<QStringList> words) {
        QTest::newRow(name) << line << words;
    };
    row("nothing", u""_s, QStringList {});
    row("blanks", u" \t \n"_s, QStringList {});
    row("one", u"docker"_s, QStringList {u"docker"_s});
    row("sudo", u"sudo -n  docker "_s, QStringList {u"sudo"_s, u"-n"_s, u"docker"_s});
    row("single", u"a 'b  c' d"_s, QStringList {u"a"_s, u"b  c"_s, u"d"_s});
    row("double", u"a \"b \\\" \\n\" d"_s, QStringList {u"a"_s, u"b \" \\n"_s, u"d"_s});
    row("glued", u"--x='1 2'\"3\"4"_s, QStringList {u"--x=1 234"_s});
    row("empty words", u"'' \"\""_s, QStringList {u""_s, u""_s});
    row("backslash", u"a\\ b \\'"_s, QStringList {u"a b"_s, u"'"_s});
    row("continued", u"a\\\nb c"_s, QStringList {u"ab"_s, u"c"_s});
    row("only continued", u"\\\n"_s, QStringList {});
    row("last backslash", u"a\\"_s, QStringList {u"a\\"_s});
    row("no expansion", u"$HOME *.c a;b #c"_s,
        QStringList {u"$HOME"_s, u"*.c"_s, u"a;b"_s, u"#c"_s});
    row("open single", u"a 'b"_s, std::nullopt);
    row("open double", u"a \"b\\\""_s, std::nullopt);
}

void TestQuoting::splits()
{
    QFETCH(QString, line);
    QTEST(splitWords(line), "words");
}

void TestQuoting::splitsLikeASh()
{
    // Only characters that no expansion and no operator knows, so that sh itself is the judge.
    const QByteArray alphabet = "ab \t\n'\"\\xyz";
    QRandomGenerator random(7);
    int compared = 0;
    for (int i = 0; i < 400; ++i) {
        QByteArray line;
        const int length = int(random.bounded(1, 14));
        for (int j = 0; j < length; ++j)
            line += alphabet[random.bounded(int(alphabet.size()))];
        const std::optional<QStringList> words = splitWords(QString::fromLatin1(line));
        // An unquoted line end would end the command, and so would the file after a backslash.
        if (!words || line.contains('\n') || line.endsWith('\\'))
            continue;
        QByteArray expected;
        for (const QString& word : *words)
            expected += word.toLatin1() + '\0';
        const QByteArray script
            = "[ $# = 0 ] || exit\nset -- " + line + "\n[ $# = 0 ] || printf '%s\\0' \"$@\"\n";
        QCOMPARE(printed(u"sh"_s, script), expected);
        ++compared;
    }
    QVERIFY2(compared > 50, qPrintable(QString::number(compared)));
}

QTEST_GUILESS_MAIN(TestQuoting)
#include "tst_quoting.moc"
