import { type Ask, decodeOnce, routeExactly } from '../api.ts';
import { casesOf } from '../case.ts';
import {
  both,
  error,
  everyNth,
  habits,
  header,
  isAbsent,
  isFiltered,
  isFirst,
  isList,
  isSecond,
  jobsOf,
  reply,
  status,
  type Which,
} from '../change.ts';
import { bareReply, errorReply, jsonReply, textReply } from '../reply.ts';
import { headerOf } from '../request.ts';
import { namesOf } from '../world.ts';

const method =
  (name: string): Which =>
  (ask) =>
    ask.method === name;
const hasAccept =
  (test: (accept: string) => boolean): Which =>
  ({ headers }) =>
    test(headerOf(headers, 'accept') ?? '');
const isEmptyList: Which = (_, answer) => answer.status === 200 && jobsOf(answer.body).length === 0;
const isRandomName: Which = ({ about, metalake }) => about === 'absent' && metalake !== 'test';
const failure = errorReply(500, 'RuntimeException', 'Internal Server Error', 1002);
const unavailable = errorReply(503, 'ServiceUnavailable', 'Try again later', 1002);

/** A name that another one is taken for. */
const aliased = (alias: (name: string, names: readonly string[]) => string | undefined) =>
  habits({
    find: (name, world) =>
      world.metalakes.get(name) ?? world.metalakes.get(alias(name, namesOf(world)) ?? ''),
  });

/** Status codes. */
export const STATUS = casesOf('S', [
  [
    'absent-200-error',
    'description',
    'sends the error of an absent metalake with 200',
    status(200, isAbsent),
  ],
  ['absent-200-nothing', 'semantics', 'sends {} for an absent metalake', reply(jsonReply(200, {}), isAbsent)],
  [
    'absent-200-empty',
    'semantics',
    'sends an empty list for an absent metalake',
    reply(jsonReply(200, { code: 0, jobs: [] }), isAbsent),
  ],
  [
    'absent-first',
    'semantics',
    'lists the jobs of the first metalake for an absent one',
    aliased((_, [first]) => first),
  ],
  ['absent-400', 'semantics', 'sends 400 for an absent metalake', status(400, isAbsent)],
  ['absent-410', 'description', 'sends 410 for an absent metalake', status(410, isAbsent)],
  ['absent-403', 'description', 'sends 403 for an absent metalake', status(403, isAbsent)],
  ['absent-204', 'description', 'sends 204 for an absent metalake', reply(bareReply(204), isAbsent)],
  [
    'absent-302',
    'description',
    'redirects for an absent metalake',
    reply(bareReply(302, [['Location', '/']]), isAbsent),
  ],
  ['absent-500', 'standard', 'fails for an absent metalake', reply(failure, isAbsent)],
  [
    'absent-500-random',
    'standard',
    'fails for an absent metalake but the documented one',
    reply(failure, isRandomName),
  ],
  [
    'absent-filtered-200',
    'semantics',
    'sends an empty list for an absent metalake where there is a filter',
    reply(
      jsonReply(200, { code: 0, jobs: [] }),
      both(isAbsent, ({ template }) => Boolean(template)),
    ),
  ],
  [
    'open-world',
    'suspicious',
    'lists nothing for a made-up name and 404 for the documented one',
    reply(jsonReply(200, { code: 0, jobs: [] }), isRandomName),
  ],
  [
    'existing-404',
    'semantics',
    'does not find what exists',
    reply(errorReply(404, 'NoSuchMetalakeException', 'x'), isList),
  ],
  [
    'existing-404-second',
    'semantics',
    'finds one metalake alone',
    reply(errorReply(404, 'NoSuchMetalakeException', 'x'), isSecond),
  ],
  [
    'existing-404-sometimes',
    'semantics',
    'does not find what exists in every fourth answer',
    reply(errorReply(404, 'NoSuchMetalakeException', 'x'), both(isList, everyNth(4))),
  ],
  [
    'existing-404-without-jobs',
    'semantics',
    'sends 404 for a metalake without jobs',
    reply(
      errorReply(404, 'NoSuchMetalakeException', 'x'),
      both(isEmptyList, ({ template }) => !template),
    ),
  ],
  ['201', 'description', 'sends 201', status(201)],
  ['202', 'description', 'sends 202', status(202)],
  ['203', 'description', 'sends 203', status(203)],
  ['299', 'description', 'sends 299', status(299)],
  ['300', 'description', 'sends 300', status(300)],
  ['204-empty', 'description', 'sends 204 for an empty list', reply(bareReply(204), isEmptyList)],
  [
    '204-unmatched',
    'description',
    'sends 204 where no job matches',
    reply(bareReply(204), both(isEmptyList, isFiltered)),
  ],
  ['206', 'standard', 'sends 206 without Content-Range', status(206)],
  [
    '307-filtered',
    'description',
    'redirects filtered requests',
    reply(({ target }) => bareReply(307, [['Location', `${target}&page=1`]]), isFiltered),
  ],
  [
    '400-always',
    'suspicious',
    'calls every request malformed',
    reply(errorReply(400, 'BadRequestException', 'x'), isList),
  ],
  [
    '400-filtered',
    'semantics',
    'calls every plain filter malformed',
    reply(
      errorReply(400, 'BadRequestException', 'x'),
      both(isFiltered, ({ template }) => /^\w+$/.test(template ?? '')),
    ),
  ],
  ['401-filtered', 'description', 'sends 401 for filtered lists', reply(() => header401(), isFiltered)],
  [
    '403-second',
    'description',
    'sends 403 for one metalake',
    reply(errorReply(403, 'ForbiddenException', 'x'), isSecond),
  ],
  [
    '405-get',
    'description',
    'sends 405 to the documented GET',
    reply(() => ({ ...errorReply(405, 'x', 'x'), headers: [['Allow', 'POST']] }), isList),
  ],
  [
    '406-exact',
    'description',
    'sends 406 to who names the documented type',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => accept.includes('vnd.gravitino')),
      ),
    ),
  ],
  [
    '406-any',
    'description',
    'sends 406 to who accepts anything',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => accept.trim() === '*/*'),
      ),
    ),
  ],
  [
    '406-application',
    'description',
    'sends 406 to who accepts application/*',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => accept.trim() === 'application/*'),
      ),
    ),
  ],
  [
    '406-none',
    'description',
    'sends 406 where there is no Accept',
    reply(
      errorReply(406, 'x', 'x'),
      both(isList, ({ headers }) => headerOf(headers, 'accept') === undefined),
    ),
  ],
  [
    '406-quality',
    'description',
    'sends 406 where the documented type has a quality',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => /vnd\.gravitino\.v1\+json\s*;\s*q=[01]\.?[1-9]?/.test(accept)),
      ),
    ),
  ],
  [
    '406-list',
    'description',
    'sends 406 where the documented type stands among others',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => accept.includes('vnd.gravitino') && accept.includes(',')),
      ),
    ),
  ],
  [
    '406-case',
    'description',
    'sends 406 where the documented type is in capitals',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => /VND|Vnd|APPLICATION|Application/.test(accept)),
      ),
    ),
  ],
  [
    '406-lone-json',
    'suspicious',
    'sends 406 to a lone application/json',
    reply(
      errorReply(406, 'x', 'x'),
      both(
        isList,
        hasAccept((accept) => accept.trim() === 'application/json'),
      ),
    ),
  ],
  [
    '409',
    'description',
    'sends 409 for one metalake, which is not in use',
    reply(errorReply(409, 'MetalakeNotInUseException', 'x'), isSecond),
  ],
  ['410', 'description', 'sends 410 for lists', status(410)],
  ['418', 'description', 'sends 418 for a metalake without jobs', status(418, both(isEmptyList))],
  [
    '422',
    'description',
    'sends 422 for a template that nothing has',
    reply(errorReply(422, 'x', 'x'), both(isEmptyList, isFiltered)),
  ],
  [
    '429-always',
    'description',
    'never has time after some requests',
    reply(bareReply(429, [['Retry-After', '0']]), ({ count }) => count > 9),
  ],
  ['500-always', 'standard', 'fails always', reply(failure, isList)],
  ['500-filtered', 'standard', 'fails for every filter', reply(failure, isFiltered)],
  [
    '500-unmatched',
    'standard',
    'fails for a template that nothing has',
    reply(failure, both(isEmptyList, isFiltered)),
  ],
  [
    '500-empty',
    'standard',
    'fails for a metalake without jobs',
    reply(
      failure,
      both(isEmptyList, ({ template }) => !template),
    ),
  ],
  ['500-second', 'standard', 'fails for one metalake', reply(failure, isSecond)],
  [
    '500-html',
    'standard',
    'fails with a page',
    reply(
      textReply(500, '<html><body><h1>Internal Server Error</h1><pre>at jobs.rb:12</pre></body></html>'),
      both(isList, everyNth(3)),
    ),
  ],
  ['501-get', 'standard', 'sends 501 to GET', reply(errorReply(501, 'x', 'x'), both(isFirst, isFiltered))],
  [
    '502',
    'standard',
    'sends 502 as a proxy does',
    reply(textReply(502, '<html><h1>502 Bad Gateway</h1></html>'), both(isList, everyNth(8))),
  ],
  ['503-empty', 'standard', 'sends 503 without a body', reply(bareReply(503), both(isList, everyNth(3)))],
  [
    '503-later',
    'standard',
    'is unavailable after 20 requests',
    reply(unavailable, ({ count }) => count > 20),
  ],
  [
    '504',
    'standard',
    'sends 504 for filtered lists',
    reply(textReply(504, 'upstream request timeout', 'text/plain'), isFiltered),
  ],
  ['head-404', 'suspicious', 'sends 404 to HEAD', status(404, both(isList, method('HEAD')))],
  [
    'head-405',
    'suspicious',
    'sends 405 to HEAD',
    [
      status(405, both(isList, method('HEAD'))),
      header('Allow', 'GET', ({ method: name }) => name === 'HEAD'),
    ],
  ],
  ['head-501', 'suspicious', 'sends 501 to HEAD', status(501, both(isList, method('HEAD')))],
  ['head-500', 'standard', 'fails for HEAD', status(500, both(isList, method('HEAD')))],
  ['options-500', 'standard', 'fails for OPTIONS', reply(failure, method('OPTIONS'))],
  [
    'put-200',
    'suspicious',
    'takes a PUT',
    reply(jsonReply(200, { code: 0 }), method('PUT')),
    { unsafe: true },
  ],
  ['delete-500', 'standard', 'fails for DELETE', reply(failure, method('DELETE')), { unsafe: true }],
  [
    'sibling',
    'suspicious',
    'serves paths that only begin like the documented one',
    habits({ route: (path, base) => routeExactly(path.replace(/(?<=\/jobs\/runs).*$/, ''), base) }),
  ],
  [
    'sibling-below',
    'suspicious',
    'serves paths below the documented one',
    habits({ route: (path, base) => routeExactly(path.replace(/(?<=\/jobs\/runs)\/.+$/, ''), base) }),
  ],
  [
    'lenient-escapes',
    'suspicious',
    'takes a malformed escape for nothing',
    habits({ decodePath: (raw) => decodeOnce(raw.replace(/%(?![0-9a-f]{2})..?/gi, '')) }),
  ],
  [
    'error-as-success',
    'description',
    'sends the list of errors with 200 where no job matches',
    [
      reply(
        (ask: Ask) =>
          jsonReply(200, { code: 1003, type: 'NoSuchJobTemplateException', message: ask.template ?? '' }),
        both(isEmptyList, isFiltered),
      ),
    ],
  ],
  [
    'absent-404-as-list',
    'description',
    'sends an empty list with the 404',
    error(() => ({ code: 0, jobs: [] })),
  ],
]);

function header401() {
  return {
    ...errorReply(401, 'UnauthorizedException', 'x'),
    headers: [
      ['WWW-Authenticate', 'Basic realm="x"'],
      ['Content-Type', 'application/vnd.gravitino.v1+json'],
    ] as const,
  };
}
