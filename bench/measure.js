import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MOCK, mockCommand, RIVALS, rivalCommand } from './cases.js';
import { startServer, timeStart } from './server-process.js';

const LIST = '/metalakes/demo/jobs/runs';

/** Everybody who is measured, the mock last. */
const NAMES = [...Object.keys(RIVALS), MOCK];

/**
 * Measures one world with the same URL and with new ones: `results[unique][name]` has answers a second and microseconds of
 * CPU time an answer, each the median of the rounds, in which the servers take turns. `usage[name]` is what each process
 * had used when it had started, and the most memory it had after a round.
 */
export async function measureWorld(world, plan) {
  const { file, path, remove } = await prepare(world);
  const load = fork(fileURLToPath(new URL('load.js', import.meta.url)));
  const servers = await startAll(world, file);
  try {
    await refuseDifferences(servers, path);
    const usage = await eachOf(servers, (server) => server.usage());
    const results = {};
    for (const unique of [false, true]) {
      results[unique] = await measureRounds(servers, {
        path,
        unique,
        plan: { ...plan, ...world },
        load,
        usage,
      });
    }
    return { world, results, usage };
  } finally {
    load.disconnect();
    await eachOf(servers, (server) => server.stop());
    remove();
  }
}

/** Seconds to the printed URL and to the first answer: for each, the median of some cold starts. */
export async function measureStarts({ starts }) {
  const { file, remove } = await prepare({ jobs: 2, filtered: false });
  const times = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (let round = 0; round < starts; round += 1) {
    for (const name of NAMES) {
      times[name].push(await timeStart(commandOf(name, 2, file), LIST));
    }
  }
  remove();
  return mapValues(times, (all) => ({
    printed: median(all.map(({ printed }) => printed)),
    answered: median(all.map(({ answered }) => answered)),
  }));
}

async function measureRounds(servers, { path, unique, plan, load, usage }) {
  const rounds = mapValues(servers, () => []);
  // The first round warms up.
  for (let round = 0; round <= plan.rounds; round += 1) {
    for (const [name, server] of Object.entries(servers)) {
      const result = await measureOnce(server, { ...plan.load, url: server.url + path, unique }, load);
      usage[name].rssAfterLoad = Math.max(usage[name].rssAfterLoad ?? 0, result.rssBytes);
      rounds[name].push(result);
    }
  }
  return mapValues(rounds, ([_warmUp, ...all]) => ({
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    cpu: median(all.map(({ cpu }) => cpu)),
  }));
}

async function measureOnce(server, request, load) {
  const before = await server.usage();
  load.send(request);
  const [{ answers, seconds, failures }] = await once(load, 'message');
  const { cpuMicroseconds, rssBytes } = await server.usage();
  if (failures > 0 || answers === 0) {
    throw new Error(`${request.url}: ${answers} answers, ${failures} failures`);
  }
  return {
    perSecond: answers / seconds,
    cpu: (cpuMicroseconds - before.cpuMicroseconds) / answers,
    rssBytes,
  };
}

/** Asks the mock what there is to answer: the rivals get it in a file. */
async function prepare({ jobs, filtered }) {
  const mock = await startServer(mockCommand(jobs));
  const list = await (await fetch(mock.url + LIST)).json();
  const path = filtered ? `${LIST}?jobTemplateName=${encodeURIComponent(middleTemplate(list.jobs))}` : LIST;
  const body = await (await fetch(mock.url + path)).text();
  await mock.stop();
  const folder = mkdtempSync(join(tmpdir(), 'jobs-kit-bench-'));
  const file = join(folder, 'answer.json');
  writeFileSync(file, body);
  return { file, path, remove: () => rmSync(folder, { recursive: true }) };
}

/** The template that stands in the middle when they are sorted by the number of their jobs. */
function middleTemplate(jobs) {
  const counts = new Map();
  for (const { jobTemplateName } of jobs) {
    counts.set(jobTemplateName, (counts.get(jobTemplateName) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([, a], [, b]) => a - b);
  return sorted[Math.floor(sorted.length / 2)][0];
}

async function startAll({ jobs }, file) {
  const started = NAMES.map(async (name) => [name, await startServer(commandOf(name, jobs, file))]);
  return Object.fromEntries(await Promise.all(started));
}

function commandOf(name, jobs, file) {
  return name === MOCK ? mockCommand(jobs) : rivalCommand(name, file);
}

/** Whoever does not answer the same is not to be compared. */
async function refuseDifferences(servers, path) {
  const answers = await eachOf(servers, async ({ url }) => (await fetch(url + path)).text());
  for (const [name, answer] of Object.entries(answers)) {
    if (answer !== answers[MOCK]) {
      throw new Error(`${name} answers ${path} with ${answer.slice(0, 200)}`);
    }
  }
}

async function eachOf(values, action) {
  const pending = Object.entries(values).map(async ([name, value]) => [name, await action(value)]);
  return Object.fromEntries(await Promise.all(pending));
}

function mapValues(values, change) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle - 1)] + sorted[Math.floor(middle)]) / 2;
}
