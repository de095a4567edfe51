import { expect, test } from '@jest/globals';
import { call, lenient, living, resultOf, run, statuses } from './living.ts';

const AUDIT = { creator: 'anonymous', createTime: '2026-01-01T00:00:00.000000Z' };
const SHELL = { jobType: 'shell', name: 't', executable: '/opt/t.sh' } as const;
const SPARK = { jobType: 'spark', name: 's', executable: '/opt/s.jar' } as const;

test('a template is filled up, its properties in the order of the server', async () => {
  const { state } = await living('server');
  const nothing = { comment: null, arguments: null, environments: null, audit: null };
  resultOf(state.registerTemplate('demo', { ...SHELL, ...nothing, scripts: null }, call));
  resultOf(state.registerTemplate('demo', { ...SPARK, comment: 'c', className: 'a.B' }, call));
  expect(JSON.stringify(state.getTemplate('demo', 't', call))).toBe(
    '{"value":{"jobType":"shell","name":"t","executable":"/opt/t.sh","arguments":[],"environments":{},' +
      '"customFields":{},"audit":{"creator":"anonymous","createTime":"2026-01-01T00:00:00.000000Z"},"scripts":[]}}',
  );
  expect(JSON.stringify(state.getTemplate('demo', 's', call))).toBe(
    '{"value":{"jobType":"spark","name":"s","comment":"c","executable":"/opt/s.jar","arguments":[],' +
      '"environments":{},"customFields":{},"audit":{"creator":"anonymous",' +
      '"createTime":"2026-01-01T00:00:00.000000Z"},"className":"a.B","jars":[],"files":[],"archives":[],"configs":{}}}',
  );
});

test('the audit is the caller’s, whatever the request says', async () => {
  const { state } = await living('server');
  const asked = { ...SHELL, audit: { creator: 'me', createTime: '2020-01-01T00:00:00Z' } };
  const record = resultOf(state.registerTemplate('demo', asked, { ...call, by: 'ada' }));
  expect(record.audit).toEqual({ ...AUDIT, creator: 'ada' });
});

test('templates are listed by name', async () => {
  const { state } = await living('closed');
  for (const name of ['b', 'B', '中', 'a/b', 'a b']) {
    resultOf(state.registerTemplate('empty', { ...SHELL, name }, call));
  }
  const names = resultOf(state.listTemplates('empty', call)).map(({ name }) => name);
  expect(names).toEqual(['B', 'a b', 'a/b', 'b', '中']);
});

test('every template that jobs of a fixture have exists', async () => {
  const { state } = await living('closed');
  const names = resultOf(state.listTemplates('demo', call)).map(({ name }) => name);
  expect(names).toEqual(['a&b=c/ü', 'load_orders', 'score_customers']);
  expect(resultOf(state.getTemplate('demo', 'a&b=c/ü', call))).toMatchObject({
    jobType: 'shell',
    executable: '/opt/jobs/job.sh',
    audit: AUDIT,
  });
});

test('what is absent is refused, and a name is given once', async () => {
  const { state } = await living('server');
  const absent = { refusal: 'absent-template', facts: { metalake: 'demo', template: 'nope' } };
  expect(state.getTemplate('demo', 'nope', lenient)).toEqual(absent);
  expect(state.alterTemplate('demo', 'nope', [], lenient)).toEqual(absent);
  expect(state.deleteTemplate('demo', 'nope', call)).toEqual(absent);
  expect(state.deleteTemplate('demo', 'nope', lenient)).toEqual({ value: false });
  expect(state.registerTemplate('demo', { ...SHELL, name: 'sleep' }, lenient)).toEqual({
    refusal: 'template-exists',
    facts: { metalake: 'demo', template: 'sleep', name: 'sleep' },
  });
  const facts = { metalake: 'no', template: 't' };
  expect(state.registerTemplate('no', SHELL, lenient)).toEqual({ refusal: 'absent-metalake', facts });
  expect(state.listTemplates('no', lenient)).toEqual({
    refusal: 'absent-metalake',
    facts: { metalake: 'no' },
  });
});

test('a template is altered by each update in turn; what a content leaves out stays', async () => {
  const { state, clock } = await living('server');
  const asked = { ...SHELL, comment: 'c', arguments: ['a'], environments: { e: '1' }, scripts: ['x'] };
  state.registerTemplate('demo', asked, call);
  clock.advance(1000);
  const altered = state.alterTemplate(
    'demo',
    't',
    [
      { '@type': 'updateTemplate', newTemplate: { '@type': 'shell', newArguments: ['z'], newScripts: null } },
      { '@type': 'updateTemplate', newTemplate: { '@type': 'shell', newExecutable: '/bin/true' } },
      { '@type': 'updateTemplate', newTemplate: { '@type': 'shell', newCustomFields: { f: 'g' } } },
      { '@type': 'rename', newName: 't2' },
      { '@type': 'updateComment', newComment: null },
    ],
    { ...call, by: 'ada' },
  );
  expect(altered).toEqual({
    value: {
      jobType: 'shell',
      name: 't2',
      executable: '/bin/true',
      arguments: ['z'],
      environments: { e: '1' },
      customFields: { f: 'g' },
      audit: { ...AUDIT, lastModifier: 'ada', lastModifiedTime: '2026-01-01T00:00:01.000000Z' },
      scripts: ['x'],
    },
  });
  expect(state.getTemplate('demo', 't2', call)).toEqual(altered);
  expect(state.getTemplate('demo', 't', call).refusal).toBe('absent-template');
});

test('a Spark template keeps and changes what is its own', async () => {
  const { state } = await living('server');
  state.registerTemplate('demo', { ...SPARK, className: 'a.B', jars: ['j'], configs: { c: '1' } }, call);
  const newTemplate = { '@type': 'spark', newConfigs: { c: '2' }, newFiles: ['f'] } as const;
  const altered = state.alterTemplate('demo', 's', [{ '@type': 'updateTemplate', newTemplate }], call);
  expect(resultOf(altered)).toMatchObject({
    className: 'a.B',
    jars: ['j'],
    files: ['f'],
    archives: [],
    configs: { c: '2' },
  });
});

test('a template is altered wholly or not at all', async () => {
  const { state } = await living('server');
  const before = state.getTemplate('demo', 'sleep', call);
  const facts = { metalake: 'demo', template: 'sleep' };
  const comment = { '@type': 'updateComment', newComment: 'new' } as const;
  const spark = { '@type': 'updateTemplate', newTemplate: { '@type': 'spark' } } as const;
  const taken = { '@type': 'rename', newName: 'load_orders' } as const;
  expect(state.alterTemplate('demo', 'sleep', [comment, spark], lenient)).toEqual({
    refusal: 'wrong-template-type',
    facts: { ...facts, type: 'spark' },
  });
  expect(state.alterTemplate('demo', 'sleep', [comment, taken], lenient)).toEqual({
    refusal: 'template-exists',
    facts: { ...facts, name: 'load_orders' },
  });
  expect(state.getTemplate('demo', 'sleep', call)).toEqual(before);
});

test('a renamed template renames its jobs, also those that run', async () => {
  const { state } = await living('server');
  const job = run(state, 'load_orders');
  resultOf(state.alterTemplate('demo', 'load_orders', [{ '@type': 'rename', newName: 'new' }], call));
  expect(statuses(state, 'demo', 'new')).toEqual(['succeeded', 'queued']);
  expect(resultOf(state.getJob('demo', job, call)).jobTemplateName).toBe('new');
  expect(state.listJobs('demo', 'load_orders', call).refusal).toBe('unknown-filter');
});

test('a template in use is not deleted where that refusal is known', async () => {
  const { state, clock } = await living('server');
  const refused = { refusal: 'template-in-use', facts: { metalake: 'demo', template: 'sleep' } };
  const job = run(state, 'sleep');
  expect(state.deleteTemplate('demo', 'sleep', call)).toEqual(refused);
  clock.advance(2000);
  expect(statuses(state, 'demo', 'sleep')).toEqual(['started']);
  expect(state.deleteTemplate('demo', 'sleep', call)).toEqual(refused);
  state.cancelJob('demo', job, call);
  expect(state.deleteTemplate('demo', 'sleep', call)).toEqual(refused);
  clock.advance(1000);
  expect(state.deleteTemplate('demo', 'sleep', call)).toEqual({ value: true });
  run(state, 'load_orders');
  expect(state.deleteTemplate('demo', 'load_orders', lenient)).toEqual({ value: true });
});

test('deleting a template takes its jobs off the list; got by id they are there, with the old name', async () => {
  const { state, clock } = await living('server');
  const job = run(state, 'load_orders');
  clock.advance(5000);
  resultOf(state.deleteTemplate('demo', 'load_orders', call));
  expect(statuses(state, 'demo')).toEqual(['failed']);
  expect(state.listJobs('demo', 'load_orders', call).refusal).toBe('unknown-filter');
  expect(resultOf(state.getJob('demo', job, call))).toMatchObject({
    jobTemplateName: 'load_orders',
    status: 'succeeded',
  });
});

test('a template that is registered again starts without jobs, and renaming it leaves the old ones alone', async () => {
  const { state } = await living('server');
  resultOf(state.deleteTemplate('demo', 'load_orders', call));
  resultOf(state.registerTemplate('demo', { ...SHELL, name: 'load_orders' }, call));
  expect(statuses(state, 'demo', 'load_orders')).toEqual([]);
  run(state, 'load_orders');
  resultOf(state.alterTemplate('demo', 'load_orders', [{ '@type': 'rename', newName: 'new' }], call));
  expect(statuses(state, 'demo', 'new')).toEqual(['queued']);
  const old = resultOf(state.getJob('demo', 'job-5811734206918347562', call));
  expect(old.jobTemplateName).toBe('load_orders');
});
