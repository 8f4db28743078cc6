// SPDX-License-Identifier: MIT
// What a rollout's events say about its time, in ms. Events as `gaplessctl --json` prints them.
'use strict';

const at = event => Date.parse(event.at);

const find = (events, type, fields = {}) => events.find(event => event.type === type
  && Object.entries(fields).every(([name, value]) => event[name] === value));

const after = (events, event) => events.slice(events.indexOf(event) + 1);

const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor((sorted.length - 1) / 2)] : null;
};

const spread = values => ({
  runs: values.length,
  median: Math.round(median(values)),
  max: Math.round(Math.max(...values)),
});

/** The parts of one slot's turn that are the site's own or asked for: what no tool could leave out. */
function unavoidable(events, slot, health) {
  const stopped = find(events, 'containerStopped', { slot });
  const started = find(events, 'stepStarted', { step: 'start', slot });
  const first = find(after(events, started), 'healthAnswered', { slot, ok: true });
  return {
    stop: stopped.ms,
    boot: at(first) - at(started),
    successes: (health.successes - 1) * health.intervalMs,
    watch: health.watchSeconds * 1000,
  };
}

/** From the first slot's `create` to the last slot's `watch`, without what no tool could leave out. */
function overhead(events, slots, health) {
  const begun = find(events, 'stepStarted', { step: 'create' });
  const turnsEnd = events.filter(event => event.type === 'stepFinished'
    && ['watch', 'up'].includes(event.step)).at(-1);
  const wall = at(turnsEnd) - at(begun);
  const parts = slots.map(slot => unavoidable(events, slot, health));
  const sum = parts.reduce((total, part) => total + part.stop + part.boot + part.successes + part.watch, 0);
  const steps = {};
  for (const event of events)
    if (event.type === 'stepFinished' && event.slot)
      (steps[event.step] ??= []).push(event.ms);
  return { wall, overhead: wall - sum, parts, steps };
}

/** From the failure to the old version serving again, and how much of it was the old site's boot. */
function restore(events) {
  const failed = find(events, 'stepFailed');
  const later = after(events, failed);
  const up = find(later, 'trafficChanged', { slot: failed.slot, state: 'up' });
  if (!up) return null;
  const revived = later.find(event => event.type === 'commandRan' && /^docker start /.test(event.command));
  const first = find(later, 'healthAnswered', { slot: failed.slot, ok: true });
  const boot = revived && first ? at(first) - (at(revived) - revived.ms) : 0;
  return { total: at(up) - at(failed), boot, overhead: at(up) - at(failed) - boot };
}

module.exports = { at, find, after, overhead, restore, spread, median };
