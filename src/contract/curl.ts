import type { HeaderLine, SentRequest } from './exchange.ts';

/** Headers whose values are told to nobody. */
const CREDENTIALS = ['authorization', 'proxy-authorization', 'cookie'];

/** Headers that may change an answer and hold no secret. */
const TELLING = /^(accept.*|range|if-.*|prefer|origin|content-type|upgrade|expect|x-http-method-override)$/i;

/**
 * A command line for a POSIX shell that sends a request again. A secret is written as a variable: the values of `given`
 * headers as `$HEADER_1` and so on, by their place in that list, other credentials by their name.
 */
export function curlOf(request: SentRequest, given: readonly HeaderLine[]): string {
  const { method, target, headers } = request;
  const options = [
    ...(method === 'GET' ? [] : method === 'HEAD' ? ['--head'] : ['-X', quote(method)]),
    ...(/\/\.{1,2}(\/|$|\?)/.test(target) ? ['--path-as-is'] : []),
    ...headers.flatMap((header) => headerOption(header, given)),
    // curl sends Accept: */* unless it is told not to.
    ...(headers.some(([name]) => name.toLowerCase() === 'accept') ? [] : ["-H 'Accept:'"]),
    ...(/[[\]{}]/.test(target) ? ['--globoff'] : []),
  ];
  return ['curl', '-i', ...options, quote(`${originOf(request)}${target}`)].join(' ');
}

function headerOption(header: HeaderLine, given: readonly HeaderLine[]): readonly string[] {
  const [name, value] = header;
  const variable = variableOf(header, given);
  if (variable) {
    return [`-H ${quote(`${name}: `)}"$${variable}"`];
  }
  if (!TELLING.test(name)) {
    return [];
  }
  // A header without a value ends in a semicolon for curl.
  return [value === '' ? `-H ${quote(`${name};`)}` : `-H ${quote(`${name}: ${value}`)}`];
}

function variableOf([name, value]: HeaderLine, given: readonly HeaderLine[]): string | undefined {
  const wanted = name.toLowerCase();
  const index = given.findLastIndex(([each, text]) => each.toLowerCase() === wanted && text === value);
  if (index >= 0) {
    return `HEADER_${index + 1}`;
  }
  return CREDENTIALS.includes(wanted) ? wanted.toUpperCase().replaceAll('-', '_') : undefined;
}

/** Recorded traffic may tell its server by the Host header alone. */
function originOf({ origin, headers }: SentRequest): string {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? 'localhost';
  return origin ?? `http://${host}`;
}

/** In single quotes unless the text is harmless. */
function quote(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
