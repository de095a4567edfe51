import { VENDOR } from './fields.js';

const ML = '/api/metalakes/ml';
const RUNS = `${ML}/jobs/runs`;
const TEMPLATES = `${ML}/jobs/templates`;

function step(method, path, body, more = {}) {
  const headers = [
    ['Host', '127.0.0.1:1'],
    ['Accept', VENDOR],
  ];
  const content = body === undefined ? null : JSON.stringify(body);
  const sent =
    content === null
      ? []
      : [
          ['Content-Type', 'application/json'],
          ['Content-Length', String(Buffer.byteLength(content))],
        ];
  const { wait, ...rest } = more;
  return {
    request: { method, path, version: 'HTTP/1.1', headers: [...headers, ...sent], body: content, ...rest },
    count: 1,
    wait,
  };
}

const shell = (name, executable, args = []) =>
  step('POST', TEMPLATES, { jobTemplate: { jobType: 'shell', name, executable, arguments: args } });
const run = (jobTemplateName, jobConf) =>
  step('POST', RUNS, { jobTemplateName, ...(jobConf && { jobConf }) });
const list = (query = '', more) => step('GET', `${RUNS}${query}`, undefined, more);
const get = (more) => step('GET', `${RUNS}/{job}`, undefined, more);
const cancel = () => step('POST', `${RUNS}/{job}`);
const alter = (name, ...updates) => step('PUT', `${TEMPLATES}/${name}`, { updates });
const remove = (name) => step('DELETE', `${TEMPLATES}/${name}`);
const setIn = (inUse) => step('PATCH', ML, { inUse });

/** What everything else happens in. */
export function scenery() {
  return [
    step('POST', '/api/metalakes', { name: 'ml', comment: 'c', properties: { k: 'v' } }),
    step('POST', '/api/metalakes', { name: 'dis' }),
    step('PATCH', '/api/metalakes/dis', { inUse: false }),
    shell('ok', '/bin/true'),
    shell('fail', '/bin/false'),
    shell('sleep', '/bin/sleep', ['{{s}}']),
    step('POST', TEMPLATES, {
      jobTemplate: { jobType: 'spark', name: 'spark', executable: '/x.jar', className: 'a.B' },
    }),
    run('ok'),
    get({ wait: ENDED }),
  ];
}

const ENDED = ['succeeded', 'failed', 'cancelled'];

/** What happens to jobs, templates and metalakes, step by step. */
const LIVES = [
  () => [run('ok', { a: 'x' }), get(), list(), get({ wait: ENDED }), list(), cancel(), get()],
  () => [run('fail'), get({ wait: ENDED }), list('?jobTemplateName=fail'), cancel(), list()],
  () => [
    run('sleep', { s: '60' }),
    get({ wait: ['started'] }),
    remove('sleep'),
    step('DELETE', ML),
    cancel(),
    cancel(),
    get({ wait: ENDED }),
    cancel(),
    list('?jobTemplateName=sleep'),
  ],
  () => [
    run('sleep', { s: '60' }),
    get({ wait: ['started'] }),
    alter('sleep', { '@type': 'rename', newName: 'sleep2' }),
    get(),
    list('?jobTemplateName=sleep2'),
    list('?jobTemplateName=sleep'),
    cancel(),
    get({ wait: ENDED }),
    alter('sleep2', { '@type': 'rename', newName: 'sleep' }),
    alter('sleep', { '@type': 'rename', newName: 'sleep2' }, { '@type': 'rename', newName: 'sleep' }),
    list(),
  ],
  () => [
    shell('gone', '/bin/true'),
    shell('gone', '/bin/true'),
    run('gone'),
    get({ wait: ENDED }),
    remove('gone'),
    get(),
    cancel(),
    list('?jobTemplateName=gone'),
    list(),
    shell('gone', '/bin/true'),
    list('?jobTemplateName=gone'),
    get(),
    remove('gone'),
    remove('gone'),
  ],
  () => [
    run('ok'),
    get({ wait: ENDED }),
    setIn(false),
    setIn(false),
    get(),
    list(),
    list('?jobTemplateName='),
    cancel(),
    run('ok'),
    run('nope'),
    run(''),
    step('GET', TEMPLATES),
    step('GET', `${TEMPLATES}/ok`),
    alter('ok', { '@type': 'updateComment', newComment: 'x' }),
    alter('nope'),
    remove('ok'),
    remove('nope'),
    shell('ok', '/bin/true'),
    shell('', '/bin/true'),
    step('PUT', ML, { updates: [] }),
    step('GET', ML),
    step('GET', '/api/metalakes'),
    setIn(true),
    setIn(true),
    get(),
    list(),
  ],
  () => [
    step('POST', '/api/metalakes', { name: 'drop' }),
    step('POST', '/api/metalakes/drop/jobs/templates', {
      jobTemplate: { jobType: 'shell', name: 'a', executable: '/bin/true' },
    }),
    step('DELETE', '/api/metalakes/drop'),
    step('DELETE', '/api/metalakes/drop?force=false'),
    step('PATCH', '/api/metalakes/drop', { inUse: false }),
    step('DELETE', '/api/metalakes/drop'),
    step('DELETE', '/api/metalakes/drop'),
    step('GET', '/api/metalakes/drop/jobs/templates'),
    step('POST', '/api/metalakes', { name: 'drop' }),
    step('GET', '/api/metalakes/drop/jobs/templates'),
    step('DELETE', '/api/metalakes/drop?force=TRUE'),
    step('DELETE', '/api/metalakes/drop?force=true'),
  ],
  () => [
    step('PUT', ML, { updates: [{ '@type': 'rename', newName: 'ml2' }] }),
    list(),
    step('GET', '/api/metalakes/ml2/jobs/runs'),
    step('GET', '/api/metalakes/ml2/jobs/templates?details=true'),
    step('PUT', '/api/metalakes/ml2', { updates: [{ '@type': 'rename', newName: 'ml' }] }),
    list(),
  ],
];

export const life = (random) => random.pick(LIVES)();
