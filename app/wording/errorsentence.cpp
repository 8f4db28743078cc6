// SPDX-License-Identifier: MIT
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Errors {
    Q_DECLARE_TR_FUNCTIONS(Errors)
};

QString archiveSentence(const Facts& fact, const QString& why)
{
    if (why == "notAnImage"_L1)
        return Errors::tr("“%1” holds no image.").arg(fact("file"));
    if (why == "severalImages"_L1)
        return Errors::tr("“%1” holds several images.").arg(fact("file"));
    if (why == "incomplete"_L1)
        return Errors::tr("“%1” is not whole: a layer is missing in it.").arg(fact("file"));
    return Errors::tr("“%1” cannot be read as an image archive.").arg(fact("file"));
}

QString core(const Error& error)
{
    const Facts fact(error.facts);
    // One case a kind, no default: a kind that is forgotten here does not compile.
    switch (error.kind) {
    case ErrorKind::Usage:
        return Errors::tr("The command line is wrong: %1").arg(fact("text"));
    case ErrorKind::FileUnreadable:
        return Errors::tr("The file “%1” cannot be read.").arg(fact("file"));
    case ErrorKind::JsonBroken:
        return Errors::tr("“%1” is not valid JSON: line %2, column %3.")
            .arg(fact("file"), fact("line"), fact("column"));
    case ErrorKind::FieldWrong:
        return Errors::tr("The field “%1” is wrong; expected: %2.")
            .arg(fact("path"), fact("expected"));
    case ErrorKind::FieldMissing:
        return Errors::tr("The field “%1” is missing.").arg(fact("path"));
    case ErrorKind::FieldUnknown:
        return Errors::tr("There is no field “%1” in a target.").arg(fact("path"));
    case ErrorKind::FieldRepeated:
        return Errors::tr("The field “%1” repeats the value of “%2”; the two must differ.")
            .arg(fact("path"), fact("other"));
    case ErrorKind::FieldSecret:
        return Errors::tr("The field “%1” would hold a secret; a target file never does.")
            .arg(fact("path"));
    case ErrorKind::StrategyNotBuilt:
        return Errors::tr("The strategy “%1” is not built yet.").arg(fact("strategy"));
    case ErrorKind::TargetUnknown:
        return Errors::tr("No target named “%1” is saved.").arg(fact("target"));
    case ErrorKind::RunUnknown:
        return Errors::tr("No run “%1” is in the history.").arg(fact("run"));

    case ErrorKind::HostUnreachable:
        return Errors::tr("Nothing answers at %1, port %2.").arg(fact("address"), fact("port"));
    case ErrorKind::HostKeyUnknown:
        return Errors::tr("The host key of %1 is not known yet: %2.")
            .arg(fact("address"), fact("fingerprint"));
    case ErrorKind::HostKeyChanged:
        return Errors::tr("The host key of %1 has changed: it is %2 and should be %3.")
            .arg(fact("address"), fact("fingerprint"), fact("expected"));
    case ErrorKind::HostKeyRevoked:
        return Errors::tr("The host key of %1 is marked as revoked: %2.")
            .arg(fact("address"), fact("fingerprint"));
    case ErrorKind::KnownHostsUnreadable:
        return Errors::tr("The file of known hosts “%1” cannot be read.").arg(fact("file"));
    case ErrorKind::SshConfigBroken:
        return Errors::tr("The SSH configuration “%1” is broken in line %2.")
            .arg(fact("file"), fact("line"));
    case ErrorKind::ProxyCommandUnsupported:
        return Errors::tr("The SSH configuration reaches %1 through a program (“%2”), which "
                          "Gapless does not run.")
            .arg(fact("address"), fact("command"));
    case ErrorKind::AuthenticationRefused:
        return Errors::tr("%1 refused the login of “%2” (tried: %3).")
            .arg(fact("address"), fact("user"), fact("tried"));
    case ErrorKind::AgentUnavailable:
        return fact.empty("socket")
            ? Errors::tr("No SSH agent is running (SSH_AUTH_SOCK is not set).")
            : Errors::tr("The SSH agent at “%1” does not answer.").arg(fact("socket"));
    case ErrorKind::AgentEmpty:
        return Errors::tr("The SSH agent offers no key.");
    case ErrorKind::KeyUnusable:
        return Errors::tr("“%1” is not a private key that can be read.").arg(fact("file"));
    case ErrorKind::PassphraseWrong:
        return Errors::tr("The passphrase of the key “%1” is wrong.").arg(fact("file"));
    case ErrorKind::LoginShellRefused:
        return Errors::tr("The login of “%1” works, but the account runs no commands.")
            .arg(fact("user"));
    case ErrorKind::CredentialMissing:
        return Errors::tr("The keychain has no secret named “%1”.").arg(fact("credential"));
    case ErrorKind::KeychainUnavailable:
        return Errors::tr("The keychain of this system cannot be used (%1).").arg(fact("backend"));
    case ErrorKind::ConnectionLost:
        return Errors::tr("The connection to %1 was lost; what the command under way did is not "
                          "known.")
            .arg(fact("address"));
    case ErrorKind::CommandTimedOut:
        return Errors::tr("“%1” did not end within %2 s.").arg(fact("command"), fact("seconds"));
    case ErrorKind::CommandFailed:
        return fact.empty("exit")
            ? Errors::tr("“%1” was ended by signal %2.").arg(fact("command"), fact("signal"))
            : Errors::tr("“%1” failed with exit status %2.").arg(fact("command"), fact("exit"));
    case ErrorKind::CommandUnknown:
        return Errors::tr("“%1” ended without saying how.").arg(fact("command"));
    case ErrorKind::TunnelRefused:
        return Errors::tr("The SSH server does not forward connections to %1.")
            .arg(fact("address"));
    case ErrorKind::SudoRefused:
        return Errors::tr("sudo refused “%1”.").arg(fact("user"));

    case ErrorKind::DockerMissing:
        return Errors::tr("The command “%1” is not there.").arg(fact("docker"));
    case ErrorKind::DockerUnusable:
        if (fact("why") == "permission"_L1)
            return Errors::tr("The user may not use the Docker daemon (“%1”).").arg(fact("docker"));
        if (fact("why") == "daemon"_L1)
            return Errors::tr("The Docker daemon does not answer (“%1”).").arg(fact("docker"));
        return Errors::tr("“%1” cannot be used.").arg(fact("docker"));
    case ErrorKind::ImageMissing:
        return Errors::tr("The image %1 is not there.").arg(fact("image"));
    case ErrorKind::TagUnknown:
        if (!fact.empty("tags"))
            return Errors::tr("There is no tag “%1” of %2. There is: %3.")
                .arg(fact("tag"), fact("repository"), fact("tags"));
        return Errors::tr("There is no tag “%1” of %2.").arg(fact("tag"), fact("repository"));
    case ErrorKind::ContainerForeign:
        return Errors::tr("The container name “%1” of slot %2 belongs to something else.")
            .arg(fact("container"), fact("slot"));
    case ErrorKind::ContainerMissing:
        return Errors::tr("The container “%1” of slot %2 is not there.")
            .arg(fact("container"), fact("slot"));
    case ErrorKind::ContainerCreateFailed:
        return Errors::tr("The container of slot %1 could not be created from %2.")
            .arg(fact("slot"), fact("image"));
    case ErrorKind::ContainerStartFailed:
        return Errors::tr("The container of slot %1 did not start.").arg(fact("slot"));
    case ErrorKind::PortTaken:
        return Errors::tr("Port %1 of slot %2 is taken by %3.")
            .arg(fact("port"), fact("slot"), fact("by"));
    case ErrorKind::MountMissing:
        return Errors::tr("“%1”, which slot %2 mounts, is not there.")
            .arg(fact("source"), fact("slot"));
    case ErrorKind::DiskFull:
        return Errors::tr("“%1” has %2 free and needs %3.")
            .arg(fact("path"), fact.bytes("freeBytes"), fact.bytes("neededBytes"));

    case ErrorKind::UpstreamFileUnreadable:
        if (fact("why") == "missing"_L1)
            return Errors::tr("The upstream file “%1” is not there.").arg(fact("file"));
        if (fact("why") == "notFile"_L1)
            return Errors::tr("“%1”, named as the upstream file, is not a file.").arg(fact("file"));
        return Errors::tr("The upstream file “%1” cannot be read.").arg(fact("file"));
    case ErrorKind::UpstreamMissing:
        return Errors::tr("“%1” has no upstream block named “%2”.")
            .arg(fact("file"), fact("upstream"));
    case ErrorKind::UpstreamTwice:
        return Errors::tr("“%1” has more than one upstream block named “%2”.")
            .arg(fact("file"), fact("upstream"));
    case ErrorKind::ServerMissing:
        return Errors::tr("The upstream “%1” in “%2” has no line “server %3”.")
            .arg(fact("upstream"), fact("file"), fact("server"));
    case ErrorKind::ServerTwice:
        return Errors::tr("The upstream “%1” in “%2” has the line “server %3” more than once.")
            .arg(fact("upstream"), fact("file"), fact("server"));
    case ErrorKind::ServerIncluded:
        return Errors::tr("The line “server %1” of the upstream “%2” is not in “%3” but in “%4”, "
                          "which it includes.")
            .arg(fact("server"), fact("upstream"), fact("file"), fact("include"));
    case ErrorKind::ConfigUnreadable:
        return Errors::tr("“%1” cannot be edited safely: line %2 is not readable as nginx "
                          "configuration.")
            .arg(fact("file"), fact("line"));
    case ErrorKind::NginxTestFailed:
        return Errors::tr("nginx already rejects its configuration as it stands (“%1” is "
                          "untouched).")
            .arg(fact("file"));
    case ErrorKind::NginxRejectedEdit:
        return Errors::tr("nginx rejected the change of “%1”; it was taken back.")
            .arg(fact("file"));
    case ErrorKind::NginxNotRunning:
        return Errors::tr("nginx is not running.");
    case ErrorKind::ReloadNotTaken:
        return Errors::tr("nginx was told to reload and did not take the new configuration.");
    case ErrorKind::FileChangedMeanwhile:
        return Errors::tr("“%1” was changed by another hand meanwhile.").arg(fact("file"));
    case ErrorKind::StateDirUnusable:
        return fact.empty("dir")
            ? Errors::tr(
                "The gateway has no folder where the lock and the run records can be kept.")
            : Errors::tr("The gateway's folder “%1” for the lock and the run records cannot be "
                         "written.")
                  .arg(fact("dir"));
    case ErrorKind::LastReadySlot:
        return Errors::tr("Slot %1 is the last one that is ready; it is not taken out.")
            .arg(fact("slot"));

    case ErrorKind::ContainerExited:
        return Errors::tr("The container of slot %1 ended with exit status %2.")
            .arg(fact("slot"), fact("exit"));
    case ErrorKind::ContainerRestarting:
        return Errors::tr("The container of slot %1 keeps restarting.").arg(fact("slot"));
    case ErrorKind::HealthFailed:
        return Errors::tr("The health check of slot %1 answered %2; expected: %3.")
            .arg(fact("slot"), fact("status"), fact("expected"));
    case ErrorKind::HealthTimedOut:
        return Errors::tr("Slot %1 was not ready within %2 s.").arg(fact("slot"), fact("seconds"));
    case ErrorKind::HubFailed:
        return Errors::tr("The hub of slot %1 does not take a connection.").arg(fact("slot"));
    case ErrorKind::HealthCommandFailed:
        return Errors::tr("The health command of slot %1 failed with exit status %2.")
            .arg(fact("slot"), fact("exit"));
    case ErrorKind::RecreationImpossible:
        return Errors::tr("The kept container of slot %1 is gone, and it cannot be made again: the "
                          "values of %2 are not known.")
            .arg(fact("slot"), fact("variables"));
    case ErrorKind::RehearsalImpossible:
        return fact("why") == "hostNetwork"_L1
            ? Errors::tr("Slot %1 cannot be rehearsed: its container uses the host's own network, "
                         "where the old one has the port.")
                  .arg(fact("slot"))
            : Errors::tr("Slot %1 cannot be rehearsed: its server is no TCP port that docker could "
                         "publish elsewhere.")
                  .arg(fact("slot"));
    case ErrorKind::TrafficNotArriving:
        return Errors::tr("Slot %1 is in nginx, but no traffic reaches it.").arg(fact("slot"));
    case ErrorKind::SlotNotReady:
        return Errors::tr("Slot %1, which would have to carry the site meanwhile, is not ready.")
            .arg(fact("slot"));

    case ErrorKind::LockHeld:
        return fact.empty("waitsFor")
            ? Errors::tr("The site is locked by %1 on %2 since %5 (run %3, Gapless %4).")
                  .arg(fact("by"), fact("machine"), fact("run"), fact("version"),
                      fact.instant("since"))
            : Errors::tr("The site is locked by %1 on %2 since %5 (run %3, Gapless %4), and that run "
                         "waits: %6")
                  .arg(fact("by"), fact("machine"), fact("run"), fact("version"),
                      fact.instant("since"),
                      questionText({error.facts[u"waitsFor"_s].toString(), {}, {}, {}}));
    case ErrorKind::LockLost:
        return Errors::tr("%1 took this rollout over; nothing more is done here.").arg(fact("by"));
    case ErrorKind::PlanStale:
        return fact.empty("what")
            ? Errors::tr("The site is no longer what the plan was made for.")
            : Errors::tr("The site is no longer what the plan was made for: %1.").arg(fact("what"));
    case ErrorKind::NothingToRollBackTo:
        return fact.empty("tags")
            ? Errors::tr("No previous release is known, and the hosts have no tagged image.")
            : Errors::tr("No previous release is known. Tags on the hosts: %1.").arg(fact("tags"));
    case ErrorKind::NothingToAdopt:
        if (!error.facts[u"nginx"_s].toBool())
            return Errors::tr("No nginx whose configuration can be read was found on %1.").arg(error.host);
        return fact.empty("upstream")
            ? Errors::tr("No upstream of nginx leads to a container of docker.")
            : Errors::tr("No upstream %1 of nginx leads to a container of docker.").arg(fact("upstream"));
    case ErrorKind::DoctorRefused:
        return Errors::tr("The checks before a deployment refuse it: %1.").arg(fact.checks());
    case ErrorKind::DoctorWarned:
        return Errors::tr("The checks before a deployment warn, and warnings were to refuse: %1.")
            .arg(fact.checks());
    case ErrorKind::ProtectionNotConfirmed:
        return Errors::tr("The target “%1” is protected and was not confirmed.")
            .arg(fact("target"));
    case ErrorKind::NotInteractive:
        return Errors::tr("A question is open and nobody can be asked: %1").arg(fact("question"));
    case ErrorKind::ReadOnlyTarget:
        return Errors::tr("The target “%1” is read-only.").arg(fact("target"));
    case ErrorKind::RunUnfinished:
        return Errors::tr("The run %1 on this site was interrupted and is not finished.")
            .arg(fact("run"));
    case ErrorKind::WitnessAborted:
        return Errors::tr("The witness saw what the target says to stop at: %1.")
            .arg(abortName(error.facts.value(u"what"_s).toString()));
    case ErrorKind::HookFailed:
        if (error.facts.contains(u"seconds"_s))
            return Errors::tr("The hook “%1” had not ended after %2 seconds and was ended.")
                .arg(fact("hook"), fact("seconds"));
        if (error.facts.contains(u"signal"_s))
            return Errors::tr("The hook “%1” was ended by signal %2.")
                .arg(fact("hook"), fact("signal"));
        return Errors::tr("The hook “%1” failed with exit status %2.")
            .arg(fact("hook"), fact("exit"));
    case ErrorKind::BuildFailed:
        return fact.empty("step") ? Errors::tr("The build failed.")
                                  : Errors::tr("The build failed at “%1”.").arg(fact("step"));
    case ErrorKind::TransferFailed:
        return Errors::tr("The image %1 did not arrive whole.").arg(fact("image"));
    case ErrorKind::GitMissing:
        return Errors::tr("There is no git command on this machine.");
    case ErrorKind::RepositoryUnusable:
        return Errors::tr("git cannot read the repository “%1”.").arg(fact("repository"));
    case ErrorKind::RevisionUnknown:
        return fact.empty("revision")
            ? Errors::tr("The repository “%1” has no default branch with a commit.")
                  .arg(fact("repository"))
            : Errors::tr("The repository “%1” has no revision “%2”.")
                  .arg(fact("repository"), fact("revision"));
    case ErrorKind::BuildCommandFailed:
        return Errors::tr("The build command “%1” failed on this machine with exit status %2.")
            .arg(fact("command"), fact("exit"));
    case ErrorKind::DockerfileMissing:
        return Errors::tr("There is no “%1” in “%2”.").arg(fact("file"), fact("folder"));
    case ErrorKind::SourceChanged:
        return Errors::tr("“%1” changed while it was being sent.").arg(fact("file"));
    case ErrorKind::ArchiveUnusable:
        return archiveSentence(fact, error.facts.value(u"why"_s).toString());
    case ErrorKind::LocalImageMissing:
        return Errors::tr("Docker on this machine has no image “%1”.").arg(fact("image"));
    case ErrorKind::TagTaken:
        return fact.empty("commit")
            ? Errors::tr("%1 exists already, with another content (%2).")
                  .arg(fact("image"), fact("id"))
            : Errors::tr("%1 exists already, with another content (%2, built from %3).")
                  .arg(fact("image"), fact("id"), fact("commit"));
    case ErrorKind::PullFailed:
        return Errors::tr("Docker could not pull %1.").arg(fact("image"));

    case ErrorKind::ApprovalRejected:
        return fact.empty("note")
            ? Errors::tr("%1 rejected the new version.").arg(fact("by"))
            : Errors::tr("%1 rejected the new version: %2").arg(fact("by"), fact("note"));
    case ErrorKind::ApprovalExpired:
        return Errors::tr("Nobody approved the new version within %1 days.").arg(fact("days"));
    case ErrorKind::CanaryWorse:
        return Errors::tr("At %1 % of the requests, the new version on slot %2 is worse than the "
                          "old one in %3: %4 against %5.")
            .arg(fact("percent"), fact("slot"),
                canaryReason(error.facts.value(u"why"_s).toString()), fact("new"), fact("old"));
    case ErrorKind::CanaryUnproven:
        return Errors::tr("At %1 % of the requests, only %2 reached the new version on slot %3; "
                          "%4 are needed to compare it.")
            .arg(fact("percent"), fact("samples"), fact("slot"), fact("minimum"));
    case ErrorKind::CanaryAborted:
        return Errors::tr("%1 took the canary back at %2 % of the requests.")
            .arg(fact("by"), fact("percent"));
    case ErrorKind::StoppedKeeping:
        return fact.empty("note")
            ? Errors::tr("%1 stopped the run and kept what serves.").arg(fact("by"))
            : Errors::tr("%1 stopped the run and kept what serves (%2).")
                  .arg(fact("by"), fact("note"));
    case ErrorKind::TooLateToStop:
        return Errors::tr("The run %1 cannot be held or stopped any more: the new version serves "
                          "everywhere, and only tidying up is left.")
            .arg(fact("run"));
    case ErrorKind::StrategyNeedsWitness:
        return Errors::tr("The strategy %1 compares the versions with what the witness sees, and "
                          "there is none.")
            .arg(strategyName(error.facts.value(u"strategy"_s).toString()));
    case ErrorKind::PreviewUnusable:
        return Errors::tr("nginx took the preview at %1, and nothing answers there.")
            .arg(fact("listen"));
    case ErrorKind::NothingToApprove:
        if (fact("question") == "control"_L1)
            return Errors::tr("No rollout is under way for “%1”.").arg(fact("run"));
        return Errors::tr("The run %1 does not wait for that answer.").arg(fact("run"));

    case ErrorKind::StoreUnusable:
        return Errors::tr("“%1” cannot be written.").arg(fact("file"));
    case ErrorKind::StoreNewer:
        return Errors::tr("“%1” was written by a newer version of Gapless.").arg(fact("file"));
    case ErrorKind::StoreDamaged:
        return Errors::tr("The database “%1” is damaged; a copy is kept as “%2”.")
            .arg(fact("file"), fact("copy"));
    case ErrorKind::Internal:
        return Errors::tr("This is a fault in Gapless: %1").arg(fact("text"));
    }
    return printableLine(idOf(error.kind));
}

} // namespace

QString sentence(const Error& error)
{
    const QString said = core(error);
    const QString host = printableLine(error.host);
    if (!host.isEmpty() && !error.step.isEmpty())
        return Errors::tr("%1, on %2: %3", "step, host, what failed")
            .arg(stepName(error.step), host, said);
    if (!host.isEmpty())
        return Errors::tr("On %1: %2", "host, what failed").arg(host, said);
    if (!error.step.isEmpty())
        return Errors::tr("%1: %2", "step, what failed").arg(stepName(error.step), said);
    return said;
}

} // namespace gapless
