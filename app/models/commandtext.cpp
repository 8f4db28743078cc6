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

QStringList sourceWords(const SourceSpec& source)
{
    using Kind = SourceSpec::Kind;
    QStringList words;
    switch (source.kind) {
    case Kind::OnHosts:
        return words;
    case Kind::Git:
        words << u"--git"_s << source.location;
        if (!source.revision.isEmpty())
            words << u"--rev"_s << source.revision;
        return words;
    case Kind::Context:
        words << u"--context"_s;
        break;
    case Kind::Archive:
        words << u"--archive"_s;
        break;
    case Kind::Local:
        words << u"--local"_s;
        break;
    case Kind::Registry:
        words << u"--pull"_s;
        break;
    }
    return words << source.location << u"--tag"_s << source.tag;
}

} // namespace

QString commandText(const QStringList& words)
{
    QString line = u"gaplessctl"_s;
    for (const QString& word : words)
        line += u' ' + QString::fromUtf8(quote(word));
    return line;
}

QString commandText(const RolloutRequest& request, bool watched, bool recorded)
{
    const bool back = request.kind == "rollback"_L1;
    QStringList words {back ? u"rollback"_s : u"deploy"_s, request.target.name};
    words += sourceWords(request.source);
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
    if (recorded)
        words << u"--recorded"_s;
    if (!watched)
        words << u"--no-witness"_s;
    return commandText(words);
}

} // namespace gapless
