// SPDX-License-Identifier: MIT
#include "engine/model/error.h"
#include "engine/nginx/previewblock.h"
#include "engine/nginx/upstreamfile.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace gapless;

class TestPreviewBlock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isGoneWithoutATrace_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("bare") << QByteArray("upstream chat {\n    server 127.0.0.1:8090;\n}\n");
        QTest::newRow("without a line end") << QByteArray("upstream chat { server a:1; }");
        QTest::newRow("inside http")
            << QByteArray("events {}\nhttp {\n  upstream chat { server a:1; server b:1 down; }\n"
                          "  server { listen 80; }\n}\n");
        QTest::newRow("with comments and CRLF")
            << QByteArray("# caf\xe9 }\r\nupstream chat {\r\n  server a:1; # {\r\n}\r\n# end\r\n");
    }
    void isGoneWithoutATrace()
    {
        QFETCH(QByteArray, file);
        const PreviewBlock preview { "127.0.0.1:9090", { "b:1", "c:1" }, "http", "run1" };
        const QByteArray with = withPreview(file, "chat", preview);
        QVERIFY(with.contains("listen 127.0.0.1:9090;"));
        QVERIFY(with.contains("server b:1;"));
        // The site's own upstream is what it was, and ours stands where a server block may.
        const Upstream site = findUpstream(with, "chat"), ours = findUpstream(with, "gapless_preview");
        QCOMPARE(site.servers, findUpstream(file, "chat").servers);
        QCOMPARE(ours.context, site.context);
        QVERIFY(ours.ipHash); // two servers: a hub's clients must stay with one
        QCOMPARE(withoutPreview(with), file);
        QCOMPARE(withPreview(with, "chat", preview), with); // once, however often
        QCOMPARE(withoutPreview(file), file);
    }
    void needsTheSitesUpstream()
    {
        QVERIFY_EXCEPTION_THROWN(withPreview("events {}", "chat", { "9090", { "b:1" } }), Error);
    }
};

QTEST_GUILESS_MAIN(TestPreviewBlock)
#include "tst_previewblock.moc"
