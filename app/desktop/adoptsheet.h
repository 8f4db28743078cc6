// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/background.h"
#include "engine/site/adopt.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTextBrowser;

namespace gapless {

class MainWindow;

/// Adopts what already runs: looks at a host over SSH, shows the sites it found with what a person
/// should know of each, and hands the chosen one to the form. Changes nothing on the host.
class AdoptSheet : public QWidget {
    Q_OBJECT
public:
    explicit AdoptSheet(MainWindow& window, QWidget* parent = nullptr);
    const QList<Adoption>& found() const { return m_found; }
    void look();
    QString text() const;

Q_SIGNALS:
    void settled();
    /// The proposal that was chosen, to be looked through and saved.
    void chosen(const gapless::Target& target);

protected:
    void changeEvent(QEvent* event) override;

private:
    Target hostOnly() const;
    void build();
    void retranslate();
    void refresh();
    void show(int row);
    void take();

    MainWindow& m_window;
    QList<Adoption> m_found;
    std::optional<Error> m_error;
    bool m_looking = false, m_looked = false;
    int m_round = 0;
    BackgroundTask m_task;
    QLineEdit *m_address, *m_user, *m_key, *m_hub;
    QSpinBox* m_port;
    QComboBox* m_method;
    QListWidget* m_sites;
    QTextBrowser* m_notes;
    QCheckBox* m_secrets;
    QProgressBar* m_busy;
    QPushButton *m_look, *m_take;
    QLabel *m_addressTitle, *m_portTitle, *m_userTitle, *m_methodTitle, *m_keyTitle, *m_hubTitle, *m_state;
};

} // namespace gapless
