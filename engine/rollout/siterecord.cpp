// SPDX-License-Identifier: MIT
#include "engine/rollout/siterecord.h"

#include "engine/model/targetjson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

    void differences(
        const QJsonValue& one, const QJsonValue& other, const QString& path, QStringList& found)
    {
        if (one == other)
            return;
        if (one.isObject() && other.isObject()) {
            const QJsonObject a = one.toObject(), b = other.toObject();
            QStringList names = a.keys();
            for (const QString& name : b.keys())
                if (!names.contains(name))
                    names.append(name);
            for (const QString& name : std::as_const(names))
                differences(a[name], b[name], path.isEmpty() ? name : path + u'.' + name, found);
        } else if (one.isArray() && other.isArray()
            && one.toArray().size() == other.toArray().size()) {
            const QJsonArray a = one.toArray(), b = other.toArray();
            for (qsizetype i = 0; i < a.size(); ++i)
                differences(a[i], b[i], u"%1[%2]"_s.arg(path).arg(i), found);
        } else {
            found.append(path);
        }
    }

}

QStringList targetDifferences(const QByteArray& one, const QByteArray& other)
{
    QJsonObject a = QJsonDocument::fromJson(one).object(), b = QJsonDocument::fromJson(other).object();
    for (const auto& own : { u"schema"_s, u"name"_s, u"environment"_s, u"protection"_s, u"hosts"_s }) {
        a.remove(own);
        b.remove(own);
    }
    QStringList found;
    differences(a, b, {}, found);
    return found;
}

std::optional<Check> targetDiffersCheck(
    const Target& target, const RecordPlace& place, std::stop_token stop)
{
    const auto last = lastRecordedTarget(place, stop);
    if (!last)
        return std::nullopt;
    const QStringList paths = targetDifferences(last->json, targetToJson(target));
    if (paths.isEmpty())
        return std::nullopt;
    Check check;
    check.id = u"target"_s;
    check.state = Check::State::Warn;
    check.host = target.gateway.host;
    check.facts = { { u"run"_s, last->run }, { u"paths"_s, QJsonArray::fromStringList(paths) } };
    return check;
}

void learnFromGateway(
    Journal& journal, const RecordPlace& place, const Target& target, std::stop_token stop)
{
    try {
        importRunRecords(journal, place, target.name, stop);
    } catch (const Error& error) {
        if (error.kind >= ErrorKind::StoreUnusable)
            throw;
    }
}

} // namespace gapless
