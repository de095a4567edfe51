import { type DialectChoice, dialectFor } from '../description/dialects.ts';
import { KitError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';

/** Milliseconds that the server has to say its version. */
const PATIENCE = 10_000;

/** A server that is asked for its version. */
export interface VersionQuestion {
  /** Undefined where there is no server but recorded traffic. */
  readonly url: string | undefined;
  /** The paths that the API may be below. */
  readonly basePaths: readonly string[];
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * The dialect that `--dialect` means: the one that it names, or for `auto` that of the version which the server says.
 * @throws KitError USAGE where that cannot be found out
 */
export async function chooseDialect(name: string, question: VersionQuestion): Promise<DialectChoice> {
  if (name !== 'auto') {
    return { dialect: name };
  }
  if (question.url === undefined) {
    throw usage('--dialect auto asks a server, and there is none');
  }
  const version = await askVersion(question.url, question);
  return dialectFor(version);
}

async function askVersion(url: string, { basePaths, headers }: VersionQuestion): Promise<string> {
  const base = url.replace(/\/+$/, '');
  const tried = new URL(url).pathname === '/' ? basePaths : [''];
  for (const path of tried) {
    const answer = await ask(`${base}${path}/version`, headers);
    const version =
      isObject(answer) && isObject(answer['version']) ? answer['version']['version'] : undefined;
    if (typeof version === 'string') {
      return version;
    }
  }
  throw usage(
    `--dialect auto: ${base} does not say its version at ${tried.map((each) => `${each}/version`).join(' or ')}`,
  );
}

async function ask(url: string, headers: VersionQuestion['headers']): Promise<Json | undefined> {
  try {
    const accept: readonly [string, string] = ['Accept', 'application/vnd.gravitino.v1+json'];
    const all = [accept, ...headers].map(([name, value]): [string, string] => [name, value]);
    const answer = await fetch(url, { headers: all, signal: AbortSignal.timeout(PATIENCE) });
    const value: Json = JSON.parse(await answer.text());
    return value;
  } catch {
    return undefined;
  }
}

function usage(reason: string): KitError {
  return KitError.of('USAGE', { reason, advice: 'Name the dialect, such as --dialect gravitino-1.3.' });
}
