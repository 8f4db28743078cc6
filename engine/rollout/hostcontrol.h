// SPDX-License-Identifier: MIT
#pragma once

#include "engine/guard/ownerguard.h"
#include "engine/guard/runrecord.h"
#include "engine/model/clock.h"
#include "engine/rollout/connectionwatch.h"
#include "engine/rollout/gatewayscript.h"
#include "engine/rollout/prune.h"
#include "engine/rollout/sitecontrol.h"
#include "engine/rollout/slotprobe.h"

namespace gapless {

class RecordedHosts;
class RunSink;

/// The values of the target's `secretEnv`, from the keychain. Error CredentialMissing.
using SecretEnv = std::function<QMap<QString, QByteArray>()>;

/// A command's input that is these bytes.
std::function<qsizetype(char*, qsizetype)> inputOf(const QByteArray& bytes);

/// The releases on `host` that `image.keep`, the pins, `keepTags` and the slots do not hold.
QStringList prunableTags(const Target& target, const ObservedSite& found, const QString& host,
    const QStringList& keepTags);

/// A site on its real hosts. Lives on the rollout's thread.
class HostControl final : public SiteControl {
public:
    /// `sink` gets the diff of each edit while a plan is made; `runId` names backups and steps.
    HostControl(const Target& target, Hosts& hosts, Clock& clock, RunSink* sink,
        const QString& runId, SecretEnv secretEnv = {});
    ~HostControl() override;
    /// Whose fences `lock` raises; none: a plan's, or a test's.
    void setFences(RecordedHosts* fences) { m_fences = fences; }
    /// The gateway's copy of the run, which begins with the lock.
    void setRecord(RunRecord* record) { m_record = record; }
    /// Where the site's runs are recorded; once it has been observed.
    RecordPlace recordPlace();
    /// What a plan starts from, in place of a look at the hosts.
    void setFound(const ObservedSite& found) { m_found = found; }

    ObservedSite observe(std::stop_token stop) override;
    QList<Check> doctor(const QString& tag, std::stop_token stop) override;
    /// What `prune` would remove.
    QList<Prunable> prunable(const QStringList& keepTags, std::stop_token stop);
    /// Removes the layers without a tag that builds of this repository left.
    void pruneDangling(std::stop_token stop);
    void lock(const LockRecord& record, std::stop_token stop) override;
    void unlock() override;
    void tellWaiting(const QString& question) override;
    void guardSlot(const Slot& slot, const SlotRescue& rescue, std::stop_token stop) override;
    void unguardSlot(const Slot& slot) override;
    QStringList prune(const QStringList& keepTags, std::stop_token stop) override;

    QString create(const Slot& slot, const NewContainer& container, std::stop_token stop) override;
    QString rehearsalAddress(const Slot& slot, const QString& id, std::stop_token stop) override;
    void start(const Slot& slot, const QString& id, std::stop_token stop) override;
    StopOutcome stop(const Slot& slot, const QString& id, std::stop_token stop) override;
    void kill(const Slot& slot, const QString& id, std::stop_token stop) override;
    void revive(const Slot& slot, const QString& id, const QString& restartPolicy,
        std::stop_token stop) override;
    void takeName(const Slot& slot, const QString& id, const QString& old, std::stop_token stop) override;
    void remove(const Slot& slot, const QString& id, std::stop_token stop) override;
    std::optional<Container> inspect(
        const Slot& slot, const QString& id, std::stop_token stop) override;
    QList<ContainerRecorded> describe(
        const Slot& slot, const QStringList& ids, std::stop_token stop) override;
    QString recreate(const Slot& slot, const ObservedSlot& seen, std::stop_token stop) override;
    QStringList lastLog(const Slot& slot, const QString& id, std::stop_token stop) override;
    std::unique_ptr<ExitWatch> watchExit(const Slot& slot, const QString& id) override;

    RouteOutcome route(const QList<Route>& routes, std::stop_token stop) override;
    void removeSite(std::stop_token stop) override;
    HeldConnections held(
        const Slot& slot, const QList<qint64>& oldWorkers, std::stop_token stop) override;
    bool trafficSeen(const Slot& slot, std::stop_token stop) override;

    void stopLater(
        const Slot& slot, const QString& id, int seconds, std::stop_token stop) override;
    void openPreview(
        const QString& listen, const QStringList& slotNames, std::stop_token stop) override;
    void closePreview(std::stop_token stop) override;
    std::optional<DecisionMade> answer(const QString& question, std::stop_token stop) override;
    HealthAnswer askHealth(const Slot& slot, std::stop_token stop) override;
    QString askHub(const Slot& slot, std::stop_token stop) override;
    int runHealthCommand(
        const Slot& slot, const QString& containerName, std::stop_token stop) override;
    void warmUp(const Slot& slot, int requests, std::stop_token stop) override;
    bool nudgeGateway(std::stop_token stop) override;

private:
    QByteArray usedImages(const QString& host) const; ///< script: $used, of every container there
    bool planning() const;
    Command dockerCommand(const QString& host, const QStringList& words) const;
    CommandResult docker(const QString& host, const QStringList& words, std::stop_token stop);
    QByteArray dockerLine(const QString& host, const QStringList& words) const;
    void applyToGateway(const QByteArray& bytes, RouteOutcome& outcome, std::stop_token stop);
    QByteArray edited(const QList<Route>& routes) const;
    /// Tries `edit` on the file as it was last seen, and again on what another hand made of it.
    RouteOutcome changeGateway(const std::function<QByteArray()>& edit, const QList<Route>& routes,
        std::stop_token stop);
    GuardDuty dockerDuty(const Slot& slot, const SlotRescue& rescue) const;
    GuardDuty routeDuty(const Slot& slot, const SlotRescue& rescue) const;

    const Target& m_target;
    Hosts& m_hosts;
    Clock& m_clock;
    RunSink* m_sink;
    RecordedHosts* m_fences = nullptr;
    QString m_runId;
    SecretEnv m_secretEnv;
    ObservedSite m_found;
    int m_edits = 0;
    bool m_madeSite = false; ///< the upstream file is there by our hand
    SlotProbe m_probe;
    std::unique_ptr<ConnectionWatch> m_connections;
    std::unique_ptr<SiteLock> m_lock;
    RunRecord* m_record = nullptr;
    /// Slot -> its guards; the gateway's, which watches for the other one's deed, last.
    std::map<QString, std::vector<std::unique_ptr<GuardPost>>> m_guards;
};

} // namespace gapless
