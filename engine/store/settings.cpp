// SPDX-License-Identifier: MIT
#include "engine/store/settings.h"

#include "engine/model/privatefile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>

using namespace Qt::StringLiterals;

namespace gapless {

Settings::Settings(const QString& dataDir)
    : m_file(dataDir + u"/settings.json"_s)
{
}

QJsonObject Settings::read() const
{
    QFile file(m_file);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

QJsonValue Settings::value(const QString& name, const QJsonValue& otherwise) const
{
    const QJsonValue found = read().value(name);
    return found.isUndefined() ? otherwise : found;
}

void Settings::update(const std::function<void(QJsonObject&)>& change)
{
    createPrivateFolder(QFileInfo(m_file).path());
    QLockFile lock(m_file + u".lock"_s);
    lock.setStaleLockTime(0);
    if (!lock.tryLock(5000))
        throw Error(ErrorKind::StoreUnusable,
            {{u"file"_s, m_file},
                {u"why"_s,
                    lock.error() == QLockFile::LockFailedError ? u"busy"_s : u"permission"_s}});
    QJsonObject json = read();
    change(json);
    writePrivateFile(m_file, QJsonDocument(json).toJson());
}

void Settings::setValue(const QString& name, const QJsonValue& value)
{
    update([&](QJsonObject& json) { json[name] = value; });
}

} // namespace gapless
