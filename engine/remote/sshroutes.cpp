// SPDX-License-Identifier: MIT
#include "engine/remote/sshroutes.h"

#include "engine/model/error.h"
#include "engine/remote/sshconfig.h"

#include <QDir>
#include <QFile>
#include <pwd.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr int mostHops = 8;

QString localUser()
{
    const passwd* const entry = ::getpwuid(::getuid());
    return entry ? QString::fromLocal8Bit(entry->pw_name) : QString();
}

QString inHome(const QString& path)
{
    return expandSshPath(path, {.home = QDir::homePath()});
}

/// `[user@]host[:port]`, also as `ssh://…`.
HostSpec jumpSpec(QString written, const HostSpec& spec)
{
    if (written.startsWith(u"ssh://"_s))
        written.remove(0, 6);
    HostSpec jump;
    jump.auth = spec.auth;
    if (const qsizetype at = written.lastIndexOf(u'@'); at >= 0) {
        jump.user = written.left(at);
        written.remove(0, at + 1);
    }
    const qsizetype colon = written.lastIndexOf(u':');
    const bool isBareIpv6 = written.count(u':') > 1 && !written.startsWith(u'[');
    if (!isBareIpv6 && colon > written.lastIndexOf(u']')) {
        bool isNumber = false;
        jump.port = written.mid(colon + 1).toUShort(&isNumber);
        if (!isNumber)
            throw Error(ErrorKind::FieldWrong,
                {{u"path"_s, u"jump"_s}, {u"expected"_s, u"user@host:port"_s}});
        written.truncate(colon);
    }
    if (written.startsWith(u'[') && written.endsWith(u']'))
        written = written.mid(1, written.size() - 2);
    jump.address = jump.name = written;
    return jump;
}

class Routes {
public:
    explicit Routes(const SshOptions& options)
        : m_options(options)
        , m_localUser(localUser())
    {
    }
    QList<SshRoute> to(const HostSpec& spec, const QStringList& jumps, int depth);

private:
    SshConfig configOf(const HostSpec& spec) const;
    SshRoute route(const HostSpec& spec, const SshConfig& config) const;
    void addKeys(SshRoute& route, const HostSpec& spec, const SshConfig& config,
        const SshTokens& tokens) const;
    QString agentSocket(const SshConfig& config, const SshTokens& tokens) const;
    QStringList configFiles() const
    {
        QStringList files;
        for (const QString& file : {m_options.config, m_options.systemConfig})
            if (!file.isEmpty())
                files << inHome(file);
        return files;
    }

    const SshOptions& m_options;
    const QString m_localUser;
};

SshConfig Routes::configOf(const HostSpec& spec) const
{
    return readSshConfig(configFiles(),
        {.alias = spec.address,
            .user = spec.user,
            .localUser = m_localUser,
            .home = QDir::homePath()});
}

QString Routes::agentSocket(const SshConfig& config, const SshTokens& tokens) const
{
    if (!config.identityAgent || *config.identityAgent == u"SSH_AUTH_SOCK")
        return m_options.agentSocket;
    if (config.identityAgent->compare(u"none"_s, Qt::CaseInsensitive) == 0)
        return {};
    if (config.identityAgent->startsWith(u'$'))
        return qEnvironmentVariable(config.identityAgent->mid(1).toLocal8Bit().constData());
    return expandSshPath(*config.identityAgent, tokens);
}

void Routes::addKeys(
    SshRoute& route, const HostSpec& spec, const SshConfig& config, const SshTokens& tokens) const
{
    QStringList written;
    if (spec.auth.method == Auth::Method::Key && !spec.auth.privateKeyFile.isEmpty())
        written << spec.auth.privateKeyFile;
    else
        written = config.identityFiles;
    route.keysAreNamed = !written.isEmpty();
    // An agent alone is asked for; the usual files are for who asked for a key, and for a server
    // that wants one before the password.
    if (written.isEmpty() && spec.auth.method != Auth::Method::Agent)
        written = m_options.defaultKeys;
    for (const QString& file : written)
        if (file.compare(u"none"_s, Qt::CaseInsensitive) != 0)
            route.keys << SshRoute::KeyFile {file, expandSshPath(file, tokens)};
}

SshRoute Routes::route(const HostSpec& spec, const SshConfig& config) const
{
    SshRoute route;
    route.host = spec.name;
    route.alias = spec.address;
    route.address = config.hostName.isEmpty()
        ? spec.address
        : expandSshPath(config.hostName, {.host = spec.address, .alias = spec.address});
    // 22 is what a target has that names none.
    route.port = spec.port == 22 && config.port ? config.port : spec.port;
    route.user = !spec.user.isEmpty() ? spec.user
        : !config.user.isEmpty()      ? config.user
                                      : m_localUser;
    route.method = spec.auth.method;
    route.pin = spec.hostKey;
    route.onlyNamedKeys = config.identitiesOnly;
    route.knownAs = config.hostKeyAlias;
    route.hashKnownHosts = config.hashKnownHosts;
    route.ciphersChosen = config.ciphers;
    route.configs = configFiles();

    const SshTokens tokens {.host = route.address,
        .port = QString::number(route.port),
        .remoteUser = route.user,
        .localUser = m_localUser,
        .home = QDir::homePath(),
        .alias = spec.address};
    route.agentSocket = agentSocket(config, tokens);
    addKeys(route, spec, config, tokens);
    const auto files = [&](const QStringList& chosen, const QString& usual) {
        QStringList paths;
        for (const QString& file : chosen.isEmpty() ? QStringList {usual} : chosen)
            if (!file.isEmpty() && file.compare(u"none"_s, Qt::CaseInsensitive) != 0)
                paths << expandSshPath(file, tokens);
        return paths;
    };
    route.knownHosts = files(config.userKnownHosts, m_options.knownHosts);
    route.systemKnownHosts = files(config.globalKnownHosts, m_options.systemKnownHosts);
    return route;
}

QList<SshRoute> Routes::to(const HostSpec& spec, const QStringList& jumps, int depth)
{
    if (depth > mostHops)
        throw Error(ErrorKind::FieldWrong,
            {{u"path"_s, u"jump"_s}, {u"expected"_s, u"no loop of jump hosts"_s}});
    const SshConfig config = configOf(spec);
    QStringList through = jumps;
    if (through.isEmpty()) {
        if (!config.proxyCommand.isEmpty())
            throw Error(ErrorKind::ProxyCommandUnsupported,
                {{u"address"_s, spec.address}, {u"command"_s, config.proxyCommand}});
        through = config.proxyJump.split(u',', Qt::SkipEmptyParts);
    }
    // `Host *` with a ProxyJump speaks of the jump host too.
    if (jumps.isEmpty() && through.size() == 1
        && jumpSpec(through.first().trimmed(), spec).address == spec.address)
        through.clear();
    QList<SshRoute> routes;
    if (!through.isEmpty())
        routes = to(jumpSpec(through.last().trimmed(), spec), through.mid(0, through.size() - 1),
            depth + 1);
    routes << route(spec, config);
    return routes;
}

} // namespace

QList<SshRoute> routesTo(const HostSpec& spec, const SshOptions& options)
{
    return Routes(options).to(spec, spec.jump, 0);
}

} // namespace gapless
