// SPDX-License-Identifier: MIT
// The benchmark of blue-green, red-black and canary: see `tests/bench/run`. All under the load of the rollout benchmark.
'use strict';

const { bench, failed, ms } = require('./bench.js');
const { find, after, at, spread } = require('./figures.js');
const site = require('./site.js');

const quick = process.argv.includes('--quick');
const count = quick ? { switches: 1, approvals: 1, canaries: 1, bad: 1 } : { switches: 5, approvals: 3, canaries: 2, bad: 2 };
const { repeat, run } = bench('strategies', { quick, minutes: quick ? 4 : 12 });

const targetFor = (strategy, more = {}) => ({ ...site.patient({ watchSeconds: 2 }), strategy, ...more });
const users = () => site.load('--gets', '200', '--posts', '50');

function succeeded(ended, what) {
  if (ended.outcome !== 'succeeded') throw new Error(`${what}: ${ended.outcome}\n${ended.err}`);
  return ended;
}

/** How the traffic moved: as the run proved it, and as somebody saw it who asked all the time. */
function switched(ended, watcher, image) {
  const begun = find(ended.events, 'stepStarted', { step: 'switch' });
  const over = find(ended.events, 'stepFinished', { step: 'switch' });
  const within = after(ended.events, begun).filter(event => event.seq < over.seq);
  const seen = watcher.moved(site.tag(image), at(begun));
  return { reloads: within.filter(event => event.type === 'reloadProven').length, proven: over.ms,
    fromClick: at(over) - ended.clicked, lastOld: Math.max(0, (seen.last ?? at(begun)) - at(begun)),
    firstNewFromClick: seen.first - ended.clicked };
}

async function blueGreen(results) {
  await site.stack('reset');
  const target = targetFor('blue-green');
  const load = await users();
  const watcher = new site.Watcher();
  const pairs = await repeat(count.switches, 'blue-green, and back while the old group is warm', async i => {
    const [to, from] = i % 2 ? ['v3', 'v1'] : ['v2', 'v1'];
    const there = succeeded(await site.ctl(target, ['deploy', '--image', site.tag(to), '--no-witness', '--yes']), to);
    const back = succeeded(await site.ctl(target, ['rollback', '--no-witness', '--yes']), 'rollback');
    return { there: switched(there, watcher, to), back: switched(back, watcher, from) };
  });
  watcher.stop();
  results.blueGreen = { pairs, seen: await load.stop() };
}

async function redBlack(results) {
  await site.stack('reset');
  const target = targetFor('red-black');
  const load = await users();
  const watcher = new site.Watcher();
  const runs = await repeat(count.approvals, 'red-black, approved by another process', async i => {
    const to = i % 2 ? 'v1' : 'v2';
    const ended = await site.ctl(target, ['deploy', '--image', site.tag(to), '--no-witness', '--yes'], event => {
      if (event.type === 'decisionAsked') site.ctl(target, ['approve', event.run, '--by', 'bench']);
    });
    return switched(succeeded(ended, to), watcher, to);
  });
  watcher.stop();
  results.redBlack = { runs, seen: await load.stop() };
}

/** So many requests of the witness's own a second that each share is proven by more than 2 000 of them. */
const canaryTarget = target => ({ ...target, witness: { ...target.witness, http: { ...target.witness.http, perSecond: 200 } },
  canary: { steps: [10, 25, 50, 100], pauseSeconds: 12 } });

async function canary(results) {
  await site.stack('reset');
  const target = canaryTarget(targetFor('canary'));
  const load = await users();
  const shares = (await repeat(count.canaries, 'canary', async i => {
    const to = i % 2 ? 'v1' : 'v2';
    const ended = succeeded(await site.ctl(target, ['deploy', '--image', site.tag(to), '--yes']), to);
    return ended.events.filter(event => event.type === 'canaryCompared');
  })).flat().map(event => ({ percent: event.percent, observed: event.observedPercent, of: event.newSent + event.oldSent }));
  results.canary = { shares, runs: count.canaries, seen: await load.stop() };
}

async function badImage(results) {
  const target = canaryTarget(targetFor('canary'));
  const runs = await repeat(count.bad, 'canary of an image that fails a fifth of its requests', async () => {
    await site.stack('reset');
    const load = await users();
    const ended = await site.ctl(target, ['deploy', '--image', site.tag('flaky'), '--yes']);
    const { gets, posts } = await load.stop();
    if (ended.outcome !== 'restored') throw new Error(`expected to be taken back: ${ended.outcome}\n${ended.err}`);
    const compared = find(ended.events, 'canaryCompared');
    const verdict = ended.events.at(-1).verdict;
    return { percent: compared.percent, tookBackAfter: compared.ms, sent: gets.sent + posts.sent + verdict.http.sent,
      failed: gets.failed + posts.failed + verdict.http.failed };
  });
  results.badImage = runs;
}

const reloadsOf = runs => [...new Set(runs.map(run => run.reloads))].join(' or ');
const list = (runs, name) => ms(spread(runs.map(run => run[name])));

function* rows({ blueGreen: blue, redBlack: red, canary: share, badImage: bad }) {
  if (blue) {
    const there = blue.pairs.map(pair => pair.there), back = blue.pairs.map(pair => pair.back);
    yield [`Blue-green, failed GETs on fresh connections: ${blue.pairs.length} deployments, as many rollbacks`, failed(blue.seen.gets), '0'];
    for (const [what, runs] of [['switch', there], ['switch back', back]]) {
      yield [`Blue-green, ${what}: ${reloadsOf(runs)} reload; traffic moved and proven`, list(runs, 'proven'), '≤ 500 ms'];
      yield [`Blue-green, ${what}: last answer of the other version after its beginning`, list(runs, 'lastOld'), ''];
    }
    yield ['Rollback to the warm group, from the click until all traffic is proven', list(back, 'fromClick'), '< 1000 ms'];
    yield ['The same until the first answer of the version that comes back', list(back, 'firstNewFromClick'), '< 1000 ms'];
  }
  if (red) {
    yield [`Red-black, failed GETs: ${red.runs.length} deployments`, failed(red.seen.gets), '0'];
    yield [`Red-black, switch: ${reloadsOf(red.runs)} reload; traffic moved and proven`, list(red.runs, 'proven'), '≤ 500 ms'];
  }
  if (share) {
    yield [`Canary, failed GETs: ${share.runs} deployments`, failed(share.seen.gets), '0'];
    for (const percent of new Set(share.shares.map(one => one.percent))) {
      const of = share.shares.filter(one => one.percent === percent);
      yield [`Canary at ${percent} %: share that arrived, of ${of.map(one => one.of.toLocaleString('en')).join(' and ')} requests`,
        of.map(one => `${one.observed.toFixed(1)} %`).join(', '), `${percent} % ± 2`];
    }
  }
  if (bad) {
    const worst = bad.reduce((a, b) => (a.failed / a.sent > b.failed / b.sent ? a : b));
    yield [`An image that fails 20 %, at ${worst.percent} %: taken back; requests of the run that failed`,
      `${(100 * worst.failed / worst.sent).toFixed(2)} % (${failed({ ...worst, failures: {} })})`, '< 3 %'];
    yield ['The same: from its share until that was seen', list(bad, 'tookBackAfter'), ''];
  }
}

run([blueGreen, redBlack, canary, badImage], rows);
