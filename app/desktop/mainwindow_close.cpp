// SPDX-License-Identifier: MIT
// How the window goes, and how it comes back as it was.
#include "app/desktop/mainwindow.h"

#include <QCloseEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>

using namespace Qt::StringLiterals;

namespace gapless {

/// A rollout ended: the last one that closing the window waited for?
void MainWindow::closeWhenOver()
{
    if (m_closing && runningCount() == 0)
        close();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_closing && runningCount() > 0) { // asked again while it stops
        event->ignore();
        return;
    }
    if (runningCount() > 0) {
        QMessageBox box(QMessageBox::Warning,
            tr("%n rollout(s) under way", nullptr, runningCount()),
            tr("If you close the window, the rollout stops: what was taken out is put back and the "
               "old version serves, or, where the new version serves already, the rest is finished "
               "tidily. The window closes when that is done."),
            QMessageBox::NoButton, this);
        QPushButton* stop = box.addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
        box.setDefaultButton(box.addButton(tr("Keep it open"), QMessageBox::RejectRole));
        box.exec();
        if (box.clickedButton() != stop) {
            event->ignore();
            return;
        }
        for (const auto& [target, run] : m_runs)
            run->stopAndRollBack();
        m_closing = true;
        if (runningCount() > 0) { // they may have ended while the question stood
            say(tr("Stopping; the window closes when the hosts are tidy."));
            event->ignore();
            return;
        }
    }
    keepLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::restoreLayout()
{
    const QJsonObject layout = m_context.settings().value(u"window"_s).toObject();
    const auto bytes = [&](const QString& name) {
        return QByteArray::fromBase64(layout[name].toString().toLatin1());
    };
    if (!restoreGeometry(bytes(u"geometry"_s)))
        resize(QSize(1280, 800).boundedTo(screen()->availableSize()));
    m_columns->restoreState(bytes(u"columns"_s));
}

void MainWindow::keepLayout()
{
    const auto text = [](const QByteArray& bytes) { return QString::fromLatin1(bytes.toBase64()); };
    try {
        m_context.settings().setValue(u"window"_s,
            QJsonObject {{u"geometry"_s, text(saveGeometry())},
                {u"columns"_s, text(m_columns->saveState())}});
    } catch (const Error&) {
        // A layout that cannot be kept keeps nobody from closing the window.
    }
}

} // namespace gapless
