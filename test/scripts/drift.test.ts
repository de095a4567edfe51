import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, jest, test } from '@jest/globals';

const SCRIPT = fileURLToPath(new URL('../../scripts/drift.js', import.meta.url));
const VENDOR = 'application/vnd.gravitino.v1+json';
const LIST = '/api/metalakes/sales/jobs/runs';

/** Each run starts a process of its own, some of them on a busy machine. */
jest.setTimeout(60_000);

type Line = Readonly<{ request: object; response: object }>;

function exchange(path: string, status: number, body: unknown, request: object = {}): Line {
  const headers = [
    ['Host', '127.0.0.1:18130'],
    ['Authorization', 'Bearer hunter2-token'],
    ['Accept', VENDOR],
  ];
  return {
    request: { method: 'GET', path, headers, body: null, ...request },
    response: {
      http_version: 'HTTP/1.1',
      status,
      reason: 'R',
      headers: [
        ['Date', 'Sat, 31 Jan 2026 12:00:00 GMT'],
        ['Content-Type', VENDOR],
      ],
      body: JSON.stringify(body),
    },
  };
}

function jobWith(status: string) {
  const audit = { creator: 'hunter2-token', createTime: '2026-01-31T12:00:00Z' };
  return { jobId: `job-${status.length}`, jobTemplateName: 'nightly', status, audit };
}

/** Two lists: one as described, one with a status that holds all that Markdown reads as more than itself. */
const LISTS = [
  exchange(LIST, 200, { code: 0, jobs: [jobWith('queued')] }),
  exchange(
    '/api/metalakes/sales/jobs/runs/job-14?force=1',
    200,
    { code: 0, job: jobWith('cancelling') },
    { method: 'POST', body: `{"it's": "hunter2-token"}` },
  ),
  exchange(LIST, 200, { code: 0, jobs: [jobWith('queued'), jobWith('a|b`c <d> ````')] }),
];

async function recordings(releases: Readonly<Record<string, readonly Line[]>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  for (const [release, lines] of Object.entries(releases)) {
    await writeFile(join(folder, `${release}.jsonl`), lines.map((line) => JSON.stringify(line)).join('\n'));
  }
  return folder;
}

function drift(folder: string, ...options: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [SCRIPT, folder, '--to', join(folder, 'drift'), ...options],
    { encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

test('each release has a page, whose sections can be filed as they stand', async () => {
  const folder = await recordings({ '1.2.0': LISTS });
  expect(drift(folder)).toEqual({
    status: 0,
    stdout: 'written: README.md\nwritten: gravitino-1.2.0.md\n',
    stderr: '',
  });
  const page = await readFile(join(folder, 'drift/gravitino-1.2.0.md'), 'utf8');
  const [intro = '', section = ''] = page.split('\n## ');
  expect(intro).toContain(
    '3 requests to `listJobs` (`GET /metalakes/{metalake}/jobs/runs`), `cancelJob` (`POST ',
  );
  expect(
    section.replaceAll(/:\d+\]|#L\d+/g, ''),
  ).toBe(`1. listJobs: /jobs/\\*/status is "a\\|b\\\`c \\<d\\> \\\`\\\`\\\`\\\`" instead of one of "queued", "started", "failed", "succeeded", "cancelling", "canceled"

- **error**, rule \`schema\`, seen in 1 of 2 requests
- Promised ([spec/openapi.yaml(../../spec/openapi.yaml)): \`one of "queued", "started", "failed", "succeeded", "cancelling", "canceled"\`. A body is valid by the schema of its response.
- Seen: \`\`\`\`\`"a|b\`c <d> \`\`\`\`"\`\`\`\`\` at \`/jobs/1/status\`
- To repair the server: Send what the description says at that place, or describe what the server sends.
- To repair the description: let the schema allow \`\`\`\`\`"a|b\`c <d> \`\`\`\`"\`\`\`\`\` there.

\`\`\`sh
curl -i -X POST -H 'Authorization: '"$AUTHORIZATION" -H 'Accept: ${VENDOR}' -H 'Content-Type:' --data-raw '{"it'\\''s": "[redacted]"}' 'http://localhost:8090/api/metalakes/sales/jobs/runs/job-14?force=1'
curl -i -H 'Authorization: '"$AUTHORIZATION" -H 'Accept: ${VENDOR}' http://localhost:8090${LIST}
\`\`\`

\`\`\`\`\`http
HTTP/1.1 200 R
Content-Type: ${VENDOR}

{"code":0,"jobs":[{"jobId":"job-6","jobTemplateName":"nightly","status":"queued","audit":{"creator":"[redacted]","createTime":"2026-01-31T12:00:00Z"}},{"jobId":"job-14","jobTemplateName":"nightly","status":"a|b\`c <d> \`\`\`\`","audit":{"creator":"[redacted]","createTime":"2026-01-31T12:00:00Z"}}]}
\`\`\`\`\`
`);
});

test('a table tells which release has which drift, the oldest first; what is no release has no page', async () => {
  const refusal = exchange(LIST, 418, {});
  const folder = await recordings({ '1.10.0': [refusal, ...LISTS], '1.9.0': [refusal], main: LISTS });
  drift(folder);
  expect(await readdir(join(folder, 'drift'))).toEqual([
    'README.md',
    'gravitino-1.10.0.md',
    'gravitino-1.9.0.md',
  ]);
  const overview = await readFile(join(folder, 'drift/README.md'), 'utf8');
  const rows = overview.split('\n').filter((line) => line.startsWith('|'));
  expect(rows).toEqual([
    '| drift | 1.9.0 | 1.10.0 |',
    '| --- | :---: | :---: |',
    "| error `documented-status`: listJobs answers 418 I'm a Teapot, which the description does not list | [1](gravitino-1.9.0.md) | [1](gravitino-1.10.0.md) |",
    expect.stringMatching(/^\| error `schema`: .*a\\\|b.* \| {2}\| \[2\]\(gravitino-1\.10\.0\.md\) \|$/),
  ]);
});

test('--check says what is not up to date and writes nothing', async () => {
  const folder = await recordings({ '1.2.0': LISTS });
  expect(drift(folder, '--check')).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(
      /^not up to date: README\.md; .*\nnot up to date: .*\n0 passed, 2 failed\n$/,
    ),
  });
  drift(folder);
  expect(drift(folder, '--check')).toMatchObject({ status: 0, stdout: '2 passed, 0 failed\n' });
  const old = join(folder, 'drift/gravitino-1.1.0.md');
  await writeFile(old, 'old');
  expect(drift(folder, '--check')).toMatchObject({ status: 1 });
  expect(await readFile(old, 'utf8')).toBe('old');
  drift(folder);
  expect(await readdir(join(folder, 'drift'))).toEqual(['README.md', 'gravitino-1.2.0.md']);
});

test('without recordings of a release there is nothing to write', async () => {
  const folder = await recordings({ main: LISTS });
  expect(drift(folder)).toEqual({
    status: 2,
    stdout: '',
    stderr: `There is no recording of a release in ${folder}: no file such as 1.0.0.jsonl\n`,
  });
  await writeFile(join(folder, '2.0.0.jsonl'), '');
  expect(drift(folder)).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^2\.0\.0\.jsonl: Nothing to judge: /),
  });
  const env = { ...process.env, GRAVITINO_RECORDINGS: '/nowhere' };
  expect(spawnSync(process.execPath, [SCRIPT], { encoding: 'utf8', env })).toMatchObject({
    status: 2,
    stderr: 'There are no recordings in /nowhere. Give the folder that has them: npm run drift -- FOLDER\n',
  });
});
