import { expect, test } from '@jest/globals';
import { createClock } from '../../../src/world/state/clock.ts';
import { createState } from '../../../src/world/state/state.ts';
import { call, lenient, living, resultOf, run, statuses, worldOf } from './living.ts';

const RECORDED = `metalakes:
  - name: demo
    templates:
      - { jobType: shell, name: ok, executable: /opt/jobs/ok.sh }
      - { jobType: shell, name: fail, executable: /opt/jobs/fail.sh }
      - { jobType: shell, name: sleep, executable: /opt/jobs/sleep.sh }
runs:
  atOnce: 1
  rules:
    - { when: { executable: sleep.sh }, queuedSeconds: 0, runningSeconds: 60 }
    - { when: { executable: fail.sh }, queuedSeconds: 0, runningSeconds: 0.1, outcome: failed }
    - { queuedSeconds: 0, runningSeconds: 0.1 }
`;

test('a job is queued, then seen as started, then as succeeded', async () => {
  const { state, clock } = await living('server');
  const id = run(state, 'load_orders', { day: '1' });
  expect(id).toMatch(/^job-\d{10,19}$/);
  const queued = {
    jobId: id,
    jobTemplateName: 'load_orders',
    status: 'queued',
    audit: { creator: 'ada', createTime: '2026-01-01T00:00:00.000000Z' },
  };
  expect(state.getJob('demo', id, call)).toEqual({ value: queued });
  clock.advance(999);
  expect(state.getJob('demo', id, call)).toEqual({ value: queued });
  clock.advance(501);
  expect(state.getJob('demo', id, call)).toEqual({
    value: {
      ...queued,
      status: 'started',
      audit: {
        ...queued.audit,
        lastModifier: 'anonymous',
        lastModifiedTime: '2026-01-01T00:00:01.000000Z',
      },
      startedAt: '2026-01-01T00:00:01.000Z',
    },
  });
  clock.advance(60_000);
  expect(state.getJob('demo', id, call)).toEqual({
    value: {
      ...queued,
      status: 'succeeded',
      audit: {
        ...queued.audit,
        lastModifier: 'anonymous',
        lastModifiedTime: '2026-01-01T00:00:03.000000Z',
      },
      startedAt: '2026-01-01T00:00:01.000Z',
      finishedAt: '2026-01-01T00:00:03.000Z',
    },
  });
});

test('statuses change only when somebody looks: with long intervals a short job is never seen as started', async () => {
  const clock = createClock({ speed: 0, start: new Date('2026-01-01T00:00:00Z') });
  const state = createState(await worldOf('server'), { clock, pullSeconds: 300, digits: 9 });
  const id = run(state, 'load_orders');
  clock.advance(299_999);
  expect(resultOf(state.getJob('demo', id, call)).status).toBe('queued');
  clock.advance(1);
  const ended = resultOf(state.getJob('demo', id, call));
  expect(ended.status).toBe('succeeded');
  expect(ended.audit.lastModifiedTime).toBe('2026-01-01T00:05:00.000000001Z');
  expect(ended.startedAt).toBeUndefined();
});

test('jobs succeed and fail as on a server with room for one job', async () => {
  const { state, clock } = await living(RECORDED);
  clock.advance(20);
  run(state, 'ok');
  expect(statuses(state, 'demo')).toEqual(['queued']);
  clock.advance(1000);
  run(state, 'fail');
  clock.advance(1000);
  const first = run(state, 'sleep', { s: '60' }, 'alice');
  clock.advance(1000);
  const second = run(state, 'sleep');
  clock.advance(2000);
  expect(statuses(state, 'demo')).toEqual(['succeeded', 'failed', 'started', 'queued']);
  expect(resultOf(state.cancelJob('demo', first, call)).status).toBe('cancelling');
  expect(statuses(state, 'demo')).toEqual(['succeeded', 'failed', 'cancelling', 'queued']);
  clock.advance(1000);
  expect(statuses(state, 'demo')).toEqual(['succeeded', 'failed', 'cancelled', 'started']);
  const third = run(state, 'sleep');
  clock.advance(1000);
  state.cancelJob('demo', third, call);
  clock.advance(1000);
  state.cancelJob('demo', second, call);
  expect(statuses(state, 'demo', 'sleep')).toEqual(['cancelled', 'cancelling', 'cancelled']);
});

test('cancelling notes who did it, then the server; it can be repeated and changes nothing any more', async () => {
  const { state, clock } = await living('server');
  const id = run(state, 'sleep');
  clock.advance(500);
  const cancelling = resultOf(state.cancelJob('demo', id, { ...call, by: 'grace' }));
  expect(cancelling).toMatchObject({
    status: 'cancelling',
    audit: { creator: 'ada', lastModifier: 'grace', lastModifiedTime: '2026-01-01T00:00:00.500000Z' },
  });
  clock.advance(100);
  expect(resultOf(state.cancelJob('demo', id, call))).toEqual(cancelling);
  clock.advance(1000);
  const cancelled = resultOf(state.cancelJob('demo', id, call));
  expect(cancelled).toMatchObject({
    status: 'cancelled',
    audit: { lastModifier: 'anonymous', lastModifiedTime: '2026-01-01T00:00:01.000000Z' },
    finishedAt: '2026-01-01T00:00:01.000Z',
  });
  clock.advance(600_000);
  expect(resultOf(state.cancelJob('demo', id, call))).toEqual(cancelled);
});

test('a job that had ended before it was cancelled is cancelling until somebody looks, then succeeded', async () => {
  const { state, clock } = await living(RECORDED);
  clock.advance(100);
  const id = run(state, 'ok');
  clock.advance(350);
  expect(resultOf(state.cancelJob('demo', id, call)).status).toBe('cancelling');
  clock.advance(1000);
  const ended = resultOf(state.getJob('demo', id, call));
  expect(ended.status).toBe('succeeded');
  expect(resultOf(state.cancelJob('demo', id, call))).toEqual(ended);
});

test('what is asked for at the instant of a look is seen at the next one', async () => {
  const { state, clock } = await living(RECORDED);
  clock.advance(1000);
  const id = run(state, 'sleep');
  expect(resultOf(state.getJob('demo', id, call)).status).toBe('queued');
  clock.advance(1000);
  expect(resultOf(state.getJob('demo', id, call)).status).toBe('started');
  state.cancelJob('demo', id, call);
  expect(resultOf(state.getJob('demo', id, call)).status).toBe('cancelling');
});

test('a job of the fixture stands still until it is cancelled', async () => {
  const { state, clock } = await living('closed');
  clock.advance(86_400_000);
  expect(statuses(state, 'demo', 'load_orders')).toEqual(['queued', 'started', 'succeeded', 'failed']);
  state.cancelJob('demo', 'job-2746610983345729114', call);
  expect(statuses(state, 'demo', 'load_orders')).toEqual(['queued', 'cancelling', 'succeeded', 'failed']);
  clock.advance(1000);
  expect(statuses(state, 'demo', 'load_orders')).toEqual(['queued', 'cancelled', 'succeeded', 'failed']);
  expect(statuses(state, 'demo', 'score_customers')).toEqual(['cancelling', 'cancelled', 'succeeded']);
});

test('nobody looks at the jobs of a disabled metalake until it is enabled', async () => {
  const { state, clock } = await living('server');
  const id = run(state, 'load_orders');
  clock.advance(1000);
  state.setInUse('demo', false, call);
  clock.advance(10_500);
  expect(resultOf(state.getJob('demo', id, lenient)).status).toBe('started');
  state.setInUse('demo', true, call);
  expect(resultOf(state.getJob('demo', id, call)).status).toBe('started');
  clock.advance(500);
  expect(resultOf(state.getJob('demo', id, call))).toMatchObject({
    status: 'succeeded',
    audit: { lastModifiedTime: '2026-01-01T00:00:12.000000Z' },
  });
});

test('what is absent is refused', async () => {
  const { state } = await living('server');
  expect(state.getJob('demo', 'job-1', lenient)).toEqual({
    refusal: 'absent-job',
    facts: { metalake: 'demo', job: 'job-1' },
  });
  expect(state.cancelJob('no', 'job-1', lenient)).toEqual({
    refusal: 'absent-metalake',
    facts: { metalake: 'no', job: 'job-1' },
  });
  expect(state.cancelJob('demo', 'job-1', lenient).refusal).toBe('absent-job');
  expect(state.runJob('demo', { jobTemplateName: 'no' }, lenient)).toEqual({
    refusal: 'absent-template',
    facts: { metalake: 'demo', template: 'no' },
  });
});

test('a filter that is empty or unknown is refused only where that refusal is known', async () => {
  const { state } = await living('server');
  const all = state.listJobs('demo', undefined, call);
  expect(state.listJobs('demo', '', lenient)).toEqual(all);
  expect(state.listJobs('demo', '', call)).toEqual({
    refusal: 'empty-filter',
    facts: { metalake: 'demo', template: '' },
  });
  expect(state.listJobs('demo', 'no', lenient)).toEqual({ value: [] });
  expect(state.listJobs('demo', 'no', call).refusal).toBe('unknown-filter');
  expect(state.listJobs('demo', 'sleep', call)).toEqual({ value: [] });
});

test('a list is the same object until one of its jobs changes', async () => {
  const { state, clock } = await living('server');
  const list = () => resultOf(state.listJobs('demo', undefined, call));
  const before = list();
  expect(list()).toBe(before);
  run(state, 'load_orders');
  const queued = list();
  expect(queued).not.toBe(before);
  expect(before).toHaveLength(2);
  clock.advance(500);
  expect(list()).toBe(queued);
  clock.advance(500);
  expect(list()).not.toBe(queued);
  expect(queued.at(-1)?.status).toBe('queued');
});

const FILES = `metalakes:
  - name: demo
    templates:
      - { jobType: shell, name: missing, executable: /opt/none.sh }
      - { jobType: shell, name: remote, executable: 'http://127.0.0.1:1/none.sh' }
      - { jobType: shell, name: clash, executable: /opt/ok.sh, scripts: [/a.sh, /lib/ok.sh] }
runs: { rules: [{ when: { executable: none.sh }, missing: true }] }
`;

test('missing files are refused where that is known, without a job', async () => {
  const { state } = await living(FILES);
  const ask = (jobTemplateName: string) => state.runJob('demo', { jobTemplateName }, call);
  expect(ask('missing')).toEqual({
    refusal: 'missing-file',
    facts: { metalake: 'demo', template: 'missing', file: '/opt/none.sh' },
  });
  expect(ask('remote')).toEqual({
    refusal: 'unreachable-file',
    facts: { metalake: 'demo', template: 'remote', file: 'http://127.0.0.1:1/none.sh' },
  });
  expect(ask('clash')).toEqual({
    refusal: 'clashing-files',
    facts: { metalake: 'demo', template: 'clash', file: '/lib/ok.sh' },
  });
  expect(statuses(state, 'demo')).toEqual([]);
});

test('where they are not refused, missing files make a job fail, and clashing ones do no harm', async () => {
  const { state, clock } = await living(FILES);
  for (const jobTemplateName of ['missing', 'remote', 'clash']) {
    resultOf(state.runJob('demo', { jobTemplateName, jobConf: null }, lenient));
  }
  clock.advance(5000);
  expect(statuses(state, 'demo')).toEqual(['failed', 'failed', 'succeeded']);
});

test('the same seed gives the same ids, another one others', async () => {
  const ids = async (seed: number) => {
    const clock = createClock({ speed: 0 });
    const state = createState({ ...(await worldOf('server')), seed }, { clock });
    return [run(state, 'sleep'), run(state, 'sleep')];
  };
  const first = await ids(7);
  expect(new Set(first).size).toBe(2);
  expect(await ids(7)).toEqual(first);
  expect(await ids(8)).not.toEqual(first);
});

test('a rule with a share decides about so many runs', async () => {
  const rules = 'runs: { rules: [{ share: 0.5, outcome: failed }] }';
  const { state, clock } = await living(
    `metalakes: [{ name: demo, templates: [{ jobType: shell, name: t, executable: a }] }]\n${rules}\n`,
  );
  for (let count = 0; count < 200; count++) {
    run(state, 't');
  }
  clock.advance(5000);
  const failed = statuses(state, 'demo').filter((status) => status === 'failed').length;
  expect(failed).toBeGreaterThan(70);
  expect(failed).toBeLessThan(130);
});

test('a rule with a share refuses so many runs, and goes on after a refusal', async () => {
  const { state } = await living(
    `metalakes: [{ name: demo, templates: [{ jobType: shell, name: t, executable: a }] }]
runs: { rules: [{ share: 0.5, missing: true }] }
`,
  );
  const refusals = Array.from(
    { length: 100 },
    () => state.runJob('demo', { jobTemplateName: 't' }, call).refusal,
  );
  expect(refusals.filter((refusal) => refusal === 'missing-file').length).toBeGreaterThan(30);
  expect(statuses(state, 'demo').length).toBeGreaterThan(30);
});
