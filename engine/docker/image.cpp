// SPDX-License-Identifier: MIT
#include "engine/docker/image.h"

#include "engine/docker/container.h"
#include "engine/docker/json.h"

using namespace Qt::StringLiterals;

namespace gapless {

QStringList Image::tagsIn(const QString& repository) const
{
    QStringList found;
    for (const QString& tag : tags)
        for (const QString& prefix : {repository + u':', u"localhost/"_s + repository + u':'})
            if (tag.startsWith(prefix))
                found += tag.mid(prefix.size());
    return found;
}

Image imageFromInspect(const QJsonObject& json)
{
    Image image;
    image.id = docker::digest(json[u"Id"_s].toString());
    image.tags = docker::texts(json[u"RepoTags"_s]);
    image.digests = docker::texts(json[u"RepoDigests"_s]);
    image.created = docker::time(json[u"Created"_s]);
    image.size = json[u"Size"_s].toInteger();
    image.layers = docker::texts(json[u"RootFS"_s][u"Layers"_s]);
    image.labels = docker::textMap(json[u"Config"_s][u"Labels"_s]);
    image.architecture = json[u"Architecture"_s].toString();
    image.os = json[u"Os"_s].toString();
    image.user = json[u"Config"_s][u"User"_s].toString();
    image.config = json[u"Config"_s].toObject();
    return image;
}

QList<Image> imagesFromInspect(const QByteArray& out)
{
    QList<Image> images;
    for (const QJsonObject& json : objectsFromDocker(out)) {
        const Image image = imageFromInspect(json);
        if (!images.contains(image))
            images += image;
    }
    return images;
}

QStringList namesFromLoad(const QByteArray& out)
{
    QStringList names;
    for (const QByteArray& line : out.split('\n'))
        for (const char* prefix : {"Loaded image: ", "Loaded image ID: ", "Loaded image(s): "})
            if (line.startsWith(prefix))
                names += QString::fromUtf8(line.mid(qsizetype(qstrlen(prefix)))).trimmed();
    return names;
}

} // namespace gapless
