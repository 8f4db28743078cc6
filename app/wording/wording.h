// SPDX-License-Identifier: MIT
#pragma once

#include "engine/journal/runstate.h"
#include "engine/model/error.h"
#include "engine/model/event.h"
#include "engine/model/plan.h"

#include <QString>

/// Identifiers and numbers of the engine as sentences in the language that language.h has set, for
/// the window, the command line and the reports alike. Whatever came from a host or a file has been
/// through printable() (text.h) in what these return. Qt Core only.
namespace gapless {

/// What failed and where: one sentence. Error::detail is not in it; show printable(detail) beneath.
QString sentence(const Error& error);
/// What to do about it: one or two sentences, never empty.
QString remedy(const Error& error);

/// A step's name in words: "Put the slot back into nginx".
QString stepName(const QString& step);
/// What a step is waiting for and why: "waiting until 3 old nginx workers have gone".
QString sentence(const WaitingFor& waiting);
/// What a plan notes beside commands, diffs and waits: how many slots carry the site, a canary's share,
/// and what a new container gets that the one before had not. Empty for the other kinds of line.
QString planNote(const PlanLine& line);
/// One line for any event.
QString sentence(const EventBody& event);
QString sentence(const Event& event);

/// How the run ended and what serves now.
QString sentence(const RunFinished& finished);
/// The verdict's word and its numbers: "Unbroken: 0 of 18,204 failed; gap 38 ms; 0 lost".
QString sentence(const Verdict& verdict);
/// What the numbers alone do not say, a sentence each.
QStringList noteTexts(const Verdict& verdict);
QString verdictWord(Verdict::Word word);
/// Each difference as a line: what it is, its name, what it was and what it is.
QStringList differenceTexts(const ConfigurationDiffers& differs);
/// One thing that has changed: "variable A: 1 → 2".
QString changeText(const QJsonObject& change);
/// The same in pieces, for a table: what differs, and its value `before` or `after`.
QString differenceName(const QJsonObject& difference);
QString differenceValue(const QJsonObject& difference, const QString& side);
/// Slot by slot: "A hash_1, B hash_1"; with one tag everywhere just that tag.
QString servingText(const QMap<QString, QString>& serving);

/// A strategy for whoever chooses one: the window's picker, `gaplessctl help strategies`, the README.
struct StrategyText {
    QString name;
    QString summary; ///< two lines
    QString pros, cons; ///< clauses without a full stop
    QString needs, risk, time;
};
/// rolling, blue-green, red-black, canary: in the order in which they are offered.
QStringList strategyIds();
StrategyText strategyText(const QString& strategy);
/// The same as lines of text: summary, for, against, needs, risk and time.
QStringList strategyLines(const QString& strategy);

QString outcomeName(const QString& outcome);
QString strategyName(const QString& strategy);
/// open, confirm, typeName, readOnly.
QString protectionName(const QString& protection);
/// deploy, rollback, initial, resume, unlock.
QString kindName(const QString& kind);
/// serving, draining, stopping … as one word.
QString slotStateName(const QString& state);
/// A choice of a decision by what it brings about: "Keep the new version serving, this slot out".
QString choiceName(const QString& choice);
/// In what a canary was worse: failed, p50, p99, reconnects.
QString canaryReason(const QString& why);
/// A tag short enough for a button: `hash_2f9c1e77` of a full hash.
QString shortTag(const QString& tag);
/// A choice of the run's open question by what it brings about in this very run: "Keep hash_2 serving on
/// A, with B out".
QString choiceText(const RunState& state, const DecisionAsked& asked, const QString& choice);
/// What serves in each slot once a run that is under way has been stopped and keeps what serves.
QMap<QString, QString> servingIfKept(const RunState& state);
/// The new version serves somewhere, so that keeping is something else than going back.
bool hasSomethingToKeep(const RunState& state);
/// What stopping does now, `choice` being keep or rollback: "Stop and roll back: hash_1 serves
/// everywhere again". For a button and for the command line.
QString stopText(const RunState& state, const QString& choice);
/// The question of a decisionAsked as a person is asked it.
QString questionText(const DecisionAsked& asked);

/// A doctor's check in words: its name, what it found, how to mend it (empty where it is `ok`).
/// `facts` also have `host` and `slot` where the check has them.
QString checkName(const QString& check);
QString checkSentence(const QString& check, const QString& state, const QJsonObject& facts);
QString checkRemedy(const QString& check, const QString& state, const QJsonObject& facts);
/// Text to be copied as it stands, in no language: lines for nginx or sudoers, a command.
QString checkSnippet(const QJsonObject& facts);
/// What the host itself said, untranslated and printable; empty where it said nothing.
QString checkDetail(const QJsonObject& facts);

} // namespace gapless
