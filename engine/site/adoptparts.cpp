// SPDX-License-Identifier: MIT
#include "engine/site/adoptparts.h"

#include "engine/site/publish.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless::adoption {

namespace {

constexpr int firstFreePort = 1024, lastPort = 65535;

/// What comes after this ending in the manner in which people count: A, B; a, b; 1, 2; blue, green.
QString nextEnding(const QString& ending)
{
    if (ending == "blue"_L1)
        return u"green"_s;
    if (ending == "green"_L1)
        return u"blue"_s;
    bool isNumber = false;
    if (const int number = ending.toInt(&isNumber); isNumber)
        return QString::number(number + 1);
    if (ending.size() == 1 && ending[0].isLetter() && ending.toLower() != u"z")
        return QChar(ending[0].unicode() + 1);
    return u"B"_s;
}

} // namespace

int portOf(const QString& server)
{
    if (server.startsWith("unix:"_L1))
        return 0;
    const qsizetype colon = server.lastIndexOf(u':');
    if (colon < 0 || server.endsWith(u']'))
        return 80;
    return server.mid(colon + 1).toInt();
}

QString withPort(const QString& server, int port)
{
    const qsizetype colon = server.lastIndexOf(u':');
    const bool hasPort = colon >= 0 && !server.endsWith(u']');
    return (hasPort ? server.left(colon) : server) + u':' + QString::number(port);
}

int hostPortOf(const QString& publish)
{
    const auto publications = readPublish(publish);
    return publications && !publications->isEmpty() ? publications->first().hostPort : 0;
}

QString serverOf(const SeenContainer& container)
{
    for (const QString& value : container.publish)
        if (const int port = hostPortOf(value))
            return u"127.0.0.1:%1"_s.arg(port);
    return u"127.0.0.1:80"_s;
}

int freePort(int first, const QSet<int>& taken)
{
    for (int port = std::max(first, firstFreePort); port <= lastPort; ++port)
        if (!taken.contains(port))
            return port;
    return 0;
}

QStringList shiftedPublish(const QStringList& publish, int shift, QSet<int>& taken)
{
    QStringList shifted;
    bool first = true;
    for (const QString& value : publish) {
        const auto publications = readPublish(value);
        if (!publications || publications->size() != 1) {
            shifted << value;
            continue;
        }
        const Publication& one = publications->first();
        // The first is the one that nginx's server line names; it is what it is.
        const int port = first ? one.hostPort + shift : freePort(one.hostPort + shift, taken);
        first = false;
        taken.insert(port);
        QString ip = one.ip.contains(u':') ? u'[' + one.ip + u']' : one.ip;
        if (!ip.isEmpty())
            ip += u':';
        shifted << u"%1%2:%3%4"_s.arg(ip).arg(port).arg(one.containerPort).arg(
            one.protocol == "tcp"_L1 ? QString() : u'/' + one.protocol);
    }
    return shifted;
}

QByteArray addressOfPass(const QByteArray& proxyPass)
{
    static const QRegularExpression form(uR"(^https?://(\[[0-9a-fA-F:]+\]|[\d.]+|localhost)(:\d+)?(/|$))"_s);
    const auto match = form.match(QString::fromUtf8(proxyPass));
    return match.hasMatch() ? (match.captured(1) + match.captured(2)).toUtf8() : QByteArray();
}

QString baseOf(const QString& container, QString* ending)
{
    static const QRegularExpression form(uR"(^(.+)[_.-]([A-Za-z]|\d{1,2}|blue|green)$)"_s);
    const auto match = form.match(container);
    if (ending)
        *ending = match.captured(2);
    return match.hasMatch() ? match.captured(1) : container;
}

SlotNames slotNames(const QStringList& containers, const QString& model)
{
    SlotNames names;
    QString ending;
    names.base = baseOf(model, &ending);
    const QString separator = ending.isEmpty() ? u"_"_s : model.mid(names.base.size(), 1);
    QString last;
    for (const QString& container : containers) {
        QString own;
        if (!container.isEmpty())
            baseOf(container, &own);
        // The letters' own order where a name says nothing, and never one that another slot has.
        QString name = !own.isEmpty() ? own : last.isEmpty() ? u"A"_s : nextEnding(last);
        if (container.isEmpty() && last.isEmpty() && !ending.isEmpty())
            name = ending == "B"_L1 || ending == "b"_L1 || ending == "2"_L1
                ? (ending == "2"_L1 ? u"1"_s : QString(QChar(ending[0].unicode() - 1)))
                : nextEnding(ending);
        while (names.slots.contains(name))
            name = nextEnding(name);
        last = name;
        names.slots << name;
        names.containers << (container.isEmpty() ? names.base + separator + name : container);
    }
    return names;
}

QString repositoryOf(const SeenContainer& container, const QList<Image>& images)
{
    static const QRegularExpression tagOrDigest(u"(@sha256:.*|:[^/:]+)$"_s);
    const bool byId = container.image.startsWith("sha256:"_L1)
        || QRegularExpression(u"^[0-9a-f]{12,64}$"_s).match(container.image).hasMatch();
    if (!byId)
        return QString(container.image).remove(tagOrDigest);
    for (const Image& image : images)
        if (image.id == container.imageId && !image.tags.isEmpty())
            return QString(image.tags.first()).remove(tagOrDigest);
    return baseOf(container.name, nullptr).toLower();
}

QString tagPrefixIn(const QList<Image>& images, const QString& repository)
{
    const QString usual = ImageSpec {}.tagPrefix;
    bool anyOther = false;
    for (const Image& image : images)
        for (const QString& tag : image.tagsIn(repository)) {
            if (tag.startsWith(usual))
                return usual;
            anyOther = anyOther || tag != "latest"_L1;
        }
    return anyOther ? QString() : usual;
}

QString releaseTag(const QList<Image>& images, const ImageSpec& spec, const SeenContainer& container)
{
    for (const Image& image : images)
        if (image.id == container.imageId)
            for (const QString& tag : image.tagsIn(spec.repository))
                if (tag.startsWith(spec.tagPrefix) && tag != "latest"_L1)
                    return tag;
    return {};
}

QString shortId(const QString& imageId)
{
    return imageId.section(u':', -1).left(12);
}

} // namespace gapless::adoption
