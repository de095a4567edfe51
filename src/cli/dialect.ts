import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange, HeaderLine, ReceivedResponse } from '../contract/exchange.ts';
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

/** What is judged, and how it may be asked for its version. */
export interface VersionQuestion extends TrustOptions {
  /** Undefined where there is no server but recorded traffic. */
  readonly url: string | undefined;
  /** Recorded traffic, where there is no server. */
  readonly exchanges: readonly Exchange[];
  /** The paths that the API may be below. */
  readonly basePaths: readonly string[];
  readonly headers: readonly HeaderLine[];
  /** How long the server may take to get ready. */
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
  const { url, exchanges } = question;
  const answers = url === undefined ? recordedAnswers(exchanges) : await askAll(url, question);
  const version = answers.map(versionIn).find((each) => each !== undefined);
  if (version !== undefined) {
    return dialectFor(version);
  }
  if (url !== undefined && answers.length === 0) {
    return undefined;
  }
  const who = url === undefined ? 'the recorded traffic' : parseAddress(url).origin;
  const where = url === undefined ? '/version' : targetsOf(url, question).join(' or ');
  throw KitError.of('USAGE', {
    reason: `--dialect auto: ${who} does not say the server's version at ${where}`,
    advice: 'Name the dialect, such as --dialect gravitino-1.3.',
  });
}

/** What the server answered when somebody else asked for the version. */
function recordedAnswers(exchanges: readonly Exchange[]): readonly ReceivedResponse[] {
  const asked = exchanges.filter(({ request }) => /\/version(\?|$)/.test(request.target));
  return asked.flatMap(({ response }) => response ?? []);
}

function targetsOf(url: string, { basePaths }: VersionQuestion): readonly string[] {
  const { path } = parseAddress(url);
  return (path === '' ? basePaths : [path]).map((base) => `${base}/version`);
}

/** What a server answers, once it answers at all; nothing where it does not in time. */
async function askAll(url: string, question: VersionQuestion): Promise<readonly ReceivedResponse[]> {
  const end = performance.now() + question.waitSeconds * 1000;
  for (;;) {
    const asked = targetsOf(url, question).map((target) => ask(url, target, question));
    const answers = (await Promise.all(asked)).filter((each) => each !== undefined);
    if (answers.length > 0 || performance.now() > end || question.signal.aborted) {
      return answers;
    }
    await sleep(PAUSE);
  }
}

async function ask(
  url: string,
  target: string,
  question: VersionQuestion,
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
