import type { HeaderLine, SentRequest } from './exchange.ts';

/** Recorded headers whose values are told to nobody. */
const CREDENTIALS = ['authorization', 'proxy-authorization', 'cookie'];

/** Recorded headers that may change an answer and hold no secret; others are left out. */
const TELLING = /^(accept.*|range|if-.*|prefer|origin|content-type|upgrade|expect|x-http-method-override)$/i;

/** A header of a request as a command line has it. */
export interface Told {
  readonly name: string;
  /** As it was sent. */
  readonly value: string;
  /** The shell variable that stands in the place of a secret value. */
  readonly variable: string | undefined;
}

/** The headers that a command line repeats, in order; values of `given` ones, and other secrets, as variables. */
export function toldHeaders({ headers, common }: SentRequest, given: readonly HeaderLine[]): readonly Told[] {
  return headers.flatMap((header) => {
    const [name, value] = header;
    const variable = variableOf(header, given, common);
    const isTold =
      variable !== undefined || value.trim() === '' || common !== undefined || TELLING.test(name);
    return isTold ? [{ name, value, variable }] : [];
  });
}

/** The secret headers of a request and of all requests of its run. */
export function secretsOf({ headers, common }: SentRequest, given: readonly HeaderLine[]): readonly Told[] {
  return [...headers, ...(common ?? [])].flatMap((header) => {
    const [name, value] = header;
    const variable = variableOf(header, given, common);
    return variable === undefined ? [] : [{ name, value, variable }];
  });
}

function variableOf(
  header: HeaderLine,
  given: readonly HeaderLine[],
  common: SentRequest['common'],
): string | undefined {
  // Nothing is no secret.
  if (header[1].trim() === '') {
    return undefined;
  }
  const index = given.findLastIndex((each) => isSame(each, header));
  if (index >= 0) {
    return `HEADER_${index + 1}`;
  }
  const name = header[0].toLowerCase();
  // What a run sends beside the headers of all its requests it has made up itself.
  const isSecret = common ? common.some((each) => isSame(each, header)) : CREDENTIALS.includes(name);
  return isSecret ? name.toUpperCase().replaceAll('-', '_') : undefined;
}

function isSame([name, value]: HeaderLine, [other, text]: HeaderLine): boolean {
  return name.toLowerCase() === other.toLowerCase() && value === text;
}
