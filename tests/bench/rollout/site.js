// SPDX-License-Identifier: MIT
// The demo stack, its users, gaplessctl and the shell pipeline, as the benchmark uses them.
'use strict';

const { spawn, execFileSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');

const source = path.resolve(__dirname, '../../..');
const built = path.resolve(source, process.env.GAPLESS_BUILD ?? 'build/release');
const demo = process.env.GAPLESS_DEMO_DIR;
const images = JSON.parse(fs.readFileSync(path.join(source, 'packaging/demo/images.json')));
const original = JSON.parse(fs.readFileSync(path.join(demo, 'target.json')));
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'gapless-bench-'));
process.on('exit', () => fs.rmSync(data, { recursive: true, force: true }));

const url = original.witness.url;
const slots = original.slots.map(slot => slot.name);
const health = { intervalMs: 250, successes: 3, watchSeconds: 5, ...original.health };
const tag = name => images[name].tag.replace(/^.*:/, '');

/** Runs to its end: its status, what it printed, and the ms it took. */
function run(program, words, options = {}, onOutput = () => {}) {
  return new Promise(resolve => {
    const begun = process.hrtime.bigint();
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let out = '', err = '';
    child.stdout.setEncoding('utf8').on('data', text => { out += text; onOutput(text); });
    child.stderr.on('data', bytes => { err += bytes; });
    child.on('close', status => resolve({ status, out, err, ms: Number(process.hrtime.bigint() - begun) / 1e6 }));
  });
}

const stack = async (...words) => {
  const ended = await run(path.join(source, 'packaging/demo/stack'), words);
  if (ended.status !== 0) throw new Error(`stack ${words.join(' ')}: ${ended.out}${ended.err}`);
};

/** gaplessctl with a target: its events (`onEvent`: each as it comes), and how long it took from the click on. */
async function ctl(target, words, onEvent = () => {}) {
  const file = path.join(data, 'target.json');
  fs.writeFileSync(file, JSON.stringify(target));
  const clicked = Date.now();
  const events = [];
  let rest = '';
  const ended = await run(path.join(built, 'app/cli/gaplessctl'),
    ['--data-dir', data, ...words, '--target', file, '--json'], {}, bytes => {
      const lines = (rest + bytes).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        events.push(JSON.parse(line));
        onEvent(events.at(-1));
      }
    });
  return { ...ended, clicked, events, outcome: events.at(-1)?.outcome ?? ended.err };
}

/** The demo's target, however slow this machine is just now; `changed` are fields of its `health` that differ. */
const patient = (changed = {}) => ({ ...original, health: { ...original.health, deadlineSeconds: 120, ...changed } });

const deploy = (image, changed) => ctl(patient(changed), ['deploy', '--image', tag(image), '--no-witness', '--yes']);

const pipeline = image => run(path.join(source, 'packaging/demo/old-pipeline'), ['--with-readiness', image]);

/** Bare reloads, as many as the rollouts made. */
async function reload() {
  execFileSync('/bin/sh', ['-c', original.gateway.reloadCommand], { stdio: 'ignore' });
}

/** Who has not been stopped yet. */
const present = new Set();

/** Somebody who uses the site until stop(), which gives what they saw. */
class Users {
  constructor(program, words, isReady) {
    this.child = spawn(program, ['--url', url, '--until-eof', ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.out = '';
    present.add(this);
    this.ended = new Promise(resolve => this.child.on('close', resolve));
    this.ready = new Promise(resolve => {
      const look = bytes => { if (isReady(String(bytes))) resolve(); };
      this.child.stderr.on('data', look);
      this.child.stdout.on('data', bytes => { this.out += bytes; look(bytes); });
      this.ended.then(resolve);
    });
  }
  async stop() {
    present.delete(this);
    this.child.stdin.end();
    await this.ended;
    return JSON.parse(this.out.trim().split('\n').at(-1));
  }
}

/** After a part that failed half-way. */
const stopUsers = () => Promise.allSettled([...present].map(users => users.stop()));

const load = async (...words) => {
  const users = new Users(path.join(built, 'tests/support/load/gapless-load'),
    [...words, '--every', '0.5'], text => text.includes('"sent"'));
  await users.ready;
  return users;
};

const hubClients = async count => {
  const users = new Users(path.join(source, 'tests/support/hub-clients'), ['--clients', String(count)],
    text => text.includes('ready'));
  await users.ready;
  return users;
};

/** Asks for the version on a fresh connection every 10 ms; which one answered when. */
class Watcher {
  constructor() {
    this.answers = [];
    this.timer = setInterval(() => {
      http.get(`${url}/version`, { agent: false }, response => {
        this.answers.push({ at: Date.now(), version: response.headers['x-version'] });
        response.resume();
      }).on('error', () => {});
    }, 10);
  }
  /** When that version answered first after `ms`, and when another one did last. */
  moved(version, ms) {
    const later = this.answers.filter(answer => answer.at >= ms);
    return { first: later.find(answer => answer.version === version)?.at,
      last: later.findLast(answer => answer.version !== version)?.at };
  }
  stop() { clearInterval(this.timer); }
}

function machine() {
  const cpus = os.cpus();
  const release = fs.readFileSync('/etc/os-release', 'utf8').match(/PRETTY_NAME="(.*)"/)?.[1] ?? '';
  return { processors: cpus.length, processor: cpus[0].model.trim(), memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: release, kernel: os.release(), loadAverage: os.loadavg()[0] };
}

module.exports = { built, url, tag, ctl, patient, deploy, pipeline, reload, load, hubClients, Watcher, stopUsers, stack, machine, slots, health };
