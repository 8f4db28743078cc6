// SPDX-License-Identifier: MIT
#include "engine/remote/script.h"

#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// What the script finds set, whoever runs it: sudo empties the environment, and a login shell may
/// have put anything into it.
constexpr const char* environment
    = "LC_ALL=C; export LC_ALL; PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:"
      "/usr/sbin:/sbin; export PATH; ";

} // namespace

bool needsSudo(const HostSpec& host, Privilege privilege)
{
    if (host.sudo == Sudo::None)
        return false;
    switch (privilege) {
    case Privilege::None:
        return false;
    case Privilege::Gateway:
        return host.sudoFor.contains(u"gateway"_s);
    case Privilege::Docker:
        return host.sudoFor.contains(u"docker"_s);
    }
    return false;
}

ScriptPlan planScript(const Command& command, const HostSpec& host, const QByteArray& nonce)
{
    ScriptPlan plan;
    plan.marker = "gapless-begin-" + nonce;
    const bool readsInput = command.input || command.keepInputOpen;
    plan.text = environment + ("echo " + plan.marker + "; echo " + plan.marker + " >&2; ") + "eval "
        + quote(command.script + '\n') + (readsInput ? "" : " </dev/null") + "; exit $?\n";
    if (!needsSudo(host, command.privilege)) {
        plan.request = "exec sh -s";
    } else if (host.sudo == Sudo::Passwordless) {
        plan.sudo = ScriptPlan::Sudo::Passwordless;
        plan.request = "exec sudo -n -- /bin/sh -s";
    } else {
        // One sudo that says itself whether it wants the password. Sent unasked, it would become
        // the script's first line with NOPASSWD or a cached login; `sudo -v` before `sudo -n` fails
        // where sudoers turn caching off.
        plan.sudo = ScriptPlan::Sudo::Password;
        plan.ready = "gapless-ready-" + nonce;
        plan.prompt = "gapless-password-" + nonce + ":";
        plan.request = "exec sudo -S -p " + plan.prompt + " -- /bin/sh -c 'echo " + plan.ready
            + "; exec /bin/sh -s'";
    }
    return plan;
}

} // namespace gapless
