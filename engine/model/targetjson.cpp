// SPDX-License-Identifier: MIT
#include "engine/model/targetjson.h"

#include "engine/model/error.h"
#include "engine/model/targetcheck.h"
#include "engine/model/targetreader.h"
#include "engine/model/targetwriter.h"

namespace gapless {

Target targetFromJson(const QByteArray& json, const QString& file)
{
    const JsonText text = parseJsonText(json, file);
    refuseSecrets(text, file);
    Target target;
    readObject(text, {}, file, target);
    completeTarget(target, file);
    return target;
}

QByteArray targetToJson(const Target& target)
{
    Target copy = target; // the fields are described for reading and writing alike, so not as const
    return QByteArray::fromStdString(writeObject(copy).dump(2)) + '\n';
}

QString strategyName(Strategy strategy)
{
    for (const auto& choice : fields::strategies)
        if (choice.value == strategy)
            return QString::fromLatin1(choice.id);
    return {};
}

std::optional<Strategy> strategyNamed(const QString& name)
{
    for (const auto& choice : fields::strategies)
        if (name == QLatin1StringView(choice.id))
            return choice.value;
    return std::nullopt;
}

} // namespace gapless
