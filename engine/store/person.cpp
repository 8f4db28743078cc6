// SPDX-License-Identifier: MIT
#include "engine/store/person.h"

#include <QSysInfo>
#include <pwd.h>
#include <unistd.h>

namespace gapless {

QString userName()
{
    const passwd* entry = ::getpwuid(::getuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString::number(::getuid());
}

QString machineName()
{
    return QSysInfo::machineHostName();
}

} // namespace gapless
