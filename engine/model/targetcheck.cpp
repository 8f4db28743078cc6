// SPDX-License-Identifier: MIT
#include "engine/model/targetcheck.h"

#include "engine/model/error.h"
#include "engine/model/targetrules.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

Error at(ErrorKind kind, const QString& file, const QString& path, QJsonObject facts = {})
{
    facts[u"file"_s] = file;
    facts[u"path"_s] = path;
    return Error(kind, facts);
}

/// `accessToken` names an entry of the keychain, and `{token}` is the witness's own number.
bool isExempt(const QString& path, const JsonText& value)
{
    return path == u"witness.signalr.accessToken"
        || (path.startsWith(u"witness.") && value.is_string() && textOf(value) == u"{token}");
}

void refuseSecretsIn(const JsonText& json, const QString& path, const QString& file)
{
    if (json.is_array())
        for (std::size_t i = 0; i < json.size(); ++i)
            refuseSecretsIn(json[i], u"%1[%2]"_s.arg(path).arg(i), file);
    if (!json.is_object())
        return;
    for (const auto& [key, value] : json.items()) {
        const QString name = QString::fromStdString(key);
        const QString memberPath = path.isEmpty() ? name : path + u'.' + name;
        // A member of `hosts` is a name that a person chose.
        if (path != u"hosts" && namesSecret(name) && !isExempt(memberPath, value))
            throw at(ErrorKind::FieldSecret, file, memberPath);
        refuseSecretsIn(value, memberPath, file);
    }
}

/// The host that a field names, or the only one where it names none.
void completeHost(QString& host, const Target& target, const QString& path, const QString& file)
{
    if (host.isEmpty() && target.hosts.size() == 1)
        host = target.hosts.first().name;
    if (host.isEmpty())
        throw at(ErrorKind::FieldMissing, file, path);
    QStringList names;
    for (const HostSpec& spec : target.hosts)
        names.append(spec.name);
    if (!names.contains(host))
        throw at(ErrorKind::FieldWrong, file, path, {{u"expected"_s, names.join(u" | ")}});
}

/// Error where two slots have the same `key`; `fieldName` is the field it is said of.
template <typename Key>
void refuseRepeated(
    const QList<Slot>& slots, const QString& fieldName, const QString& file, Key key)
{
    QMap<QString, qsizetype> seen;
    for (qsizetype i = 0; i < slots.size(); ++i) {
        const auto before = seen.constFind(key(slots[i]));
        if (before != seen.constEnd())
            throw at(ErrorKind::FieldRepeated, file, u"slots[%1].%2"_s.arg(i).arg(fieldName),
                {{u"other"_s, u"slots[%1].%2"_s.arg(*before).arg(fieldName)}});
        seen.insert(key(slots[i]), i);
    }
}

void refuseSecretsInOptions(const QStringList& options, const QString& file)
{
    // `--env NAME=value`, `-e NAME=value`, `--env=NAME=value`, `-itePASSWORD=value`.
    static const QRegularExpression shortEnv(u"^-[itPq]*e(.*)$"_s);
    for (qsizetype i = 0; i < options.size(); ++i) {
        const QString& word = options[i];
        QString variable;
        const QString before = i > 0 ? options[i - 1] : QString();
        const QRegularExpressionMatch cluster = shortEnv.match(before);
        if (before == u"--env" || (cluster.hasMatch() && cluster.captured(1).isEmpty()))
            variable = word;
        else if (word.startsWith(u"--env="))
            variable = word.mid(6);
        else
            variable = shortEnv.match(word).captured(1);
        if (variable.contains(u'=') && namesSecret(variable.section(u'=', 0, 0)))
            throw at(ErrorKind::FieldSecret, file, u"container.options[%1]"_s.arg(i));
    }
}

void requireTwoGroups(const Target& target, const QString& file)
{
    QStringList groups;
    for (qsizetype i = 0; i < target.slots.size(); ++i) {
        const Slot& slot = target.slots[i];
        const QString path = u"slots[%1].group"_s.arg(i);
        if (slot.group.isEmpty() && target.slots.size() > 2)
            throw at(ErrorKind::FieldMissing, file, path);
        if (!groups.contains(target.groupOf(slot)))
            groups.append(target.groupOf(slot));
        if (groups.size() > 2)
            throw at(ErrorKind::FieldWrong, file, path,
                {{u"expected"_s, u"%1 | %2"_s.arg(groups[0], groups[1])}});
    }
    if (groups.size() < 2)
        throw at(ErrorKind::FieldWrong, file, u"slots[%1].group"_s.arg(target.slots.size() - 1),
            {{u"expected"_s, u"two groups, and not %1 alone"_s.arg(groups.value(0))}});
}

void requireCanarySteps(const CanarySpec& canary, const QString& file)
{
    for (qsizetype i = 0; i < canary.steps.size(); ++i)
        if (i > 0 && canary.steps[i] <= canary.steps[i - 1])
            throw at(ErrorKind::FieldWrong, file, u"canary.steps[%1]"_s.arg(i),
                {{u"expected"_s, u"more than %1"_s.arg(canary.steps[i - 1])}});
    if (canary.steps.isEmpty() || canary.steps.last() != 100)
        throw at(ErrorKind::FieldWrong, file, u"canary.steps"_s,
            {{u"expected"_s, u"growing percentages that end with 100"_s}});
}

} // namespace

void requireStrategyFits(const Target& target, Strategy strategy, const QString& file)
{
    if (strategy == Strategy::BlueGreen || strategy == Strategy::RedBlack)
        requireTwoGroups(target, file);
    if (strategy != Strategy::Canary)
        return;
    const bool versions = target.witness && target.witness->http
        && target.witness->http->perSecond > 0 && !target.witness->http->versionFrom.isEmpty();
    // Nobody compares what cannot be told apart; a person who promotes by hand has other means.
    if (!versions && !target.canary.byHand)
        throw at(ErrorKind::FieldMissing, file, u"witness.http.versionFrom"_s);
}

void refuseSecrets(const JsonText& json, const QString& file)
{
    refuseSecretsIn(json, {}, file);
}

void completeTarget(Target& target, const QString& file)
{
    for (HostSpec& host : target.hosts)
        if (host.auth.method == Auth::Method::Key && host.auth.privateKeyFile.isEmpty())
            host.auth.privateKeyFile = u"~/.ssh/id_ed25519"_s;

    completeHost(target.gateway.host, target, u"gateway.host"_s, file);
    for (qsizetype i = 0; i < target.slots.size(); ++i)
        completeHost(target.slots[i].host, target, u"slots[%1].host"_s.arg(i), file);

    refuseRepeated(target.slots, u"name"_s, file, [](const Slot& slot) { return slot.name; });
    refuseRepeated(
        target.slots, u"server"_s, file, [](const Slot& slot) { return slot.server.toLower(); });
    refuseRepeated(target.slots, u"container"_s, file,
        [](const Slot& slot) { return slot.host + u'\n' + slot.container; });

    const QStringList& options = target.container.options;
    if (const int index = reservedOption(options); index >= 0)
        throw at(ErrorKind::FieldWrong, file, u"container.options[%1]"_s.arg(index),
            {{u"expected"_s, u"no --name, -p, -d, --rm, --restart"_s}});
    refuseSecretsInOptions(options, file);

    requireCanarySteps(target.canary, file);
    requireStrategyFits(target, target.strategy, file);

    if (target.witness && !QUrl(target.witness->url).password().isEmpty())
        throw at(ErrorKind::FieldSecret, file, u"witness.url"_s);
}

} // namespace gapless
