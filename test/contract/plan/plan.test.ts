import { expect, test } from '@jest/globals';
import type { Call } from '../../../src/contract/call.ts';
import { type PlanOptions, planOf } from '../../../src/contract/plan/plan.ts';
import type { Probe } from '../../../src/contract/plan/probe.ts';
import { invent, unplanned } from '../../../src/contract/plan/targets.ts';
import { loadDescription } from '../../../src/description/load.ts';
import type { Description } from '../../../src/description/model.ts';
import { job, VENDOR } from '../../servers/jobs-api.ts';
import { description } from '../described.ts';
import { callFrom } from '../exchanges.ts';

/** The probes of a plan where every request gets the same answer. */
function probes(answer: Call, options: Partial<PlanOptions> = {}): readonly Probe[] {
  const plan = planOf({ description, base: '/api', names: [], seed: 's', ...options });
  const all: Probe[] = [];
  let step = plan.next();
  while (!step.done) {
    all.push(...step.value.probes);
    step = plan.next(step.value.probes.map(() => answer));
  }
  return all;
}

/** Those of the shortest plan. */
function drafts(
  names: readonly string[],
  answer: Call,
  of: Description = description,
): readonly Omit<Probe, 'operation'>[] {
  return probes(answer, { names, description: of, smoke: true }).map(({ operation: _, ...draft }) => draft);
}

const list = '/api/metalakes/demo/jobs/runs';
const absent = `/api/metalakes/${invent('s', 'listJobs')}/jobs/runs`;
const unknown = invent('s', '"demo" jobTemplateName');

test('a thing is read twice, read under each Accept, filtered by what it shows, and read again; then come absent names', () => {
  const body = { code: 0, jobs: ['plain', 'a&b=c/ü', 'plain', 'b', 'c'].map(job) };
  const steps = drafts([], callFrom({ body }));
  expect(steps.map(({ target, headers }) => [target, headers[0]?.[1]])).toEqual([
    [list, VENDOR],
    [list, VENDOR],
    [list, undefined],
    [list, '*/*'],
    [list, 'application/*'],
    [list, 'application/json'],
    [`${list}?jobTemplateName=a%26b%3Dc%2F%C3%BC`, VENDOR],
    [`${list}?jobTemplateName=plain`, VENDOR],
    [`${list}?jobTemplateName=b`, VENDOR],
    [`${list}?jobTemplateName=c`, VENDOR],
    [`${list}?jobTemplateName=${body.jobs[0]?.jobId}`, VENDOR],
    [`${list}?jobTemplateName=${unknown}`, VENDOR],
    [`${list}?jobTemplateName=`, VENDOR],
    [list, VENDOR],
    [absent, VENDOR],
    ['/api/metalakes/test/jobs/runs', VENDOR],
  ]);
  expect(new Set(steps.map(({ method }) => method))).toEqual(new Set(['GET']));
});

test('every given name is asked for, percent-encoded, and the documented absent one is not called absent then', () => {
  const targets = drafts(['a/b', 'test'], callFrom()).map(({ target }) => target.split('?')[0]);
  expect([...new Set(targets)]).toEqual([
    '/api/metalakes/a%2Fb/jobs/runs',
    '/api/metalakes/test/jobs/runs',
    absent,
  ]);
});

test('an answer without a list teaches nothing', () => {
  const targets = drafts([], callFrom({ status: 500, body: 'no' })).map(({ target }) => target);
  expect(targets.filter((target) => target.includes('jobTemplateName'))).toEqual([
    `${list}?jobTemplateName=${unknown}`,
    `${list}?jobTemplateName=`,
  ]);
});

test('made-up names are 16 lower-case letters that follow from the seed', () => {
  expect(invent('a', 'b')).toMatch(/^[a-z]{16}$/);
  expect(invent('a', 'b')).toBe(invent('a', 'b'));
  expect(invent('a', 'b')).not.toBe(invent('a', 'c'));
  expect(invent('a', 'b')).not.toBe(invent('b', 'b'));
});

const responses = { 200: { description: 'fine', content: { 'application/json': {} } } };
const needing = (place: string, name: string, example?: string) => ({
  name,
  in: place,
  required: true,
  schema: { type: 'string' },
  ...(example === undefined ? {} : { example }),
});
const things = await loadDescription({
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  paths: {
    '/rooms/{room}/things': {
      get: {
        operationId: 'things',
        parameters: [
          needing('path', 'room', 'hall'),
          needing('query', 'q', 'x y'),
          needing('header', 'X-H', 'h'),
        ],
        responses,
      },
      delete: { operationId: 'clear', parameters: [needing('path', 'room', 'hall')], responses },
    },
    '/rooms/{room}': { get: { operationId: 'room', parameters: [needing('path', 'room')], responses } },
  },
});

test('required parameters get their examples', () => {
  const [first] = drafts([], callFrom(), things);
  expect(first).toEqual({
    id: 'things: its list',
    method: 'GET',
    target: '/api/rooms/hall/things?q=x%20y',
    headers: [
      ['X-H', 'h'],
      ['Accept', 'application/json'],
    ],
  });
});

test('what cannot be asked is told', () => {
  expect(unplanned(things)).toEqual([
    'clear was not asked: only reads are sent, and it is a DELETE',
    'room was not asked: its parameter room has no example in the description',
  ]);
});
