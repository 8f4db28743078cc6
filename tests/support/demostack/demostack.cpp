// SPDX-License-Identifier: MIT
#include "tests/support/demostack/demostack.h"

#include "engine/model/error.h"
#include "engine/model/targetjson.h"
#include "engine/remote/quoting.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

const QString sourceFolder = QStringLiteral(GAPLESS_SOURCE_DIR);

/// Publishing the site and building the images comes first on a machine that never did it.
constexpr int deadlineMs = 15 * 60 * 1000;

class NoSecrets : public Secrets {
public:
    std::optional<Secret> secret(const SecretRequest&, std::stop_token) override
    {
        return std::nullopt;
    }
};

/// SshHosts with what it needs to live.
class StackHosts : public Hosts {
public:
    StackHosts(const Target& target, const SshOptions& options)
        : m_hosts(target, m_secrets, m_decider, options)
    {
    }
    Host& at(const QString& name) override { return m_hosts.at(name); }

private:
    NoSecrets m_secrets;
    RefuseUnknownHostKeys m_decider;
    SshHosts m_hosts;
};

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(ErrorKind::FileUnreadable, {{u"file"_s, path}});
    return file.readAll();
}

QString finished(QProcess& process, const QStringList& command)
{
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(command.constFirst(), command.mid(1));
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(deadlineMs);
    const QString said = QString::fromUtf8(process.readAll());
    if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        throw Error(ErrorKind::CommandFailed,
            {{u"command"_s, command.join(u' ')}, {u"exit"_s, process.exitCode()}}, said);
    return said;
}

} // namespace

DemoStack::DemoStack(const QString& folder)
    : m_folder(qEnvironmentVariable("GAPLESS_DEMO_DIR", folder))
{
    run({u"up"_s, u"--second"_s});
}

QString DemoStack::id() const
{
    const QString folder = QFileInfo(m_folder).canonicalFilePath();
    return QString::fromLatin1(
        QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha1).toHex().left(8));
}

Target DemoStack::target(const QString& name) const
{
    const QString file = m_folder + u'/' + name + u".json"_s;
    return targetFromJson(bytesOf(file), file);
}

QString DemoStack::image(const QString& name) const
{
    const QString file = sourceFolder + u"/packaging/demo/images.json"_s;
    return QJsonDocument::fromJson(bytesOf(file))[name][u"tag"_s].toString();
}

QString DemoStack::tag(const QString& name) const
{
    return image(name).section(u':', -1);
}

QString DemoStack::run(const QStringList& words, const QMap<QString, QString>& settings) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    // Beside a stack that somebody has up for themselves.
    const QMap<QString, QString> ports {{u"HTTP_PORT"_s, u"29080"_s}, {u"SSH_PORT"_s, u"22220"_s},
        {u"PORT_A"_s, u"28090"_s}, {u"PORT_B"_s, u"28091"_s}, {u"SECOND_HTTP_PORT"_s, u"29081"_s},
        {u"SECOND_SSH_PORT"_s, u"22221"_s}, {u"SECOND_PORT_A"_s, u"28092"_s},
        {u"LINK"_s, u"10.213.78"_s}};
    if (!qEnvironmentVariableIsSet("GAPLESS_DEMO_DIR"))
        for (auto port = ports.begin(); port != ports.end(); ++port)
            environment.insert(u"GAPLESS_DEMO_"_s + port.key(), port.value());
    environment.insert(u"GAPLESS_DEMO_DIR"_s, m_folder);
    for (auto setting = settings.begin(); setting != settings.end(); ++setting)
        environment.insert(setting.key(), setting.value());
    QProcess process;
    process.setProcessEnvironment(environment);
    return finished(process, QStringList {sourceFolder + u"/packaging/demo/stack"_s} + words);
}

QString DemoStack::docker(const QString& machine, const QStringList& words) const
{
    const Target both = target(u"target-two-hosts"_s);
    QProcess process;
    return finished(process, splitWords(both.host(machine).docker).value_or(QStringList()) + words);
}

std::unique_ptr<Hosts> DemoStack::hosts(const Target& target) const
{
    SshOptions options;
    options.config = options.systemConfig = u"/dev/null"_s;
    options.knownHosts = m_folder + u"/ssh/known_hosts"_s;
    options.systemKnownHosts = u"/dev/null"_s;
    options.agentSocket.clear();
    return std::make_unique<StackHosts>(target, options);
}

} // namespace gapless
