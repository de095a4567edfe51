import { expect, test } from '@jest/globals';
import { createProgressLine } from '../../src/cli/progress.ts';
import { createMock } from '../../src/index.ts';
import { runIn } from './run.ts';

/** Back to the start of the line, and nothing on it. */
const ERASE = '\r\u001b[K';

function written(errColumns: number | undefined, ...purposes: readonly string[]): string {
  let text = '';
  const err = (more: string) => {
    text += more;
  };
  const line = createProgressLine({ err, errColumns });
  for (const [index, purpose] of purposes.entries()) {
    line.show({ requests: index + 1, purpose });
  }
  line.erase();
  return text;
}

test('on a terminal each stage is written over the one before, and nothing stays', () => {
  expect(written(80, 'first', 'second')).toBe(`${ERASE}1 request: first${ERASE}2 requests: second${ERASE}`);
});

test('a stage is shorter than the line of the terminal, and steers nothing', () => {
  expect(written(20, 'a long purpose')).toBe(`${ERASE}1 request: a long p${ERASE}`);
  expect(written(80, 'a\u001b[2Jb')).toBe(`${ERASE}1 request: a\\u001b[2Jb${ERASE}`);
});

test('where standard error is no terminal, nothing is written', () => {
  expect(written(undefined, 'first')).toBe('');
});

test('verify shows its progress, and takes it away before it reports', async () => {
  const mock = await createMock();
  let screen = '';
  const write = (text: string) => {
    screen += text;
  };
  const ask = ['verify', mock.url, '--smoke'];
  await runIn({ err: write, out: write, errColumns: 200 }, ...ask);
  const piped = await runIn({}, ...ask);
  await mock.close();
  const lines = screen.split(ERASE);
  expect(lines.slice(0, 3)).toEqual([
    '',
    '0 requests: waiting for the first answer',
    '1 request: listJobs: "demo"',
  ]);
  expect(lines.at(-2)).toMatch(/^\d\d requests: listJobs: /);
  expect(lines.at(-1)).toMatch(/^CONFORMS: 0 errors, 1 warning\n/);
  expect(piped.err).toBe('');
});

test('a run that fails takes its progress away, too', async () => {
  const { err } = await runIn({ errColumns: 80 }, 'verify', 'http://127.0.0.1:1', '--metalake', '');
  expect(err.split(ERASE).at(-1)).toMatch(/^jobs-kit: a name is empty\. .*\n$/);
});
