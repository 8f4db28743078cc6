// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/source/gitrepository.h"
#include "engine/source/localprocess.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestGitRepository : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        git({u"init"_s, u"-q"_s, u"-b"_s, u"trunk"_s});
        m_first = commit(u"one"_s, u"First: it's “one”"_s);
        m_second = commit(u"two"_s, u"Second"_s);
    }

    void resolvesTheDefaultBranchAndSaysSo()
    {
        GitRepository repository(m_folder->path(), {});
        const Commit head = repository.resolve({}, {});
        QCOMPARE(head.hash, m_second);
        QVERIFY(head.isDefault);
        QCOMPARE(head.branch, u"trunk"_s);
        QCOMPARE(head.subject, u"Second"_s);
        QCOMPARE(head.author, u"Ann <ann@example.org>"_s);
        QVERIFY(head.at.isValid());
    }

    void resolvesHashesShortOnesAndTags()
    {
        git({u"tag"_s, u"v1"_s, m_first});
        GitRepository repository(m_folder->path(), {});
        for (const QString& revision : {m_first, m_first.left(8), u"v1"_s, u"trunk~1"_s}) {
            const Commit found = repository.resolve(revision, {});
            QCOMPARE(found.hash, m_first);
            QCOMPARE(found.subject, u"First: it's “one”"_s);
            QVERIFY(!found.isDefault);
        }
    }

    void saysWhatIsUnknown()
    {
        GitRepository repository(m_folder->path(), {});
        for (const QString& revision : {u"nope"_s, u"--all"_s, QString(40, u'0')})
            expect(ErrorKind::RevisionUnknown, [&] { repository.resolve(revision, {}); });
        QTemporaryDir empty;
        GitRepository none(empty.path(), {});
        expect(ErrorKind::RepositoryUnusable, [&] { none.resolve({}, {}); });
        expect(ErrorKind::RepositoryUnusable, [&] { GitRepository(u"--upload-pack=x"_s, {}); });
        expect(ErrorKind::Usage,
            [&] { GitRepository(u"https://ann:secret@example.org/x.git"_s, {}); });
    }

    void checksOutExactlyTheCommitAndLeavesTheUsersCheckoutAlone()
    {
        write(u"two"_s, "changed and not committed");
        write(u"new"_s, "untracked");
        const QByteArray before = said({u"status"_s, u"--porcelain"_s});
        const QStringList files = filesIn(m_folder->filePath(u".git"_s));
        GitRepository repository(m_folder->path(), {});
        QVERIFY(repository.isDirty({}));
        QTemporaryDir out;
        const QString clean = out.filePath(u"clean"_s);
        repository.checkOut(repository.resolve(m_first, {}), clean, {});
        QCOMPARE(QDir(clean).entryList(QDir::Files), QStringList {u"one"_s});
        QCOMPARE(said({u"status"_s, u"--porcelain"_s}), before);
        QCOMPARE(said({u"rev-parse"_s, u"HEAD"_s}), m_second.toUtf8());
        QCOMPARE(filesIn(m_folder->filePath(u".git"_s)), files);
    }

    void aCleanCheckoutIsNotDirty()
    {
        QVERIFY(!GitRepository(m_folder->path(), {}).isDirty({}));
    }

    void keepsACopyOfAUrlAndFetchesWhatIsNew()
    {
        QTemporaryDir cache, out;
        const QString url = u"file://"_s + m_folder->path();
        {
            GitRepository repository(url, cache.path());
            QVERIFY(!repository.isLocal());
            QCOMPARE(repository.resolve({}, {}).hash, m_second);
            QCOMPARE(repository.resolve({}, {}).branch, u"trunk"_s);
        }
        const QString third = commit(u"three"_s, u"Third"_s);
        GitRepository repository(url, cache.path());
        const Commit found = repository.resolve(u"trunk"_s, {});
        QCOMPARE(found.hash, third);
        repository.checkOut(found, out.filePath(u"x"_s), {});
        QVERIFY(QFile::exists(out.filePath(u"x/three"_s)));
    }

    void listsWhatChangedBetweenTwoReleases()
    {
        const QString third = commit(u"three"_s, u"Third"_s);
        GitRepository repository(m_folder->path(), {});
        QStringList subjects;
        for (const Commit& each : repository.between(m_first, third, 10, {}))
            subjects.append(each.subject);
        QCOMPARE(subjects, (QStringList {u"Third"_s, u"Second"_s}));
        QVERIFY(repository.between(QString(40, u'1'), third, 10, {}).isEmpty());
    }

    void endsWhatItRunsWhenItIsStopped()
    {
        std::stop_source stop;
        LocalCommand command {.words = {u"sh"_s, u"-c"_s, u"echo begun; sleep 600"_s}};
        command.onLine = [&](bool, const QByteArray& line) {
            QCOMPARE(line, QByteArray("begun"));
            stop.request_stop();
        };
        QVERIFY_EXCEPTION_THROWN(runLocally(command, stop.get_token()), Cancelled);
    }

private:
    QByteArray said(const QStringList& words) const
    {
        LocalCommand command {
            .words = QStringList {u"git"_s, u"-C"_s, m_folder->path(), u"-c"_s, u"user.name=Ann"_s,
                         u"-c"_s, u"user.email=ann@example.org"_s}
                + words};
        const LocalResult result = runLocally(command, {});
        if (!result.ok())
            qFatal("%s", result.err.constData());
        return result.out.trimmed();
    }
    void git(const QStringList& words) const { said(words); }
    void write(const QString& name, const QByteArray& content) const
    {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QString commit(const QString& file, const QString& subject) const
    {
        write(file, subject.toUtf8());
        git({u"add"_s, file});
        git({u"commit"_s, u"-q"_s, u"-m"_s, subject});
        return QString::fromLatin1(said({u"rev-parse"_s, u"HEAD"_s}));
    }
    static QStringList filesIn(const QString& folder)
    {
        QStringList files;
        QDirIterator found(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (found.hasNext())
            files.append(found.next());
        files.sort();
        return files;
    }
    static void expect(ErrorKind kind, const std::function<void()>& act)
    {
        try {
            act();
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QCOMPARE(error.kind, kind);
        }
    }
    std::optional<QTemporaryDir> m_folder;
    QString m_first, m_second;
};

QTEST_GUILESS_MAIN(TestGitRepository)
#include "tst_gitrepository.moc"
