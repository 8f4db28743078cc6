// SPDX-License-Identifier: MIT
// bench_signalr_compare [--quick]
// Echo over one WebSocket to the demo's chat site on this machine: this client, the official
// JavaScript client and the official .NET client, one after the other, in rounds, JSON and
// MessagePack, with 64 invocations in flight and with one. Fetches from npm and NuGet the first
// time.
#include "tests/bench/benchtable.h"
#include "tests/live/signalr/chatsite.h"

#include <QCoreApplication>
#include <QDir>
#include <QMap>
#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace gapless;

namespace {

struct Figures {
    std::vector<double> rate, cpu, median;
};

QByteArray run(const QString& folder, const QString& program, const QStringList& words)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, words);
    if (!process.waitForFinished(600'000) || process.exitCode() != 0)
        qFatal("%s failed: %s", qPrintable(program), process.readAll().constData());
    return process.readAllStandardOutput();
}

void take(const QByteArray& line, Figures& into)
{
    static const QRegularExpression figure(u"(rate|cpu|median)=([0-9.]+)"_s);
    for (auto found = figure.globalMatch(QString::fromUtf8(line)); found.hasNext();) {
        const auto match = found.next();
        auto& values = match.captured(1) == u"rate" ? into.rate
            : match.captured(1) == u"cpu"           ? into.cpu
                                                    : into.median;
        values.push_back(match.captured(2).toDouble());
    }
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const bool quick = QCoreApplication::arguments().contains(u"--quick"_s);
    const int rounds = quick ? 1 : 3;
    const QString seconds = quick ? u"2"_s : u"3"_s;
    const QString here = QCoreApplication::applicationDirPath();
    const QString js = ChatSite::jsClientFolder();
    run(here, u"dotnet"_s,
        {u"publish"_s, u"--nologo"_s, u"-c"_s, u"Release"_s, u"-o"_s, here + u"/dotnetclient"_s,
            QStringLiteral(GAPLESS_SOURCE_DIR "/tests/support/dotnetclient/echo.csproj"),
            u"-p:BaseIntermediateOutputPath="_s + here + u"/dotnetclient.obj/"_s});
    const ChatSite site;
    const ChatSite::Slot slot(site, ChatSite::freePort());
    const QString url = slot.hub().toString();

    BenchTable table({u"protocol"_s, u"in flight"_s, u"client"_s, u"messages/s"_s,
        u"µs CPU/message"_s, u"median round trip µs"_s});
    for (const QString& protocol : {u"json"_s, u"messagepack"_s})
        for (const QString& inFlight : {u"64"_s, u"1"_s}) {
            const QStringList words {url, u"Echo"_s, inFlight, seconds, protocol};
            QMap<QString, Figures> figures;
            for (int i = 0; i < rounds; ++i) {
                take(run(here, here + u"/bench_signalr_echo"_s, words), figures[u"Gapless"_s]);
                take(run(js, u"node"_s, QStringList {u"echo.js"_s} + words),
                    figures[u"JavaScript"_s]);
                take(run(here, u"dotnet"_s,
                         QStringList {here + u"/dotnetclient/echo.dll"_s} + words),
                    figures[u".NET"_s]);
            }
            for (const QString& client : {u"Gapless"_s, u"JavaScript"_s, u".NET"_s}) {
                const Figures& each = figures[client];
                table.add({protocol, inFlight, client, QString::number(medianOf(each.rate), 'f', 0),
                    QString::number(medianOf(each.cpu), 'f', 2),
                    each.median.empty() ? QString()
                                        : QString::number(medianOf(each.median), 'f', 1)});
            }
        }
    table.print();
    return 0;
}
