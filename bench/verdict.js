import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mockCommand } from './cases.js';
import { below, table } from './report.js';
import { startServer } from './server-process.js';

const COMMAND = fileURLToPath(new URL('../bin/jobs-kit.cjs', import.meta.url));
const METER = fileURLToPath(new URL('exit-meter.cjs', import.meta.url));

/** What is judged, each by a command of its own; the large ones are left out of a quick run. */
const CASES = [
  { name: 'all requests', serve: () => startServer(mockCommand(2)) },
  { name: '--smoke', serve: () => startServer(mockCommand(2)), args: ['--smoke'] },
  { name: '100,000 jobs', serve: () => startServer(mockCommand(100_000)), isLarge: true },
  { name: 'a body of 1 GiB', serve: startGib, isLarge: true },
];

/** What verdicts cost: for each case the run of median duration, and a start that judges nothing. */
export async function measureVerdicts(rounds, isQuick) {
  const start = await median(rounds, () => run(['http://127.0.0.1:1']));
  const verdicts = [];
  for (const { name, serve, args = [], isLarge } of CASES.filter((each) => !(each.isLarge && isQuick))) {
    const server = await serve();
    const judge = () => run([server.url, '--metalake', 'demo', ...args]);
    verdicts.push({ name, ...(await median(isLarge ? 1 : rounds, judge)) });
    await server.stop();
  }
  return { start, verdicts };
}

export function describeVerdicts({ start, verdicts }) {
  const lines = verdicts.map(({ name, seconds, requests, cpuSeconds, peakBytes, verdict }) => [
    name,
    verdict,
    String(requests),
    seconds.toFixed(2),
    cpuSeconds.toFixed(2),
    (peakBytes / 2 ** 20).toFixed(),
  ]);
  const head = ['', 'verdict', 'requests', 'seconds', 'CPU s', 'RSS MiB'];
  return `a verdict, with the start of the command (${start.seconds.toFixed(2)} s)\n${table([head, ...lines])}`;
}

/** What this project promises of its judge. */
export function judgeVerdicts({ start, verdicts }) {
  const [all, smoke, ...large] = verdicts;
  const each = ((all.cpuSeconds - start.cpuSeconds) * 1000) / all.requests;
  return [
    below(5, all.seconds.toFixed(2), 'seconds for a verdict with all requests'),
    below(1.5, smoke.seconds.toFixed(2), 'seconds for a verdict with --smoke'),
    below(3, each.toFixed(2), 'ms of CPU time for a request, its judgement included'),
    ...large.map(({ name, peakBytes }) => below(400, (peakBytes / 1e6).toFixed(), `MB to judge ${name}`)),
  ];
}

/** Has the command judge a server, and tells what it took. */
async function run(args) {
  const folder = mkdtempSync(join(tmpdir(), 'jobs-kit-bench-'));
  const file = join(folder, 'report.json');
  const stdio = ['ignore', 'ignore', 'inherit', 'pipe'];
  const child = spawn(process.execPath, ['--require', METER, COMMAND, 'verify', ...args, '--json', file], {
    stdio,
  });
  let used = '';
  child.stdio[3].setEncoding('utf8').on('data', (text) => {
    used += text;
  });
  await once(child, 'close');
  const { verdict, requests } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  return { ...JSON.parse(used), verdict, requests };
}

/** The run of median duration. */
async function median(rounds, action) {
  const runs = [];
  for (let count = 0; count < rounds; count += 1) {
    runs.push(await action());
  }
  return runs.sort((a, b) => a.seconds - b.seconds)[Math.floor(rounds / 2)];
}

/** Answers everything with 1 GiB. */
async function startGib() {
  const block = Buffer.alloc(2 ** 20, ' ');
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/vnd.gravitino.v1+json' });
    let left = 1024;
    const write = () => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(block)) {
          response.once('drain', write);
          return;
        }
      }
      response.end();
    };
    write();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
