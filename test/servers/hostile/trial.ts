import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { NAME } from './messages.ts';
import { startTarget } from './serve.ts';
import { BUDGET, type HostileTarget } from './target.ts';

/** Files that a trial needs. */
export interface Tools {
  /** The compiled command. */
  readonly command: string;
  /** `bench/exit-meter.cjs` */
  readonly meter: string;
}

/** How the command took a hostile server. */
export interface Trial {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined;
  /** Without those for which others used the processor. */
  readonly seconds: number;
  /** The most memory that the command had. */
  readonly megabytes: number;
  readonly out: string;
  readonly err: string;
  /** The text of its report; empty where it wrote none. */
  readonly report: string;
  readonly requests: number;
}

/** Memory that judging may take, in megabytes; from Node 24 on the young generation alone may take 150 more than before. */
const MEMORY = Number(process.versions.node.split('.')[0]) < 24 ? 400 : 600;

/** Seconds that judging may take beyond its budget. */
const GRACE = 5;

/** After so many seconds too many, a command that has not ended is killed. */
const HANG = 20;

/** Has the command judge a hostile server, in a process of its own. */
export async function tryTarget(target: HostileTarget, { command, meter }: Tools): Promise<Trial> {
  const { budget = BUDGET, args = [] } = target;
  const folder = await mkdtemp(join(tmpdir(), 'hostile-'));
  const server = await startTarget(target);
  const file = join(folder, 'report.json');
  const options = [
    '--metalake',
    NAME,
    '--budget',
    String(budget),
    '--seed',
    'hostile',
    '--json',
    file,
    ...args,
  ];
  const ended = await run(
    ['--require', meter, command, 'verify', `${server.url}/api`, ...options],
    (budget + HANG) * 1000,
  );
  const report = await readFile(file, 'utf8').catch(() => '');
  await server.close();
  await rm(folder, { recursive: true });
  return { ...ended, report, requests: server.requests() };
}

/** What is wrong with how it went, a sentence each; nothing where all is well. */
export function complaintsAbout(
  { budget = BUDGET, exits = [1] }: HostileTarget,
  { code, seconds, megabytes, err, out, report }: Trial,
): readonly string[] {
  const complaints = [
    !exits.includes(code ?? -1) && `it ended with ${code ?? 'a signal'} instead of ${exits.join(' or ')}`,
    seconds > budget + GRACE && `it took ${seconds.toFixed(1)} s with a budget of ${budget} s`,
    megabytes > MEMORY && `it took ${megabytes.toFixed()} MB of memory`,
    err !== '' && `it complained: ${err.slice(0, 500)}`,
    /^\s+at .*:\d+:\d+\)?$/m.test(out) && `it printed a stack trace: ${out.slice(0, 500)}`,
    report === '' && 'it wrote no report',
  ];
  return complaints.filter((each) => each !== false);
}

type Ended = Pick<Trial, 'code' | 'seconds' | 'megabytes' | 'out' | 'err'>;

function run(args: readonly string[], patience: number): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  const texts = child.stdio.slice(1).map((stream) => textOf(stream as Readable));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      const [out = '', err = '', used = ''] = texts.map((text) => text());
      const nothing = { seconds: patience / 1000, waitedSeconds: 0, peakBytes: Number.POSITIVE_INFINITY };
      const { seconds, waitedSeconds, peakBytes } = used === '' ? nothing : JSON.parse(used);
      const facts = { seconds: seconds - waitedSeconds, megabytes: peakBytes / 1e6 };
      resolve({ code: code ?? undefined, ...facts, out, err });
    });
  });
}

/** What a stream has said so far. */
function textOf(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return () => text;
}
