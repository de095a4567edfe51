import { setTimeout as sleep } from 'node:timers/promises';
import type { HeaderLine, ReceivedResponse } from '../contract/exchange.ts';
import { sendAlone } from '../contract/send-alone.ts';
import { parseAddress } from '../contract/target.ts';
import { type TrustOptions, trustOf } from '../contract/trust.ts';
import { type DialectChoice, dialectFor } from '../description/dialects.ts';
import { KitError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';

/** Seconds that the server has for one answer. */
const PATIENCE = 10;

/** Milliseconds between two questions to a server that does not answer yet. */
const PAUSE = 250;

/** A server that is asked for its version. */
export interface VersionQuestion extends TrustOptions {
  /** Undefined where there is no server but recorded traffic. */
  readonly url: string | undefined;
  /** The paths that the API may be below. */
  readonly basePaths: readonly string[];
  readonly headers: readonly HeaderLine[];
  /** How long it may take to get ready. */
  readonly waitSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * The dialect that `--dialect` means: the one that it names, or for `auto` that of the version which the server says.
 * Undefined where no server answers: whoever judges it will tell.
 * @throws KitError USAGE where the server does not say its version
 */
export async function chooseDialect(
  name: string,
  question: VersionQuestion,
): Promise<DialectChoice | undefined> {
  if (name !== 'auto') {
    return { dialect: name };
  }
  const { url, basePaths } = question;
  if (url === undefined) {
    throw usage('--dialect auto asks a server, and there is none');
  }
  const { origin, path } = parseAddress(url);
  const targets = (path === '' ? basePaths : [path]).map((base) => `${base}/version`);
  const answers = await askAll(targets, question, url);
  const version = answers.map(versionIn).find((each) => each !== undefined);
  if (version === undefined && answers.length > 0) {
    throw usage(`--dialect auto: ${origin} does not say its version at ${targets.join(' or ')}`);
  }
  return version === undefined ? undefined : dialectFor(version);
}

/** What a server answers to GET requests, once it answers at all. */
async function askAll(
  targets: readonly string[],
  question: VersionQuestion,
  url: string,
): Promise<readonly ReceivedResponse[]> {
  const end = performance.now() + question.waitSeconds * 1000;
  for (;;) {
    const received = await Promise.all(targets.map((target) => ask(target, question, url)));
    const answers = received.filter((each) => each !== undefined);
    if (answers.length > 0 || performance.now() > end || question.signal.aborted) {
      return answers;
    }
    await sleep(PAUSE);
  }
}

async function ask(
  target: string,
  question: VersionQuestion,
  url: string,
): Promise<ReceivedResponse | undefined> {
  const { origin, headers } = parseAddress(url);
  const accept: HeaderLine = ['Accept', 'application/vnd.gravitino.v1+json'];
  const { response } = await sendAlone(
    { id: 'version', method: 'GET', target, headers: [accept] },
    { origin, headers: [...headers, ...question.headers], timeoutSeconds: PATIENCE, tls: trustOf(question) },
    question.signal,
  );
  return response;
}

function versionIn({ body = Buffer.alloc(0) }: ReceivedResponse): string | undefined {
  try {
    const answer: Json = JSON.parse(body.toString());
    const version =
      isObject(answer) && isObject(answer['version']) ? answer['version']['version'] : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

function usage(reason: string): KitError {
  return KitError.of('USAGE', { reason, advice: 'Name the dialect, such as --dialect gravitino-1.3.' });
}
