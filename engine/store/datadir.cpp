// SPDX-License-Identifier: MIT
#include "engine/store/datadir.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace gapless {

QString dataDir(const QString& fromCommandLine, const QProcessEnvironment& environment)
{
    const auto absolute
        = [](const QString& path) { return QDir::cleanPath(QDir().absoluteFilePath(path)); };
    if (!fromCommandLine.isEmpty())
        return absolute(fromCommandLine);
    if (const QString set = environment.value(u"GAPLESS_DATA_DIR"_s); !set.isEmpty())
        return absolute(set);
    // The XDG specification has relative paths ignored.
    const QString xdg = environment.value(u"XDG_DATA_HOME"_s);
    if (QDir::isAbsolutePath(xdg))
        return QDir::cleanPath(xdg + u"/gapless"_s);
    return QDir::cleanPath(
        environment.value(u"HOME"_s, QDir::homePath()) + u"/.local/share/gapless"_s);
}

} // namespace gapless
