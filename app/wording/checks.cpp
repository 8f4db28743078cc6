// SPDX-License-Identifier: MIT
#include "app/wording/checktable.h"
#include "app/wording/facts.h"
#include "app/wording/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

struct Checks {
    Q_DECLARE_TR_FUNCTIONS(Checks)
};

const checks::Finding* find(const QString& check, const QString& state, const QJsonObject& facts)
{
    const QString what = facts[u"what"_s].toString();
    const auto fits = [](const char* pattern, const QString& text) {
        return !*pattern || text == QLatin1String(pattern);
    };
    for (const checks::Finding& finding : checks::findings())
        if (check == QLatin1String(finding.id) && fits(finding.what, what)
            && fits(finding.state, state))
            return &finding;
    return nullptr;
}

/// A fact as its name's end says: bytes, milliseconds, or as it is.
QString factOf(const Facts& facts, const char* name)
{
    const QLatin1String text(name);
    if (text.endsWith("Bytes"_L1))
        return facts.bytes(name);
    return text.endsWith("Ms"_L1)
        ? durationText(std::chrono::milliseconds(std::abs(facts.number(name))))
        : facts(name);
}

QString filled(const char* source, const checks::Finding& finding, const Facts& facts)
{
    QString text = Checks::tr(source);
    QStringList values;
    for (const char* name : finding.facts)
        values << (name ? factOf(facts, name) : QString());
    // One pass over the text, so that a fact's own “%2” stays what it is.
    QString whole;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int number = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : 0;
        if (number >= 1 && number <= values.size()) {
            whole += values[number - 1];
            ++i;
        } else {
            whole += text[i];
        }
    }
    return whole;
}

/// Where a check found what it says: "host web", "slot A"; empty where it says neither.
QString placeOf(const Facts& facts)
{
    if (!facts.empty("slot"))
        return Checks::tr("slot %1").arg(facts("slot"));
    return facts.empty("host") ? QString() : Checks::tr("host %1").arg(facts("host"));
}

QString foundText(const QString& check, const QString& state, const QJsonObject& facts)
{
    const Facts fact(facts);
    if (!fact.empty("skipped"))
        return Checks::tr("not looked at, since “%1” failed")
            .arg(checkName(facts[u"skipped"_s].toString()));
    if (state == "ok"_L1)
        return Checks::tr("in order");
    if (facts[u"error"_s].isObject()) {
        Error error = errorFromJson(facts[u"error"_s].toObject());
        error.host.clear(); // the check's own place says it
        return sentence(error);
    }
    const checks::Finding* finding = find(check, state, facts);
    return finding ? filled(finding->problem, *finding, fact) : Checks::tr("not in order");
}

} // namespace

QString checkName(const QString& check)
{
    for (const checks::Name& entry : checks::names())
        if (check == QLatin1String(entry.id))
            return Checks::tr(entry.name);
    return printableLine(check);
}

QString checkSentence(const QString& check, const QString& state, const QJsonObject& facts)
{
    const QString found = foundText(check, state, facts);
    const QString where = placeOf(Facts(facts));
    return where.isEmpty()
        ? Checks::tr("%1: %2", "check, what it found").arg(checkName(check), found)
        : Checks::tr("%1 (%2): %3", "check, host or slot, what it found")
              .arg(checkName(check), where, found);
}

QString checkRemedy(const QString& check, const QString& state, const QJsonObject& facts)
{
    if (state == "ok"_L1 || facts.contains(u"skipped"_s))
        return {};
    if (facts[u"error"_s].isObject() && !facts.contains(u"remedyText"_s))
        return remedy(errorFromJson(facts[u"error"_s].toObject()));
    const checks::Finding* finding = find(check, state, facts);
    return finding ? filled(finding->remedy, *finding, Facts(facts))
                   : Checks::tr("“gaplessctl doctor --json” shows all that was found.");
}

QString checkSnippet(const QJsonObject& facts)
{
    return printable(facts[u"remedyText"_s].toString()).trimmed();
}

QString checkDetail(const QJsonObject& facts)
{
    const QJsonValue error = facts[u"error"_s];
    for (const QString& text : {facts[u"detail"_s].toString(), facts[u"body"_s].toString(),
             error.isObject() ? error.toObject()[u"detail"_s].toString() : error.toString()})
        if (const QString shown = printable(text).trimmed(); !shown.isEmpty())
            return shown;
    return {};
}

} // namespace gapless
