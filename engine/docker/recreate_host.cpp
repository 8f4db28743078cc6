// SPDX-License-Identifier: MIT
#include "engine/docker/json.h"
#include "engine/docker/recreate_p.h"
#include "engine/docker/words.h"

using namespace Qt::StringLiterals;

namespace gapless::docker {

namespace {

/// An option that stands in HostConfig as one value; `standard` is what docker writes where it was
/// not given (0, false and empty always are).
struct Option {
    const char* field;
    const char* option;
    const char* standard = "";
};

constexpr Option textOptions[] = {
    {"IpcMode", "--ipc", "private"},
    {"PidMode", "--pid"},
    {"UTSMode", "--uts"},
    {"UsernsMode", "--userns"},
    {"CgroupParent", "--cgroup-parent"},
    {"Runtime", "--runtime", "runc"},
    {"CpusetCpus", "--cpuset-cpus"},
    {"CpusetMems", "--cpuset-mems"},
    {"VolumeDriver", "--volume-driver"},
};

constexpr Option numberOptions[] = {
    {"Memory", "--memory"},
    {"MemoryReservation", "--memory-reservation"},
    {"MemorySwap", "--memory-swap"},
    {"MemorySwappiness", "--memory-swappiness", "-1"},
    {"CpuShares", "--cpu-shares"},
    {"CpuPeriod", "--cpu-period"},
    {"CpuQuota", "--cpu-quota"},
    {"CpuRealtimePeriod", "--cpu-rt-period"},
    {"CpuRealtimeRuntime", "--cpu-rt-runtime"},
    {"PidsLimit", "--pids-limit"},
    {"BlkioWeight", "--blkio-weight"},
    {"OomScoreAdj", "--oom-score-adj"},
    {"ShmSize", "--shm-size", "67108864"},
};

constexpr Option switchOptions[] = {
    {"Privileged", "--privileged"},
    {"ReadonlyRootfs", "--read-only"},
    {"Init", "--init"},
    {"OomKillDisable", "--oom-kill-disable"},
    {"PublishAllPorts", "--publish-all"},
};

constexpr Option listOptions[] = {
    {"CapAdd", "--cap-add"},
    {"CapDrop", "--cap-drop"},
    {"SecurityOpt", "--security-opt"},
    {"GroupAdd", "--group-add"},
    {"Dns", "--dns"},
    {"DnsOptions", "--dns-option"},
    {"DnsSearch", "--dns-search"},
    {"ExtraHosts", "--add-host"},
    {"DeviceCgroupRules", "--device-cgroup-rule"},
    {"VolumesFrom", "--volumes-from"},
};

constexpr Option mapOptions[] = {
    {"Sysctls", "--sysctl"},
    {"StorageOpt", "--storage-opt"},
    {"Annotations", "--annotation"},
};

constexpr const char* inexpressible[] = {"DeviceRequests", "BlkioWeightDevice",
    "BlkioDeviceReadBps", "BlkioDeviceWriteBps", "BlkioDeviceReadIOps", "BlkioDeviceWriteIOps"};

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

void addStructured(Recreation& made, const QJsonObject& host)
{
    for (const QJsonValue limit : host[u"Ulimits"_s].toArray())
        made.words << u"--ulimit"_s
                   << u"%1=%2:%3"_s.arg(limit[u"Name"_s].toString())
                          .arg(limit[u"Soft"_s].toInteger())
                          .arg(limit[u"Hard"_s].toInteger());
    for (const QJsonValue device : host[u"Devices"_s].toArray())
        made.words << u"--device"_s
                   << u"%1:%2:%3"_s.arg(device[u"PathOnHost"_s].toString(),
                          device[u"PathInContainer"_s].toString(),
                          device[u"CgroupPermissions"_s].toString());
    const QJsonObject policy = host[u"RestartPolicy"_s].toObject();
    QString restart = policy[u"Name"_s].toString();
    if (const int retries = policy[u"MaximumRetryCount"_s].toInt(); retries > 0)
        restart += u":%1"_s.arg(retries);
    if (!restart.isEmpty())
        made.words << u"--restart"_s << restart;
    const QJsonObject log = host[u"LogConfig"_s].toObject();
    if (const QString driver = log[u"Type"_s].toString(); !driver.isEmpty())
        made.words << u"--log-driver"_s << driver;
    const QMap<QString, QString> options = textMap(log[u"Config"_s]);
    for (auto it = options.begin(); it != options.end(); ++it)
        made.words << u"--log-opt"_s << it.key() + u'=' + *it;
}

} // namespace

void addHostConfig(Recreation& made, const QJsonObject& inspect)
{
    const QJsonObject host = inspect[u"HostConfig"_s].toObject();
    for (const Option& option : textOptions) {
        const QString value = host[name(option.field)].toString();
        if (!value.isEmpty() && value != name(option.standard))
            made.words << name(option.option) << value;
    }
    for (const Option& option : numberOptions) {
        const qint64 value = host[name(option.field)].toInteger();
        if (value != 0 && QString::number(value) != name(option.standard))
            made.words << name(option.option) << QString::number(value);
    }
    if (const qint64 nano = host[u"NanoCpus"_s].toInteger(); nano > 0)
        made.words << u"--cpus"_s << QString::number(double(nano) / 1e9, 'f', 9);
    for (const Option& option : switchOptions)
        if (host[name(option.field)].toBool())
            made.words += name(option.option);
    for (const Option& option : listOptions)
        for (const QString& value : texts(host[name(option.field)]))
            made.words << name(option.option) << value;
    for (const Option& option : mapOptions) {
        const QMap<QString, QString> map = textMap(host[name(option.field)]);
        for (auto it = map.begin(); it != map.end(); ++it)
            made.words << name(option.option) << it.key() + u'=' + *it;
    }
    addStructured(made, host);
    for (const char* field : inexpressible)
        if (!host[name(field)].toArray().isEmpty())
            made.lost += u"HostConfig."_s + name(field);
}

} // namespace gapless::docker
