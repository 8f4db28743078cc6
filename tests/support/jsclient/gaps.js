// SPDX-License-Identifier: MIT
// node gaps.js URL COUNT: so many connections of the official JavaScript client with its automatic reconnect. Says
// {"event":"ready"} when all are connected, then {"event":"gap","client":1,"ms":38.2} for each reconnect (from
// onreconnecting to onreconnected) and {"event":"closed","client":1}. Ends at the end of its input.
'use strict';
const signalr = require('@microsoft/signalr');

const [url, count] = process.argv.slice(2);
const tell = (line) => process.stdout.write(JSON.stringify(line) + '\n');

async function connect(client) {
    const hub = new signalr.HubConnectionBuilder()
        .withUrl(url)
        .withAutomaticReconnect()
        .configureLogging(signalr.LogLevel.None)
        .build();
    let lost;
    hub.onreconnecting(() => (lost = process.hrtime.bigint()));
    hub.onreconnected(() => tell({ event: 'gap', client, ms: Number(process.hrtime.bigint() - lost) / 1e6 }));
    hub.onclose(() => tell({ event: 'closed', client }));
    // A first start is not retried by the client; a site behind affinity may refuse one.
    for (let tries = 0; ; ++tries) {
        try {
            await hub.start();
            return;
        } catch (error) {
            if (tries === 20) throw error;
        }
    }
}

Promise.all(Array.from({ length: Number(count) }, (_, i) => connect(i + 1))).then(
    () => tell({ event: 'ready' }),
    (error) => {
        console.error(error.message);
        process.exit(1);
    });
process.stdin.resume().on('end', () => process.exit(0));
