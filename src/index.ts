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

// The judge

export type * from './contract/exchange.ts';
export type { JudgeRecordedOptions } from './contract/judge-recorded.ts';
export { exitCode, judgeRecorded, verify } from './contract/run.ts';
export type * from './contract/verdict.ts';
export type { VerifyOptions } from './contract/verify.ts';

// The description

export { loadDescription } from './description/load.ts';
export type * from './description/model.ts';

// Mistakes of the input

export type { Location, Problem } from './errors.ts';
export { KitError } from './errors.ts';
