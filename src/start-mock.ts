import { type ChildProcess, fork } from 'node:child_process';
import type { Mock, MockOptions, ReceivedRequest } from './mock-handle.ts';

/** The most requests that are remembered, as in the mock itself. */
const REMEMBERED = 1000;

/** What the process of a mock says to the one that started it. */
export type FromMock =
  | { readonly kind: 'started'; readonly url: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'time'; readonly now: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'request'; readonly request: ReceivedRequest };

/** What it is told; `noted` answers each `request`, in order. */
export type ToMock =
  | { readonly kind: 'noted' }
  | { readonly kind: 'start'; readonly options: MockOptions }
  | { readonly kind: 'use'; readonly scenario: string }
  | { readonly kind: 'reset' }
  | { readonly kind: 'now' }
  | { readonly kind: 'advance'; readonly milliseconds: number }
  | { readonly kind: 'set'; readonly time: string | number }
  | { readonly kind: 'close' };

/**
 * Starts a mock in a process of its own, which ends with this one. For test runners that cannot load ES modules.
 * @param entry the file of the process: `mock-process.js`
 * @throws Error with the mock's own words where it does not start.
 */
export async function startMockProcess(entry: string, options: MockOptions): Promise<Mock> {
  const child = fork(entry, [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const requests: ReceivedRequest[] = [];
  child.on('message', (message: FromMock) => {
    if (message.kind === 'request') {
      requests.push(message.request);
      requests.splice(0, requests.length - REMEMBERED);
      child.send({ kind: 'noted' } satisfies ToMock);
    }
  });
  const started = await ask(child, { kind: 'start', options });
  const tell = async (message: ToMock) => {
    await ask(child, message);
  };
  return {
    url: started.kind === 'started' ? started.url : '',
    requests,
    use: (scenario) => tell({ kind: 'use', scenario }),
    reset: () => tell({ kind: 'reset' }),
    clock: {
      now: async () => {
        const answer = await ask(child, { kind: 'now' });
        return new Date(answer.kind === 'time' ? answer.now : Number.NaN);
      },
      advance: (milliseconds) => tell({ kind: 'advance', milliseconds }),
      set: (time) => tell({ kind: 'set', time: typeof time === 'string' ? time : time.getTime() }),
    },
    close: () => end(child),
  };
}

/** Tells the mock something and waits for its answer; only meanwhile does it keep this process alive. */
function ask(child: ChildProcess, message: ToMock): Promise<FromMock> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      child.unref();
      child.channel?.unref();
      finish();
    };
    const onMessage = (answer: FromMock) => {
      if (answer.kind === 'failed') {
        settle(() => reject(new Error(answer.message)));
      } else if (answer.kind !== 'request') {
        settle(() => resolve(answer));
      }
    };
    const onExit = () =>
      settle(() => reject(new Error('The process of the mock has ended. Start a new one.')));
    child.ref();
    child.channel?.ref();
    child.on('message', onMessage);
    child.on('exit', onExit);
    child.send(message, (error) => {
      if (error) {
        onExit();
      }
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.ref();
  child.send({ kind: 'close' } satisfies ToMock);
  await ended;
}
