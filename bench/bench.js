import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.js';
import { PLANS } from './cases.js';
import { measureStarts, measureWorld } from './measure.js';
import { describeCase, describeStarts, describeTarget, judge } from './report.js';
import { describeVerdicts, judgeVerdicts, measureVerdicts } from './verdict.js';

/**
 * `npm run bench`: what a verdict takes, and the mock beside other servers on this machine, under the same load; and
 * whether both keep their targets. `-- --quick` measures the default world alone, `-- --verdicts` the verdicts alone;
 * with `-- --check` a missed target is exit code 1.
 */

const flag = { type: 'boolean' };
const { values } = parseArgs({ options: { quick: flag, verdicts: flag, check: flag } });
const plan = values.quick ? PLANS.quick : PLANS.full;

build();
const begin = performance.now();
const [processor, ...others] = cpus();
console.log(
  `Node ${process.version}, ${process.platform}, ${others.length + 1} × ${processor.model.trim()}, load ${loadavg()[0].toFixed(1)}\n`,
);
const verdicts = await measureVerdicts(plan.verdicts, values.quick);
console.log(`${describeVerdicts(verdicts)}\n`);
const targets = [...judgeVerdicts(verdicts), ...(values.verdicts ? [] : await measureMock())];
console.log(targets.map(describeTarget).join('\n'));
console.log(`\n${Math.round((performance.now() - begin) / 1000)} seconds`);
process.exitCode = values.check && targets.some(({ isMet }) => !isMet) ? 1 : 0;

/** The mock beside the others; gives its targets. */
async function measureMock() {
  const starts = await measureStarts(plan.starts);
  const worlds = [];
  for (const world of plan.worlds) {
    const measured = await measureWorld(world, plan);
    worlds.push(measured);
    console.log(`${measured.cases.map(describeCase).join('\n\n')}\n`);
  }
  console.log(`${describeStarts(starts, worlds[0])}\n`);
  return judge(worlds, starts);
}
