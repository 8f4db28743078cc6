// SPDX-License-Identifier: MIT
// node echo.js URL METHOD [IN_FLIGHT] [SECONDS] [json|messagepack]: the figures of bench_signalr_echo, of the official
// JavaScript client.
'use strict';
const signalr = require('@microsoft/signalr');
const { MessagePackHubProtocol } = require('@microsoft/signalr-protocol-msgpack');

async function main() {
    const [url, method, inFlight = '64', seconds = '5', protocol = 'json'] = process.argv.slice(2);
    const builder = new signalr.HubConnectionBuilder()
        .withUrl(url, { skipNegotiation: true, transport: signalr.HttpTransportType.WebSockets })
        .configureLogging(signalr.LogLevel.None);
    if (protocol === 'messagepack') builder.withHubProtocol(new MessagePackHubProtocol());
    const hub = builder.build();
    await hub.start();
    let count = 0;
    let roundTrips = [];
    const call = async () => {
        for (;;) {
            const since = process.hrtime.bigint();
            await hub.invoke(method, 'hi');
            ++count;
            if (inFlight === '1') roundTrips.push(Number(process.hrtime.bigint() - since) / 1000);
        }
    };
    for (let i = 0; i < Number(inFlight); ++i) call();
    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    await wait(1500);
    const before = count;
    roundTrips = [];
    const clock = process.hrtime.bigint();
    const cpu = process.cpuUsage();
    await wait(Number(seconds) * 1000);
    const messages = count - before;
    const used = process.cpuUsage(cpu);
    const took = Number(process.hrtime.bigint() - clock) / 1e9;
    let line = `js inflight=${inFlight} rate=${(messages / took).toFixed(0)}/s cpu=${((used.user + used.system) / messages).toFixed(2)}us/msg`;
    if (roundTrips.length) line += ` median=${roundTrips.sort((a, b) => a - b)[roundTrips.length >> 1].toFixed(1)}us`;
    console.log(line);
    process.exit(0);
}
main();
