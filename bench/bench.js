import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.js';
import { PLANS } from './cases.js';
import { measureStarts, measureWorld } from './measure.js';
import { describeStarts, describeTarget, describeWorld, judge } from './report.js';

/**
 * `npm run bench`: the mock beside other servers on this machine, under the same load, and whether it keeps its targets.
 * `-- --quick` measures the default world alone; with `-- --check` a missed target is exit code 1.
 */

const { quick, check } = parseArgs({
  options: { quick: { type: 'boolean' }, check: { type: 'boolean' } },
}).values;
const plan = quick ? PLANS.quick : PLANS.full;

build();
const begin = performance.now();
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0].model.trim()}`,
);
console.log(`load of the machine before: ${loadavg()[0].toFixed(1)}\n`);
const starts = await measureStarts(plan);
const worlds = [];
for (const world of plan.worlds) {
  const measured = await measureWorld(world, plan);
  worlds.push(measured);
  console.log(`${describeWorld(measured).join('\n\n')}\n`);
}
console.log(`${describeStarts(starts, worlds[0])}\n`);
const targets = judge(worlds, starts);
console.log(targets.map(describeTarget).join('\n'));
console.log(`\n${Math.round((performance.now() - begin) / 1000)} seconds`);
process.exitCode = check && targets.some(({ isMet }) => !isMet) ? 1 : 0;
