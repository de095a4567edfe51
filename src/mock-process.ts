import { createMock } from './create-mock.ts';
import type { Mock } from './mock-handle.ts';
import type { FromMock, ToMock } from './start-mock.ts';

/** The process behind `startMock`: does what it is told, and ends with the process that started it. */

let mock: Mock | undefined;

process.on('disconnect', () => process.exit());
process.on('message', (message: ToMock) => {
  obey(message).then(say, (error: unknown) => {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});

async function obey(message: ToMock): Promise<FromMock> {
  switch (message.kind) {
    case 'start':
      mock = await createMock(message.options, (request) => say({ kind: 'request', request }));
      return { kind: 'started', url: mock.url };
    case 'use':
      await mock?.use(message.scenario);
      return { kind: 'done' };
    case 'close':
      await mock?.close();
      process.exit();
  }
}

function say(message: FromMock): void {
  process.send?.(message);
}
