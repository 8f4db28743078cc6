// SPDX-License-Identifier: MIT
#include "engine/site/doctorchecks.h"

#include "engine/model/targetrules.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace gapless::doctor {

namespace {

Findings off()
{
    return {{Check::State::Info, {{u"what"_s, u"off"_s}}}};
}

Findings info(const QString& what, QJsonObject facts = {})
{
    facts[u"what"_s] = what;
    return {{Check::State::Info, std::move(facts)}};
}

/// The hub turned us away for want of a token, which is an answer.
bool wantsToken(const signalr::Failure& failure)
{
    return failure.kind == signalr::FailureKind::HttpStatus
        && (failure.code == 401 || failure.code == 403);
}

QString balancingOf(const Upstream& upstream)
{
    if (upstream.ipHash)
        return u"ip_hash"_s;
    if (upstream.hash)
        return u"hash"_s;
    if (upstream.sticky)
        return u"sticky"_s;
    if (upstream.leastConn)
        return u"least_conn"_s;
    if (upstream.random)
        return u"random"_s;
    return u"round robin"_s;
}

/// The line after which `ip_hash;` belongs, and the directive that it must replace: nginx takes one
/// balancing method, before `keepalive`.
Finding withoutAffinity(const Examination& examination, const AffinityTry& affinity)
{
    const Upstream& upstream = *examination.gateway.upstream;
    const QString balancing = balancingOf(upstream);
    return {Check::State::Warn,
        {{u"attempts"_s, affinity.attempts}, {u"notFound"_s, affinity.notFound},
            {u"failed"_s, affinity.failed}, {u"url"_s, affinity.url.toString()},
            {u"method"_s, balancing}, {u"file"_s, examination.target.gateway.upstreamFile},
            {u"line"_s, upstream.line},
            {u"replaces"_s, balancing == "round robin"_L1 ? QString() : balancing},
            {u"remedyText"_s, u"ip_hash;"_s}}};
}

QByteArray numberIn(const QByteArray& body)
{
    static const QRegularExpression number(u"-?\\d{1,18}"_s);
    return number.match(QString::fromUtf8(body)).captured().toLatin1();
}

bool isKept(const SessionProbeSpec& spec, const SessionTry& session)
{
    if (!session.setAgain.isEmpty())
        return false;
    if (!spec.increasing)
        return session.before.trimmed() == session.after.trimmed();
    return numberIn(session.after).toLongLong() > numberIn(session.before).toLongLong();
}

QString sharedKeys(const Target& target)
{
    const QString application = target.image.repository.section(u'/', -1);
    return u"builder.Services.AddDataProtection().SetApplicationName(\"%1\")"
           ".PersistKeysToStackExchangeRedis(redis, \"%1:keys\");"_s.arg(application);
}

} // namespace

Findings forwarding(const Examination& examination, const Place&)
{
    if (!examination.options.deep)
        return off();
    const Tries& tries = examination.tries;
    double fastest = -1;
    for (const SlotTry& slot : tries.slots)
        if (slot.status > 0 && (fastest < 0 || slot.ms < fastest))
            fastest = slot.ms;
    if (tries.tunnelError)
        return {refused(*tries.tunnelError, {{u"remedyText"_s, u"AllowTcpForwarding yes"_s}})};
    if (fastest < 0)
        return info(u"noSlot"_s);
    return {{Check::State::Ok, {{u"ms"_s, fastest}}}};
}

Findings health(const Examination& examination, const Place& place)
{
    if (!examination.options.deep)
        return off();
    const Slot& slot = *place.slot;
    const auto asked = examination.tries.slots.constFind(slot.name);
    if (asked == examination.tries.slots.constEnd()) {
        const ServerLine* line = examination.serverLine(slot);
        if (line && line->down)
            return info(u"down"_s, {{u"server"_s, slot.server}});
        return {{Check::State::Info, {{u"skipped"_s, u"forwarding"_s}}}};
    }
    QJsonObject facts {{u"server"_s, slot.server}, {u"url"_s, asked->url.toString()},
        {u"status"_s, asked->status}, {u"ms"_s, asked->ms}};
    if (asked->status == 0) {
        facts[u"what"_s] = u"noAnswer"_s;
        facts[u"error"_s] = asked->error;
        return {{Check::State::Warn, facts}};
    }
    if (!statusMatches(examination.target.health.expectStatus, asked->status)) {
        facts[u"what"_s] = u"status"_s;
        facts[u"expected"_s] = examination.target.health.expectStatus;
        facts[u"body"_s] = QString::fromUtf8(asked->body);
        return {{Check::State::Warn, facts}};
    }
    if (asked->hub && asked->hub->kind != signalr::FailureKind::None && !wantsToken(*asked->hub)) {
        facts[u"what"_s] = u"hub"_s;
        facts[u"hub"_s] = examination.target.witness->hub->hub;
        facts[u"status"_s] = asked->hub->code;
        facts[u"error"_s] = asked->hub->text;
        return {{Check::State::Warn, facts}};
    }
    facts[u"hub"_s] = asked->hub && asked->hub->kind == signalr::FailureKind::None;
    return {{Check::State::Ok, facts}};
}

Findings affinity(const Examination& examination, const Place&)
{
    const auto& witness = examination.target.witness;
    if (!witness || !witness->hub)
        return info(u"noHub"_s);
    if (witness->hub->skipNegotiation)
        return {{Check::State::Ok, {{u"what"_s, u"skipNegotiation"_s}}}};
    if (!examination.options.deep)
        return off();
    const std::optional<AffinityTry>& affinity = examination.tries.affinity;
    if (examination.upSlots().size() < 2)
        return info(u"oneSlot"_s);
    if (!affinity)
        return info(u"noUrl"_s);
    if (affinity->notFound > 0)
        return {withoutAffinity(examination, *affinity)};
    QJsonObject facts {{u"attempts"_s, affinity->attempts}, {u"failed"_s, affinity->failed},
        {u"url"_s, affinity->url.toString()}, {u"error"_s, affinity->lastFailure.text},
        {u"status"_s, affinity->lastFailure.code},
        {u"method"_s, balancingOf(*examination.gateway.upstream)}};
    if (affinity->failed == affinity->attempts)
        return info(u"noAnswer"_s, facts);
    return {{Check::State::Ok, facts}};
}

Findings session(const Examination& examination, const Place&)
{
    const auto& witness = examination.target.witness;
    if (!witness || !witness->session)
        return info(u"noSession"_s);
    if (!examination.options.deep)
        return off();
    const QString& path = witness->session->path;
    const Tries& tries = examination.tries;
    if (examination.upSlots().size() < 2)
        return info(u"oneSlot"_s, {{u"path"_s, path}});
    if (!tries.sessions.isEmpty() && !tries.sessionHasCookie)
        return info(u"noCookie"_s, {{u"path"_s, path}});
    int checked = 0;
    Findings findings;
    for (const SessionTry& session : tries.sessions) {
        if (!session.answered)
            continue;
        ++checked;
        if (!isKept(*witness->session, session))
            findings << Finding {Check::State::Warn,
                {{u"what"_s, u"lost"_s}, {u"path"_s, path}, {u"from"_s, session.from},
                    {u"to"_s, session.to}, {u"before"_s, QString::fromUtf8(session.before)},
                    {u"after"_s, QString::fromUtf8(session.after)},
                    {u"cookie"_s, session.cookies.join(u", ")},
                    {u"setAgain"_s, !session.setAgain.isEmpty()},
                    {u"remedyText"_s, sharedKeys(examination.target)}}};
    }
    if (checked == 0)
        return info(u"noAnswer"_s, {{u"path"_s, path}});
    if (findings.isEmpty())
        findings << Finding {Check::State::Ok, {{u"path"_s, path}, {u"checked"_s, checked}}};
    return findings;
}

} // namespace gapless::doctor
