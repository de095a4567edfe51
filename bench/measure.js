import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LIST, MOCK, mockCommand, RIVALS, rivalCommand } from './cases.js';
import { startServer, timeStart } from './server-process.js';

/** Everybody who is measured, the mock last. */
const NAMES = [...Object.keys(RIVALS), MOCK];

/**
 * Measures the answers of one world: for each name what the process had used when it was ready, and two cases, the same
 * URL and a new one each time, in which the servers take turns.
 */
export async function measureWorld(world, plan) {
  const { file, path, remove } = await prepare(world);
  const load = fork(fileURLToPath(new URL('load.js', import.meta.url)));
  const servers = await startAll(world, file);
  try {
    await refuseDifferences(servers, path);
    const usage = await eachOf(servers, (server) => server.usage());
    const cases = [];
    for (const unique of [false, true]) {
      const request = { ...plan.load, ...world.load, path, unique };
      cases.push({ ...world, unique, costs: await measureRounds(servers, request, plan.rounds, load) });
    }
    return { usage, cases };
  } finally {
    load.disconnect();
    await eachOf(servers, (server) => server.stop());
    remove();
  }
}

/** Seconds to the printed URL and to the first answer: for each name, the median of some cold starts. */
export async function measureStarts(count) {
  const { file, remove } = await prepare({ jobs: 2, filtered: false });
  const times = Object.fromEntries(NAMES.map((name) => [name, []]));
  for (let round = 0; round < count; round += 1) {
    for (const name of NAMES) {
      times[name].push(await timeStart(commandOf(name, 2, file), LIST));
    }
  }
  remove();
  return mapValues(times, (all) => ({ printed: median(all, 'printed'), answered: median(all, 'answered') }));
}

/** Answers a second and microseconds of CPU time an answer, each the median of some rounds; and the most memory. */
async function measureRounds(servers, request, count, load) {
  const rounds = mapValues(servers, () => []);
  // The first round warms up.
  for (let round = 0; round <= count; round += 1) {
    for (const [name, server] of Object.entries(servers)) {
      rounds[name].push(await measureOnce(server, request, load));
    }
  }
  return mapValues(rounds, ([_warmUp, ...all]) => ({
    perSecond: median(all, 'perSecond'),
    cpu: median(all, 'cpu'),
    rssBytes: Math.max(...all.map(({ rssBytes }) => rssBytes)),
  }));
}

async function measureOnce(server, { path, ...request }, load) {
  const before = await server.usage();
  load.send({ ...request, url: server.url + path });
  const [{ answers, seconds, failures }] = await once(load, 'message');
  const { cpuMicroseconds, rssBytes } = await server.usage();
  if (failures > 0 || answers === 0) {
    throw new Error(`${server.url + path}: ${answers} answers, ${failures} failures`);
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
  const commands = Object.fromEntries(NAMES.map((name) => [name, commandOf(name, jobs, file)]));
  return eachOf(commands, (command) => startServer(command));
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

/** The median of one property; of an even number of values the mean of the middle two. */
function median(values, property) {
  const sorted = values.map((value) => value[property]).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle - 1)] + sorted[Math.floor(middle)]) / 2;
}
