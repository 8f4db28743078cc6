// SPDX-License-Identifier: MIT
#include "app/wording/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace gapless {

Language* Language::s_current = nullptr;

Language::~Language()
{
    remove();
    if (s_current == this)
        s_current = nullptr;
}

QStringList Language::codes()
{
    return {u"en"_s, u"zh_TW"_s};
}

QString Language::codeFor(const QStringList& preferred)
{
    for (QString name : preferred) {
        name.replace(u'_', u'-');
        name = name.section(u'.', 0, 0).section(u'@', 0, 0).toLower();
        if (name.startsWith("zh-hant"_L1) || name == "zh-tw"_L1 || name == "zh-hk"_L1
            || name == "zh-mo"_L1)
            return u"zh_TW"_s;
        if (name == "en"_L1 || name.startsWith("en-"_L1))
            return u"en"_s;
    }
    return u"en"_s;
}

QString Language::systemCode()
{
    return codeFor(QLocale::system().uiLanguages());
}

void Language::remove()
{
    for (QTranslator& ours : m_ours)
        QCoreApplication::removeTranslator(&ours);
    QCoreApplication::removeTranslator(&m_qt);
}

bool Language::use(const QString& code)
{
    if (!codes().contains(code))
        return false;
    remove();
    m_code = code;
    s_current = this;
    const QLocale system = QLocale::system();
    const QLocale ours(code);
    // Somebody who reads English in Taiwan or Germany keeps their own dates and digits.
    const bool keepSystem
        = system.language() == ours.language() && system.script() == ours.script();
    QLocale::setDefault(keepSystem ? system : ours);
    // English needs one too: its plural forms.
    for (std::size_t i = 0; i < std::size(catalogs); ++i)
        if (m_ours[i].load(u":/i18n/%1_%2.qm"_s.arg(QLatin1StringView(catalogs[i]), code)))
            QCoreApplication::installTranslator(&m_ours[i]);
    if (m_qt.load(u"qtbase_%1"_s.arg(code), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    return true;
}

} // namespace gapless
