import { MEDIA_TYPE, pathOf } from './setting.js';

/**
 * What somebody sends who has a tool that only checks the exchanges that it sees: a request for each documented answer
 * that a client can bring about, with the status that it must have; without one where the description leaves a choice.
 * Where there is one, the media type must be the documented one too.
 * @param {import('./setting.js').Setting} setting
 * @returns {readonly { path: string, accept: string, status?: number }[]}
 */
export function requestsFor({ names: [first, ...others], absent, template }) {
  return [
    { path: pathOf(first), accept: MEDIA_TYPE, status: 200 },
    { path: pathOf(first), accept: '*/*', status: 200 },
    ...others.map((name) => ({ path: pathOf(name), accept: MEDIA_TYPE, status: 200 })),
    { path: pathOf(first, template), accept: MEDIA_TYPE, status: 200 },
    { path: pathOf(first, 'no_such_template'), accept: MEDIA_TYPE },
    { path: pathOf(absent), accept: MEDIA_TYPE, status: 404 },
    { path: pathOf(absent), accept: '*/*', status: 404 },
  ];
}

/** Whether a Content-Type is the documented one, with or without parameters. */
export function isDocumented(contentType) {
  return contentType?.split(';')[0].trim().toLowerCase() === MEDIA_TYPE;
}
