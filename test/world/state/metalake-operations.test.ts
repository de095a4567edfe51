import { expect, test } from '@jest/globals';
import { ALL, call, lenient, living, resultOf, statuses } from './living.ts';

const AUDIT = { creator: 'anonymous', createTime: '2026-01-01T00:00:00.000000Z' };

test('on a fresh server there is nothing until it is created', async () => {
  const { state } = await living('fresh');
  expect(state.listMetalakes()).toEqual([]);
  expect(state.getMetalake('a', call)).toEqual({ refusal: 'absent-metalake', facts: { metalake: 'a' } });
  const created = state.createMetalake({ name: 'a', comment: 'c', properties: { k: 'v' } }, call);
  const record = { name: 'a', comment: 'c', properties: { k: 'v' }, inUse: true, audit: AUDIT };
  expect(created).toEqual({ value: record });
  expect(state.getMetalake('a', call)).toEqual({ value: record });
  expect(state.listMetalakes()).toEqual([record]);
  expect(state.createMetalake({ name: 'a' }, lenient)).toEqual({
    refusal: 'metalake-exists',
    facts: { metalake: 'a', name: 'a' },
  });
});

test('what a request leaves out or sets to null is left out', async () => {
  const { state } = await living('fresh');
  const created = resultOf(
    state.createMetalake({ name: 'a', comment: null, properties: null }, { ...call, by: 'ada' }),
  );
  expect(created).toEqual({ name: 'a', inUse: true, audit: { ...AUDIT, creator: 'ada' } });
  expect(Object.keys(created)).toEqual(['name', 'inUse', 'audit']);
});

test('in an open world any name has the fixture’s jobs, and none of these names is listed', async () => {
  const { state } = await living('default');
  expect(statuses(state, 'whatever')).toEqual(['succeeded', 'failed']);
  expect(resultOf(state.getMetalake('whatever', call))).toEqual({
    name: 'whatever',
    inUse: true,
    audit: AUDIT,
  });
  expect(state.getMetalake('test', call).refusal).toBe('absent-metalake');
  expect(state.listMetalakes()).toEqual([]);
});

test('a metalake that is created in an open world is empty and listed; the other names stay as they are', async () => {
  const { state } = await living('default');
  resultOf(state.createMetalake({ name: 'mine' }, call));
  resultOf(state.createMetalake({ name: 'test' }, call));
  expect(statuses(state, 'mine')).toEqual([]);
  expect(resultOf(state.listTemplates('mine', call))).toEqual([]);
  expect(statuses(state, 'other')).toEqual(['succeeded', 'failed']);
  expect(state.listMetalakes().map(({ name }) => name)).toEqual(['mine', 'test']);
});

test('who writes to an open name makes it a metalake like any other, with the jobs that it had', async () => {
  const { state } = await living('default');
  const asked = { jobType: 'shell', name: 't', executable: '/t.sh' } as const;
  resultOf(state.registerTemplate('demo', asked, call));
  expect(statuses(state, 'demo')).toEqual(['succeeded', 'failed']);
  expect(state.listMetalakes().map(({ name }) => name)).toEqual(['demo']);
  expect(state.createMetalake({ name: 'demo' }, call).refusal).toBe('metalake-exists');
  expect(state.getTemplate('other', 't', call).refusal).toBe('absent-template');
});

test('a metalake is altered by each update in turn, and its modification is noted', async () => {
  const { state, clock } = await living('fresh');
  state.createMetalake({ name: 'a', comment: 'c' }, call);
  clock.advance(1000);
  const altered = state.alterMetalake(
    'a',
    [
      { '@type': 'setProperty', property: 'k', value: 'v' },
      { '@type': 'setProperty', property: '__proto__', value: 'p' },
      { '@type': 'setProperty', property: 'gone', value: 'x' },
      { '@type': 'removeProperty', property: 'gone' },
      { '@type': 'removeProperty', property: 'never there' },
      { '@type': 'updateComment', newComment: null },
      { '@type': 'rename', newName: 'b' },
    ],
    { ...call, by: 'ada' },
  );
  expect(JSON.stringify(altered)).toBe(
    '{"value":{"name":"b","inUse":true,"audit":{"creator":"anonymous","createTime":"2026-01-01T00:00:00.000000Z",' +
      '"lastModifier":"ada","lastModifiedTime":"2026-01-01T00:00:01.000000Z"},"properties":{"__proto__":"p","k":"v"}}}',
  );
  expect(state.getMetalake('a', call).refusal).toBe('absent-metalake');
  expect(state.getMetalake('b', call)).toEqual(altered);
});

test('altering without updates notes a modification, too', async () => {
  const { state, clock } = await living('server');
  clock.advance(1000);
  expect(resultOf(state.alterMetalake('demo', [], call)).audit).toEqual({
    creator: 'ada',
    createTime: '2025-10-01T09:30:00.250814973Z',
    lastModifier: 'anonymous',
    lastModifiedTime: '2026-01-01T00:00:01.000000Z',
  });
});

test('a metalake is not renamed to a name that is taken; then no update is made', async () => {
  const { state } = await living('closed');
  const updates = [
    { '@type': 'updateComment', newComment: 'new' },
    { '@type': 'rename', newName: 'other' },
  ] as const;
  const before = state.getMetalake('demo', call);
  expect(state.alterMetalake('demo', updates, lenient)).toEqual({
    refusal: 'metalake-exists',
    facts: { metalake: 'demo', name: 'other' },
  });
  expect(state.getMetalake('demo', call)).toEqual(before);
  expect(resultOf(state.alterMetalake('demo', [{ '@type': 'rename', newName: 'demo' }], call)).name).toBe(
    'demo',
  );
});

test('a renamed metalake keeps its jobs, and its old name is free, also in an open world', async () => {
  const { state } = await living('default');
  resultOf(state.alterMetalake('demo', [{ '@type': 'rename', newName: 'new' }], call));
  expect(statuses(state, 'new')).toEqual(['succeeded', 'failed']);
  expect(state.listJobs('demo', undefined, call).refusal).toBe('absent-metalake');
  resultOf(state.createMetalake({ name: 'demo' }, call));
  expect(statuses(state, 'demo')).toEqual([]);
});

test('in a disabled metalake everything is refused that may be, and nothing else', async () => {
  const { state } = await living('closed');
  expect(resultOf(state.setInUse('demo', false, call)).inUse).toBe(false);
  const refused = { refusal: 'disabled-metalake' };
  expect(state.listJobs('demo', undefined, call)).toMatchObject(refused);
  expect(state.listJobs('demo', '', call)).toMatchObject(refused);
  expect(state.listJobs('demo', 'unknown', call)).toMatchObject(refused);
  expect(state.getJob('demo', 'unknown', call)).toMatchObject(refused);
  expect(state.cancelJob('demo', 'unknown', call)).toMatchObject(refused);
  expect(state.runJob('demo', { jobTemplateName: 'unknown' }, call)).toMatchObject(refused);
  expect(state.listTemplates('demo', call)).toMatchObject(refused);
  expect(state.getTemplate('demo', 'unknown', call)).toMatchObject(refused);
  expect(state.deleteTemplate('demo', 'unknown', call)).toMatchObject(refused);
  expect(state.alterTemplate('demo', 'unknown', [], call)).toMatchObject(refused);
  const asked = { jobType: 'shell', name: 'load_orders', executable: 'x' } as const;
  expect(state.registerTemplate('demo', asked, call)).toMatchObject(refused);
  expect(state.alterMetalake('demo', [], call)).toMatchObject(refused);
  expect(statuses(state, 'other')).toEqual(['succeeded']);
  expect(resultOf(state.listJobs('demo', undefined, lenient))).toHaveLength(9);
  expect(resultOf(state.getMetalake('demo', call)).inUse).toBe(false);
  expect(resultOf(state.setInUse('demo', true, call)).inUse).toBe(true);
  expect(statuses(state, 'demo')).toHaveLength(9);
});

test('only a change of use is a modification', async () => {
  const { state, clock } = await living('server');
  const before = resultOf(state.getMetalake('demo', call));
  expect(resultOf(state.setInUse('demo', true, call))).toEqual(before);
  const disabled = resultOf(state.setInUse('demo', false, call));
  expect(disabled.audit.lastModifiedTime).toBe('2026-01-01T00:00:00.000000Z');
  clock.advance(1000);
  expect(resultOf(state.setInUse('demo', false, call))).toEqual(disabled);
  expect(state.setInUse('nope', false, call).refusal).toBe('absent-metalake');
});

test('a metalake in use is dropped with force, or where that refusal is unknown, or once it is disabled', async () => {
  const { state } = await living('closed');
  expect(state.dropMetalake('demo', false, call)).toEqual({
    refusal: 'metalake-in-use',
    facts: { metalake: 'demo' },
  });
  expect(state.dropMetalake('demo', true, call)).toEqual({ value: true });
  expect(state.dropMetalake('other', false, lenient)).toEqual({ value: true });
  state.setInUse('empty', false, call);
  expect(state.dropMetalake('empty', false, call)).toEqual({ value: true });
  expect(state.listMetalakes()).toEqual([]);
});

test('dropping what is absent is refused only where that refusal is known', async () => {
  const { state } = await living('default');
  expect(state.dropMetalake('demo', true, lenient)).toEqual({ value: true });
  expect(state.dropMetalake('demo', true, lenient)).toEqual({ value: false });
  expect(state.dropMetalake('demo', true, { refuses: ALL }).refusal).toBe('absent-metalake');
  expect(state.listJobs('demo', undefined, lenient).refusal).toBe('absent-metalake');
  resultOf(state.createMetalake({ name: 'demo' }, call));
  expect(statuses(state, 'demo')).toEqual([]);
});

test('the list of metalakes has the fixture’s order, then what was created', async () => {
  const { state } = await living('closed');
  state.createMetalake({ name: 'a' }, call);
  state.alterMetalake('other', [{ '@type': 'updateComment', newComment: 'x' }], call);
  state.dropMetalake('empty', true, call);
  expect(state.listMetalakes().map(({ name }) => name)).toEqual(['demo', 'other', 'a']);
});
