// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/source/dockerignore.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

/// As a walk asks: each folder on the way first.
bool excludes(const DockerIgnore& ignore, const QString& path)
{
    DockerIgnore::Verdict verdict;
    for (qsizetype end = path.indexOf(u'/');; end = path.indexOf(u'/', end + 1)) {
        verdict = ignore.look(end < 0 ? path : path.left(end), verdict.matches);
        if (end < 0)
            return verdict.excluded;
    }
}

} // namespace

/// The rules of Docker's documentation, one by one.
class TestDockerIgnore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void excludes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("out");
        QTest::addColumn<QStringList>("in");
        const auto row = [](const char* name, const QByteArray& text, const QStringList& out,
                             const QStringList& in) { QTest::newRow(name) << text << out << in; };
        row("comment and empty lines", "# not.this\n\n  \nthis\n", {u"this"_s},
            {u"not.this"_s, u"# not.this"_s});
        row("a number sign later is a name", " #x\n", {u"#x"_s}, {u"x"_s});
        row("byte order mark", "\xEF\xBB\xBFthis\n", {u"this"_s}, {});
        row("windows line ends", "this\r\nthat\r\n", {u"this"_s, u"that"_s}, {});
        row("one level", "*/temp*\n", {u"a/temporary.txt"_s, u"a/temp"_s, u"a/temp/x"_s},
            {u"temp"_s, u"a/b/temp"_s});
        row("two levels", "*/*/temp*\n", {u"a/b/temp.txt"_s}, {u"a/temp.txt"_s});
        row("question mark", "temp?\n", {u"tempa"_s, u"tempb"_s}, {u"temp"_s, u"a/tempa"_s});
        row("a name is only at the root", "foo\n", {u"foo"_s, u"foo/bar"_s},
            {u"a/foo"_s, u"foobar"_s});
        row("any depth", "**/*.go\n", {u"x.go"_s, u"a/b/c.go"_s}, {u"x.gox"_s});
        row("everything below", "foo/**\n", {u"foo/a"_s, u"foo/a/b"_s}, {u"foo"_s, u"a/foo/b"_s});
        row("in the middle", "a/**/z\n", {u"a/z"_s, u"a/b/z"_s, u"a/b/c/z"_s}, {u"b/a/z"_s});
        row("leading slash", "/foo\n", {u"foo"_s}, {u"a/foo"_s});
        row("dots and slashes are cleaned", "./a//b/../c/\n", {u"a/c"_s, u"a/c/d"_s}, {u"a/b"_s});
        row("taken back", "*.md\n!README.md\n", {u"a.md"_s}, {u"README.md"_s});
        row("the last line decides", "*.md\n!README*.md\nREADME-secret.md\n",
            {u"README-secret.md"_s, u"x.md"_s}, {u"README.md"_s});
        row("taken back below an excluded folder", "out\n!out/keep\n", {u"out"_s, u"out/x"_s},
            {u"out/keep"_s, u"out/keep/deep"_s});
        row("class", "[a-c].txt\n", {u"a.txt"_s}, {u"d.txt"_s});
        row("negated class", "[^a-c].txt\n", {u"d.txt"_s}, {u"a.txt"_s});
        row("escaped star", "a\\*b\n", {u"a*b"_s}, {u"axb"_s});
        row("signs of a regular expression", "a.b+(c)|$\n", {u"a.b+(c)|$"_s}, {u"aXb+(c)|$"_s});
        row("all", "*\n!src\n", {u"a"_s, u"b/c"_s}, {u"src"_s, u"src/main.c"_s});
        row("star is no slash", "a*b\n", {u"aXb"_s}, {u"a/b"_s});
    }
    void excludes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, out);
        QFETCH(QStringList, in);
        const DockerIgnore ignore(text, u"x"_s);
        for (const QString& path : out)
            QVERIFY2(::excludes(ignore, path), qPrintable(path));
        for (const QString& path : in)
            QVERIFY2(!::excludes(ignore, path), qPrintable(path));
    }

    void knowsWhereToLookForWhatIsTakenBack()
    {
        const DockerIgnore ignore("a\nb\n!a/keep/this\n!c/**/x\n", u"x"_s);
        QVERIFY(ignore.mayTakeBackBelow(u"a"_s));
        QVERIFY(ignore.mayTakeBackBelow(u"a/keep"_s));
        QVERIFY(!ignore.mayTakeBackBelow(u"b"_s));
        QVERIFY(ignore.mayTakeBackBelow(u"c/d/e"_s));
    }

    void namesTheLineThatIsNoPattern()
    {
        for (const QByteArray& text : {QByteArray("a\n!\n"), QByteArray("a\n[x\n")}) {
            try {
                const DockerIgnore ignore(text, u"dir/.dockerignore"_s);
                QFAIL("nothing was thrown");
            } catch (const Error& error) {
                QCOMPARE(error.kind, ErrorKind::FieldWrong);
                QCOMPARE(error.facts[u"path"_s].toString(), u"dir/.dockerignore:2"_s);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDockerIgnore)
#include "tst_dockerignore.moc"
