// SPDX-License-Identifier: MIT
#include "engine/site/scriptreport.h"

#include <algorithm>

namespace gapless {

QByteArray ScriptReport::functions()
{
    // Every line starts with "@", which no other program's output is likely to do.
    return R"sh(say() { printf '@%s %s\n' "$1" "$2"; }
say64in() { printf '@%s %s\n' "$1" "$(base64 | tr -d '\n')"; }
say64() { printf '%s' "$2" | say64in "$1"; }
told() {
    told_key=$1; shift
    told_text=$("$@" 2>&1 </dev/null); told_rc=$?
    say "$told_key.rc" $told_rc
    say64 "$told_key.text" "$told_text"
}
)sh";
}

ScriptReport::ScriptReport(const QByteArray& out)
{
    for (const QByteArray& line : out.split('\n')) {
        const qsizetype space = line.indexOf(' ');
        if (line.startsWith('@') && space > 1)
            m_values.insert(line.mid(1, space - 1), line.mid(space + 1));
    }
}

QByteArray ScriptReport::value(const QByteArray& key) const
{
    const QList<QByteArray> all = values(key);
    return all.isEmpty() ? QByteArray() : all.constFirst();
}

QByteArray ScriptReport::bytes(const QByteArray& key) const
{
    return QByteArray::fromBase64(value(key));
}

QString ScriptReport::text(const QByteArray& key) const
{
    return QString::fromUtf8(bytes(key));
}

qint64 ScriptReport::number(const QByteArray& key, qint64 otherwise) const
{
    bool isNumber = false;
    const qint64 number = value(key).trimmed().toLongLong(&isNumber);
    return isNumber ? number : otherwise;
}

QList<QByteArray> ScriptReport::values(const QByteArray& key) const
{
    QList<QByteArray> all = m_values.values(key); // the latest first
    std::reverse(all.begin(), all.end());
    return all;
}

QList<QByteArray> ScriptReport::lines(const QByteArray& key) const
{
    QList<QByteArray> lines;
    for (const QByteArray& line : bytes(key).split('\n'))
        if (!line.trimmed().isEmpty())
            lines << line;
    return lines;
}

} // namespace gapless
