// SPDX-License-Identifier: MIT
#include "engine/rollout/provenance.h"

#include "engine/rollout/conduct.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString authName(Auth::Method method)
{
    switch (method) {
    case Auth::Method::Agent:
        return u"agent"_s;
    case Auth::Method::Key:
        return u"key"_s;
    case Auth::Method::Password:
        return u"password"_s;
    case Auth::Method::KeyboardInteractive:
        break;
    }
    return u"keyboard-interactive"_s;
}

} // namespace

void sayHosts(Run& run, const QList<Check>& checks)
{
    for (const HostSpec& spec : run.target.hosts) {
        HostSeen seen;
        seen.host = spec.name;
        seen.address = spec.address;
        seen.user = spec.user;
        seen.auth = authName(spec.auth.method);
        seen.hostKey = spec.hostKey;
        for (const Check& check : checks) {
            const bool gateway = check.host.isEmpty() && spec.name == run.target.gateway.host;
            if (check.host != spec.name && !gateway)
                continue;
            if (check.id == u"clock" && !check.facts.contains(u"skipped"_s)) {
                seen.offsetMs = check.facts[u"offsetMs"_s].toDouble();
                seen.uncertaintyMs = std::max(1.0, check.facts[u"uncertaintyMs"_s].toDouble());
            } else if (check.id == u"docker") {
                seen.docker = check.facts[u"version"_s].toString();
            } else if (check.id == u"nginxTest") {
                seen.nginx = check.facts[u"version"_s].toString();
            }
        }
        run.say(seen);
    }
}

void sayImages(Run& run)
{
    for (const QString& host : run.target.slotHosts()) {
        for (const Image& image : run.found.images.value(host)) {
            for (const QString& reference : image.tags) {
                const QString tag = tagOf(run.target, reference);
                if (tag == run.from || tag == run.to)
                    run.say(ImageSeen {host, reference, image.id,
                        image.created.toUTC().toString(Qt::ISODate), image.digests});
            }
        }
    }
}

} // namespace gapless
