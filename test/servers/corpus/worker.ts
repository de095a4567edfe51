import { CASES } from './cases.ts';
import { runCase } from './run.ts';

/** Runs the cases that its parent names, one after another: `{id, seed}` in, an outcome out. */
process.on('message', ({ id, seed }: { id: string; seed: string }) => {
  const tested = CASES.find((each) => each.id === id);
  if (tested) {
    void runCase(tested, seed).then((outcome) => process.send?.(outcome));
  }
});
process.on('disconnect', () => process.exit());
