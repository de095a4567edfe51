import { describeCase, MOCK } from './cases.js';

/** One table for each case: what a second brings, and what an answer costs the server. */
export function describeWorld({ world, results }) {
  const { jobs, filtered } = world;
  return [false, true].map((unique) => {
    const costs = results[unique];
    const lines = Object.entries(costs).map(([name, { perSecond, cpu }]) => [
      name,
      digits(perSecond),
      digits(cpu),
      ratio(costs['node:http'].cpu / cpu),
      ratio(costs.express.cpu / cpu),
      ratio(costs.Prism.cpu / cpu),
    ]);
    const head = ['', 'answers/s', 'CPU µs each', '× node:http', '× express', '× Prism'];
    return `${describeCase({ jobs, filtered }, unique)}\n${table([head, ...lines])}`;
  });
}

/** Cold starts, and memory with the two jobs of the default world. */
export function describeStarts(starts, { usage }) {
  const lines = Object.entries(starts).map(([name, { printed, answered }]) => [
    name,
    printed.toFixed(2),
    (usage[name].cpuMicroseconds / 1e6).toFixed(2),
    answered.toFixed(2),
    megabytes(usage[name].rssBytes),
    megabytes(usage[name].rssAfterLoad),
  ]);
  const head = ['', 'URL after s', 'CPU s', 'answer after s', 'RSS MiB', 'after load'];
  return `cold start and memory, 2 jobs\n${table([head, ...lines])}`;
}

/** What this project promises of its mock. Ratios are of CPU time; the worst case of those that were measured counts. */
export function judge(worlds, starts) {
  const cases = worlds.flatMap(({ world, results }) =>
    [false, true].map((unique) => ({
      ...world,
      unique,
      costs: results[unique],
      name: describeCase(world, unique),
    })),
  );
  const [{ usage }] = worlds;
  return [
    atLeast(
      0.8,
      'express',
      'new URLs',
      cases.filter(({ unique }) => unique),
    ),
    atLeast(
      0.5,
      'node:http',
      'the same URL',
      cases.filter(({ unique }) => !unique),
    ),
    atLeast(2, 'Prism', 'every case', cases),
    atLeast(0.9, 'node:http', '100,000 jobs, the same URL', cases.filter(isHuge)),
    below(140, usage[MOCK].rssAfterLoad / 2 ** 20, 'MiB of memory with the default world, under load'),
    below(0.4, starts[MOCK].printed, 's to the printed URL'),
  ];
}

/** `met     new URLs: at least 0.8 × express; it is 2.31 (2 jobs, …)` */
export function describeTarget({ claim, found, isMet }) {
  const verdict = found === undefined ? 'not measured' : isMet ? 'met' : 'MISSED';
  return `${verdict.padEnd(12)}  ${claim}${found === undefined ? '' : `: ${found}`}`;
}

function isHuge({ jobs, filtered, unique }) {
  return jobs === 100_000 && !filtered && !unique;
}

function atLeast(least, rival, where, cases) {
  const claim = `${where}: at least ${least} × ${rival}`;
  const ratios = cases.map(({ costs, name }) => ({ value: costs[rival].cpu / costs[MOCK].cpu, name }));
  const [worst] = ratios.sort((a, b) => a.value - b.value);
  return worst
    ? { claim, found: `${ratio(worst.value)} at worst (${worst.name})`, isMet: worst.value >= least }
    : { claim, isMet: true };
}

function below(limit, value, what) {
  return {
    claim: `less than ${limit} ${what}`,
    found: value.toFixed(limit < 1 ? 2 : 0),
    isMet: value < limit,
  };
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, column) => pad(cell, widths[column], column)).join('  '))
    .map((line) => `  ${line}`)
    .join('\n');
}

function pad(cell, width, column) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

/** Three digits that mean something: more are noise. */
function digits(number) {
  return Number(number.toPrecision(3)).toLocaleString('en');
}

function ratio(number) {
  return number.toFixed(2);
}

function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(0);
}
