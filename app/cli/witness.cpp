// SPDX-License-Identifier: MIT
#include "app/cli/session.h"
#include "engine/witness/sitewitness.h"

using namespace Qt::StringLiterals;

namespace gapless {

std::unique_ptr<Witness> Session::witness(const Target& target, Hosts& hosts)
{
    if (!target.witness)
        return nullptr;
    WitnessOptions options;
    options.controlProbe = [&gateway = hosts.at(target.gateway.host)]() -> std::optional<bool> {
        Command look;
        look.script = "true";
        look.shown = u"true"_s;
        look.deadline = std::chrono::seconds(5);
        try {
            return gateway.run(look, {}).ok();
        } catch (const Error&) {
            return false;
        }
    };
    return makeSiteWitness(target, std::move(options));
}

} // namespace gapless
