// SPDX-License-Identifier: MIT
// echo URL METHOD [IN_FLIGHT] [SECONDS] [json|messagepack]: the figures of bench_signalr_echo, of the official .NET client.
using System.Diagnostics;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

var inFlight = args.Length > 2 ? int.Parse(args[2]) : 64;
var seconds = args.Length > 3 ? int.Parse(args[3]) : 5;
var builder = new HubConnectionBuilder().WithUrl(args[0], options =>
{
    options.Transports = HttpTransportType.WebSockets;
    options.SkipNegotiation = true;
});
if (args.Length > 4 && args[4] == "messagepack")
    builder.AddMessagePackProtocol();
await using var hub = builder.Build();
await hub.StartAsync();

long count = 0;
var roundTrips = new List<double>();
for (var i = 0; i < inFlight; ++i)
    _ = Task.Run(async () =>
    {
        while (true)
        {
            var since = Stopwatch.GetTimestamp();
            await hub.InvokeAsync<string>(args[1], "hi");
            Interlocked.Increment(ref count);
            if (inFlight == 1)
                lock (roundTrips)
                    roundTrips.Add(Stopwatch.GetElapsedTime(since).TotalMicroseconds);
        }
    });
await Task.Delay(1500);
lock (roundTrips)
    roundTrips.Clear();
var before = Interlocked.Read(ref count);
var process = Process.GetCurrentProcess();
var cpu = process.TotalProcessorTime;
var clock = Stopwatch.StartNew();
await Task.Delay(seconds * 1000);
var messages = Interlocked.Read(ref count) - before;
process.Refresh();
var used = (process.TotalProcessorTime - cpu).TotalMicroseconds;
var line = $".net inflight={inFlight} rate={messages / clock.Elapsed.TotalSeconds:F0}/s cpu={used / messages:F2}us/msg";
lock (roundTrips)
    if (roundTrips.Count > 0)
        line += $" median={roundTrips.Order().ElementAt(roundTrips.Count / 2):F1}us";
Console.WriteLine(line);
