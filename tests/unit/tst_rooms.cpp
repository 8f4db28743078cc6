// SPDX-License-Identifier: MIT
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What a room may include of ours besides itself: the table of README.md's architecture.
const QMap<QString, QStringList> mayInclude {
    {u"engine/model"_s, {}},
    {u"engine/journal"_s, {u"engine/model"_s}},
    {u"engine/remote"_s, {u"engine/model"_s}},
    {u"engine/docker"_s, {u"engine/model"_s}},
    {u"engine/nginx"_s, {u"engine/model"_s}},
    {u"engine/signalr"_s, {}},
    {u"engine/witness"_s, {u"engine/signalr"_s, u"engine/model"_s}},
    {u"engine/store"_s, {u"engine/model"_s}},
    {u"engine/source"_s, {u"engine/model"_s}},
    {u"engine/site"_s,
        {u"engine/remote"_s, u"engine/docker"_s, u"engine/nginx"_s, u"engine/signalr"_s,
            u"engine/model"_s}},
    {u"engine/guard"_s, {u"engine/remote"_s, u"engine/journal"_s, u"engine/model"_s}},
    {u"engine/rollout"_s, {u"engine"_s}},
    {u"app/wording"_s, {u"engine"_s}},
    {u"app/report"_s, {u"app/wording"_s, u"engine"_s}},
    {u"app/models"_s, {u"app/wording"_s, u"engine"_s}},
    {u"app/desktop"_s, {u"app/models"_s, u"app/report"_s, u"app/wording"_s, u"engine"_s}},
    {u"app/cli"_s, {u"app/report"_s, u"app/wording"_s, u"engine"_s}},
};

/// What a room may use of Qt besides Core, Network and Sql.
const QMap<QString, QStringList> furtherModules {
    {u"app/report"_s, {u"QtGui"_s, u"QtPrintSupport"_s}},
    {u"app/models"_s, {u"QtGui"_s}},
    {u"app/desktop"_s, {u"QtGui"_s, u"QtWidgets"_s, u"QtPrintSupport"_s, u"QtSvg"_s, u"QtDBus"_s}},
};

constexpr int longFile = 400, tooLongFile = 500;

QString root()
{
    return QStringLiteral(GAPLESS_SOURCE_DIR);
}

QStringList linesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()).split(u'\n')
                                          : QStringList();
}

/// Every file below a folder, from the root of the source; what a build or npm left there is not
/// ours.
QStringList filesBelow(const QString& folder, const QStringList& patterns)
{
    static const QRegularExpression foreign(
        u"/(build|node_modules|bin|obj|publish|lib/signalr)/"_s);
    QStringList files;
    QDirIterator found(root() + u'/' + folder, patterns, QDir::Files, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QString file = found.next().mid(root().size() + 1);
        if (!foreign.match(u'/' + file).hasMatch())
            files.append(file);
    }
    files.sort();
    return files;
}

QStringList sources()
{
    return filesBelow(u"engine"_s, {u"*.h"_s, u"*.cpp"_s})
        + filesBelow(u"app"_s, {u"*.h"_s, u"*.cpp"_s});
}

QString roomOf(const QString& path)
{
    return path.section(u'/', 0, 1);
}

/// The first group of `pattern` in each line of a source file that has it.
QStringList found(const QString& file, const QRegularExpression& pattern)
{
    QStringList matches;
    for (const QString& line : linesOf(root() + u'/' + file))
        if (const auto match = pattern.match(line); match.hasMatch())
            matches.append(match.captured(1));
    return matches;
}

const QRegularExpression ours(u"^\\s*#\\s*include\\s*\"([^\"]+)\""_s);
const QRegularExpression others(u"^\\s*#\\s*include\\s*<([^>]+)>"_s);

void expectNone(const QStringList& complaints)
{
    QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n')));
}

} // namespace

/// The arrows between the rooms, kept by a test because no linker keeps them.
class TestRooms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsEveryRoom();
    void includesOnlyWhatTheTableSays();
    void usesOnlyItsModulesOfQt();
    void keepsLibsshInItsRoom();
    void namesTheLicence();
    void keepsFilesShort();
};

void TestRooms::knowsEveryRoom()
{
    QStringList complaints;
    for (const QString& file : sources())
        if (!mayInclude.contains(roomOf(file)) && !file.startsWith(u"engine/precompiled."))
            complaints.append(file + u": the room is not in the table"_s);
    expectNone(complaints);
    QVERIFY(sources().size() > 50); // it is the source that was looked at
}

void TestRooms::includesOnlyWhatTheTableSays()
{
    QStringList complaints;
    for (const QString& file : sources()) {
        const QStringList allowed = mayInclude.value(roomOf(file)) + QStringList {roomOf(file)};
        for (const QString& include : found(file, ours)) {
            if (include.endsWith(u".moc"))
                continue;
            if (!QFile::exists(root() + u'/' + include))
                complaints.append(u"%1: \"%2\" is not written from the root"_s.arg(file, include));
            else if (!std::any_of(allowed.begin(), allowed.end(),
                         [&](const QString& room) { return include.startsWith(room + u'/'); }))
                complaints.append(u"%1: may not include %2"_s.arg(file, include));
        }
    }
    expectNone(complaints);
}

void TestRooms::usesOnlyItsModulesOfQt()
{
    // Headers by their module, as they are installed.
    QMap<QString, QString> moduleOf;
    const QDir headers(QLibraryInfo::path(QLibraryInfo::HeadersPath));
    for (const QString& module : headers.entryList({u"Qt*"_s}, QDir::Dirs))
        for (const QString& header : QDir(headers.filePath(module)).entryList(QDir::Files))
            moduleOf[header] = module;
    QCOMPARE(moduleOf.value(u"QWidget"_s), u"QtWidgets"_s);

    QStringList complaints;
    for (const QString& file : sources()) {
        const QStringList allowed = furtherModules.value(roomOf(file))
            + QStringList {u"QtCore"_s, u"QtNetwork"_s, u"QtSql"_s};
        for (const QString& include : found(file, others)) {
            const QString module = include.startsWith(u"Qt") && include.contains(u'/')
                ? include.section(u'/', 0, 0)
                : moduleOf.value(include, u"QtCore"_s);
            if (!allowed.contains(module))
                complaints.append(u"%1: may not include <%2> of %3"_s.arg(file, include, module));
        }
    }
    expectNone(complaints);
}

void TestRooms::keepsLibsshInItsRoom()
{
    QStringList complaints;
    for (const QString& file : sources())
        for (const QString& include : found(file, others))
            if (include.startsWith(u"libssh/") && roomOf(file) != u"engine/remote")
                complaints.append(u"%1: only engine/remote includes <%2>"_s.arg(file, include));
    expectNone(complaints);
}

void TestRooms::namesTheLicence()
{
    static const QRegularExpression licence(u"SPDX-License-Identifier: MIT"_s);
    const QStringList patterns {u"*.h"_s, u"*.cpp"_s, u"*.cs"_s, u"*.js"_s, u"*.mjs"_s, u"*.py"_s,
        u"*.sh"_s, u"*.pl"_s, u"*.css"_s, u"*.cmake"_s, u"CMakeLists.txt"_s};
    QStringList complaints;
    for (const QString& folder :
        {u"app"_s, u"engine"_s, u"tests"_s, u"packaging"_s, u"resources"_s})
        for (const QString& file : filesBelow(folder, patterns))
            if (linesOf(root() + u'/' + file).mid(0, 3).filter(licence).isEmpty())
                complaints.append(file + u": no SPDX line at its top"_s);
    expectNone(complaints);
}

void TestRooms::keepsFilesShort()
{
    QStringList complaints;
    for (const QString& file : sources() + filesBelow(u"tests"_s, {u"*.h"_s, u"*.cpp"_s})) {
        const qsizetype lines = linesOf(root() + u'/' + file).size() - 1;
        if (lines > tooLongFile && !file.startsWith(u"tests/unit/"))
            complaints.append(u"%1: %2 lines"_s.arg(file).arg(lines));
        else if (lines > longFile)
            qWarning("%s: %d lines", qPrintable(file), int(lines));
    }
    expectNone(complaints);
}

QTEST_GUILESS_MAIN(TestRooms)
#include "tst_rooms.moc"
