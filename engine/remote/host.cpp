// SPDX-License-Identifier: MIT
#include "engine/remote/host.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// The last lines of what a program said, as text: enough to see why it failed.
QString lastLines(const QByteArray& output)
{
    constexpr int lines = 10;
    constexpr qsizetype bytes = 4000;
    qsizetype from = output.size();
    while (from > 0 && output[from - 1] == '\n')
        --from;
    const QByteArray trimmed = output.left(from);
    for (int i = 0; i < lines && from > 0; ++i)
        from = trimmed.lastIndexOf('\n', from - 1);
    from = qMax(from + 1, trimmed.size() - bytes);
    return QString::fromUtf8(trimmed.mid(from));
}

} // namespace

const CommandResult& CommandResult::orThrow() const
{
    if (ok())
        return *this;
    QJsonObject facts {{u"command"_s, shown}};
    if (!exit && signal.isEmpty())
        throw Error(ErrorKind::CommandUnknown, facts, lastLines(err)).on(host);
    if (exit)
        facts[u"exit"_s] = *exit;
    else
        facts[u"signal"_s] = QString::fromUtf8(signal);
    throw Error(ErrorKind::CommandFailed, facts, lastLines(err)).on(host);
}

} // namespace gapless
