// SPDX-License-Identifier: MIT
#include "engine/guard/answer.h"

#include "engine/model/eventjson.h"
#include "engine/remote/quoting.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    Command gatewayCommand(
        const QString& stateDir, const QString& run, const QString& question, const QByteArray& act)
    {
        Command command;
        command.privilege = Privilege::Gateway;
        command.script = "umask 077; d=" + quote(stateDir + u"/answers"_s) + "; a=$d/"
            + quote(run + u'.' + question) + "\n" + act;
        return command;
    }

}

bool leaveAnswer(Host& gateway, const QString& stateDir, const QString& run,
    const DecisionMade& answer, std::stop_token stop)
{
    const QByteArray json = QJsonDocument(toJson(Event { 0, {}, run, answer })).toJson(QJsonDocument::Compact);
    // A link to a name that exists fails: of two answers one stands, and nobody reads half of one.
    const QByteArray act = "mkdir -p \"$d\" || exit 74\nn=$a.$$\nprintf %s " + quote(json)
        + " >\"$n\" || exit 74\nln \"$n\" \"$a\" 2>/dev/null; rc=$?; rm -f \"$n\"\n"
          "[ $rc = 0 ] || exit 73\n";
    const CommandResult result
        = gateway.run(gatewayCommand(stateDir, run, answer.question, act), stop);
    if (result.exit == 73)
        return false;
    result.orThrow();
    return true;
}

std::optional<DecisionMade> takeAnswer(Host& gateway, const QString& stateDir, const QString& run,
    const QString& question, std::stop_token stop)
{
    // By name of its own, so that an answer that comes in between is not lost.
    const QByteArray act = "[ -e \"$a\" ] || exit 0\n"
                           "mv \"$a\" \"$a.taken\" && cat \"$a.taken\" && rm -f \"$a.taken\"\n";
    const CommandResult result = gateway.run(gatewayCommand(stateDir, run, question, act), stop);
    const auto event = eventFromJson(QJsonDocument::fromJson(result.orThrow().out).object());
    const auto* made = event ? std::get_if<DecisionMade>(&event->body) : nullptr;
    return made ? std::optional(*made) : std::nullopt;
}

} // namespace gapless
