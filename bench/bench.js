import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.js';
import { PLANS } from './cases.js';
import { measureStarts, measureWorld } from './measure.js';
import { describeCase, describeStarts, describeTarget, judge } from './report.js';

/**
 * `npm run bench`: the mock beside other servers on this machine, under the same load, and whether it keeps its targets.
 * `-- --quick` measures the default world alone; with `-- --check` a missed target is exit code 1.
 */

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, check: { type: 'boolean' } } });
const plan = values.quick ? PLANS.quick : PLANS.full;

build();
const begin = performance.now();
const [processor, ...others] = cpus();
console.log(
  `Node ${process.version}, ${process.platform}, ${others.length + 1} × ${processor.model.trim()}, load ${loadavg()[0].toFixed(1)}\n`,
);
const starts = await measureStarts(plan.starts);
const worlds = [];
for (const world of plan.worlds) {
  const measured = await measureWorld(world, plan);
  worlds.push(measured);
  console.log(`${measured.cases.map(describeCase).join('\n\n')}\n`);
}
console.log(`${describeStarts(starts, worlds[0])}\n`);
const targets = judge(worlds, starts);
console.log(targets.map(describeTarget).join('\n'));
console.log(`\n${Math.round((performance.now() - begin) / 1000)} seconds`);
process.exitCode = values.check && targets.some(({ isMet }) => !isMet) ? 1 : 0;
