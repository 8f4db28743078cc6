// SPDX-License-Identifier: MIT
// bench_signalr_echo URL METHOD [IN_FLIGHT] [SECONDS] [json|messagepack]
// Echo invocations over one WebSocket: rate, this process's CPU time a message, median round trip.
// The same figures of the official clients come from tests/support/jsclient/echo.js.
#include "engine/signalr/hubconnection.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace gapless::signalr;

namespace {

double cpuMicroseconds()
{
    rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6
        + double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

struct Bench {
    HubConnection& hub;
    QString method;
    qint64 count = 0;
    bool isOneInFlight = false;
    std::vector<qint64> roundTrips;

    void call()
    {
        QElapsedTimer since;
        since.start();
        hub.invoke(method, Json::array({"hi"}), [this, since](const InvocationResult& result) {
            if (!result.ok())
                qFatal("%s", qPrintable(result.failure.text));
            ++count;
            if (isOneInFlight)
                roundTrips.push_back(since.nsecsElapsed());
            call();
        });
    }
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 3)
        qFatal("usage: bench_signalr_echo URL METHOD [IN_FLIGHT] [SECONDS] [json|messagepack]");
    const int inFlight = arguments.value(3, u"64"_s).toInt();
    const int seconds = arguments.value(4, u"5"_s).toInt();
    HubOptions options;
    options.http.url = QUrl(arguments[1]);
    options.http.transports = TransportType::WebSockets;
    options.http.skipNegotiation = true;
    options.protocol
        = arguments.value(5) == u"messagepack"_s ? Encoding::MessagePack : Encoding::JsonText;
    HubConnection hub(options);
    Bench bench {hub, arguments[2], 0, inFlight == 1, {}};
    hub.start([&](const Failure& failure) {
        if (failure.isError())
            qFatal("%s", qPrintable(failure.text));
        for (int i = 0; i < inFlight; ++i)
            bench.call();
        QTimer::singleShot(1500, &hub, [&] {
            bench.roundTrips.clear();
            const qint64 before = bench.count;
            const double cpu = cpuMicroseconds();
            QElapsedTimer clock;
            clock.start();
            QTimer::singleShot(seconds * 1000, &hub, [&, before, cpu, clock] {
                const auto messages = double(bench.count - before);
                std::printf("gapless inflight=%d rate=%.0f/s cpu=%.2fus/msg", inFlight,
                    messages / (double(clock.nsecsElapsed()) * 1e-9),
                    (cpuMicroseconds() - cpu) / messages);
                if (!bench.roundTrips.empty()) {
                    const auto middle
                        = bench.roundTrips.begin() + qsizetype(bench.roundTrips.size()) / 2;
                    std::nth_element(bench.roundTrips.begin(), middle, bench.roundTrips.end());
                    std::printf(" median=%.1fus", double(*middle) / 1000);
                }
                std::printf("\n");
                std::exit(0);
            });
        });
    });
    return app.exec();
}
