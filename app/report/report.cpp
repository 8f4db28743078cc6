// SPDX-License-Identifier: MIT
#include "app/report/report.h"

#include "app/report/content.h"
#include "app/report/writers.h"
#include "app/wording/language.h"
#include "engine/model/error.h"

#include <QGuiApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace gapless {

namespace {

/// Speaks a language for as long as it lives, with that language's own numbers whatever the
/// system's are, so that a report does not depend on who writes it.
class Speaking {
public:
    explicit Speaking(const QString& language)
        : m_locale(QLocale())
        , m_set(Language::current())
        , m_before(Language::currentCode())
    {
        if (!m_set)
            m_set = &m_own.emplace();
        if (m_before != language)
            m_set->use(language);
        QLocale::setDefault(QLocale(language));
    }
    ~Speaking()
    {
        if (!m_own && Language::currentCode() != m_before)
            m_set->use(m_before);
        m_own.reset();
        QLocale::setDefault(m_locale);
    }
    Speaking(const Speaking&) = delete;
    Speaking& operator=(const Speaking&) = delete;

private:
    QLocale m_locale;
    std::optional<Language> m_own; ///< where the program has none
    Language* m_set;
    QString m_before;
};

} // namespace

std::unique_ptr<QCoreApplication> paintingApplication(int& argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

QStringList reportFormats()
{
    return {u"html"_s, u"json"_s, u"md"_s, u"pdf"_s};
}

QByteArray writeReport(const ReportRecord& record, const QString& format)
{
    return reportWriter(record, format)();
}

std::function<QByteArray()> reportWriter(const ReportRecord& record, const QString& format)
{
    if (format == u"json")
        return [record] { return report::jsonOf(record); };
    const Speaking speaking(record.language);
    const report::Document document = report::contentOf(record);
    if (format == u"html")
        return [text = report::htmlOf(document, record)] { return text; };
    if (format == u"md")
        return [text = report::markdownOf(document, record)] { return text; };
    if (format == u"pdf")
        return [document, record] { return report::pdfOf(document, record); };
    throw Error(ErrorKind::Internal, {{u"text"_s, u"no report format %1"_s.arg(format)}});
}

Verified verifyReport(const QByteArray& bytes)
{
    Verified verified;
    const auto carried = report::readBack(bytes);
    if (!carried)
        return verified;
    const auto record = recordFrom(carried->head, carried->stream);
    if (!record)
        return verified;
    verified.format = carried->format;
    verified.run = record->state.run;
    verified.stated = carried->head[u"sha256"_s].toString();
    verified.sha256 = record->sha256;
    verified.version = record->version;
    verified.events = record->events.size();
    if (verified.stated != verified.sha256)
        verified.word = Verified::Word::StreamChanged;
    else if (carried->format == u"pdf")
        verified.word = Verified::Word::Whole;
    else if (record->version != QStringLiteral(GAPLESS_VERSION))
        verified.word = Verified::Word::OtherVersion;
    else
        verified.word = writeReport(*record, carried->format) == bytes
            ? Verified::Word::Whole
            : Verified::Word::TextChanged;
    return verified;
}

} // namespace gapless
