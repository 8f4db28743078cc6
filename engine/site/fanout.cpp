// SPDX-License-Identifier: MIT
#include "engine/site/fanout.h"

#include <optional>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// One command; nothing where it was cancelled.
std::optional<HostOutcome> runOne(Host& host, const Command& command, std::stop_token stop)
{
    try {
        return host.run(command, stop);
    } catch (const Error& error) {
        return error.on(host.name());
    } catch (const Cancelled&) {
        return std::nullopt;
    } catch (const std::exception& error) {
        return Error(ErrorKind::Internal, {{u"text"_s, QString::fromUtf8(error.what())}})
            .on(host.name());
    }
}

} // namespace

QList<HostOutcome> runAtOnce(Hosts& hosts, const QList<HostCommand>& commands, std::stop_token stop)
{
    std::vector<std::optional<HostOutcome>> outcomes(size_t(commands.size()));
    {
        std::vector<std::jthread> threads;
        for (qsizetype i = 0; i < commands.size(); ++i) {
            Host& host = hosts.at(commands[i].host);
            std::optional<HostOutcome>& outcome = outcomes[size_t(i)];
            const Command& command = commands[i].command;
            threads.emplace_back([&, stop] { outcome = runOne(host, command, stop); });
        }
    }
    QList<HostOutcome> all;
    for (std::optional<HostOutcome>& outcome : outcomes) {
        if (!outcome)
            throw Cancelled {};
        all << std::move(*outcome);
    }
    return all;
}

} // namespace gapless
