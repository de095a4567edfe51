import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { checkOutcomes } from './scoreboard/check.js';
import { install } from './scoreboard/install.js';
import { createOurs } from './scoreboard/ours.js';
import { createPeer, PEERS } from './scoreboard/peers.js';
import { sampleOf } from './scoreboard/sample.js';
import { tablesOf } from './scoreboard/tables.js';

/**
 * Has the servers of test/servers/corpus judged by us, or by peers too, and prints what was found.
 *
 *   npm run scoreboard -- [--only ours,prism,…] [--sample N] [--case PART]… [--seed TEXT] [--json FILE [--resume]]
 *     [--peers FOLDER] [--check] [--verbose]
 *   npm run scoreboard -- --install [--peers FOLDER]
 *
 * --sample N   N of the servers, a third of them conforming, the same for the same seed
 * --check      exit code 1 where there is a false alarm, no verdict, or too little is found
 * --json FILE  what came out, rewritten after each server; with --resume, what it holds already is not judged again
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(root, 'tmp/corpus/test/servers/corpus');

/** How many servers are judged at once. */
const AT_ONCE = 2;

const { values: options } = parseArgs({
  options: {
    case: { type: 'string', multiple: true, default: [] },
    check: { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string', default: 'ours' },
    peers: { type: 'string', default: join(tmpdir(), 'jobs-kit-peers') },
    resume: { type: 'boolean', default: false },
    sample: { type: 'string' },
    seed: { type: 'string', default: 'corpus' },
    verbose: { type: 'boolean', default: false },
  },
});
const peers = resolve(options.peers);

if (options.install) {
  install(peers);
} else {
  await judgeAll();
}

async function judgeAll() {
  const judges = options.only.split(',');
  const unknown = judges.find((name) => name !== 'ours' && !Object.hasOwn(PEERS, name));
  if (unknown !== undefined) {
    console.error(`There is no judge "${unknown}": choose of ${['ours', ...Object.keys(PEERS)].join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  compile();
  const { CASES } = await load('cases.js');
  const { isRight } = await load('run.js');
  const { isToldWell } = await load('told.js');
  const corpus = await load('server.js');
  const chosen = chosenOf(CASES);
  const outcomes = options.resume && existsSync(options.json) ? JSON.parse(readFileSync(options.json)) : [];
  for (const name of judges) {
    const done = new Set(outcomes.filter(({ judge }) => judge === name).map(({ id }) => id));
    const left = chosen.filter(({ id }) => !done.has(id));
    await inLanes(
      left,
      () => createJudge(name, corpus),
      (outcome) => {
        outcomes.push({ judge: name, ...outcome });
        report(outcome, isRight(outcome), isToldWell(outcome.id, outcome.checks ?? []));
        if (options.json) {
          writeFileSync(options.json, `${JSON.stringify(outcomes, null, 1)}\n`);
        }
      },
    );
  }
  const [processor] = cpus();
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} × ${processor?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, seed "${options.seed}"\n`,
  );
  console.log(tablesOf(outcomes, isRight, titleOf));
  if (options.check) {
    const { passed, failed, lines } = checkOutcomes(outcomes, isRight);
    console.log(`${lines.join('\n')}\n${passed} passed, ${failed} failed`);
    process.exitCode = failed > 0 ? 1 : 0;
  }
}

function compile() {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json');
  const tsc = join(dirname(manifest), 'bin', 'tsc');
  spawnSync(process.execPath, [tsc, '-p', join(root, 'test/servers/corpus')], { stdio: 'inherit' });
  // The compiled judge looks for the description where it would be beside `src/`.
  cpSync(join(root, 'spec'), join(root, 'tmp/corpus/spec'), { recursive: true });
}

/** @param {string} file */
function load(file) {
  return import(pathToFileURL(join(compiled, file)).href);
}

function chosenOf(cases) {
  // What shows only where methods are tried that may change data is no part of a comparison.
  const takesUnsafe = options.only === 'ours' && options.sample === undefined;
  const fitting = cases.filter(
    ({ id, unsafe }) =>
      (!unsafe || takesUnsafe) &&
      (options.case.length === 0 || options.case.some((part) => id.includes(part))),
  );
  return options.sample === undefined ? fitting : sampleOf(fitting, Number(options.sample), options.seed);
}

function createJudge(name, corpus) {
  return name === 'ours'
    ? createOurs(join(compiled, 'worker.js'), options.seed)
    : createPeer(name, corpus, { seed: options.seed, peers });
}

/** Has the cases judged, so many at once, each lane with a judge of its own. */
async function inLanes(cases, create, onOutcome) {
  const queue = [...cases];
  const work = async () => {
    const judge = create();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { id, family, sentence, convicts: expected } = next;
      const said = await judge.judge(next).catch(crash);
      onOutcome({ id, family, sentence, expected, warnings: 0, ...said });
    }
    judge.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function crash(error) {
  return { verdict: 'crash', findings: [String(error)], seconds: 0 };
}

/** A line for each case of which the judge was wrong, or spoke of something else than what is wrong; or for all. */
function report({ id, expected, verdict, sentence, findings, seconds }, right, toldWell) {
  if (right && toldWell && !options.verbose) {
    return;
  }
  const [yes, no] = expected === 'none' ? ['right', 'FALSE ALARM'] : ['found', 'escaped'];
  console.log(
    `${right && !toldWell ? 'misleading' : right ? yes : no}  ${id} (${expected}, ${verdict}, ${seconds.toFixed(1)} s): ${sentence}`,
  );
  for (const finding of options.verbose || expected === 'none' || !toldWell ? findings : []) {
    console.log(`    ${finding}`);
  }
}

function titleOf(name) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return name === 'ours' ? `gravitino-jobs-kit ${version}` : PEERS[name].title;
}
