import { createMock } from './create-mock.ts';
import type { Mock, ReceivedRequest } from './mock-handle.ts';
import type { FromMock, ToMock } from './start-mock.ts';

/** The process behind `startMock`: does what it is told, and ends with the process that started it. */

let mock: Mock | undefined;
type Change = Extract<ToMock, { kind: 'use' | 'reset' | 'advance' | 'set' }>;

/** The answers that wait until their requests are known to the process that started this one. */
const waiting: (() => void)[] = [];

process.on('disconnect', () => process.exit());
process.on('message', (message: ToMock) => {
  if (message.kind === 'noted') {
    waiting.shift()?.();
    return;
  }
  obey(message).then(say, (error: unknown) => {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});

async function obey(message: Exclude<ToMock, { kind: 'noted' }>): Promise<FromMock> {
  switch (message.kind) {
    case 'start':
      mock = await createMock(message.options, tell);
      return { kind: 'started', url: mock.url };
    case 'now':
      return { kind: 'time', now: Number(await mock?.clock.now()) };
    case 'close':
      await mock?.close();
      process.exit();
  }
  await change(message);
  return { kind: 'done' };
}

async function change(message: Change): Promise<void> {
  switch (message.kind) {
    case 'use':
      return await mock?.use(message.scenario);
    case 'reset':
      return await mock?.reset();
    case 'advance':
      return await mock?.clock.advance(message.milliseconds);
    case 'set':
      return await mock?.clock.set(new Date(message.time));
  }
}

/** A client that has its answer finds its request in `requests`: the answer waits until it is there. */
function tell(request: ReceivedRequest): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    say({ kind: 'request', request });
  });
}

function say(message: FromMock): void {
  process.send?.(message);
}
