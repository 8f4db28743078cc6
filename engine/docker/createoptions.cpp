// SPDX-License-Identifier: MIT
#include "engine/docker/words.h"
#include "engine/model/error.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless::docker {

namespace {

// What Gapless decides itself, and why a target may not: the slot's name and ports, a restart
// policy that `update` takes away and gives back, a container that outlives its stop, an image that
// is there.
const QStringList refusedLong {u"name"_s, u"publish"_s, u"detach"_s, u"rm"_s, u"restart"_s,
    u"pull"_s, u"replace"_s, u"help"_s};
const QString refusedShort = u"pd"_s;

// Options of `docker create`, `docker run` and `podman create` that take no word after them.
const QStringList switches {u"init"_s, u"interactive"_s, u"tty"_s, u"privileged"_s, u"read-only"_s,
    u"publish-all"_s, u"no-healthcheck"_s, u"oom-kill-disable"_s, u"disable-content-trust"_s,
    u"sig-proxy"_s, u"quiet"_s, u"use-api-socket"_s, u"no-hosts"_s, u"no-hostname"_s,
    u"http-proxy"_s, u"tls-verify"_s, u"read-only-tmpfs"_s, u"env-host"_s, u"rmi"_s, u"rootfs"_s,
    u"passwd"_s};
const QString shortSwitches = u"itPq"_s;

[[noreturn]] void refuse(qsizetype index, const QString& expected)
{
    throw Error(ErrorKind::FieldWrong,
        {{u"path"_s, u"container.options[%1]"_s.arg(index)}, {u"expected"_s, expected}});
}

/// True where the next word is the option's value.
bool longTakesValue(const QString& word, qsizetype index)
{
    const QString name = word.mid(2).section(u'=', 0, 0);
    if (name.isEmpty())
        refuse(index, u"an option of docker create"_s);
    if (refusedLong.contains(name))
        refuse(index, u"an option that Gapless does not set itself"_s);
    return !word.contains(u'=') && !switches.contains(name);
}

bool shortTakesValue(const QString& word, qsizetype index)
{
    for (qsizetype i = 1; i < word.size(); ++i) {
        if (refusedShort.contains(word[i]))
            refuse(index, u"an option that Gapless does not set itself"_s);
        if (!shortSwitches.contains(word[i]))
            return i + 1 == word.size(); // else the rest of the word is its value
    }
    return false;
}

} // namespace

void checkOptions(const QStringList& options)
{
    static const QRegularExpression number(u"^-\\d+(\\.\\d+)?$"_s);
    for (qsizetype i = 0; i < options.size(); ++i) {
        const QString& word = options[i];
        if (!word.startsWith(u'-') || word.size() < 2)
            refuse(i, u"an option of docker create"_s);
        const bool takesValue
            = word.startsWith(u"--"_s) ? longTakesValue(word, i) : shortTakesValue(word, i);
        if (!takesValue)
            continue;
        if (i + 1 == options.size()) // docker would take the image for it
            refuse(i, u"an option with its value"_s);
        // A word with a dash is checked as an option even where docker would read it as a value.
        if (!options[i + 1].startsWith(u'-') || number.match(options[i + 1]).hasMatch())
            ++i;
    }
}

} // namespace gapless::docker
