// SPDX-License-Identifier: MIT
// The rollout benchmark: see `tests/bench/run`. Both sides of each comparison are measured in this one run.
'use strict';

const { bench, failed, ms } = require('./bench.js');
const { overhead, restore, spread } = require('./figures.js');
const site = require('./site.js');

const quick = process.argv.includes('--quick');
const count = quick
  ? { rollouts: 4, slow: 1, quiet: 2, long: 1, pairs: 2, restores: 2 }
  : { rollouts: 20, slow: 5, quiet: 3, long: 2, pairs: 4, restores: 4 };
const pause = ms => new Promise(done => setTimeout(done, ms));
const { repeat, run } = bench('rollout', { quick, minutes: quick ? 4 : 20 });

async function succeed(image, changed) {
  const ended = await site.deploy(image, changed);
  if (ended.outcome !== 'succeeded') throw new Error(`the rollout to ${image}: ${ended.outcome}\n${ended.err}`);
  return ended;
}

const timeOf = ended => overhead(ended.events, site.slots, site.health);

/** Rollouts under 200 GETs a second on fresh connections and 50 POSTs a second on kept ones. */
async function underLoad(results) {
  await site.stack('reset');
  let users = await site.load('--gets', '200', '--posts', '50');
  const normal = await repeat(count.rollouts, 'rollout under load', i => succeed(i % 2 ? 'v1' : 'v2'));
  const slow = await repeat(count.slow, 'slow-booting site', i => succeed(i % 2 ? 'slow-v1' : 'slow-v2'));
  const rolled = await users.stop();
  const all = [...normal, ...slow];
  const reloads = all.flatMap(ended => ended.events).filter(event => event.type === 'reloadProven').length;

  await site.stack('reset');
  users = await site.load('--gets', '200', '--posts', '50');
  const reloaded = await repeat(reloads, 'bare reload', async () => { await site.reload(); await pause(500); });
  const bare = await users.stop();
  results.underLoad = { rollouts: normal.length, slowRollouts: slow.length, reloads, bareReloads: reloaded.length, rolled, bare,
    times: normal.map(timeOf) };
}

/** The time of a rollout to which nobody but the rollout itself adds work. */
async function quiet(results) {
  await site.stack('reset');
  const runs = await repeat(count.quiet, 'rollout without users', i => succeed(i % 2 ? 'v1' : 'v2'));
  results.quiet = runs.map(timeOf);
}

/** A site that exits at once at SIGTERM, with 20 POSTs of 4 s in flight. */
async function longRequests(results) {
  await site.stack('reset');
  await succeed('exit-at-once-v1', { watchSeconds: 0 });
  const words = ['--long-posts', '20', '--long-path', '/work?ms=4000'];
  let users = await site.load(...words);
  await repeat(count.long, 'exits at once, long POSTs', i => succeed(i % 2 ? 'exit-at-once-v1' : 'exit-at-once-v2'));
  const rolled = await users.stop();
  users = await site.load(...words);
  await repeat(1, 'the same by the pipeline', () => site.pipeline('exit-at-once-v1'));
  results.longRequests = { rolled: rolled.longPosts, pipeline: (await users.stop()).longPosts };
}

/** Against the shell pipeline, under 50 hub clients, in turns; neither watches, each asks for one good answer. */
async function againstPipeline(results) {
  await site.stack('reset');
  const bare = { watchSeconds: 0, successes: 1 };
  const pairs = await repeat(count.pairs, 'against the pipeline, 50 hub clients', async i => {
    let hub = await site.hubClients(50);
    const ours = (await succeed(i % 2 ? 'v1' : 'v2', bare)).ms;
    const oursHub = await hub.stop();
    await site.stack('reset');
    hub = await site.hubClients(50);
    const piped = await site.pipeline(i % 2 ? 'v3' : 'v2');
    if (piped.status !== 0) throw new Error(`old-pipeline: ${piped.err}`);
    const pipelineHub = await hub.stop();
    await site.stack('reset');
    return { ours, pipeline: piped.ms, oursHub, pipelineHub };
  });
  results.againstPipeline = pairs;
}

/** A first slot that fails: how soon the old version serves everywhere again. */
async function restores(results) {
  await site.stack('reset');
  const users = await site.load('--gets', '100');
  const runs = await repeat(count.restores, 'a first slot that fails', async i => {
    const ended = await site.deploy(i % 2 ? 'unhealthy' : 'crash', { deadlineSeconds: 10 });
    if (ended.outcome !== 'restored') throw new Error(`expected a restore: ${ended.outcome}`);
    return restore(ended.events);
  });
  results.restores = { runs, gets: (await users.stop()).gets };
}

function* rows(results) {
  const { underLoad: busy, quiet: calm, longRequests: long, againstPipeline: pairs, restores: back } = results;
  if (busy) {
    yield [`Failed GETs, fresh connections, 200/s: ${busy.rollouts} rollouts and ${busy.slowRollouts} of the slow site`,
      failed(busy.rolled.gets), '0'];
    yield [`Failed POSTs, kept connections, 50/s, ${busy.reloads} reloads; ${busy.bareReloads} bare reloads: ${failed(busy.bare.posts)}`,
      failed(busy.rolled.posts), 'no more than the reloads'];
    yield ['Overhead of two slots, under that load', ms(spread(busy.times.map(time => time.overhead))), '≤ 1200 ms'];
  }
  if (calm) yield ['Overhead of two slots, no users', ms(spread(calm.map(time => time.overhead))), '≤ 1200 ms'];
  if (long) yield [`Failed POSTs of 4 s, 20 in flight, site exits at once; the pipeline: ${failed(long.pipeline)}`,
    failed(long.rolled), '0'];
  if (pairs) {
    yield ['Whole command, 50 hub clients, no watch, one good answer', ms(spread(pairs.map(pair => pair.ours))),
      `pipeline: ${ms(spread(pairs.map(pair => pair.pipeline)))}`];
    const gap = name => Math.max(...pairs.map(pair => pair[name].maxGapMs));
    yield ['The same: longest reconnect of a hub client', `${gap('oursHub')} ms`, `pipeline: ${gap('pipelineHub')} ms`];
  }
  if (back) yield ['Old version serves again after a first slot failed, less its boot',
    ms(spread(back.runs.map(run => run.overhead))), '≤ 1000 ms'];
}

run([underLoad, quiet, longRequests, againstPipeline, restores], rows);
