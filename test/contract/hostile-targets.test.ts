import { expect, test } from '@jest/globals';
import { packageFile } from '../../src/package-files.ts';
import { TARGETS } from '../servers/hostile/targets.ts';
import { complaintsAbout, tryTarget } from '../servers/hostile/trial.ts';

const tools = {
  command: packageFile('bin/jobs-kit.cjs'),
  meter: packageFile('bench/exit-meter.cjs'),
};

/** A few of many: `node scripts/test-hostile.js` tries them all, with more time for each. */
const quick = TARGETS.filter((target) => target.quick).map((target) => ({ ...target, budget: 2 }));

test.concurrent.each(quick)(
  'a server that $sentence is judged in time and in little memory',
  async (target) => {
    expect(complaintsAbout(target, await tryTarget(target, tools))).toEqual([]);
  },
  30_000,
);
