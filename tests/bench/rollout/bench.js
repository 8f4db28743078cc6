// SPDX-License-Identifier: MIT
// What the benchmarks on the demo stack have in common: their parts, their time, the table that they print.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const site = require('./site.js');

/** A benchmark of that name; when `minutes` are over it begins nothing new. */
function bench(name, { quick, minutes }) {
  const begun = Date.now();
  const isLate = () => Date.now() - begun > minutes * 60_000;
  const note = text => console.error(`${String(Math.round((Date.now() - begun) / 1000)).padStart(4)} s  ${text}`);

  /** `act` so many times, fewer when the time is over; what it gave. */
  async function repeat(times, what, act) {
    const results = [];
    for (let i = 0; i < times && (i === 0 || !isLate()); i += 1) {
      note(`${what}, ${i + 1} of ${times}`);
      results.push(await act(i));
    }
    return results;
  }

  /** The parts (or those that --only= names) one after the other, then the table of `rows`. */
  async function run(parts, rows) {
    const results = { quick, begun: new Date().toISOString(), machine: site.machine(), errors: [] };
    const only = process.argv.find(word => word.startsWith('--only='))?.slice(7).split(',');
    for (const part of parts) {
      if (only && !only.includes(part.name)) continue;
      try {
        await part(results);
      } catch (error) {
        results.errors.push(`${part.name}: ${error.message}`);
        note(results.errors.at(-1));
        await site.stopUsers();
      }
    }
    results.seconds = Math.round((Date.now() - begun) / 1000);
    const file = path.join(site.built, 'bench', quick ? `${name}-quick.json` : `${name}.json`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify(results, null, 1));
    print(results, rows(results));
    console.log(`\n${results.seconds} s; all figures: ${file}`);
    process.exit(results.errors.length ? 1 : 0);
  }
  return { repeat, run };
}

function print({ machine, quick, errors }, rows) {
  console.log(`Measured on ${machine.processors} × ${machine.processor}, ${machine.memoryGiB} GiB, ${machine.system}, `
    + `Linux ${machine.kernel}; load average before: ${machine.loadAverage.toFixed(1)}${quick ? '; --quick' : ''}\n`);
  console.log('| what | Gapless | to reach, or compared with |\n|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  if (errors.length) console.log(`\nNot measured:\n${errors.map(error => `- ${error}`).join('\n')}`);
}

const failed = requests => `${requests.failed.toLocaleString('en')} of ${requests.sent.toLocaleString('en')}`
  + (requests.failed ? ` (${Object.entries(requests.failures).map(([kind, n]) => `${kind} ${n}`).join(', ')})` : '');
const ms = figures => `${figures.median} ms (at most ${figures.max} ms, ${figures.runs} runs)`;

module.exports = { bench, failed, ms };
