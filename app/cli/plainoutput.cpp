// SPDX-License-Identifier: MIT
#include "app/cli/plainoutput.h"

#include "app/cli/commandline.h"
#include "app/wording/text.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

constexpr qint64 repeatMs = 10'000; ///< how often what goes on is said again

QStringList indented(const QString& title, const QStringList& untrusted)
{
    QStringList lines;
    if (!untrusted.isEmpty())
        lines << u"    "_s + title;
    for (const QString& text : untrusted)
        for (const QString& line : printable(text).split(u'\n'))
            lines << u"      "_s + line;
    return lines;
}

QStringList detailOf(const QJsonObject& error)
{
    const QString detail = error[u"detail"_s].toString().trimmed();
    QStringList lines;
    if (!detail.isEmpty())
        for (const QString& line : printable(detail).split(u'\n'))
            lines << u"    "_s + line;
    return lines;
}

} // namespace

QStringList PlainLines::of(const Event& event)
{
    const QStringList said {sentence(event)};
    struct Visit {
        PlainLines& self;
        const Event& event;
        const QStringList& said;
        QStringList nothing {};

        QStringList operator()(const RunStarted&) { return said; }
        QStringList operator()(const StepStarted&) { return nothing; }
        QStringList operator()(const StepFinished&)
        {
            self.m_waiting.clear();
            return said;
        }
        QStringList operator()(const StepFailed& e)
        {
            self.m_waiting.clear();
            return said + detailOf(e.error);
        }
        QStringList operator()(const WaitingFor& e)
        {
            const QString what = e.step + u'/' + e.slot + u'/' + e.what;
            if (what == self.m_waiting && self.m_waitingAt.msecsTo(event.at) < repeatMs)
                return nothing;
            self.m_waiting = what;
            self.m_waitingAt = event.at;
            return said;
        }
        QStringList operator()(const CommandRan&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const OutputLine&) { return said; }
        QStringList operator()(const TrafficChanged&) { return said; }
        QStringList operator()(const SlotChanged&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const FileChanged&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const ReloadProven&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const ConnectionsDrained&) { return said; }
        QStringList operator()(const ContainerStopped&) { return said; }
        QStringList operator()(const HealthAnswered& e)
        {
            // A slot that boots answers the same thing many times over.
            if (e.ok || self.m_badStatus.value(e.slot, -1) == e.status)
                return nothing;
            self.m_badStatus[e.slot] = e.status;
            return said;
        }
        QStringList operator()(const SlotEvidence& e)
        {
            return said + indented(Cli::tr("Log:"), e.log)
                + indented(Cli::tr("Health answers:"), e.health);
        }
        QStringList operator()(const ContainerRecorded&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const ConfigurationDiffers&) { return said; }
        QStringList operator()(const Warned& e)
        {
            // What is in order needs none.
            const QString remedy = e.state == "info"_L1 ? QString() : checkRemedy(e.check, e.state, e.facts);
            QStringList lines = said;
            if (!remedy.isEmpty())
                lines << u"    "_s + remedy;
            for (const QString& line : checkSnippet(e.facts).split(u'\n', Qt::SkipEmptyParts))
                lines << u"        "_s + line;
            return lines;
        }
        QStringList operator()(const DecisionAsked&) { return said; }
        QStringList operator()(const DecisionMade&) { return said; }
        QStringList operator()(const ReasonChanged&) { return said; }
        QStringList operator()(const UndoRan& e) { return said + detailOf(e.error); }
        QStringList operator()(const PointOfNoReturn&) { return said; }
        QStringList operator()(const HostSeen&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const ImageSeen&) { return self.m_verbose ? said : nothing; }
        QStringList operator()(const WitnessStarted&) { return said; }
        QStringList operator()(const ConnectionChanged& e)
        {
            return e.state == "disconnected"_L1 || self.m_verbose ? said : nothing;
        }
        QStringList operator()(const Gap&) { return said; }
        QStringList operator()(const ProbeSummary& e) { return self.summed(e, event.at); }
        QStringList operator()(const CanaryCompared&) { return said; }
        QStringList operator()(const KeptWarm&) { return said; }
        QStringList operator()(const RunFinished& e)
        {
            QStringList lines {sentence(e)}; // its error goes to standard error
            lines << Cli::tr("Verdict: %1").arg(sentence(e.verdict));
            for (const QString& note : noteTexts(e.verdict))
                lines << u"    "_s + note;
            return lines;
        }
    };
    return std::visit(Visit {*this, event, said}, event.body);
}

QStringList PlainLines::summed(const ProbeSummary& summary, const QDateTime& at)
{
    m_sum.sent += summary.sent;
    m_sum.failed += summary.failed;
    m_sum.connected = summary.connected;
    m_sum.p99Ms = std::max(m_sum.p99Ms, summary.p99Ms);
    if (summary.failed == 0 && m_summaryAt.isValid() && m_summaryAt.msecsTo(at) < repeatMs)
        return {};
    m_summaryAt = at;
    const QString line = sentence(EventBody(std::exchange(m_sum, {})));
    return {line};
}

void PlainOutput::show(const Event& event)
{
    const QString time = event.at.toLocalTime().toString(u"HH:mm:ss  "_s);
    for (const QString& line : m_lines.of(event))
        m_console.print(time + line);
}

} // namespace gapless
