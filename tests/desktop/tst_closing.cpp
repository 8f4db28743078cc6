// SPDX-License-Identifier: MIT
#include "tests/desktop/sheetrig.h"

#include <QMessageBox>

/// A docker that answers nothing until somebody gives up: a rollout is under way for as long as a test wants.
static const QByteArray silentDocker = "sleep 600\n";

class TestClosing : public QObject {
    Q_OBJECT
private:
    /// Closes the window and presses that button of the question that comes; what the question said.
    static QString closeAndPress(MainWindow& window, const QString& button)
    {
        QString said;
        QTimer answer;
        answer.setInterval(20);
        QObject::connect(&answer, &QTimer::timeout, &window, [&] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box)
                return;
            answer.stop();
            said = box->text();
            for (QAbstractButton* one : box->buttons())
                if (one->text().remove(u'&') == button)
                    one->click();
        });
        answer.start();
        window.close();
        return said;
    }
    static void start(Rig& rig)
    {
        auto& web = dynamic_cast<LocalHost&>(rig.hosts->at(u"web"_s));
        web.stub(u"docker"_s, silentDocker);
        RolloutRequest request;
        request.target = rig.target;
        request.tag = u"hash_2"_s;
        request.strategy = Strategy::Rolling;
        QVERIFY(rig.window->startRun(request, false));
        QCOMPARE(rig.window->runningCount(), 1);
    }

private Q_SLOTS:
    void withoutARolloutItCloses()
    {
        Rig rig;
        rig.window->close();
        QVERIFY(!rig.window->isVisible());
    }
    void aRolloutIsNotLeftUnasked()
    {
        Rig rig;
        start(rig);
        const QString said = closeAndPress(*rig.window, u"Keep it open"_s);
        QVERIFY2(said.contains(u"put back"_s), qPrintable(said)); // what the hosts will do
        QVERIFY(rig.window->isVisible());
        QCOMPARE(rig.window->runningCount(), 1);
        QVERIFY(!rig.window->shownRun()->isStopping());
        rig.window->shownRun()->stopAndRollBack();
        QTRY_COMPARE_WITH_TIMEOUT(rig.window->runningCount(), 0, 60'000);
        QVERIFY(rig.window->isVisible());
    }
    /// It was once gone at once, while its process worked on unseen.
    void theWindowStaysUntilTheHostsAreTidy()
    {
        Rig rig;
        start(rig);
        closeAndPress(*rig.window, u"Stop and close"_s);
        QVERIFY(rig.window->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!rig.window->isVisible(), 60'000);
        QCOMPARE(rig.window->runningCount(), 0);
    }
};

QTEST_MAIN(TestClosing)
#include "tst_closing.moc"
