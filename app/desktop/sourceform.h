// SPDX-License-Identifier: MIT
#pragma once

#include "engine/source/sourcespec.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace gapless {

/// Where the release to be deployed comes from: an image that is on the hosts, or a commit, a folder,
/// an archive, this machine's docker, a registry, as `gaplessctl deploy` takes them. It only holds what
/// was said; whether it is there shows when the plan is made.
class SourceForm : public QWidget {
    Q_OBJECT
public:
    explicit SourceForm(QWidget* parent = nullptr);
    /// `cache`: a folder of ours for copies of repositories.
    SourceSpec spec(const QString& cache) const;
    bool isOnHosts() const { return kind() == SourceSpec::Kind::OnHosts; }
    /// What is still missing; empty: nothing.
    QString whyNot() const;
    void choose(SourceSpec::Kind kind);

Q_SIGNALS:
    /// Something was typed or chosen: a plan for what stood there before does not hold any more.
    void edited();
    /// It is done with for now, so that a plan can be made.
    void entered();

protected:
    void changeEvent(QEvent* event) override;

private:
    SourceSpec::Kind kind() const;
    void retranslate();
    void refresh();
    void browse();

    QComboBox* m_kind;
    QLabel *m_kindTitle, *m_locationTitle, *m_revisionTitle, *m_tagTitle;
    QLineEdit *m_location, *m_revision, *m_tag;
    QPushButton* m_browse;
};

} // namespace gapless
