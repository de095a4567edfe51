import { tree } from './json.js';
import { ODD_JOB_IDS, ODD_NAMES, ODD_SEGMENTS } from './names.js';

/** The names that come up again and again, so that things exist, clash, and are gone. */
const metalake = (random) =>
  random.weighed([
    [8, 'ml'],
    [1, 'dis'],
    [1, 'nope'],
    [1, random.pick(ODD_SEGMENTS)],
  ]);
const some = (random) => random.pick(['m1', 'm2', 'm3']);
const named = (random) =>
  random.weighed([
    [5, some(random)],
    [2, 'ml'],
    [1, 'dis'],
    [1, 'nope'],
    [2, random.pick(ODD_SEGMENTS)],
  ]);
const fresh = (random) => random.pick(['t1', 't2', 't3']);
/** A template that others alter is none that jobs are run of. */
const altered = (random) =>
  random.weighed([
    [6, fresh(random)],
    [1, 'nope'],
    [2, random.pick(ODD_SEGMENTS)],
  ]);
const template = (random) =>
  random.weighed([
    [2, altered(random)],
    [1, random.pick(['ok', 'spark'])],
  ]);
const job = (random) =>
  random.weighed([
    [2, '{job}'],
    [1, 'XXXX{number}'],
    [5, random.pick(ODD_JOB_IDS)],
  ]);
const name = (random, usual) => (random.chance(0.2) ? random.pick(ODD_NAMES) : usual(random));
const text = (random) => random.pick(['', ' ', 'x', 'é中', 'a"b\\c', '{{a}}', null]);
const texts = (random) => random.pick([[], ['a'], ['a', 'b'], ['{{a}}', ''], [null], null]);
const map = (random) =>
  random.pick([
    {},
    { a: 'b' },
    { a: 'b', b: '' },
    { é: '中' },
    { '': 'x' },
    { a: 1, b: true },
    { a: null },
    null,
  ]);

/** A part of the members, each as likely as not. */
function some_of(random, members) {
  return Object.fromEntries(Object.entries(members).filter(() => random.chance(0.5)));
}

function shell(random, shown) {
  return {
    jobType: 'shell',
    name: shown,
    executable: '/bin/true',
    ...some_of(random, {
      comment: text(random),
      arguments: texts(random),
      environments: map(random),
      customFields: map(random),
      scripts: texts(random),
      audit: null,
    }),
  };
}

function spark(random, shown) {
  const more = {
    comment: text(random),
    arguments: texts(random),
    jars: texts(random),
    files: texts(random),
    archives: texts(random),
    configs: map(random),
  };
  return {
    jobType: random.pick(['spark', 'SPARK']),
    name: shown,
    executable: '/x.jar',
    className: 'a.B',
    ...some_of(random, more),
  };
}

function change(random) {
  return random.weighed([
    [3, () => ({ '@type': 'rename', newName: name(random, fresh) })],
    [3, () => ({ '@type': 'updateComment', newComment: text(random) })],
    [4, () => ({ '@type': 'updateTemplate', newTemplate: content(random) })],
  ])();
}

function content(random) {
  const both = {
    newExecutable: '/bin/false',
    newArguments: texts(random),
    newEnvironments: map(random),
    newCustomFields: map(random),
  };
  return random.chance(0.7)
    ? { '@type': 'shell', ...some_of(random, { ...both, newScripts: texts(random) }) }
    : {
        '@type': 'spark',
        ...some_of(random, {
          ...both,
          newClassName: text(random),
          newJars: texts(random),
          newFiles: texts(random),
          newArchives: texts(random),
          newConfigs: map(random),
        }),
      };
}

function changeOfMetalake(random) {
  const property = random.pick(['a', 'b', '', ' ', 'in-use', 'é', 'gravitino.x', null]);
  return random.weighed([
    [2, { '@type': 'rename', newName: name(random, some) }],
    [3, { '@type': 'updateComment', newComment: text(random) }],
    [3, { '@type': 'setProperty', property, value: text(random) }],
    [2, { '@type': 'removeProperty', property }],
  ]);
}

const several = (random, one) => ({
  updates: Array.from(
    {
      length: random.weighed([
        [6, 1],
        [2, 2],
        [1, 3],
        [1, 0],
      ]),
    },
    () => one(random),
  ),
});

const JOBS = (random) => `/api/metalakes/${metalake(random)}/jobs`;

/** Every operation, as `[weight, method, path, body, query]`. */
const OPERATIONS = [
  [10, 'GET', (random) => `${JOBS(random)}/runs`, undefined, 'jobTemplateName'],
  [
    4,
    'POST',
    (random) => `${JOBS(random)}/runs`,
    (random) => ({
      jobTemplateName: name(random, () => 'nope'),
      ...some_of(random, { jobConf: map(random) }),
    }),
  ],
  [4, 'GET', (random) => `${JOBS(random)}/runs/${job(random)}`],
  [4, 'POST', (random) => `${JOBS(random)}/runs/${job(random)}`],
  [3, 'GET', (random) => `${JOBS(random)}/templates`, undefined, 'details'],
  [
    7,
    'POST',
    (random) => `${JOBS(random)}/templates`,
    (random) => ({ jobTemplate: random.pick([shell, shell, spark])(random, name(random, fresh)) }),
  ],
  [4, 'GET', (random) => `${JOBS(random)}/templates/${template(random)}`],
  [6, 'PUT', (random) => `${JOBS(random)}/templates/${altered(random)}`, (random) => several(random, change)],
  [3, 'DELETE', (random) => `${JOBS(random)}/templates/${altered(random)}`],
  [2, 'GET', () => '/api/metalakes'],
  [
    5,
    'POST',
    () => '/api/metalakes',
    (random) => ({
      name: name(random, some),
      ...some_of(random, { comment: text(random), properties: map(random) }),
    }),
  ],
  [4, 'GET', (random) => `/api/metalakes/${named(random)}`],
  [5, 'PUT', (random) => `/api/metalakes/${named(random)}`, (random) => several(random, changeOfMetalake)],
  [4, 'PATCH', (random) => `/api/metalakes/${named(random)}`, (random) => ({ inUse: random.chance(0.7) })],
  [3, 'DELETE', (random) => `/api/metalakes/${named(random)}`, undefined, 'force'],
  [4, 'GET', (random) => random.pick(OUTSIDE)],
].map(([weight, ...rest]) => [weight, rest]);

const OUTSIDE = [
  ...[
    '/',
    '/ui',
    '/ui/',
    '/foo',
    '/api',
    '/api/',
    '/api/nope',
    '/api/version',
    '/api/version/',
    '/configs',
    '/configs/',
  ],
  ...['/health', '/api/health', '/health/', '/api/health/live', '/api/health/ready'],
  ...[
    '/api/authn/me',
    '/api/metalakes/',
    '//',
    '/api//metalakes',
    '//api/metalakes',
    '/API/metalakes',
    '/api/Metalakes',
  ],
  ...[
    '/api/v1/metalakes',
    '/index.html',
    '/favicon.ico',
    '/api/metalakes/ml/jobs',
    '/api/metalakes/ml/jobs/',
    '/apix',
  ],
  ...[
    '/api/metalakes/ml/jobs/foo',
    '/api/metalakes/ml/jobs/runs/x/y',
    '/api/metalakes/ml/',
    '/api/application.wadl',
  ],
  ...[
    '/api/metalakes/ml/jobs/runs//',
    '/api/metalakes//jobs/runs',
    '/api/metalakes/ml//jobs/runs',
    '/api/./metalakes',
  ],
  ...[
    '/api/metalakes/../metalakes',
    '/api/metalakes/ml/jobs/../jobs/runs',
    '/../api/metalakes',
    '/api/../configs',
    '/.',
  ],
  ...[
    '/api/%6detalakes',
    '/%61pi/metalakes',
    '/api%2Fmetalakes',
    '/api/metalakes/ml%2Fjobs/runs',
    '/api;x=1/metalakes',
  ],
  ...[
    '/api/metalakes;x/ml',
    '/configs;x=1',
    '/api/version;x',
    '/api\\metalakes',
    '/api/metalakes/ml/jobs/runs/;x=1',
    '/..',
  ],
  ...[
    '/api/metalakes?',
    '/api?x',
    '/configs?x=1',
    '/api/metalakes#x',
    '/#',
    '/WEB-INF/web.xml',
    '/api/metalakes/ml/jobs;x',
  ],
];

/** A sound request of some operation, its body in the form that `write` takes. */
export function soundRequest(random) {
  const [method, path, body, parameter] = random.weighed(OPERATIONS);
  return { method, path: path(random), tree: body && tree(body(random)), parameter };
}
