import { elementsOf, TOKEN } from '../../http/grammar.ts';

/** The only type that the API's resources produce. */
const PRODUCED = 'application/vnd.gravitino.v1+json';

/** What the server makes of an `Accept` field: `malformed`, or whether it admits what a resource produces. */
export function readAccept(accept: string | undefined): 'admitted' | 'refused' | 'malformed' {
  if (accept === undefined) {
    return 'admitted';
  }
  const ranges = rangesOf(accept);
  if (ranges === undefined) {
    return 'malformed';
  }
  return ranges.some((range) => ['*/*', 'application/*', PRODUCED].includes(range)) ? 'admitted' : 'refused';
}

/** Whether it asks for a version of the API that the server does not know; letter case counts here. */
export function asksForOtherVersion(accept: string | undefined): boolean {
  const [, version] = /application\/vnd\.gravitino\.v(\d+)\+json/.exec(accept ?? '') ?? [];
  return version !== undefined && Number(version) !== 1;
}

/** An `Accept` that names no version is taken for one of version 1. */
export function rewritten(accept: string | undefined): string {
  return /application\/vnd\.gravitino\.v\d+\+json/.test(accept ?? '') ? (accept ?? '') : PRODUCED;
}

/** The type in which OPTIONS is answered: plain text wherever that will do, else the first that is asked for. */
export function optionsType(accept: string | undefined): string {
  const ranges = rangesOf(accept ?? '*/*') ?? [];
  const [first = 'text/plain'] = ranges;
  return ranges.some((range) => ['*/*', 'text/*', 'text/plain'].includes(range)) ? 'text/plain' : first;
}

/** Ranges without their parameters, weights and all: the server sorts by them, and refuses none for them. */
function rangesOf(accept: string): readonly string[] | undefined {
  const texts = elementsOf(accept, ',').map((text) => text.replace(/;.*$/s, '').trim().toLowerCase());
  const isSound = texts.length > 0 && texts.every((text) => RANGE.test(text));
  return isSound ? texts.map((text) => (text.includes('/') ? text : `${text}/*`)) : undefined;
}

/** Without a slash everything of that type is meant. */
const RANGE = new RegExp(`^${TOKEN}(/${TOKEN})?$`);
