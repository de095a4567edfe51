import { casesOf } from '../case.ts';
import { bytes, contentType, error, isAbsent, isFiltered, reply, text, when, without } from '../change.ts';
import { bareReply, errorReply, jsonReply, textReply } from '../reply.ts';

const code = (value: number | string | boolean | null | readonly number[]) =>
  error((body) => ({ ...body, code: value }));

/** The error model. */
export const ERRORS = casesOf('E', [
  ['empty', 'description', 'sends a 404 with nothing', reply(bareReply(404), isAbsent)],
  [
    'empty-typed',
    'description',
    'sends a 404 with the type and an empty body',
    bytes(() => Buffer.alloc(0), isAbsent),
  ],
  ['text', 'description', 'sends a 404 as text', reply(textReply(404, 'Not Found', 'text/plain'), isAbsent)],
  ['text-as-json', 'standard', 'sends a 404 as text under the JSON type', text(() => 'Not Found', isAbsent)],
  [
    'html',
    'description',
    'sends a 404 as a page',
    reply(textReply(404, '<html><title>404</title><h1>Not Found</h1></html>'), isAbsent),
  ],
  [
    'html-as-json',
    'standard',
    'sends a 404 as a page under the JSON type',
    text(() => '<h1>Not Found</h1>', isAbsent),
  ],
  ['no-code', 'description', 'leaves code out', error((body) => without(body, 'code'))],
  ['no-type', 'description', 'leaves type out', error((body) => without(body, 'type'))],
  ['no-message', 'description', 'leaves message out', error((body) => without(body, 'message'))],
  ['nothing', 'description', 'sends {}', error(() => ({}))],
  ['null', 'description', 'sends null', error(() => null)],
  ['array', 'description', 'sends an array', error((body) => [body])],
  ['string', 'description', 'sends the message alone', error((body) => body['message'] ?? '')],
  ['code-404', 'description', 'sends code 404', code(404)],
  ['code-0', 'description', 'sends code 0', code(0)],
  ['code-999', 'description', 'sends code 999', code(999)],
  ['code-1101', 'description', 'sends code 1101', code(1101)],
  ['code-negative', 'description', 'sends code -1003', code(-1003)],
  ['code-text', 'description', 'sends code as text', code('1003')],
  ['code-fraction', 'description', 'sends code 1003.5', code(1003.5)],
  [
    'code-tiny-fraction',
    'suspicious',
    'sends a code that is whole only after rounding',
    text((json) => json.replace('"code":1003', '"code":1003.0000000000000000001'), isAbsent),
  ],
  [
    'code-over-by-rounding',
    'suspicious',
    'sends a code that is in range only after rounding',
    text((json) => json.replace('"code":1003', '"code":1100.00000000000000000001'), isAbsent),
  ],
  ['code-null', 'description', 'sends code null', code(null)],
  ['code-true', 'description', 'sends code true', code(true)],
  ['code-array', 'description', 'sends code as an array', code([1003])],
  [
    'code-huge',
    'description',
    'sends code 9007199254740993',
    text((json) => json.replace('"code":1003', '"code":9007199254740993'), isAbsent),
  ],
  [
    'code-infinite',
    'description',
    'sends code 1e400',
    text((json) => json.replace('"code":1003', '"code":1e400'), isAbsent),
  ],
  [
    'stack-string',
    'description',
    'sends the stack as one string',
    error((body) => ({ ...body, stack: 'at a\nat b' })),
  ],
  ['stack-null', 'description', 'sends stack null', error((body) => ({ ...body, stack: null }))],
  [
    'stack-with-null',
    'description',
    'sends null in the stack',
    error((body) => ({ ...body, stack: ['x', null] })),
  ],
  [
    'stack-objects',
    'description',
    'sends objects in the stack',
    error((body) => ({ ...body, stack: [{ line: 1 }] })),
  ],
  ['stack-object', 'description', 'sends the stack as an object', error((body) => ({ ...body, stack: {} }))],
  ['message-null', 'description', 'sends message null', error((body) => ({ ...body, message: null }))],
  [
    'message-object',
    'description',
    'sends message as an object',
    error((body) => ({ ...body, message: { en: 'x' } })),
  ],
  [
    'message-array',
    'description',
    'sends message as an array',
    error((body) => ({ ...body, message: ['x'] })),
  ],
  ['type-number', 'description', 'sends type as a number', error((body) => ({ ...body, type: 404 }))],
  ['type-null', 'description', 'sends type null', error((body) => ({ ...body, type: null }))],
  [
    'spring',
    'description',
    'sends the error of a framework',
    error((_, { target }) => ({
      timestamp: '2025-08-12T02:14:28Z',
      status: 404,
      error: 'Not Found',
      path: target,
    })),
  ],
  [
    'fastify',
    'description',
    'sends the error of another framework',
    error(() => ({ statusCode: 404, error: 'Not Found', message: 'Route not found' })),
  ],
  ['detail', 'description', 'sends a detail alone', error(() => ({ detail: 'Not Found' }))],
  [
    'problem',
    'description',
    'sends problem details',
    [
      error(() => ({ type: 'about:blank', title: 'Not Found', status: 404 })),
      contentType('application/problem+json', isAbsent),
    ],
  ],
  ['nested', 'description', 'nests the error', error((body) => ({ error: body }))],
  ['list', 'description', 'sends an empty list as error', error(() => ({ code: 0, jobs: [] }))],
  [
    'upper-case',
    'description',
    'writes names with a capital',
    error((body) =>
      Object.fromEntries(
        Object.entries(body).map(([name, value]) => [`${name[0]?.toUpperCase()}${name.slice(1)}`, value]),
      ),
    ),
  ],
  [
    'only-random-wrong',
    'description',
    'sends an error of its own for all but the documented absent name',
    when(
      ({ metalake }) => metalake !== 'test',
      error((body) => without(body, 'type')),
    ),
  ],
  [
    'only-filtered-wrong',
    'description',
    'sends an error of its own where there is a filter',
    when(
      ({ template }) => Boolean(template),
      error((body) => without(body, 'code')),
    ),
  ],
  [
    'unmatched-wrong',
    'description',
    'sends a 404 without code for a template that nothing has',
    reply(
      (ask, old) =>
        JSON.stringify(old.body).includes('"jobs":[]')
          ? jsonReply(404, { type: 'NoSuchJobTemplateException', message: `No template ${ask.template}` })
          : old,
      isFiltered,
    ),
  ],
  ['code-of-failure', 'suspicious', 'sends the code of a failure with a 404', code(1002)],
  ['code-of-another-status', 'suspicious', 'sends the code of an illegal argument with a 404', code(1001)],
  [
    'message-empty',
    'suspicious',
    'sends an empty message and an empty type',
    error((body) => ({ ...body, type: '', message: '' })),
  ],
  [
    'paths',
    'suspicious',
    'shows paths of its disk in the stack',
    error((body) => ({
      ...body,
      stack: [
        '  File "/home/deploy/app/jobs/views.py", line 88, in list_jobs',
        '    raise NoSuchMetalake(name)',
      ],
    })),
  ],
  [
    'sql',
    'suspicious',
    'shows its SQL in the message',
    error((body, { metalake }) => ({
      ...body,
      message: `SELECT * FROM metalake_meta WHERE metalake_name = '${metalake}' AND deleted_at = 0`,
    })),
  ],
  [
    '500-page',
    'standard',
    'fails with a page for what is absent',
    reply(textReply(500, '<h1>Whitelabel Error Page</h1>'), isAbsent),
  ],
  [
    '500-code',
    'standard',
    'fails with a code out of range for a template that nothing has',
    reply(
      (_, old) =>
        JSON.stringify(old.body).includes('"jobs":[]') ? errorReply(500, 'RuntimeException', 'x', 500) : old,
      isFiltered,
    ),
  ],
]);
