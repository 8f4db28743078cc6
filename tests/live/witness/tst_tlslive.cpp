// SPDX-License-Identifier: MIT
// The witness through a real nginx with TLS: what a certificate is worth is said and never ignored.
#include "engine/witness/samplefile.h"
#include "engine/witness/sitewitness.h"
#include "tests/support/scriptedhub/scriptedhub.h"

#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QSslCertificate>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <future>
#include <mutex>

using namespace gapless;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

void run(const QString& folder, const QString& program, const QStringList& words)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, words);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(program), process.readAll().constData());
}

/// nginx on a free port of loopback, its certificate signed by an authority of its own; behind it a
/// page and a hub.
class TlsSite {
public:
    TlsSite(quint16 hub, const QString& subject, const QStringList& validity)
    {
        const QString folder = m_folder.path();
        run(folder, u"openssl"_s,
            {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s,
                u"/CN=Test authority"_s, u"-keyout"_s, u"ca.key"_s, u"-out"_s, u"ca.pem"_s});
        run(folder, u"openssl"_s,
            {u"req"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-subj"_s, u"/CN=site"_s,
                u"-keyout"_s, u"site.key"_s, u"-out"_s, u"site.csr"_s});
        put(u"extensions"_s, "subjectAltName=" + subject.toUtf8() + '\n');
        put(u"index.txt"_s, {});
        put(u"serial"_s, "01\n");
        put(u"ca.cnf"_s,
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\n"
            "certificate=ca.pem\nprivate_key=ca.key\ndefault_md=sha256\npolicy=p\n[p]\n"
            "commonName=supplied\n");
        run(folder, u"openssl"_s,
            QStringList {u"ca"_s, u"-batch"_s, u"-config"_s, u"ca.cnf"_s, u"-extfile"_s,
                u"extensions"_s, u"-in"_s, u"site.csr"_s, u"-out"_s, u"site.pem"_s}
                + validity);
        QTcpServer free;
        free.listen(QHostAddress::LocalHost);
        m_port = free.serverPort();
        free.close();
        put(u"nginx.conf"_s,
            QStringLiteral(
                "daemon off; master_process off; pid nginx.pid; error_log error.log;\n"
                "events {}\nhttp { access_log off; client_body_temp_path b; "
                "proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; "
                "scgi_temp_path s;\n"
                "server { listen 127.0.0.1:%1 ssl; ssl_certificate site.pem; "
                "ssl_certificate_key site.key;\n"
                "location / { return 200 ok; }\n"
                "location /hub { proxy_pass http://127.0.0.1:%2; proxy_http_version 1.1; "
                "proxy_set_header Upgrade $http_upgrade; "
                "proxy_set_header Connection \"upgrade\"; } } }\n")
                .arg(m_port)
                .arg(hub)
                .toUtf8());
        m_nginx.setProcessChannelMode(QProcess::ForwardedChannels);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"PATH"_s, environment.value(u"PATH"_s) + u":/usr/sbin:/sbin"_s);
        m_nginx.setProcessEnvironment(environment);
        m_nginx.start(
            u"/bin/sh"_s, {u"-c"_s, u"exec nginx -p \"$0\" -c nginx.conf -e error.log"_s, folder});
        const bool up = QTest::qWaitFor(
            [&] {
                QTcpSocket socket;
                socket.connectToHost(QHostAddress::LocalHost, m_port);
                return socket.waitForConnected(500);
            },
            20'000);
        if (!up)
            qFatal("nginx does not start");
    }
    ~TlsSite()
    {
        m_nginx.terminate();
        if (!m_nginx.waitForFinished(5000))
            m_nginx.kill();
        m_nginx.waitForFinished(5000);
    }
    QString url() const { return u"https://127.0.0.1:%1"_s.arg(m_port); }
    /// The roots that know this site's authority.
    QSslConfiguration trusting() const
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setCaCertificates(QSslCertificate::fromPath(m_folder.filePath(u"ca.pem"_s)));
        return configuration;
    }

private:
    void put(const QString& name, const QByteArray& content)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
    }
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    QProcess m_nginx;
};

QByteArray shown(const Verdict& verdict)
{
    return QJsonDocument(toJson(verdict)).toJson();
}

QString noteOf(const Verdict& verdict, const QString& id)
{
    for (const QJsonValue note : verdict.notes)
        if (note[u"id"_s].toString() == id)
            return note[u"text"_s].toString();
    return {};
}

} // namespace

class TestTlsLive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void certificates_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QStringList>("validity");
        QTest::addColumn<bool>("trusted");
        QTest::addColumn<QString>("wrong"); // empty: nothing is
        const QStringList year {u"-days"_s, u"365"_s};
        const QStringList past {
            u"-startdate"_s, u"20200101000000Z"_s, u"-enddate"_s, u"20210101000000Z"_s};
        QTest::newRow("as it should be") << u"IP:127.0.0.1"_s << year << true << QString();
        QTest::newRow("of an unknown authority")
            << u"IP:127.0.0.1"_s << year << false << u"certificate"_s;
        QTest::newRow("of another site") << u"DNS:other.test"_s << year << true << u"host name"_s;
        QTest::newRow("expired") << u"IP:127.0.0.1"_s << past << true << u"expired"_s;
    }
    void certificates()
    {
        QFETCH(QString, subject);
        QFETCH(QStringList, validity);
        QFETCH(bool, trusted);
        QFETCH(QString, wrong);
        ScriptedHub hub;
        const TlsSite site(hub.port(), subject, validity);
        WitnessSpec spec;
        spec.url = site.url();
        spec.http->perSecond = 50;
        spec.hub.emplace();
        spec.hub->hub = u"/hub"_s;
        spec.hub->connections = 2;
        WitnessOptions options;
        options.stallLimit = 60s; // a busy machine is not what is tested here
        if (trusted)
            options.tls = site.trusting();
        QTemporaryDir data;
        options.samplesFolder = data.path();
        const auto witness = makeSiteWitness(spec, {}, options);
        std::mutex mutex;
        QList<EventBody> events;
        // The hub lives on this thread, so the blocking calls go to another.
        const auto blocking = [](auto work) {
            auto done = std::async(std::launch::async, work);
            while (done.wait_for(0s) != std::future_status::ready)
                QTest::qWait(10);
            return done.get();
        };
        blocking([&] {
            witness->start(
                [&](EventBody body) {
                    const std::lock_guard lock(mutex);
                    events.append(std::move(body));
                },
                wrong.isEmpty() ? 60s : 3s, {});
            return true;
        });
        const Verdict verdict = blocking([&] { return witness->finish(); });
        qint64 tls = 0, other = 0;
        for (const Sample& sample : SampleReader(witness->samplesFile()).next().samples)
            (sample.cause == Sample::Cause::Tls ? tls : other)
                += sample.cause != Sample::Cause::None;
        QCOMPARE(other, 0);
        if (wrong.isEmpty()) {
            QVERIFY2(verdict.word == Verdict::Word::Unbroken, shown(verdict).constData());
            QVERIFY(verdict.http->sent > 0);
            QCOMPARE(verdict.http->failed, 0);
            QCOMPARE(verdict.signalr->connections, 2);
            QCOMPARE(hub.handshakes, 2);
            QCOMPARE(tls, 0);
            QCOMPARE(noteOf(verdict, u"certificate"_s), QString());
            return;
        }
        QVERIFY2(verdict.word == Verdict::Word::Invalid, shown(verdict).constData());
        QCOMPARE(verdict.why, u"noBaseline"_s);
        QVERIFY(tls > 0);
        QCOMPARE(hub.handshakes, 0);
        QVERIFY2(noteOf(verdict, u"certificate"_s).contains(wrong, Qt::CaseInsensitive),
            shown(verdict).constData());
        bool hubSaid = false;
        for (const EventBody& body : events)
            if (const auto* changed = std::get_if<ConnectionChanged>(&body))
                hubSaid = hubSaid || changed->reason == u"tls";
        QVERIFY(hubSaid);
    }
};

QTEST_GUILESS_MAIN(TestTlsLive)
#include "tst_tlslive.moc"
