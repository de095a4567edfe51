import { MOCK } from './cases.js';

/** The table of one case: what a second brings, and what an answer costs the server. */
export function describeCase(measured) {
  const { costs } = measured;
  const lines = Object.entries(costs).map(([name, { perSecond, cpu }]) => [
    name,
    digits(perSecond),
    digits(cpu),
    ...['node:http', 'express', 'Prism'].map((rival) => (costs[rival].cpu / cpu).toFixed(2)),
  ]);
  const head = ['', 'answers/s', 'CPU µs each', '× node:http', '× express', '× Prism'];
  return `${nameOf(measured)}\n${table([head, ...lines])}`;
}

/** Cold starts, and memory in the default world. */
export function describeStarts(starts, { usage, cases }) {
  const lines = Object.entries(starts).map(([name, { printed, answered }]) => [
    name,
    printed.toFixed(2),
    answered.toFixed(2),
    (usage[name].cpuMicroseconds / 1e6).toFixed(2),
    (usage[name].rssBytes / 2 ** 20).toFixed(),
    megabytesUnderLoad(cases, name).toFixed(),
  ]);
  const head = ['', 'URL after s', 'answer after s', 'CPU s', 'RSS MiB', 'under load'];
  return `cold start and memory, 2 jobs\n${table([head, ...lines])}`;
}

/** What this project promises of its mock. A ratio is one of CPU time, and the worst of the measured cases counts. */
export function judge(worlds, starts) {
  const cases = worlds.flatMap((world) => world.cases);
  const repeated = cases.filter(({ unique }) => !unique);
  const renewed = cases.filter(({ unique }) => unique);
  const huge = repeated.filter(({ jobs, filtered }) => jobs === 100_000 && !filtered);
  const [standard] = worlds;
  return [
    atLeast(0.8, 'express', 'new URLs', renewed),
    atLeast(0.5, 'node:http', 'the same URL', repeated),
    atLeast(2, 'Prism', 'every case', cases),
    atLeast(0.9, 'node:http', '100,000 jobs, the same URL', huge),
    below(140, megabytesUnderLoad(standard.cases, MOCK).toFixed(), 'MiB of memory in the default world'),
    below(0.4, starts[MOCK].printed.toFixed(2), 'seconds from the start to the printed URL'),
  ];
}

/** `met   new URLs: at least 0.8 × express: 1.20 at worst (2 jobs, filtered, …)` */
export function describeTarget({ claim, found, isMet }) {
  const verdict = found === undefined ? 'not measured' : isMet ? 'met' : 'MISSED';
  return `${verdict.padEnd(12)}  ${claim}${found === undefined ? '' : `: ${found}`}`;
}

function atLeast(least, rival, where, cases) {
  const claim = `${where}: at least ${least} × ${rival}`;
  const ratios = cases.map((each) => ({ each, value: each.costs[rival].cpu / each.costs[MOCK].cpu }));
  const [worst] = ratios.sort((a, b) => a.value - b.value);
  return worst
    ? {
        claim,
        found: `${worst.value.toFixed(2)} at worst (${nameOf(worst.each)})`,
        isMet: worst.value >= least,
      }
    : { claim, isMet: true };
}

/** A figure that must stay below a limit. */
export function below(limit, found, what) {
  return { claim: `less than ${limit} ${what}`, found, isMet: Number(found) < limit };
}

function nameOf({ jobs, filtered, unique }) {
  const list = `${jobs.toLocaleString('en')} jobs${filtered ? ', filtered' : ''}`;
  return `${list}, ${unique ? 'a new URL each time' : 'the same URL'}`;
}

function megabytesUnderLoad(cases, name) {
  return Math.max(...cases.map(({ costs }) => costs[name].rssBytes)) / 2 ** 20;
}

/** Rows of equal length, the first column to the left. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const pad = (cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]));
  return rows.map((row) => `  ${row.map(pad).join('  ')}`).join('\n');
}

/** Three digits: more are noise. */
function digits(number) {
  return Number(number.toPrecision(3)).toLocaleString('en');
}
