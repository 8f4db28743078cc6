// SPDX-License-Identifier: MIT
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QWidget>

namespace gapless {

class MainWindow;

/// Language, colours, presentation; where the data and the secrets are. Takes effect at once and is
/// kept.
class SettingsPage : public QWidget {
    Q_OBJECT
public:
    explicit SettingsPage(MainWindow& window);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void keep(const QString& name, const QString& value);

    MainWindow& m_window;
    QLabel *m_title, *m_languageLabel, *m_paletteLabel, *m_folderLabel, *m_folder, *m_keychainLabel,
        *m_keychain;
    QComboBox *m_language, *m_palette;
    QCheckBox* m_presenting;
};

} // namespace gapless
