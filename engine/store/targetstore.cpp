// SPDX-License-Identifier: MIT
#include "engine/store/targetstore.h"

#include "engine/model/privatefile.h"
#include "engine/model/targetjson.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QUrl>
#include <algorithm>
#include <cerrno>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString composed(const QString& name)
{
    return name.normalized(QString::NormalizationForm_C);
}

/// A name may be longer than a file's when it is written like this; the name that counts is inside.
QString stemFor(const QString& name)
{
    const QByteArray encoded = QUrl::toPercentEncoding(name);
    if (encoded.size() <= 200)
        return QString::fromLatin1(encoded);
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(encoded.left(180) + '~' + hash.toHex().left(16));
}

} // namespace

TargetStore::TargetStore(const QString& dataDir)
    : m_folder(dataDir + u"/targets"_s)
{
}

QList<SavedTarget> TargetStore::list() const
{
    QList<SavedTarget> found;
    const QStringList files = QDir(m_folder).entryList({u"*.json"_s}, QDir::Files, QDir::Name);
    for (const QString& name : files) {
        SavedTarget saved;
        saved.file = m_folder + u'/' + name;
        try {
            saved.target = targetFromJson(readWholeFile(saved.file), saved.file);
            saved.name = saved.target->name;
        } catch (const Error& error) {
            saved.error = error;
        }
        found.append(saved);
    }
    std::stable_sort(found.begin(), found.end(), [](const SavedTarget& a, const SavedTarget& b) {
        return std::pair(a.name.isEmpty(), a.name) < std::pair(b.name.isEmpty(), b.name);
    });
    return found;
}

QStringList TargetStore::names() const
{
    QStringList found;
    for (const SavedTarget& saved : list())
        if (saved.target)
            found.append(saved.name);
    return found;
}

std::optional<SavedTarget> TargetStore::find(const QString& name) const
{
    for (const SavedTarget& saved : list())
        if (saved.target && saved.name == composed(name))
            return saved;
    return std::nullopt;
}

Target TargetStore::load(const QString& name) const
{
    if (const std::optional<SavedTarget> saved = find(name))
        return *saved->target;
    // A file that cannot be read has no name but its own.
    for (const SavedTarget& saved : list())
        if (saved.error && QFileInfo(saved.file).completeBaseName() == stemFor(composed(name)))
            throw *saved.error;
    throw Error(ErrorKind::TargetUnknown, {{u"target"_s, name}});
}

void TargetStore::save(const Target& target)
{
    locked([&] {
        const std::optional<SavedTarget> before = find(target.name);
        writePrivateFile(before ? before->file : newFileFor(target.name), targetToJson(target));
    });
}

bool TargetStore::add(const Target& target)
{
    bool added = false;
    locked([&] {
        if (find(target.name))
            return;
        writePrivateFile(newFileFor(target.name), targetToJson(target));
        added = true;
    });
    return added;
}

bool TargetStore::replace(const QString& name, const Target& target)
{
    bool replaced = false;
    locked([&] {
        const std::optional<SavedTarget> before = find(name);
        if (!before)
            throw Error(ErrorKind::TargetUnknown, {{u"target"_s, name}});
        const bool renamed = composed(name) != target.name;
        if (renamed && find(target.name))
            return;
        writePrivateFile(renamed ? newFileFor(target.name) : before->file, targetToJson(target));
        if (renamed)
            QFile::remove(before->file);
        replaced = true;
    });
    return replaced;
}

void TargetStore::remove(const QString& name)
{
    locked([&] {
        const std::optional<SavedTarget> saved = find(name);
        if (!saved)
            throw Error(ErrorKind::TargetUnknown, {{u"target"_s, name}});
        errno = 0;
        if (!QFile::remove(saved->file))
            throw storeUnusable(saved->file, errno);
    });
}

QString TargetStore::newFileFor(const QString& name) const
{
    // A file of that name may hold another target, or one that cannot be read.
    const QString stem = m_folder + u'/' + stemFor(name);
    QString file = stem + u".json"_s;
    for (int i = 2; QFile::exists(file); ++i)
        file = u"%1-%2.json"_s.arg(stem).arg(i);
    return file;
}

void TargetStore::locked(const std::function<void()>& act) const
{
    createPrivateFolder(m_folder);
    QLockFile lock(m_folder + u"/.lock"_s);
    lock.setStaleLockTime(0);
    if (!lock.tryLock(5000))
        throw Error(ErrorKind::StoreUnusable,
            {{u"file"_s, m_folder},
                {u"why"_s,
                    lock.error() == QLockFile::LockFailedError ? u"busy"_s : u"permission"_s}});
    act();
}

} // namespace gapless
