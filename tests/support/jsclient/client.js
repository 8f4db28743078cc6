// SPDX-License-Identifier: MIT
// The official JavaScript client, driven by lines on standard input and telling what it does, a JSON object a line.
// node client.js URL {"transport":"WebSockets","skipNegotiation":false,"protocol":"json","stateful":false}
// Input: {"do":"invoke","id":1,"method":"Echo","args":["x"]} · {"do":"stop"}
'use strict';
const readline = require('readline');
const signalr = require('@microsoft/signalr');
const { MessagePackHubProtocol } = require('@microsoft/signalr-protocol-msgpack');

const [url, json = '{}'] = process.argv.slice(2);
const options = JSON.parse(json);
const tell = (event, more) => process.stdout.write(JSON.stringify({ event, ...more }) + '\n');
const text = (error) => (error ? error.message : '');

const builder = new signalr.HubConnectionBuilder()
    .withUrl(url, {
        transport: options.transport ? signalr.HttpTransportType[options.transport] : undefined,
        skipNegotiation: options.skipNegotiation ?? false,
    })
    .configureLogging(signalr.LogLevel.None);
if (options.reconnect ?? true) builder.withAutomaticReconnect();
if (options.protocol === 'messagepack') builder.withHubProtocol(new MessagePackHubProtocol());
if (options.stateful) builder.withStatefulReconnect();
const hub = builder.build();

hub.onreconnecting((error) => tell('reconnecting', { text: text(error) }));
hub.onreconnected(() => tell('reconnected'));
hub.onclose((error) => tell('closed', { text: text(error) }));
hub.on('ReceiveMessage', (...args) => tell('message', { args }));

readline.createInterface({ input: process.stdin }).on('line', (line) => {
    const command = JSON.parse(line);
    if (command.do === 'stop') hub.stop();
    else
        hub.invoke(command.method, ...command.args).then(
            (value) => tell('result', { id: command.id, value: value ?? null }),
            (error) => tell('failed', { id: command.id, text: text(error) }));
}).on('close', () => process.exit(0));

hub.start().then(() => tell('started'), (error) => tell('failed', { id: 0, text: text(error) }));
