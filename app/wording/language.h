// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>
#include <QTranslator>
#include <iterator>

namespace gapless {

/// The language that window, command line and reports speak: installs the translations embedded in
/// the program and Qt's own, and sets the locale that numbers and dates follow. One at a time, on
/// the main thread, while a QCoreApplication lives.
class Language {
public:
    ~Language();
    Language() = default;
    Language(const Language&) = delete;
    Language& operator=(const Language&) = delete;

    /// `en` or `zh_TW`. Does nothing and returns false for another.
    bool use(const QString& code);
    QString code() const { return m_code; }

    /// The one that speaks now; null where none was ever used.
    static Language* current() { return s_current; }
    /// What it speaks; en where there is none.
    static QString currentCode() { return s_current ? s_current->m_code : QStringLiteral("en"); }

    /// What `--lang` takes.
    static QStringList codes();
    /// The system's language among codes(): zh_TW where Traditional Chinese is wanted, else en.
    static QString systemCode();
    /// codes()' entry that the POSIX or BCP 47 names in order of preference ask for first.
    static QString codeFor(const QStringList& preferred);

private:
    void remove();
    static constexpr const char* catalogs[] = { "gapless", "gapless_desktop", "gapless_report" };
    QTranslator m_ours[std::size(catalogs)], m_qt;
    QString m_code;
    static Language* s_current;
};

} // namespace gapless
