import { fileURLToPath } from 'node:url';

/** What everybody is asked for. */
export const LIST = '/metalakes/demo/jobs/runs';

/** The mock itself; what it answers is what the others are given to answer. */
export const MOCK = 'gravitino-jobs-kit';

/** Whom the mock is measured beside, each with its server. */
export const RIVALS = {
  'node:http': 'servers/node-http.js',
  express: 'servers/express.js',
  'openapi-backend': 'servers/openapi-backend.js',
  Prism: 'servers/prism.js',
};

/** Lists to be answered; each is asked for with the same URL again and again, and with a new one each time. */
const WORLDS = [
  { jobs: 2, filtered: false },
  { jobs: 2, filtered: true },
  { jobs: 1000, filtered: false },
  { jobs: 1000, filtered: true },
  // 24 MB an answer: it is the answers that are counted out, since the slowest server makes about two a second.
  { jobs: 100_000, filtered: false, load: { connections: 1, amount: 6 } },
  { jobs: 100_000, filtered: true },
];

/** How much is measured. */
export const PLANS = {
  full: { worlds: WORLDS, rounds: 3, starts: 5, verdicts: 5, load: { connections: 32, duration: 0.6 } },
  quick: {
    worlds: WORLDS.slice(0, 1),
    rounds: 2,
    starts: 2,
    verdicts: 3,
    load: { connections: 32, duration: 0.5 },
  },
};

/** What to run for the mock: with its own two jobs, or with as many as are wanted. */
export function mockCommand(jobs) {
  const volume = jobs === 2 ? [] : ['--jobs', String(jobs), '--seed', '1', '--now', '2026-01-01T00:00:00Z'];
  return [pathOf('../bin/jobs-kit.cjs'), 'mock', '--port', '0', '--log', 'off', ...volume];
}

/** What to run for a rival that answers with the content of a file. */
export function rivalCommand(name, file) {
  return [pathOf(RIVALS[name]), file];
}

function pathOf(file) {
  return fileURLToPath(new URL(file, import.meta.url));
}
