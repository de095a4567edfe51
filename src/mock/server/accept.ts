import { QUOTED_STRING, TOKEN } from '../../http/grammar.ts';

/** The only type that the API's resources produce. */
const PRODUCED = 'application/vnd.gravitino.v1+json';

/** A range as it was sent, and how much it is wanted. */
interface Range {
  readonly essence: string;
  readonly text: string;
  readonly weight: number;
}

/** What the server makes of an `Accept` field: `malformed`, or whether it admits what a resource produces. */
export function readAccept(accept: string | undefined): 'admitted' | 'refused' | 'malformed' {
  if (accept === undefined) {
    return 'admitted';
  }
  const ranges = rangesOf(accept);
  if (ranges === undefined) {
    return 'malformed';
  }
  return ranges.some(({ essence }) => ADMITTING.test(essence)) ? 'admitted' : 'refused';
}

/** A type that is a star admits everything, whatever the subtype is. */
const ADMITTING = /^(\*\/.*|application\/\*|application\/vnd\.gravitino\.v1\+json)$/;

/** Whether it asks for a version of the API that the server does not know; letter case counts here. */
export function asksForOtherVersion(accept: string | undefined): boolean {
  const [, version] = /application\/vnd\.gravitino\.v(\d+)\+json/.exec(accept ?? '') ?? [];
  return version !== undefined && Number(version) !== 1;
}

/** An `Accept` that names no version is taken for one of version 1. */
export function rewritten(accept: string | undefined): string {
  return /application\/vnd\.gravitino\.v\d+\+json/.test(accept ?? '') ? (accept ?? '') : PRODUCED;
}

/**
 * The type in which OPTIONS is answered: that of the range which is wanted most, as it was sent. Plain text is made where
 * that is wanted, or a range with a star that leaves the choice; undefined for a malformed field.
 */
export function optionsType(accept: string | undefined): string | undefined {
  const ranges = rangesOf(accept ?? '*/*') ?? [];
  const most = Math.max(...ranges.map(({ weight }) => weight));
  const wanted = ranges.filter(({ weight }) => weight === most);
  const exact = wanted.filter(({ essence }) => !essence.includes('*'));
  const [first] = exact.length > 0 ? exact : wanted;
  const isPlain =
    exact.some(({ essence }) => essence === PLAIN) || /^(\*\/.*|text\/\*)$/.test(first?.essence ?? '');
  const type = isPlain ? PLAIN : first?.text;
  return KNOWN.find((known) => known === type?.toLowerCase()) ?? type;
}

/** Types that Jetty knows: it writes them in its own way. */
const KNOWN = [
  ...['text/html', 'text/plain', 'text/xml', 'text/json', 'application/json', 'message/http'],
  ...['application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/byteranges'],
];

const PLAIN = 'text/plain';

/** The ranges of a field; nothing but its end may be an empty element. Weights refuse none, but are looked at. */
function rangesOf(accept: string): readonly Range[] | undefined {
  const texts = accept.replace(/,\s*$/, '').split(',');
  const ranges = texts.map((text) => rangeOf(text.trim()));
  return ranges.some((range) => range === undefined)
    ? undefined
    : ranges.filter((range) => range !== undefined);
}

function rangeOf(text: string): Range | undefined {
  const [, named, parameters = ''] = RANGE.exec(text) ?? [];
  const [, weight = '1'] = /;\s*q=([^;]*)/i.exec(parameters) ?? [];
  if (named === undefined || !/^"?(0(\.\d{0,3})?|1(\.0{0,3})?)"?\s*$/.test(weight)) {
    return undefined;
  }
  const shown = parameters
    .replace(/\s*;\s*/g, ';')
    .replace(/;$/, '')
    .replaceAll('"', '');
  const essence = named.includes('/') ? named : `${named}/*`;
  return {
    essence: essence.toLowerCase(),
    text: essence + shown,
    weight: Number(weight.replaceAll('"', '')),
  };
}

/** Without a slash everything of that type is meant. */
const RANGE = new RegExp(
  `^(${TOKEN}(?:/${TOKEN})?)((?:\\s*;\\s*(?:${TOKEN}=(?:${TOKEN}|${QUOTED_STRING})?)?)*)$`,
);
