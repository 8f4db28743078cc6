// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/credentials.h"

#include <QWidget>
#include <optional>

class QLabel;
class QPushButton;
class QTableWidget;

namespace gapless {

class DesktopContext;
class Secret;

/// Which secrets a target needs, which of them are known, and where they are kept: in the desktop's
/// keychain and nowhere else. Where there is none it says so, and keeps them for this run only.
class CredentialsPane : public QWidget {
    Q_OBJECT
public:
    explicit CredentialsPane(DesktopContext& context, QWidget* parent = nullptr);
    void setTarget(const std::optional<Target>& target);
    /// Keeps the secret of that row, and says where. Public for tests, as remove() is.
    void keep(int row, Secret secret);
    void remove(int row);
    QString state(int row) const;
    QString notice() const;

Q_SIGNALS:
    /// What is known of every row is on the screen.
    void settled();

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum class Where { Unknown, Nowhere, Keychain, ThisRun };
    void look();
    void ask();
    void fill();
    void sayWhere(const QString& backend);
    void sayNoKeychain();

    DesktopContext& m_context;
    QList<NeededSecret> m_secrets;
    QList<Where> m_where;
    QLabel* m_notice;
    QTableWidget* m_table;
    QPushButton *m_set, *m_remove;
    bool m_looked = false;
    int m_round = 0;
};

} // namespace gapless
