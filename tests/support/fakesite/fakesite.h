// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/clock.h"
#include "engine/rollout/run.h"

#include <QHash>
#include <functional>

namespace gapless {

/// Time that passes only when somebody waits.
class FakeClock final : public Clock {
public:
    QDateTime now() const override
    {
        return QDateTime::fromMSecsSinceEpoch(1'700'000'000'000 + m_passed.count(), Qt::UTC);
    }
    Steady steady() const override { return Steady(m_passed); }
    bool wait(std::chrono::milliseconds duration, std::stop_token stop) override
    {
        m_passed += std::max(duration, std::chrono::milliseconds(1));
        if (onWait)
            onWait();
        return !stop.stop_requested();
    }
    std::function<void()> onWait;

private:
    std::chrono::milliseconds m_passed {};
};

/// What an image does once it runs.
struct FakeImage {
    int bootMs = 1000;
    bool crashes = false; ///< ends at once
    bool neverReady = false; ///< answers 503
    int diesAfterMs = 0; ///< ready, then ends; 0: lives
    bool ignoresTerm = false;
};

/// A model of docker and nginx, for rollouts without either: containers on hosts, server lines, and
/// the rule that users see. It counts every moment at which no ready slot had traffic.
class FakeSite final : public SiteControl {
public:
    FakeSite(const Target& target, FakeClock& clock);

    /// A tag on every host, with what it does.
    void addImage(const QString& tag, FakeImage image = {});
    /// The slot's container as it is found: running, ready and up.
    void setServing(const QString& slot, const QString& tag);

    /// Called before each act with its name (`route`, `create`, `stop` …); may throw, or change the
    /// model as another hand would.
    std::function<void(const QString& act, const QString& slot)> onAct;
    /// Called after each act has taken effect; may throw: the caller then does not know what it did.
    std::function<void(const QString& act, const QString& slot)> afterAct;
    /// As a restarted dockerd does it: what runs boots anew, what was stopped without a policy stays.
    void restartDaemon();

    struct FakeContainer {
        QString id, name, tag, restart, slot;
        bool running = false;
        int exit = 0;
        Clock::Steady startedAt {};
        bool rehearsal = false;
    };
    QList<FakeContainer> containers;
    /// What a mounted file holds, by the slot whose host it is on; part of what `describe` says.
    QHash<QString, QString> mountedFile;
    QHash<QString, bool> up; ///< slot -> its server line has no `down`
    QHash<QString, int> weights; ///< slot -> the weight that a route gave it; 1 where none did
    QStringList previewed; ///< the slots that a preview leads to
    QMap<QString, int> stopsLater; ///< container -> after so many seconds
    std::optional<DecisionMade> givenAnswer; ///< what somebody has answered through the gateway
    int reloads = 0;
    QList<Check> checks;
    Upstream upstream; ///< what observe() says of the block beyond its servers
    bool nginxBroken = false;
    bool siteMissing = false; ///< there is no upstream file until the first `route`
    bool lockTaken = false;
    QString lockWaitsFor; ///< what the lock says that its run waits for
    QStringList keptByPrune;
    QStringList acts; ///< every changing act, `name slot`

    bool ready(const QString& slot) const; ///< its container answers as expected now
    QStringList readyAndUp() const;
    QString runningTag(const QString& slot) const;

    // SiteControl
    ObservedSite observe(std::stop_token stop) override;
    QList<Check> doctor(const QString& tag, std::stop_token stop) override;
    void lock(const LockRecord& record, std::stop_token stop) override;
    void unlock() override;
    void tellWaiting(const QString& question) override { lockWaitsFor = question; }
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
    std::optional<DecisionMade> answer(const QString&, std::stop_token) override
    {
        return std::exchange(givenAnswer, {});
    }
    HealthAnswer askHealth(const Slot& slot, std::stop_token stop) override;
    QString askHub(const Slot& slot, std::stop_token stop) override;
    int runHealthCommand(
        const Slot& slot, const QString& containerName, std::stop_token stop) override;
    void warmUp(const Slot& slot, int requests, std::stop_token stop) override;
    bool nudgeGateway(std::stop_token stop) override;

private:
    void act(const QString& name, const QString& slot);
    void done(const QString& name, const QString& slot);
    void advance(); ///< what has happened by now: containers that died
    FakeContainer* find(const QString& idOrName);
    const FakeContainer* holder(const QString& slot) const; ///< the running container of a slot
    /// What answers at the slot's server: its holder, or a rehearsal's container.
    const FakeContainer* behind(const Slot& slot);
    bool answersWell(const FakeContainer* container) const;

    const Target& m_target;
    FakeClock& m_clock;
    QHash<QString, FakeImage> m_images;
    int m_nextId = 1;
};

} // namespace gapless
