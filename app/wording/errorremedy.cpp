// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

namespace gapless {

namespace {

struct Remedies {
    Q_DECLARE_TR_FUNCTIONS(Remedies)
};

} // namespace

QString remedy(const Error& error)
{
    const Facts fact(error.facts);
    // One case a kind, no default: a kind that is forgotten here does not compile.
    switch (error.kind) {
    case ErrorKind::Usage:
        return Remedies::tr("“gaplessctl help COMMAND” shows what a command takes.");
    case ErrorKind::FileUnreadable:
        return Remedies::tr("Check that the file exists and that you may read it.");
    case ErrorKind::JsonBroken:
        return Remedies::tr("Mend the file at that place; a comma or a quotation mark too many or "
                            "too few is the usual cause.");
    case ErrorKind::FieldWrong:
        return Remedies::tr("Correct the field in the target file.");
    case ErrorKind::FieldMissing:
        return Remedies::tr("Add the field to the target file.");
    case ErrorKind::FieldUnknown:
        return Remedies::tr("Correct its spelling or remove it.");
    case ErrorKind::FieldRepeated:
        return Remedies::tr("Give one of the two a value of its own.");
    case ErrorKind::FieldSecret:
        return Remedies::tr("Remove the field and store the secret in the keychain: “gaplessctl "
                            "credential set NAME”.");
    case ErrorKind::StrategyNotBuilt:
        return Remedies::tr("Use “rolling”.");
    case ErrorKind::TargetUnknown:
        return Remedies::tr("“gaplessctl target list” shows the saved targets; “gaplessctl target "
                            "import FILE” saves one.");
    case ErrorKind::RunUnknown:
        return Remedies::tr("“gaplessctl history” lists the runs.");

    case ErrorKind::HostUnreachable:
        return Remedies::tr("Check address and port in the target, that the host is up, and that "
                            "no firewall stands between.");
    case ErrorKind::HostKeyUnknown:
        return Remedies::tr("Compare the fingerprint with the one the host's owner gives you. If "
                            "it is right, run again with --accept-new-host-key, or write it into "
                            "the target's hostKey.");
    case ErrorKind::HostKeyChanged:
        return Remedies::tr("Somebody may be between you and the host. Ask its owner whether the "
                            "key was changed; only then remove the old one (“ssh-keygen -R HOST”, "
                            "or the target's hostKey).");
    case ErrorKind::HostKeyRevoked:
        return Remedies::tr("Do not connect with this key. Ask the host's owner for its new one.");
    case ErrorKind::KnownHostsUnreadable:
        return Remedies::tr("Mend the file's permissions, or pin the key in the target's hostKey.");
    case ErrorKind::SshConfigBroken:
        return Remedies::tr("Mend that line; “ssh -G HOST” shows what ssh makes of it.");
    case ErrorKind::ProxyCommandUnsupported:
        return Remedies::tr("Name the way there in the target's jump, as user@host:port.");
    case ErrorKind::AuthenticationRefused:
        return Remedies::tr("Check user and auth in the target, that the key is in the host's "
                            "authorized_keys, and the secret in the keychain.");
    case ErrorKind::AgentUnavailable:
        return Remedies::tr("Start an agent and run again from its session, or set auth.method to "
                            "“key” in the target.");
    case ErrorKind::AgentEmpty:
        return Remedies::tr("Unlock the agent, or add the key to it with “ssh-add”.");
    case ErrorKind::KeyUnusable:
        return Remedies::tr("Check auth.privateKeyFile: it must be a private key that you may "
                            "read, not the .pub beside it.");
    case ErrorKind::PassphraseWrong:
        return Remedies::tr("Store the right one: “gaplessctl credential set key:%1”.")
            .arg(fact("file"));
    case ErrorKind::LoginShellRefused:
        return Remedies::tr("Give the account a shell such as /bin/sh; an expired password or a "
                            "forced command does this too.");
    case ErrorKind::CredentialMissing:
        return Remedies::tr("Store it: “gaplessctl credential set %1”.").arg(fact("credential"));
    case ErrorKind::KeychainUnavailable:
        return Remedies::tr("Unlock or start the system's keychain (libsecret or KWallet), or use "
                            "an SSH agent, which needs no stored secret.");
    case ErrorKind::ConnectionLost:
        return Remedies::tr("Once the host answers again, “gaplessctl status” shows how things "
                            "stand and “gaplessctl resume” goes on from there.");
    case ErrorKind::CommandTimedOut:
        return Remedies::tr("Look at the host's load and at what the command waits for, then run "
                            "it again.");
    case ErrorKind::CommandFailed:
    case ErrorKind::CommandUnknown:
        return Remedies::tr("Mend on the host what the command says, then run it again.");
    case ErrorKind::TunnelRefused:
        return Remedies::tr("Allow AllowTcpForwarding for this user in the host's sshd_config.");
    case ErrorKind::SudoRefused:
        return Remedies::tr("Give the user the sudoers lines that “gaplessctl doctor” proposes, or "
                            "store the sudo password in the keychain.");

    case ErrorKind::DockerMissing:
        return Remedies::tr("Install Docker on the host, or name its command in the target's "
                            "hosts.*.docker.");
    case ErrorKind::DockerUnusable:
        return Remedies::tr("Start the daemon, and put the user into the docker group or set sudo "
                            "in the target.");
    case ErrorKind::ImageMissing:
        return Remedies::tr("“gaplessctl images” shows what each host has; load the image there, "
                            "or choose another tag.");
    case ErrorKind::TagUnknown:
        return Remedies::tr("“gaplessctl images” lists the tags; check the spelling and "
                            "image.repository.");
    case ErrorKind::ContainerForeign:
        return Remedies::tr("Rename that container, or give the slot another container name in "
                            "the target.");
    case ErrorKind::ContainerMissing:
        return Remedies::tr("“gaplessctl status” shows what is there; a deployment creates it "
                            "anew.");
    case ErrorKind::ContainerCreateFailed:
        return Remedies::tr("Mend what docker says: usually an option, a mount or an environment "
                            "file of the target.");
    case ErrorKind::ContainerStartFailed:
        return Remedies::tr("Mend what docker says: usually a port, a network or the image's "
                            "entry point.");
    case ErrorKind::PortTaken:
        return Remedies::tr("Stop what holds the port, or give the slot another one in publish "
                            "and server.");
    case ErrorKind::MountMissing:
        return Remedies::tr("Create it on the slot's host, or correct container.mounts.");
    case ErrorKind::DiskFull:
        return Remedies::tr("Free space there, for instance with “docker image prune”.");

    case ErrorKind::UpstreamFileUnreadable:
        return Remedies::tr("Check gateway.upstreamFile and that the user, or sudo for the "
                            "gateway, may read it.");
    case ErrorKind::UpstreamMissing:
        return Remedies::tr("Correct gateway.upstreamFile or gateway.upstream in the target.");
    case ErrorKind::UpstreamTwice:
        return Remedies::tr("Keep one of the blocks, or give the other one another name.");
    case ErrorKind::ServerMissing:
        return Remedies::tr("Add the line to the upstream, or correct the slot's server in the "
                            "target, written as nginx has it.");
    case ErrorKind::ServerTwice:
        return Remedies::tr("Keep one of the lines.");
    case ErrorKind::ServerIncluded:
        return Remedies::tr("Name that file in gateway.upstreamFile, or move the line into the "
                            "block.");
    case ErrorKind::ConfigUnreadable:
        return Remedies::tr("Look at that line; “nginx -t” on the host says more.");
    case ErrorKind::NginxTestFailed:
        return Remedies::tr("Mend the configuration until “nginx -t” passes, then run again.");
    case ErrorKind::NginxRejectedEdit:
        return Remedies::tr("Mend what nginx says; the file is as it was.");
    case ErrorKind::NginxNotRunning:
        return Remedies::tr("Start nginx on the gateway.");
    case ErrorKind::ReloadNotTaken:
        return Remedies::tr("Mend what nginx's error log says: usually a taken port or a changed "
                            "zone, which need a restart of nginx.");
    case ErrorKind::FileChangedMeanwhile:
        return Remedies::tr("Find out who edits the file, then run again.");
    case ErrorKind::StateDirUnusable:
        return Remedies::tr("Create the folder and let the user write it, or name another one in "
                            "gateway.stateDir.");
    case ErrorKind::LastReadySlot:
        return Remedies::tr("Bring another slot up first; “gaplessctl status” shows them.");

    case ErrorKind::ContainerExited:
    case ErrorKind::ContainerRestarting:
        return Remedies::tr("Its last log lines say why; mend the image or its settings.");
    case ErrorKind::HealthFailed:
        return Remedies::tr("Look at the answer and at the container's log; if the answer is "
                            "right, correct health in the target.");
    case ErrorKind::HealthTimedOut:
        return Remedies::tr("Look at the container's log; a site that boots slowly needs a larger "
                            "health.deadlineSeconds.");
    case ErrorKind::HubFailed:
        return Remedies::tr("Look at the container's log; correct witness.signalr.hub, or set "
                            "health.hub to false where there is none.");
    case ErrorKind::HealthCommandFailed:
        return Remedies::tr("Run health.command by hand on the slot's host to see why.");
    case ErrorKind::RecreationImpossible:
        return Remedies::tr("Store these values with “gaplessctl credential set”, list their names in "
                            "the target's secretEnv, and deploy the old release.");
    case ErrorKind::RehearsalImpossible:
        return Remedies::tr("Set “rehearse” to false in the target, or give the container a network "
                            "of its own with a published port.");
    case ErrorKind::TrafficNotArriving:
        return Remedies::tr("Check that the slot's server in the target is the one that nginx "
                            "reaches, and nginx's error log.");
    case ErrorKind::SlotNotReady:
        return Remedies::tr("Bring that slot back first; “gaplessctl status” shows its state.");

    case ErrorKind::LockHeld:
        return Remedies::tr("Wait until that run has ended. If its owner is gone, “gaplessctl "
                            "resume” finishes or restores it.");
    case ErrorKind::LockLost:
        return Remedies::tr("“gaplessctl status” shows how things stand now.");
    case ErrorKind::PlanStale:
        return Remedies::tr("Look at the new plan and approve that one.");
    case ErrorKind::NothingToRollBackTo:
        return Remedies::tr("Name the tag to go back to: “gaplessctl rollback TARGET --to TAG”.");
    case ErrorKind::NothingToAdopt:
        return Remedies::tr("Look as a user who may run “nginx -T” and docker, or write the target by hand.");
    case ErrorKind::DoctorRefused:
    case ErrorKind::DoctorWarned:
        return QStringList {fact.firstCheckRemedy(),
            Remedies::tr("“gaplessctl doctor TARGET” says for each how to mend it.")}
            .join(u' ')
            .trimmed();
    case ErrorKind::ProtectionNotConfirmed:
        return Remedies::tr("Without a terminal, give --confirm %1 and --reason TEXT.")
            .arg(fact("target"));
    case ErrorKind::NotInteractive:
        return Remedies::tr("Run it on a terminal, or answer beforehand with %1.")
            .arg(fact.empty("option") ? QStringLiteral("--yes") : fact("option"));
    case ErrorKind::ReadOnlyTarget:
        return Remedies::tr("Change the target's protection first, if you may.");
    case ErrorKind::RunUnfinished:
        return Remedies::tr("“gaplessctl resume TARGET” finishes it, restores the old version or "
                            "leaves things as they are.");
    case ErrorKind::WitnessAborted:
        return Remedies::tr("“gaplessctl report” shows what was seen, and which step came just "
                            "before.");
    case ErrorKind::HookFailed:
        return Remedies::tr("Mend what the hook says, or remove it from the target's hooks.");
    case ErrorKind::BuildFailed:
        return Remedies::tr("Mend what the build says; nothing was deployed.");
    case ErrorKind::TransferFailed:
        return Remedies::tr("Run again; if it fails again, look at the disk space and the Docker "
                            "log of that host.");
    case ErrorKind::GitMissing:
        return Remedies::tr("Install git, or give a folder with --context.");
    case ErrorKind::RepositoryUnusable:
        return Remedies::tr("Check its path or URL, and that your key agent or git's credential "
                            "helper lets you in: “git ls-remote REPO” must work without a "
                            "question.");
    case ErrorKind::RevisionUnknown:
        return Remedies::tr("Give a branch, a tag or a commit that is there; a commit that was "
                            "not pushed is in no other repository.");
    case ErrorKind::BuildCommandFailed:
        return Remedies::tr("Mend what the command says, or correct the target's build.command; "
                            "nothing was deployed.");
    case ErrorKind::DockerfileMissing:
        return Remedies::tr("Correct build.context or build.dockerfile in the target.");
    case ErrorKind::SourceChanged:
        return Remedies::tr("Run again when nothing writes there; a git revision does not change.");
    case ErrorKind::ArchiveUnusable:
        return Remedies::tr("Give what “docker save REPOSITORY:TAG” wrote, or an OCI layout with "
                            "one image.");
    case ErrorKind::LocalImageMissing:
        return Remedies::tr("“docker image ls” shows what is there.");
    case ErrorKind::TagTaken:
        return Remedies::tr("Deploy what is there with --image, give the new image another tag, or "
                            "remove the old one from the hosts. Nothing was changed.");
    case ErrorKind::PullFailed:
        return Remedies::tr("Check the reference, and that the host reaches its registry and is "
                            "logged in there.");

    case ErrorKind::ApprovalRejected:
        return Remedies::tr("What served before serves. Mend what was found, and deploy again.");
    case ErrorKind::ApprovalExpired:
        return Remedies::tr("What served before serves. Deploy again when somebody can look at "
                            "it.");
    case ErrorKind::CanaryWorse:
        return Remedies::tr("The old version serves everywhere again. The report has the numbers "
                            "of both versions; the limits are in the target's canary.limits.");
    case ErrorKind::CanaryUnproven:
        return Remedies::tr("Raise witness.http.perSecond or canary.pauseSeconds, or lower "
                            "canary.minimumSamples. Where clients are pinned to a slot, few new "
                            "ones may come.");
    case ErrorKind::CanaryAborted:
        return Remedies::tr("The old version serves everywhere again.");
    case ErrorKind::StoppedKeeping:
        return Remedies::tr("Two versions may serve side by side now. Deploy again to bring every "
                            "slot to the new one, or roll back.");
    case ErrorKind::TooLateToStop:
        return Remedies::tr("Let it end, then “gaplessctl rollback TARGET” goes back to the old "
                            "version.");
    case ErrorKind::StrategyNeedsWitness:
        return Remedies::tr("Run it with the witness, or set canary.byHand in the target: then a "
                            "person promotes.");
    case ErrorKind::PreviewUnusable:
        return Remedies::tr("Look at nginx's error log on the gateway, or leave preview out of "
                            "the target: “gaplessctl preview” needs no listener.");
    case ErrorKind::NothingToApprove:
        return Remedies::tr("“gaplessctl history” shows the runs, and “gaplessctl status TARGET” "
                            "what one of them waits for.");

    case ErrorKind::StoreUnusable:
        return Remedies::tr("Check permissions and free space there, or name another folder with "
                            "--data-dir.");
    case ErrorKind::StoreNewer:
        return Remedies::tr("Update Gapless on this machine, or name another folder with "
                            "--data-dir.");
    case ErrorKind::StoreDamaged:
        return Remedies::tr("Gapless goes on with what can be read. Keep the copy until the "
                            "history has been checked.");
    case ErrorKind::Internal:
        return Remedies::tr("Please report it with the log lines around it.");
    }
    return {};
}

} // namespace gapless
