// SPDX-License-Identifier: MIT
#include "engine/nginx/previewblock.h"

#include "engine/nginx/upstreamfile.h"

namespace gapless {

namespace {

constexpr char beginMark[] = "\n# gapless preview: begin";
constexpr char endMark[] = "# gapless preview: end";

QByteArray blockOf(const PreviewBlock& preview)
{
    QByteArray text = QByteArray(beginMark) + " (run " + preview.run
        + "; removed when it ends)\nupstream gapless_preview {\n";
    // Several servers: a hub's negotiate and connect have to reach the same one.
    if (preview.servers.size() > 1)
        text += "    ip_hash;\n";
    for (const QByteArray& server : preview.servers)
        text += "    server " + server + ";\n";
    return text + "}\nserver {\n    listen " + preview.listen + ";\n    location / {\n"
        + "        proxy_pass " + preview.scheme + "://gapless_preview;\n"
        + "        proxy_http_version 1.1;\n"
          "        proxy_set_header Host $http_host;\n"
          "        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
          "        proxy_set_header X-Forwarded-Proto $scheme;\n"
          "        proxy_set_header Upgrade $http_upgrade;\n"
          "        proxy_set_header Connection $http_connection;\n"
          "        proxy_read_timeout 1h;\n"
          "    }\n}\n"
        + endMark;
}

} // namespace

QByteArray withPreview(const QByteArray& bytes, const QByteArray& upstream,
    const PreviewBlock& preview, const QString& file)
{
    QByteArray result = withoutPreview(bytes);
    const Upstream site = findUpstream(result, upstream, file);
    return result.insert(site.end, blockOf(preview));
}

QByteArray withoutPreview(const QByteArray& bytes)
{
    const qsizetype begin = bytes.indexOf(beginMark);
    const qsizetype end = begin < 0 ? -1 : bytes.indexOf(endMark, begin);
    if (end < 0)
        return bytes;
    QByteArray result = bytes;
    return result.remove(begin, end + qsizetype(qstrlen(endMark)) - begin);
}

} // namespace gapless
