import { fork, spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Has the servers of test/servers/corpus judged, and prints what was found of each family.
 *
 *   npm run scoreboard -- [--case PART]… [--seed TEXT] [--json FILE] [--verbose]
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const compiled = join(root, 'tmp/corpus/test/servers/corpus');

/** How many servers are judged at once, and after how many seconds a judge that does not answer is stopped. */
const AT_ONCE = 2;
const PATIENCE = 30;

const { values: options } = parseArgs({
  options: {
    case: { type: 'string', multiple: true, default: [] },
    seed: { type: 'string', default: 'corpus' },
    json: { type: 'string' },
    only: { type: 'string', default: 'ours' },
    verbose: { type: 'boolean', default: false },
  },
});

/**
 * Who judges: for each, the outcome of a case. A peer is a function like `ours` below, added here by its name; it starts
 * the case with `startCase` of the corpus and runs the peer's command on it.
 * @type {Record<string, (cases: readonly Case[]) => Promise<Outcome[]>>}
 * @typedef {{ id: string, family: string, convicts: string, sentence: string, unsafe?: true }} Case
 * @typedef {{ id: string, family: string, expected: string, sentence: string, verdict: string, errors: number,
 *   warnings: number, findings: readonly string[], requests: number, seconds: number }} Outcome
 */
const JUDGES = { ours };

compile();
const { CASES } = await load('cases.js');
const { isRight } = await load('run.js');
const chosen = CASES.filter(
  ({ id, unsafe }) =>
    !unsafe && (options.case.length === 0 || options.case.some((part) => id.includes(part))),
);
for (const name of options.only.split(',')) {
  const outcomes = await JUDGES[name](chosen);
  print(name, outcomes);
  if (options.json) {
    writeFileSync(options.json, `${JSON.stringify(outcomes, null, 1)}\n`);
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

/** Our own judge, in processes of its own so that none can stop the run. */
async function ours(cases) {
  const queue = [...cases];
  const outcomes = [];
  const work = async () => {
    let worker = startWorker();
    for (let next = queue.shift(); next; next = queue.shift()) {
      const outcome = await ask(worker, next);
      outcomes.push(outcome);
      report(outcome);
      if (outcome.verdict === 'hang' || outcome.verdict === 'crash') {
        worker.kill('SIGKILL');
        worker = startWorker();
      }
    }
    worker.disconnect();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

function startWorker() {
  return fork(join(compiled, 'worker.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** The outcome of a case, or how its judge ended without one. */
function ask(worker, { id, sentence, family, convicts }) {
  const start = performance.now();
  return new Promise((resolve) => {
    const fail = (verdict, detail) => {
      const seconds = (performance.now() - start) / 1000;
      const nothing = { errors: 0, warnings: 0, findings: [detail], requests: 0 };
      end({ id, sentence, family, expected: convicts, verdict, ...nothing, seconds });
    };
    const onExit = (code, signal) => fail('crash', `the process ended with ${code ?? signal}`);
    const timer = setTimeout(() => fail('hang', `no verdict within ${PATIENCE} s`), PATIENCE * 1000);
    const end = (outcome) => {
      clearTimeout(timer);
      worker.off('message', end).off('exit', onExit);
      resolve(outcome);
    };
    worker.once('message', end).once('exit', onExit);
    worker.send({ id, seed: options.seed });
  });
}

/** A line for each case of which the judge was wrong, or for all. */
function report(outcome) {
  const { id, expected, verdict, sentence, findings, seconds } = outcome;
  if (isRight(outcome) && !options.verbose) {
    return;
  }
  console.log(`${wordFor(outcome)}  ${id} (${expected}, ${verdict}, ${seconds.toFixed(1)} s): ${sentence}`);
  for (const finding of options.verbose || expected === 'none' ? findings : []) {
    console.log(`    ${finding}`);
  }
}

function wordFor(outcome) {
  const [right, wrong] = outcome.expected === 'none' ? ['right', 'FALSE ALARM'] : ['found', 'escaped'];
  return isRight(outcome) ? right : wrong;
}

/** One line for each family. */
function print(name, outcomes) {
  const families = Map.groupBy
    ? Map.groupBy(outcomes, ({ family }) => family)
    : outcomes.reduce(
        (map, each) => map.set(each.family, [...(map.get(each.family) ?? []), each]),
        new Map(),
      );
  console.log(`\n${name}`);
  for (const [family, all] of [...families].sort(([a], [b]) => a.localeCompare(b))) {
    console.log(`  ${family}  ${score(all)}`);
  }
}

function score(all) {
  const count = (list) => `${list.filter(isRight).length} of ${list.length}`;
  const faulty = all.filter(({ expected }) => expected !== 'none' && expected !== 'suspicious');
  const suspicious = all.filter(({ expected }) => expected === 'suspicious');
  const conforming = all.filter(({ expected }) => expected === 'none');
  const parts = [
    ...(faulty.length > 0 ? [`faults found ${count(faulty)}`] : []),
    ...(suspicious.length > 0 ? [`suspicious noticed ${count(suspicious)}`] : []),
    ...(conforming.length > 0
      ? [`false alarms ${conforming.filter((each) => !isRight(each)).length} of ${conforming.length}`]
      : []),
    `median ${median(all.map(({ seconds }) => seconds)).toFixed(1)} s`,
  ];
  return parts.join(', ');
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
