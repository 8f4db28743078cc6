// SPDX-License-Identifier: MIT
#include "engine/site/newsite.h"

namespace gapless {

QByteArray newSiteFile(const Target& target)
{
    const QByteArray name = target.gateway.upstream.toUtf8();
    const GatewaySite site = target.gateway.site.value_or(GatewaySite {});
    // A variable's name has fewer letters than an upstream's.
    QByteArray variable = "gapless_";
    for (const char c : name)
        variable += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
    QByteArray text = "# Written by Gapless; it edits the server lines of the upstream block only.\n\nupstream "
        + name + " {\n";
    // A hub's negotiate and its connect are two requests, and both must reach one slot.
    if (target.witness && target.witness->hub && !target.witness->hub->skipNegotiation)
        text += "    ip_hash;\n";
    for (const Slot& slot : target.slots)
        text += "    server " + slot.server.toUtf8() + " max_fails=0 down;\n";
    text += "    keepalive 32;\n}\n\n";
    // Where there is no upgrade the header is empty, which lets nginx keep its connections to a slot.
    text += "map $http_upgrade $" + variable + " {\n    default upgrade;\n    '' '';\n}\n\nserver {\n    listen "
        + site.listen.toUtf8() + ";\n    server_name " + site.serverName.toUtf8()
        + ";\n\n    location / {\n        proxy_pass " + target.health.scheme.toUtf8() + "://" + name
        + ";\n        proxy_http_version 1.1;\n"
          "        proxy_set_header Upgrade $http_upgrade;\n"
          "        proxy_set_header Connection $"
        + variable
        + ";\n        proxy_set_header Host $http_host;\n"
          "        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
          "        proxy_set_header X-Forwarded-Proto $scheme;\n"
          "        proxy_read_timeout 1h;\n"
          "    }\n}\n";
    return text;
}

} // namespace gapless
