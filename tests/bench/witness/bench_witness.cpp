// SPDX-License-Identifier: MIT
// bench_witness [--quick | SECONDS] [PER_SECOND] [HUB_CONNECTIONS] [URL]
// The witness's own CPU time and memory against a site that this program serves from a second
// process (or one at URL with a hub at /UpdateHub). Must stay within 25 % of one core and 80 MiB at
// 500 HTTP probes a second and 200 hub connections. `bench_witness qnam SECONDS PER_SECOND`: the
// same GETs on fresh connections through QNetworkAccessManager, which HttpProbe does not use.
#include "benchsite.h"
#include "engine/witness/sitewitness.h"
#include "tests/bench/benchtable.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QProcess>
#include <QThread>
#include <QTimer>
#include <cstdio>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace gapless;
using namespace std::chrono_literals;

namespace {

double cpuSeconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

double peakMiB()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

void say(const char* what, double cpu, double wall)
{
    BenchTable table({u"what"_s, u"% of one core"_s, u"peak MiB"_s, u"seconds"_s});
    table.add({QString::fromLatin1(what), QString::number(100 * cpu / wall, 'f', 1),
        QString::number(peakMiB(), 'f', 1), QString::number(wall, 'f', 0)});
    table.print();
}

void benchWitness(const WitnessSpec& spec, int seconds)
{
    const auto witness = makeSiteWitness(spec, {});
    QElapsedTimer wall;
    wall.start();
    witness->start([](const EventBody&) {}, 30s, {});
    std::printf("baseline after %lld ms\n", static_cast<long long>(wall.elapsed()));
    const double before = cpuSeconds();
    wall.restart();
    QThread::sleep(static_cast<unsigned long>(seconds));
    say("witness", cpuSeconds() - before, double(wall.elapsed()) / 1000);
    const QJsonObject verdict = toJson(witness->finish());
    std::printf("%s\n", QJsonDocument(verdict).toJson(QJsonDocument::Compact).constData());
}

void benchQnam(const QString& url, int seconds, int perSecond)
{
    QNetworkAccessManager manager;
    int sent = 0, done = 0, failed = 0, underWay = 0, mostUnderWay = 0;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QElapsedTimer wall;
    wall.start();
    const double before = cpuSeconds();
    QObject::connect(&timer, &QTimer::timeout, &timer, [&] {
        for (; sent < wall.elapsed() * perSecond / 1000; ++sent) {
            QNetworkRequest request {QUrl(url)};
            request.setRawHeader("Connection", "close");
            QNetworkReply* reply = manager.get(request);
            mostUnderWay = std::max(mostUnderWay, ++underWay);
            QObject::connect(reply, &QNetworkReply::finished, reply, [&, reply] {
                ++done;
                --underWay;
                failed += reply->error() != QNetworkReply::NoError;
                reply->deleteLater();
            });
        }
    });
    timer.start(1);
    QTimer::singleShot(std::chrono::seconds(seconds), [] { QCoreApplication::quit(); });
    QCoreApplication::exec();
    say("QNetworkAccessManager", cpuSeconds() - before, double(wall.elapsed()) / 1000);
    std::printf(
        "%d sent, %d done, %d failed, %d under way at most\n", sent, done, failed, mostUnderWay);
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QStringList arguments = app.arguments().mid(1);
    if (arguments.value(0) == u"--serve")
        return serveBenchSite();
    const bool qnam = arguments.value(0) == u"qnam";
    if (qnam)
        arguments.removeFirst();
    const int seconds = arguments.value(0) == u"--quick" ? 4 : arguments.value(0, u"20"_s).toInt();
    const double perSecond = arguments.value(1, u"500"_s).toDouble();
    const int connections = arguments.value(2, u"200"_s).toInt();

    QProcess site;
    site.start(app.applicationFilePath(), {u"--serve"_s});
    site.waitForReadyRead();
    const QList<QByteArray> ports = site.readLine().trimmed().split(' ');
    const QString web = arguments.value(3, u"http://127.0.0.1:"_s + QString::fromLatin1(ports[0]));
    if (qnam) {
        benchQnam(web, seconds, int(perSecond));
    } else {
        WitnessSpec spec;
        spec.url = web;
        spec.http->perSecond = perSecond;
        spec.http->versionFrom = u"X-Version"_s;
        if (perSecond <= 0)
            spec.http.reset();
        if (connections > 0) {
            spec.hub.emplace();
            spec.hub->connections = connections;
            // On a port of its own: the fake hub does not serve pages.
            spec.hub->hub = arguments.size() > 3
                ? u"/UpdateHub"_s
                : u"http://127.0.0.1:%1/hub"_s.arg(QString::fromLatin1(ports.value(1)));
            spec.hub->echo
                = EchoSpec {u"SendMessage"_s, {u"gapless"_s, u"{token}"_s}, u"ReceiveMessage"_s};
        }
        benchWitness(spec, seconds);
    }
    site.closeWriteChannel();
    site.waitForFinished();
    return 0;
}
