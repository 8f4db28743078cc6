// SPDX-License-Identifier: MIT
#include "engine/site/seencontainer.h"

#include "engine/docker/container.h"
#include "engine/docker/recreate.h"
#include "engine/model/error.h"
#include "engine/model/targetrules.h"
#include "engine/remote/quoting.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

// Options without a value, of `docker run` and `docker create`.
const QStringList switches {u"--init"_s, u"--interactive"_s, u"--tty"_s, u"--privileged"_s,
    u"--read-only"_s, u"--publish-all"_s, u"--no-healthcheck"_s, u"--oom-kill-disable"_s,
    u"--detach"_s, u"--rm"_s, u"--quiet"_s};

/// Short options by what they stand for.
const QMap<QChar, QString> shortOptions {{u'p', u"--publish"_s}, {u'e', u"--env"_s},
    {u'v', u"--volume"_s}, {u'd', u"--detach"_s}, {u'i', u"--interactive"_s}, {u't', u"--tty"_s},
    {u'u', u"--user"_s}, {u'w', u"--workdir"_s}, {u'h', u"--hostname"_s}, {u'm', u"--memory"_s},
    {u'l', u"--label"_s}, {u'c', u"--cpu-shares"_s}, {u'a', u"--attach"_s}, {u'P', u"--publish-all"_s},
    {u'q', u"--quiet"_s}};

[[noreturn]] void notARun(const QString& expected)
{
    throw Error(ErrorKind::FieldWrong, {{u"path"_s, u"docker run"_s}, {u"expected"_s, expected}});
}

/// One option with its value, as `docker create` would be given it.
struct Option {
    QString name, value;
    bool hasValue = true;
};

/// `type=bind,source=…,target=…,readonly`; nothing for what a target's `mounts` cannot say.
std::optional<Mount> mountFrom(const QString& value)
{
    Mount mount {.readOnly = false};
    for (const QString& field : value.split(u',')) {
        const QString name = field.section(u'=', 0, 0), text = field.section(u'=', 1);
        if (name == "type"_L1 && text != "bind"_L1 && text != "volume"_L1)
            return std::nullopt;
        if (name == "source"_L1 || name == "src"_L1)
            mount.source = text;
        else if (name == "target"_L1 || name == "destination"_L1 || name == "dst"_L1)
            mount.target = text;
        else if (name == "readonly"_L1 || name == "ro"_L1)
            mount.readOnly = text != "false"_L1 && text != "0"_L1;
        else if (name != "type"_L1)
            return std::nullopt;
    }
    return mount.source.isEmpty() || mount.target.isEmpty() ? std::nullopt : std::optional(mount);
}

/// `source:target[:ro]`; nothing where it has further options.
std::optional<Mount> mountFromVolume(const QString& value)
{
    const QStringList parts = value.split(u':');
    if (parts.size() < 2 || parts.size() > 3)
        return std::nullopt;
    const QString mode = parts.value(2);
    if (!mode.isEmpty() && mode != "ro"_L1 && mode != "rw"_L1)
        return std::nullopt;
    return Mount {parts[0], parts[1], mode == "ro"_L1};
}

/// What the target says of its own accord is taken from the option; the rest stays an option.
void take(SeenContainer& seen, const Option& option)
{
    const auto keep = [&] {
        seen.options << option.name;
        if (option.hasValue)
            seen.options << option.value;
    };
    const QString& name = option.name;
    if (name == "--name"_L1)
        seen.name = option.value;
    else if (name == "--publish"_L1)
        seen.publish << option.value;
    else if (name == "--restart"_L1)
        seen.restart = option.value;
    else if (name == "--network"_L1 || name == "--net"_L1)
        seen.network = option.value;
    else if (name == "--stop-timeout"_L1)
        seen.stopTimeoutSeconds = option.value.toInt();
    else if (name == "--env"_L1)
        seen.env[option.value.section(u'=', 0, 0)] = option.value.section(u'=', 1);
    else if (name == "--env-file"_L1)
        seen.envFiles << option.value;
    else if (const auto mount = name == "--mount"_L1 ? mountFrom(option.value)
            : name == "--volume"_L1                  ? mountFromVolume(option.value)
                                                     : std::nullopt)
        seen.mounts << *mount;
    else if (name == "--label"_L1
        && (option.value.startsWith("com.docker.compose."_L1) || option.value.startsWith("gapless."_L1)))
        return; // whoever makes the new container labels it
    else if (name == "--log-driver"_L1 && option.value == "json-file"_L1)
        return; // docker's own
    else if (name != "--pull"_L1 && name != "--detach"_L1 && name != "--rm"_L1 && name != "--quiet"_L1
        && name != "--attach"_L1)
        keep();
}

/// Reads options until the image's name; returns its index.
qsizetype readOptions(const QStringList& words, qsizetype at, SeenContainer& seen)
{
    const auto valueAfter = [&](qsizetype& i) {
        if (i + 1 >= words.size())
            notARun(u"a value after %1"_s.arg(words[i]));
        return words[++i];
    };
    for (; at < words.size(); ++at) {
        const QString& word = words[at];
        if (!word.startsWith(u'-') || word == "-"_L1)
            return at;
        if (word == "--"_L1)
            return at + 1;
        if (word.startsWith("--"_L1)) {
            const QString name = word.section(u'=', 0, 0);
            if (switches.contains(name)) {
                if (!word.endsWith("=false"_L1))
                    take(seen, {name, {}, false});
            } else {
                take(seen, {name, word.contains(u'=') ? word.section(u'=', 1) : valueAfter(at)});
            }
            continue;
        }
        for (qsizetype i = 1; i < word.size(); ++i) {
            const QString name = shortOptions.value(word[i]);
            if (name.isEmpty())
                notARun(u"an option of docker run in place of %1"_s.arg(word));
            if (switches.contains(name)) {
                take(seen, {name, {}, false});
                continue;
            }
            const QString joined = word.mid(word.mid(i + 1).startsWith(u'=') ? i + 2 : i + 1);
            take(seen, {name, joined.isEmpty() ? valueAfter(at) : joined});
            break;
        }
    }
    return at;
}

/// The path in `curl -f http://localhost:8080/health || exit 1` and its like.
QString healthPathIn(const QJsonValue& health)
{
    static const QRegularExpression url(
        uR"(https?://(?:localhost|127\.0\.0\.1|\[::1\]|0\.0\.0\.0)(?::\d+)?(/[^\s'"|;&]*))"_s);
    for (const QJsonValue word : health[u"Test"_s].toArray())
        if (const auto match = url.match(word.toString()); match.hasMatch())
            return match.captured(1);
    return {};
}

} // namespace

SeenContainer seenFromInspect(const QJsonObject& container, const QJsonObject& image)
{
    // What docker::recreate would say is what it was created with; the environment goes its own way,
    // since a file for docker cannot hold all of it.
    QJsonObject config = container[u"Config"_s].toObject();
    config.remove(u"Env"_s);
    QJsonObject withoutEnv = container;
    withoutEnv[u"Config"_s] = config;
    const docker::Recreation made = docker::recreate(withoutEnv, image, u"seen"_s);
    SeenContainer seen;
    const qsizetype at = readOptions(made.words, 1, seen);
    seen.command = made.words.mid(at + 1);
    seen.lost = made.lost;
    for (const QStringList& words : made.afterwards)
        seen.lost << words.join(u' ');
    const Container parsed = containerFromInspect(container);
    const QJsonArray own = image[u"Config"_s][u"Env"_s].toArray();
    for (auto it = parsed.env.begin(); it != parsed.env.end(); ++it)
        if (!own.contains(QString(it.key() + u'=' + *it)))
            seen.env[it.key()] = *it;
    seen.name = parsed.name;
    seen.image = parsed.image;
    seen.imageId = parsed.imageId;
    seen.running = parsed.steady();
    seen.composeProject = parsed.composeProject;
    if (seen.network == "bridge"_L1)
        seen.network.clear();
    seen.healthPath = healthPathIn(container[u"Config"_s][u"Healthcheck"_s]);
    return seen;
}

SeenContainer seenFromRunLine(const QString& line)
{
    static const QRegularExpression continued(u"\\\\\r?\n"_s);
    const auto words = splitWords(QString(line).replace(continued, u" "_s).trimmed());
    if (!words || words->isEmpty())
        notARun(u"a line of shell words"_s);
    qsizetype at = 0;
    if (words->at(at) == "sudo"_L1)
        ++at;
    const QString program = words->value(at).section(u'/', -1);
    if (program != "docker"_L1 && program != "podman"_L1)
        notARun(u"docker run …"_s);
    ++at;
    if (words->value(at) == "container"_L1)
        ++at;
    if (words->value(at) != "run"_L1 && words->value(at) != "create"_L1)
        notARun(u"docker run …"_s);
    SeenContainer seen;
    at = readOptions(*words, at + 1, seen);
    if (at >= words->size())
        notARun(u"an image's name after the options"_s);
    seen.image = words->at(at);
    seen.command = words->mid(at + 1);
    return seen;
}

bool looksSecret(const QString& variable, const QString& value)
{
    static const QRegularExpression withPassword(
        uR"(://[^/\s:@]*:[^@\s/]+@|(^|[;,\s])(password|pwd|accountkey|sharedaccesskey)\s*=)"_s,
        QRegularExpression::CaseInsensitiveOption);
    return namesSecret(variable) || docker::soundsSecret(variable)
        || withPassword.match(value).hasMatch();
}

} // namespace gapless
