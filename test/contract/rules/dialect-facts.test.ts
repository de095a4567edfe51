import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { judgeRecorded } from '../../../src/contract/judge-recorded.ts';
import { recordingOf } from '../../../src/contract/recorded/recording.ts';
import { companionsOf, ENDPOINT } from '../../../src/description/companions.ts';
import { dialectOverlays } from '../../../src/description/dialects.ts';
import { loadDescription } from '../../../src/description/load.ts';
import type { Description } from '../../../src/description/model.ts';
import { described as documented } from '../companions.ts';
import { exchangeOf, type Special } from '../exchanges.ts';

const released = await describedBy('gravitino-1.3');
const old = await describedBy('gravitino-1.0.1');

function describedBy(dialect: string, ...further: readonly string[]): Promise<Description> {
  const overlays = [...companionsOf(ENDPOINT), ...dialectOverlays(dialect), ...further];
  return loadDescription(ENDPOINT, { overlays });
}

/** The rules that exchanges break by a description. */
function broken(description: Description, ...specials: readonly Special[]): readonly string[] {
  const recording = recordingOf('a.har', specials.map(exchangeOf));
  const { findings } = judgeRecorded({ description, recording });
  return findings.map(({ severity, check }) => `${severity} ${check}`);
}

const JSON_TYPE = 'application/json';
const RUNS = '/api/metalakes/m/jobs/runs';
const error = (status: number, code = 1001): Special => ({
  status,
  type: JSON_TYPE,
  body: { code, type: 't', message: 'm' },
});
const job = (jobId: string) => ({
  jobId,
  jobTemplateName: 'a',
  status: 'queued',
  audit: { creator: 'c', createTime: '2025-08-11T09:30:00Z' },
});

test.each<[fact: string, special: Special, withoutIt: readonly string[]]>([
  [
    'x-accepts: what an Accept must admit',
    { headers: [['Accept', JSON_TYPE]], status: 406, type: JSON_TYPE, body: {} },
    ['warning accept-json'],
  ],
  [
    'x-refuses without an example: a failure without a body',
    { target: RUNS, method: 'POST', status: 500, type: JSON_TYPE, body: '' },
    ['error server-error'],
  ],
  [
    'x-refuses: a filter without a value',
    { target: `${RUNS}?jobTemplateName=`, ...error(400) },
    ['warning empty-filter'],
  ],
  [
    'a charset in the media type',
    {
      target: '/configs',
      type: 'application/json;charset=iso-8859-1',
      body: { 'gravitino.schema.separator': ':' },
    },
    ['warning charset'],
  ],
])('%s', (_, special, withoutIt) => {
  expect(broken(released, special)).toEqual([]);
  expect(broken(documented, special)).toEqual(expect.arrayContaining([...withoutIt]));
});

test('what an Accept must admit is admitted by the server, too', () => {
  const special: Special = { status: 406, type: JSON_TYPE, body: {} };
  expect(broken(released, special)).toEqual(['error acceptable']);
});

test('x-lacks: the header that an answer does not have, and no other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  const overlay = join(folder, 'overlay.yaml');
  const target = "$.components.responses.Refused401['x-lacks']";
  const info = { title: 'T', version: '1' };
  await writeFile(overlay, JSON.stringify({ overlay: '1.0.0', info, actions: [{ target, remove: true }] }));
  const admitted: Special = { type: JSON_TYPE };
  expect(broken(released, admitted, error(401))).toEqual([]);
  expect(broken(await describedBy('gravitino-1.3', overlay), admitted, error(401))).toEqual([
    'error status-header',
  ]);
});

test('x-aliases: a value that is taken for another one, and no other', () => {
  const read = (asked: string): Special => ({
    target: `${RUNS}/${asked}`,
    type: JSON_TYPE,
    body: { code: 0, job: job('job-123') },
  });
  expect(broken(old, read('XXXX123'))).toEqual([]);
  expect(broken(old, read('XXXX124'))).toEqual(['error asked-thing']);
  expect(broken(released, read('XXXX123'))).toEqual(['error asked-thing']);
});

test('a server of another release is told so', () => {
  const version = { version: '1.2.1', compileDate: '', gitCommit: '' };
  const special: Special = { target: '/api/version', type: JSON_TYPE, body: { code: 0, version } };
  expect(broken(released, special)).toEqual(['error schema']);
  expect(broken(documented, special)).toEqual([]);
});
