// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonObject>
#include <QMetaEnum>
#include <QObject>
#include <QString>
#include <exception>
#include <optional>

namespace gapless {
Q_NAMESPACE

/// What went wrong, as an identifier that never changes: app/wording turns it into a sentence with
/// its remedy, events carry its name (`toString`). `facts` that each kind carries stand beside it.
enum class ErrorKind {
    // The command line or a file is wrong.
    Usage, ///< {text}
    FileUnreadable, ///< {file}
    JsonBroken, ///< {file, line, column}
    FieldWrong, ///< {path, expected}
    FieldMissing, ///< {path}
    FieldUnknown, ///< {path}
    FieldRepeated, ///< {path, other}
    FieldSecret, ///< {path}: a target file never holds a secret
    StrategyNotBuilt, ///< {strategy}
    TargetUnknown, ///< {target}
    RunUnknown, ///< {run}
    // Getting to a host.
    HostUnreachable, ///< {address, port}
    HostKeyUnknown, ///< {address, fingerprint}
    HostKeyChanged, ///< {address, fingerprint, expected}
    HostKeyRevoked, ///< {address, fingerprint}
    KnownHostsUnreadable, ///< {file}
    SshConfigBroken, ///< {file, line}
    ProxyCommandUnsupported, ///< {address, command}: the way there in ssh_config is a program
    AuthenticationRefused, ///< {user, address, tried, offered}: lists of methods; a key as `key:FILE`
    AgentUnavailable, ///< {socket}: empty where SSH_AUTH_SOCK is not set
    AgentEmpty, ///< {socket}: it offers no key; it may be locked
    KeyUnusable, ///< {file}: not a private key that can be read
    PassphraseWrong, ///< {file}
    LoginShellRefused, ///< {user}: logged in, but the account runs no script (nologin, expired password, forced command)
    CredentialMissing, ///< {credential}
    KeychainUnavailable, ///< {backend, why}: none, denied or timeout
    ConnectionLost, ///< {address}: what the command did is not known
    CommandTimedOut, ///< {command, seconds}
    CommandFailed, ///< {command, exit} or {command, signal}
    CommandUnknown, ///< {command}: ended with neither exit status nor signal
    TunnelRefused, ///< {address}
    SudoRefused, ///< {user}
    // Docker.
    DockerMissing, ///< {docker}
    DockerUnusable, ///< {docker, why}: permission, daemon (not reachable), timedOut or other
    ImageMissing, ///< {image}
    TagUnknown, ///< {tag, repository}
    ContainerForeign, ///< {container, slot}: the name belongs to something else
    ContainerMissing, ///< {container, slot}
    ContainerCreateFailed, ///< {slot, image}
    ContainerStartFailed, ///< {slot}
    PortTaken, ///< {port, slot, by}
    MountMissing, ///< {source, slot}
    DiskFull, ///< {path, freeBytes, neededBytes}
    // nginx.
    UpstreamFileUnreadable, ///< {file, why}: missing, permission or notFile
    UpstreamMissing, ///< {file, upstream}
    UpstreamTwice, ///< {file, upstream}
    ServerMissing, ///< {file, upstream, server}
    ServerTwice, ///< {file, upstream, server}
    ServerIncluded, ///< {file, upstream, server, include}: the line is in an included file
    ConfigUnreadable, ///< {file, line}: not an nginx configuration we can edit safely
    NginxTestFailed, ///< {file}: `nginx -t` fails as the file stands, before Gapless touched it
    NginxRejectedEdit, ///< {file}: the edit was taken back
    NginxNotRunning, ///< {}
    ReloadNotTaken, ///< {}: no new workers, or old ones still accept
    FileChangedMeanwhile, ///< {file}
    StateDirUnusable, ///< {dir}: cannot be written or created; empty: none of the defaults can
    LastReadySlot, ///< {slot}: refusing to take out the last slot that is ready
    // Readiness.
    ContainerExited, ///< {slot, exit}
    ContainerRestarting, ///< {slot}
    HealthFailed, ///< {slot, status, expected}
    HealthTimedOut, ///< {slot, seconds}
    HubFailed, ///< {slot}
    HealthCommandFailed, ///< {slot, exit}
    RecreationImpossible, ///< {container, slot, variables}: it is gone, and nobody kept their values
    RehearsalImpossible, ///< {slot, why}: hostNetwork or noPort: nothing to publish elsewhere
    TrafficNotArriving, ///< {slot}
    SlotNotReady, ///< {slot}: another slot that should carry the site is not ready
    // The site as a whole.
    LockHeld, ///< {by, machine, run, version, since, waitsFor}: a question that is open; empty: none
    LockLost, ///< {by}: somebody took this rollout over
    PlanStale, ///< {what}: the site is no longer what was approved
    NothingToRollBackTo, ///< {tags}
    NothingToAdopt, ///< {upstream, nginx, containers}: whether an nginx was found, how many containers
    DoctorRefused, ///< {checks}
    DoctorWarned, ///< {checks}: with --strict
    ProtectionNotConfirmed, ///< {target}
    NotInteractive, ///< {question}
    ReadOnlyTarget, ///< {target}
    RunUnfinished, ///< {run}
    WitnessAborted, ///< {what}: abortOn in the target
    HookFailed, ///< {hook, exit}, {hook, signal} or {hook, seconds}: it took too long
    BuildFailed, ///< {step}: empty where none had begun
    TransferFailed, ///< {image}
    // Where a release comes from.
    GitMissing, ///< {}: there is no git command on this machine
    RepositoryUnusable, ///< {repository}: git cannot read it
    RevisionUnknown, ///< {revision, repository}
    BuildCommandFailed, ///< {command, exit}: the target's build.command, on this machine
    DockerfileMissing, ///< {file, folder}
    SourceChanged, ///< {file}: it changed while it was read
    ArchiveUnusable, ///< {file, why}: unreadable, notAnImage, severalImages, incomplete
    LocalImageMissing, ///< {image}: this machine's docker does not have it
    TagTaken, ///< {image, id, commit}: the tag names another content; `commit`: what it was built from
    PullFailed, ///< {image}
    ApprovalRejected, ///< {by, note}
    ApprovalExpired, ///< {days}: nobody approved in time
    CanaryWorse, ///< {slot, percent, why, new, old}: why is failed, p50, p99 or reconnects
    CanaryUnproven, ///< {slot, percent, samples, minimum}
    CanaryAborted, ///< {slot, percent, by, note}: a person took it back
    StoppedKeeping, ///< {by, note}: a person ended the run where it was
    TooLateToStop, ///< {run}: the new version serves everywhere, the run ends by itself
    StrategyNeedsWitness, ///< {strategy}: nobody would tell the versions apart
    PreviewUnusable, ///< {listen}: nothing answers there
    NothingToApprove, ///< {run, question}: no such question is open in that run
    // This machine.
    StoreUnusable, ///< {file, why}: permission, readOnly, full, busy or other
    StoreNewer, ///< {file, version}: written by a newer Gapless
    StoreDamaged, ///< {file, copy, runs}: what could be read of it is kept
    Internal, ///< {text}: a fault in Gapless
};
Q_ENUM_NS(ErrorKind)

/// The identifier of a value of any Q_ENUM, lower camel case: ErrorKind::HostUnreachable -> "hostUnreachable".
template <typename Enum> QString idOf(Enum value)
{
    QString id = QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(int(value)));
    if (!id.isEmpty())
        id[0] = id[0].toLower();
    return id;
}

/// The value an identifier names; nothing where none has that name.
template <typename Enum> std::optional<Enum> fromId(const QString& id)
{
    const QMetaEnum meta = QMetaEnum::fromType<Enum>();
    for (int i = 0; i < meta.keyCount(); ++i)
        if (idOf(Enum(meta.value(i))) == id)
            return Enum(meta.value(i));
    return std::nullopt;
}

/// The one exception of the engine: identifiers and numbers only; app/wording makes the sentence.
/// Thrown on the thread that failed and caught there: it never crosses a signal or a thread.
class Error : public std::exception {
public:
    explicit Error(ErrorKind what, QJsonObject itsFacts = {}, QString itsDetail = {})
        : kind(what)
        , facts(std::move(itsFacts))
        , detail(std::move(itsDetail))
    {
    }
    /// The same error, said of `host`; a host that is already named stays.
    Error on(const QString& hostName) const;
    const char* what() const noexcept override;

    ErrorKind kind;
    QString host; ///< the host's name in the target; empty where none is concerned
    QString step; ///< the step's name; filled in by the rollout
    QJsonObject facts; ///< what the sentence is made of
    QString detail; ///< what the remote program itself said, last lines, untranslated and untrusted

private:
    mutable QByteArray m_what;
};

QJsonObject toJson(const Error& error);
Error errorFromJson(const QJsonObject& json);

/// The user asked to stop. Not a failure, so not an Error and not a std::exception.
struct Cancelled { };

} // namespace gapless
