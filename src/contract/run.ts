/** What the other rooms use of the judge. */

export { exitCode } from './conclusion.ts';
export { judgeRecorded } from './judge-recorded.ts';
export { verify } from './verify.ts';
