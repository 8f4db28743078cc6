// SPDX-License-Identifier: MIT
#include "app/models/commandtext.h"

#include "engine/model/targetjson.h"
#include "engine/remote/quoting.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

QString partialId(OnPartialFailure policy)
{
    switch (policy) {
    case OnPartialFailure::Ask:
        return u"ask"_s;
    case OnPartialFailure::Hold:
        return u"hold"_s;
    case OnPartialFailure::Rollback:
        return u"rollback"_s;
    }
    return {};
}

} // namespace

QString commandText(const QStringList& words)
{
    QString line = u"gaplessctl"_s;
    for (const QString& word : words)
        line += u' ' + QString::fromUtf8(quote(word));
    return line;
}

QString commandText(const RolloutRequest& request, bool watched)
{
    const bool back = request.kind == "rollback"_L1;
    QStringList words {back ? u"rollback"_s : u"deploy"_s, request.target.name};
    if (!request.tag.isEmpty())
        words << (back ? u"--to"_s : u"--image"_s) << request.tag;
    if (request.strategy != request.target.strategy)
        words << u"--strategy"_s << strategyName(request.strategy);
    if (request.onPartialFailure != request.target.onPartialFailure)
        words << u"--on-partial"_s << partialId(request.onPartialFailure);
    if (!request.reason.isEmpty())
        words << u"--reason"_s << request.reason;
    if (request.paceSeconds > 0)
        words << u"--pace"_s << QString::number(request.paceSeconds);
    if (request.strict)
        words << u"--strict"_s;
    if (!watched)
        words << u"--no-witness"_s;
    return commandText(words);
}

} // namespace gapless
