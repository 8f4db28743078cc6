// SPDX-License-Identifier: MIT
#include "engine/docker/recreate.h"

#include "engine/docker/json.h"
#include "engine/docker/recreate_p.h"
#include "engine/docker/words.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless::docker {

namespace {

QString nameOf(const QString& variable)
{
    return variable.section(u'=', 0, 0);
}

void addEnvironment(Recreation& made, const QJsonObject& config, const QJsonObject& imageConfig,
    const QMap<QString, QByteArray>& secrets)
{
    const QStringList own = texts(imageConfig[u"Env"_s]);
    const auto imageSets = [&](const QString& name) {
        return std::any_of(own.begin(), own.end(),
            [&](const QString& variable) { return nameOf(variable) == name; });
    };
    QMap<QString, QByteArray> env;
    for (const QString& variable : texts(config[u"Env"_s])) {
        const QString name = nameOf(variable);
        if (own.contains(variable))
            continue;
        if (variable.contains(u'='))
            env[name] = variable.mid(name.size() + 1).toUtf8();
        else if (secrets.contains(name))
            env[name] = secrets[name];
        else if (!imageSets(name))
            made.missingSecrets += name;
    }
    // All of it, because any of it may be secret.
    made.envFile = secretEnvFile(env);
    if (!made.envFile.isEmpty())
        made.words << u"--env-file"_s << u"/dev/stdin"_s;
}

/// Entrypoint and command: the first of the entrypoint is an option, the rest are arguments.
QStringList addProgram(Recreation& made, const QJsonObject& config, const QJsonObject& imageConfig)
{
    const QStringList entrypoint = texts(config[u"Entrypoint"_s]);
    const QStringList command = texts(config[u"Cmd"_s]);
    if (entrypoint == texts(imageConfig[u"Entrypoint"_s]))
        return command == texts(imageConfig[u"Cmd"_s]) ? QStringList() : command;
    // An entrypoint that is given makes docker forget the image's own command.
    made.words << u"--entrypoint"_s << entrypoint.value(0);
    return entrypoint.mid(1) + command;
}

void addHealthcheck(Recreation& made, const QJsonObject& health, const QJsonObject& images)
{
    if (health == images)
        return;
    const QStringList test = texts(health[u"Test"_s]);
    if (test.value(0) == u"NONE"_s) {
        made.words += u"--no-healthcheck"_s;
        return;
    }
    if (test.value(0) == u"CMD-SHELL"_s)
        made.words << u"--health-cmd"_s << test.value(1);
    else if (!test.isEmpty())
        made.lost += u"Config.Healthcheck.Test"_s;
    const auto addTime = [&](const QString& field, const QString& option) {
        if (const qint64 ns = health[field].toInteger(); ns > 0)
            made.words << option << u"%1ns"_s.arg(ns);
    };
    addTime(u"Interval"_s, u"--health-interval"_s);
    addTime(u"Timeout"_s, u"--health-timeout"_s);
    addTime(u"StartPeriod"_s, u"--health-start-period"_s);
    if (const int retries = health[u"Retries"_s].toInt(); retries > 0)
        made.words << u"--health-retries"_s << QString::number(retries);
}

void addConfig(Recreation& made, const QJsonObject& inspect, const QJsonObject& imageConfig)
{
    const QJsonObject config = inspect[u"Config"_s].toObject();
    const auto add = [&](const QString& field, const QString& option) {
        const QString value = config[field].toString();
        if (!value.isEmpty() && value != imageConfig[field].toString())
            made.words << option << value;
    };
    // docker names the host after the container where nothing else is said.
    if (config[u"Hostname"_s].toString() != inspect[u"Id"_s].toString().left(12)
        && !inspect[u"HostConfig"_s][u"NetworkMode"_s].toString().startsWith(u"host"_s))
        add(u"Hostname"_s, u"--hostname"_s);
    add(u"Domainname"_s, u"--domainname"_s);
    add(u"User"_s, u"--user"_s);
    add(u"WorkingDir"_s, u"--workdir"_s);
    add(u"StopSignal"_s, u"--stop-signal"_s);
    if (config[u"StopTimeout"_s].isDouble())
        made.words << u"--stop-timeout"_s << QString::number(config[u"StopTimeout"_s].toInt());
    if (config[u"Tty"_s].toBool())
        made.words += u"--tty"_s;
    if (config[u"OpenStdin"_s].toBool())
        made.words += u"--interactive"_s;
    const QMap<QString, QString> own = textMap(imageConfig[u"Labels"_s]);
    const QMap<QString, QString> labels = textMap(config[u"Labels"_s]);
    for (auto it = labels.begin(); it != labels.end(); ++it)
        if (!own.contains(it.key()) || own[it.key()] != *it)
            made.words << u"--label"_s << it.key() + u'=' + *it;
    const QJsonObject ports = config[u"ExposedPorts"_s].toObject();
    for (const QString& port : ports.keys())
        if (!imageConfig[u"ExposedPorts"_s].toObject().contains(port)
            && !inspect[u"HostConfig"_s][u"PortBindings"_s].toObject().contains(port))
            made.words << u"--expose"_s << port;
    addHealthcheck(
        made, config[u"Healthcheck"_s].toObject(), imageConfig[u"Healthcheck"_s].toObject());
}

} // namespace

bool soundsSecret(const QString& variable)
{
    static const QRegularExpression pattern(
        u"pass(word|wd|phrase|code)?($|_)|pwd|secret|token|credential|private|salt|signature|"
        "connection_?string|dsn$|(api|access|account|storage|master|encryption|auth)_*key|_key$|^key$"_s,
        QRegularExpression::CaseInsensitiveOption);
    // Options and labels are written with dashes and dots where variables have underscores.
    return pattern.match(QString(variable).replace(u'-', u'_').replace(u'.', u'_')).hasMatch();
}

/// A connection string with a password in it, whatever its variable is called.
static bool holdsSecret(const QString& value)
{
    static const QRegularExpression pattern(
        u"(password|pwd|passwd|secret|token|accountkey|sharedaccesskey)\\s*=|://[^/\\s@]*:[^/\\s@]+@"_s,
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(value).hasMatch();
}

namespace {

/// A word of a command line after `before`: `--password x`, `--password=x`, or text with one in it.
QString withoutSecret(const QString& word, const QString& before)
{
    const bool isValue = before.startsWith(u'-') && !before.contains(u'=') && !word.startsWith(u'-');
    if (isValue && soundsSecret(before))
        return notRecorded;
    if (word.contains(u'=') && soundsSecret(nameOf(word)))
        return nameOf(word) + u'=' + notRecorded;
    return holdsSecret(word) ? notRecorded : word;
}

/// The same JSON without what is secret in its texts: by the name it has, or by what it says.
QJsonValue withoutSecrets(const QJsonValue& value, const QString& name = {})
{
    if (value.isString())
        return soundsSecret(name) ? notRecorded : withoutSecret(value.toString(), {});
    if (value.isArray()) {
        QJsonArray words;
        QString before;
        for (const QJsonValue word : value.toArray()) {
            words += word.isString() ? withoutSecret(word.toString(), before) : withoutSecrets(word);
            before = word.toString();
        }
        return words;
    }
    QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        *it = withoutSecrets(*it, it.key());
    return value.isObject() ? QJsonValue(object) : value;
}

/// What a record has left out of the words, by the option or the name it belongs to.
QStringList leftOutOf(const QStringList& words)
{
    QStringList names;
    for (qsizetype i = 0; i < words.size(); ++i)
        if (words[i].contains(notRecorded))
            names += words[i] == notRecorded ? words.value(i - 1) : nameOf(words[i]);
    return names;
}

} // namespace

QJsonObject recordableInspect(
    const QJsonObject& inspect, const QStringList& secrets, const QStringList& plain)
{
    QJsonObject config = inspect[u"Config"_s].toObject();
    QJsonArray env;
    for (const QString& variable : texts(config[u"Env"_s])) {
        const QString name = nameOf(variable);
        const bool secret = secrets.contains(name)
            || (!plain.contains(name)
                && (soundsSecret(name) || holdsSecret(variable.mid(name.size() + 1))));
        env += secret ? name : variable;
    }
    config.remove(u"Env"_s);
    config = withoutSecrets(config).toObject();
    config[u"Env"_s] = env;
    QJsonObject recordable = inspect;
    recordable[u"Config"_s] = config;
    QJsonObject host = inspect[u"HostConfig"_s].toObject();
    if (host.contains(u"LogConfig"_s))
        host[u"LogConfig"_s] = withoutSecrets(host[u"LogConfig"_s]);
    if (!host.isEmpty())
        recordable[u"HostConfig"_s] = host;
    // docker repeats the program and its arguments here, and nothing of ours reads them.
    recordable.remove(u"Path"_s);
    recordable.remove(u"Args"_s);
    return recordable;
}

Recreation recreate(const QJsonObject& inspect, const QJsonObject& imageInspect,
    const QString& name, const QMap<QString, QByteArray>& secrets)
{
    const QJsonObject imageConfig = imageInspect[u"Config"_s].toObject();
    Recreation made;
    made.words << u"create"_s << u"--pull"_s << u"never"_s << u"--name"_s << name;
    addConfig(made, inspect, imageConfig);
    addHostConfig(made, inspect);
    addMounts(made, inspect);
    addNetworks(made, inspect, name);
    addEnvironment(made, inspect[u"Config"_s].toObject(), imageConfig, secrets);
    const QStringList arguments = addProgram(made, inspect[u"Config"_s].toObject(), imageConfig);
    made.words << digest(inspect[u"Image"_s].toString()) << arguments;
    made.missingSecrets += leftOutOf(made.words);
    return made;
}

} // namespace gapless::docker
