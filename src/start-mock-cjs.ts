import { join } from 'node:path';
import type { Mock, MockOptions } from './mock-handle.ts';
import { startMockProcess } from './start-mock.ts';

export type { Mock, MockOptions, ReceivedRequest } from './mock-handle.ts';

/** The entry for CommonJS: the same as `startMock` of the ES module. */
export function startMock(options: MockOptions = {}): Promise<Mock> {
  return startMockProcess(join(__dirname, '..', 'mock-process.js'), options);
}
