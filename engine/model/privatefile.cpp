// SPDX-License-Identifier: MIT
#include "engine/model/privatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

Error storeUnusable(const QString& path, int errorNumber)
{
    const QString why = errorNumber == EACCES || errorNumber == EPERM ? u"permission"_s
        : errorNumber == EROFS                                        ? u"readOnly"_s
        : errorNumber == ENOSPC || errorNumber == EDQUOT              ? u"full"_s
                                                                      : u"other"_s;
    return Error(ErrorKind::StoreUnusable, {{u"file"_s, path}, {u"why"_s, why}},
        qt_error_string(errorNumber));
}

void createPrivateFolder(const QString& folder)
{
    if (QFileInfo(folder).isDir())
        return;
    // The XDG specification wants what is created on the way there to be private too.
    if (const QString parent = QFileInfo(folder).absolutePath(); parent != folder)
        createPrivateFolder(parent);
    if (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0
        && (errno != EEXIST || !QFileInfo(folder).isDir()))
        throw storeUnusable(folder, errno);
}

void createPrivateFile(const QString& path)
{
    const int file
        = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        throw storeUnusable(path, errno);
    ::fchmod(file, 0600);
    ::close(file);
}

void writePrivateFile(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    errno = 0;
    if (!file.open(QIODevice::WriteOnly))
        throw storeUnusable(path, errno);
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    errno = 0;
    if (file.write(content) != content.size() || !file.commit())
        throw storeUnusable(path, errno);
}

QByteArray readWholeFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}}, file.errorString());
    const QByteArray content = file.readAll();
    if (file.error() != QFile::NoError)
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}}, file.errorString());
    return content;
}

} // namespace gapless
