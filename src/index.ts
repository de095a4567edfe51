import { fileURLToPath } from 'node:url';
import type { Mock, MockOptions } from './mock-handle.ts';
import { startMockProcess } from './start-mock.ts';

// The mock
export { createMock } from './create-mock.ts';
export type { Mock, MockOptions, ReceivedRequest } from './mock-handle.ts';

/** Starts a mock in a process of its own, which ends with this one; otherwise the same as `createMock`. */
export function startMock(options: MockOptions = {}): Promise<Mock> {
  return startMockProcess(fileURLToPath(new URL('./mock-process.js', import.meta.url)), options);
}

export type * from './contract/exchange.ts';
export type { JudgeRecordedOptions } from './contract/judge-recorded.ts';
export type { VerifyOptions } from './contract/verify.ts';
// The judge
export { exitCode, judgeRecorded, verify } from './contract/run.ts';
export type * from './contract/verdict.ts';
// The description
export { loadDescription } from './description/load.ts';
export type * from './description/model.ts';
export type { Location, Problem } from './errors.ts';
// Mistakes of the input
export { KitError } from './errors.ts';
