/** Releases are named as their recordings are; `main` is what had not been released. */
const ALL = /./;
const UP_TO_1_0_1 = /^1\.0\./;
const FROM_1_0_1 = /^(?!1\.0\.0)/;
const RELEASED = /^\d/;

const FAILS = 'error server-error';
const STATUS = 'error documented-status';
const FORBIDDEN = 'warning invalid-request';

/**
 * What servers are known to do otherwise than the description with all operations says: the beginning of each finding
 * (severity, rule, operation, what was seen), and the releases of which it is known. What clients ask for at their start is
 * not in Gravitino's own description; it is judged by ours.
 */
export const KNOWN = [
  [
    'a media type that no documentation names',
    ALL,
    ...each(
      'error media-type',
      [
        'listJobs',
        'runJob',
        'getJob',
        'cancelJob',
        'listJobTemplates',
        'registerJobTemplate',
        'getJobTemplate',
      ],
      'application/json',
    ),
    ...each(
      'error media-type',
      [
        'deleteJobTemplate',
        'listMetalakes',
        'createMetalake',
        'loadMetalake',
        'alterMetalake',
        'setMetalake',
      ],
      'application/json',
    ),
    ...each('error media-type', ['dropMetalake'], 'application/json'),
  ],
  ['a media type of changes', FROM_1_0_1, 'error media-type updateJobTemplate application/json'],
  [
    'another spelling of a status',
    ALL,
    ...each('error schema', ['listJobs', 'getJob', 'cancelJob'], '"cancelled"'),
  ],
  ['an empty filter', ALL, 'warning empty-filter listJobs 400'],
  [
    'a metalake that is not in use',
    ALL,
    ...each(
      STATUS,
      [
        'listJobs',
        'listJobTemplates',
        'getJobTemplate',
        'deleteJobTemplate',
        'runJob',
        'getJob',
        'cancelJob',
      ],
      '409',
    ),
  ],
  ['a metalake that is not in use, to be changed', FROM_1_0_1, `${STATUS} updateJobTemplate 409`],
  ['what is in use', ALL, `${STATUS} dropMetalake 409`],
  [
    'no body',
    ALL,
    ...each(
      FAILS,
      ['runJob', 'registerJobTemplate', 'alterMetalake', 'setMetalake'],
      '500 Internal Server Error where',
    ),
  ],
  [
    'no body for a metalake',
    /^1\.[0-2]/,
    `${FAILS} createMetalake 500 Internal Server Error where the body is missing`,
  ],
  ['no body for a change', FROM_1_0_1, `${FAILS} updateJobTemplate 500 Internal Server Error where`],
  [
    'what is malformed, or has more than is described',
    ALL,
    ...each(
      STATUS,
      ['runJob', 'registerJobTemplate', 'createMetalake', 'alterMetalake', 'setMetalake'],
      '400',
    ),
  ],
  ['no metalake for a template', ALL, ...each(STATUS, ['registerJobTemplate', 'deleteJobTemplate'], '404')],
  ['credentials', ALL, ...each(STATUS, ['listJobs', 'runJob', 'getVersion'], '401')],
  [
    'files that are not there, and long names',
    ALL,
    `${FAILS} runJob 500`,
    `${FAILS} registerJobTemplate 500`,
  ],
  ['templates that cannot be changed', /^1\.0\.0$/, `${STATUS} updateJobTemplate 405`],
  ['a name that is taken', ALL, `${FAILS} alterMetalake 500`],
  ['a name of a template that is taken', FROM_1_0_1, `${FAILS} updateJobTemplate 500`],
  ['short ids', UP_TO_1_0_1, ...each(FAILS, ['getJob', 'cancelJob'], '500')],
  ['ids that only look alike', UP_TO_1_0_1, 'error asked-thing getJob "job-'],
  [
    'what the documentation forbids and clients send',
    ALL,
    ...each(
      FORBIDDEN,
      ['registerJobTemplate', 'listJobTemplates', 'runJob', 'setMetalake', 'dropMetalake'],
      '',
    ),
  ],
  ['what it forbids of changes', FROM_1_0_1, `${FORBIDDEN} updateJobTemplate Content-Type application/json`],
  [
    'a lone Accept: application/json',
    RELEASED,
    ...each(
      'warning accept-json',
      ['listJobs', 'runJob', 'getJob', 'listJobTemplates', 'registerJobTemplate', 'getJobTemplate'],
      '406',
    ),
    ...each('warning accept-json', ['listMetalakes', 'createMetalake', 'loadMetalake'], '406'),
  ],
  ['the settings for the web UI', ALL, 'warning charset getConfigs iso-8859-1'],
  ['a version that is no number', /^main$/, 'error schema getVersion "main"'],
];

function each(rule, operations, seen) {
  return operations.map((operation) => `${rule} ${operation} ${seen}`);
}

/** What of the known is missing in findings of a release, and what of them is not known. */
export function compare(release, findings) {
  const known = KNOWN.filter(([, releases]) => releases.test(release));
  const starts = known.flatMap(([, , ...beginnings]) => beginnings);
  return {
    missing: starts.filter((start) => !findings.some((finding) => finding.startsWith(start))),
    invented: findings.filter((finding) => !starts.some((start) => finding.startsWith(start))),
  };
}
