import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createMock } from '../../../src/create-mock.ts';
import { ENDPOINT } from '../../../src/description/companions.ts';
import { loadDescription } from '../../../src/description/load.ts';
import type { Mock, MockOptions } from '../../../src/mock-handle.ts';
import { runIn } from '../../cli/run.ts';
import { serve } from '../../servers/listen.ts';
import { type Body, proxyTo, verifyWithSetUp } from './proxy.ts';

const LIMIT = 60_000;

const mocks: Mock[] = [];

afterEach(async () => {
  await Promise.all(mocks.splice(0).map((mock) => mock.close()));
});

/** A mock with other people's data: two metalakes, each with templates and with jobs that have ended. */
async function crowded(options: MockOptions = {}): Promise<Mock> {
  const mock = await createMock({ scenario: 'fresh', speed: 20, ...options });
  mocks.push(mock);
  for (const metalake of ['sales', 'jobskit_of_somebody']) {
    await post(mock, '/metalakes', { name: metalake, comment: 'theirs', properties: { owner: 'them' } });
    for (const name of ['load', 'score']) {
      const jobTemplate = { name, jobType: 'shell', executable: '/bin/true', comment: 'theirs' };
      await post(mock, `/metalakes/${metalake}/jobs/templates`, { jobTemplate });
      await post(mock, `/metalakes/${metalake}/jobs/runs`, { jobTemplateName: name });
    }
  }
  await delay(400);
  return mock;
}

async function post({ url }: Mock, path: string, body: Body): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** Everything that a mock shows. */
async function everythingOn({ url }: Mock): Promise<Body> {
  const read = async (path: string): Promise<Body> => (await fetch(`${url}/api${path}`)).json();
  const { metalakes } = await read('/metalakes');
  const details = metalakes.map(async ({ name }: Body) => [
    await read(`/metalakes/${name}`),
    await read(`/metalakes/${name}/jobs/templates?details=true`),
    await read(`/metalakes/${name}/jobs/runs`),
  ]);
  return [metalakes, ...(await Promise.all(details))];
}

test(
  'a run with things of its own leaves everything else as it was',
  async () => {
    const mock = await crowded();
    const before = await everythingOn(mock);
    const { findings, notes, untested } = await verifyWithSetUp(mock.url);
    expect(findings).toEqual([]);
    expect(await everythingOn(mock)).toEqual(before);
    expect(notes.at(-1)).toMatch(
      /^Things called jobskit_[0-9a-f]{10}… were made for this run. They were removed.$/,
    );
    expect(untested.map(({ check }) => check)).not.toContain('created');
  },
  LIMIT,
);

test(
  'it changes nothing but what is called by its prefix',
  async () => {
    const mock = await createMock({ scenario: 'fresh', speed: 20 });
    mocks.push(mock);
    await verifyWithSetUp(mock.url);
    const changes = mock.requests.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
    const others = changes.filter(({ path }) => !/\/metalakes\/jobskit_[0-9a-f]{10}_/.test(path));
    expect(others.map(({ method, path }) => `${method} ${path}`)).toEqual(
      others.map(() => 'POST /api/metalakes'),
    );
  },
  LIMIT,
);

test(
  'an interrupted run removes what it made',
  async () => {
    const mock = await crowded();
    const before = await everythingOn(mock);
    const stop = new AbortController();
    const url = await proxyTo(mock.url, async ({ method, path }, forward) => {
      const answer = await forward();
      if (method === 'POST' && path.endsWith('/jobs/runs')) {
        stop.abort();
      }
      return answer;
    });
    const { code } = await runIn({ stop: stop.signal }, 'verify', url, '--companions', '--set-up');
    expect(code).toBe(130);
    expect(await everythingOn(mock)).toEqual(before);
  },
  LIMIT,
);

test(
  'a failure of its own does not keep it from removing what it made',
  async () => {
    const mock = await crowded();
    const before = await everythingOn(mock);
    const failing = verifyWithSetUp(mock.url, {
      onProgress: () => {
        throw new Error('on purpose');
      },
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await everythingOn(mock)).toEqual(before);
  },
  LIMIT,
);

test(
  'what cannot be removed is named, with the request that removes it, within bounded time',
  async () => {
    const mock = await crowded();
    let isDead = false;
    const url = await proxyTo(mock.url, async ({ method, path }, forward) => {
      isDead ||= method === 'POST' && path.endsWith('/jobs/runs');
      return isDead ? await new Promise(() => undefined) : await forward();
    });
    const start = performance.now();
    const { notes } = await verifyWithSetUp(url, { timeoutSeconds: 1 });
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(notes.join('\n')).toMatch(
      /The metalake "(jobskit_\w+)" of this run may still be there, since it could not be removed: .+ Remove it: curl -i -X DELETE .+\/metalakes\/\1\?force=true/,
    );
  },
  LIMIT,
);

test(
  'a server on which nothing can be made is told of, and judged',
  async () => {
    const mock = await crowded();
    const url = await proxyTo(mock.url, async ({ method }, forward) =>
      method === 'POST' ? { status: 500, type: 'text/plain', body: 'no' } : await forward(),
    );
    const { findings, untested } = await verifyWithSetUp(url);
    expect(findings.map(({ check, operation }) => `${check} ${operation?.id}`)).toContain(
      'server-error createMetalake',
    );
    expect(untested).toContainEqual({
      check: 'created',
      reason: 'no metalake could be made: 500 Internal Server Error',
    });
  },
  LIMIT,
);

test(
  'without the option what it takes is told, and only where the description has such operations',
  async () => {
    const url = await serve((_, response) => response.writeHead(404).end());
    const { untested } = await verifyWithSetUp(url, { setUp: false });
    const claims = [
      'created',
      'created-read',
      'created-listed',
      'taken-name',
      'changed',
      'absent-thing',
      'in-use',
    ];
    const reason = 'it takes things that the run makes itself; let it, with --set-up';
    for (const check of [...claims, 'lifecycle', 'ended', 'removed']) {
      expect(untested).toContainEqual({ check, reason });
    }
    const alone = await verifyWithSetUp(url, { setUp: false, description: await loadDescription(ENDPOINT) });
    expect(alone.untested.map((each) => each.reason)).not.toContain(reason);
  },
  LIMIT,
);
