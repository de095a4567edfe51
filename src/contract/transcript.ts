import { REDACTED, redactCookies } from '../redacted.ts';
import type { Exchange, Failure, ReceivedResponse, SentRequest, Wire } from './exchange.ts';
import { BEGINNING } from './limits.ts';
import { endOfHead } from './raw-head.ts';
import { rangeOf } from './recorded/json-text.ts';
import type { Violation } from './rules/rule.ts';
import type { Transcript } from './verdict.ts';

/** Characters of a request, of a head, or of an answer that is broken, that are shown. */
const HEAD_LIMIT = 8000;

/** Characters of a body that are shown. */
const BODY_LIMIT = 4000;

/** Characters of a body in front of what convicts that are shown where all of them are too many. */
const CONTEXT = 1000;

/** Characters of what was seen in which quoted texts are looked for. */
const SEEN = 1000;

/** Shorter texts stand in a head by chance. */
const TELLING = 3;

/** Request headers that hold no secret. */
const HARMLESS =
  /^(accept.*|cache-control|connection|content-.*|expect|host|if-.*|origin|prefer|range|te|transfer-encoding|upgrade|user-agent|x-http-method-override)$/i;

const HEADER_LINE =
  /^([\w!#$%&'*+.^`|~-]+)([ \t]*:(?:[ \t]|\r?\n[ \t])*)\S[^\r\n]*(?:\r?\n[ \t]+[^\r\n]+)*/gm;

type Range = NonNullable<Transcript['marked']>;

/**
 * An exchange as text, with LF for CRLF. Marked is the value at the pointer of the violation, else what was seen where
 * the head, or an answer that breaks its framing, says it.
 */
export function transcriptOf(
  { request, response, failure, wire }: Exchange,
  { pointer, actual }: Pick<Violation, 'pointer' | 'actual'>,
): Transcript {
  const sent = requestText(request, wire);
  if (!response) {
    return { request: sent, response: failureText(failure), marked: undefined };
  }
  if (wire && isBroken(wire) && pointer === undefined) {
    const text = answerText(Buffer.concat([wire.leftover, wire.received]));
    return { request: sent, response: text, marked: findIn(text, actual) };
  }
  const head = wire ? rawHead(wire) : headText(response);
  const body = readBody(response);
  const convicting = pointer === undefined ? undefined : rangeOf(body.text, pointer);
  const shown = excerpt(body, convicting);
  const marked = convicting ? within(shown, convicting, head.length) : findIn(head, actual);
  return { request: sent, response: `${head}\n\n${shown.text}`, marked };
}

/** Whether the bytes that came are another thing than the answer that was read from them. */
function isBroken({ faults, surplus, leftover }: Wire): boolean {
  return faults.length > 0 || surplus.length > 0 || leftover.length > 0;
}

function requestText(
  { method, target, httpVersion, headers, common, body }: SentRequest,
  wire: Wire | undefined,
): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${target} HTTP/${httpVersion ?? '1.1'}`, ...lines].join('\n');
  const text = wire ? wire.sent.toString() : `${head}${body ? `\n\n${body}` : ''}`;
  // What a run sends beside the headers of all its requests it has made up itself.
  const given = common && new Set(common.map(([name]) => name.toLowerCase()));
  return cut(hide(text, (name) => !HARMLESS.test(name) && (given?.has(name.toLowerCase()) ?? true)));
}

function headText({ httpVersion, status, reason, headers }: ReceivedResponse): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return answerText([`HTTP/${httpVersion || '?'} ${status} ${reason}`.trimEnd(), ...lines].join('\n'));
}

/** The bytes of the head, after those of the interim answers. */
function rawHead({ received, interim }: Wire): string {
  let end: number | undefined = 0;
  for (let count = 0; count <= interim.length && end !== undefined; count += 1) {
    end = endOfHead(received, end);
  }
  return answerText(received.subarray(0, end)).trimEnd();
}

function failureText(failure: Failure | undefined): string {
  const came = answerText(failure?.raw ?? '');
  return `${came === '' ? '' : `${came}\n\n`}(${failure?.detail ?? 'no answer'})`;
}

function answerText(bytes: Buffer | string): string {
  return cut(hide(bytes.toString(), (name) => /^set-cookie/i.test(name)));
}

/** The text of a message, with LF for CRLF, in which nobody reads what secret header lines say. */
function hide(text: string, isSecret: (name: string) => boolean): string {
  return text
    .replace(HEADER_LINE, (line: string, name: string, colon: string) => {
      const value = line.slice(name.length + colon.length);
      const hidden = /cookie$/i.test(name) ? redactCookies(value) : REDACTED;
      return isSecret(name) ? `${name}${colon}${hidden}` : line;
    })
    .replaceAll('\r\n', '\n')
    .trimEnd();
}

function cut(text: string): string {
  const rest = text.length - HEAD_LIMIT;
  return rest > 0 ? `${text.slice(0, HEAD_LIMIT)}… (${rest} more characters)` : text;
}

/** The beginning of a body, and how many bytes there are beyond it. */
interface Body {
  readonly text: string;
  readonly leftOut: number;
}

function readBody({ body, bodySize, bodyProblem }: ReceivedResponse): Body {
  if (!body) {
    return { text: `(${bodyProblem?.detail ?? 'the body is not known'})`, leftOut: 0 };
  }
  const leftOut = Math.max(0, (bodySize ?? body.length) - BEGINNING);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  // As a stream: a character that the limit cuts in two is not shown as a broken one.
  const text = decoder.decode(body.subarray(0, BEGINNING), { stream: leftOut > 0 });
  return { text, leftOut };
}

/** A part of a body: `text` begins with `offset` characters that stand for the `from` first ones of the body. */
interface Excerpt {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

function excerpt({ text, leftOut }: Body, convicting: Range | undefined): Excerpt {
  const isFar = convicting !== undefined && convicting.end > BODY_LIMIT;
  const from = isFar ? Math.max(0, convicting.start - CONTEXT) : 0;
  const to = Math.min(text.length, from + BODY_LIMIT);
  const before = from > 0 ? `… (${from} characters before)\n` : '';
  const rest = text.length - to + leftOut;
  const after = rest > 0 ? `\n… (${rest} more ${leftOut > 0 ? 'bytes' : 'characters'})` : '';
  return { text: `${before}${text.slice(from, to)}${after}`, from, to, offset: before.length };
}

/** A range of the body as one of the transcript, in which two line ends separate it from the head. */
function within({ from, to, offset }: Excerpt, { start, end }: Range, headLength: number): Range {
  const shift = headLength + 2 + offset - from;
  return { start: start + shift, end: Math.min(end, to) + shift };
}

/** Where a text says what was seen, or what that quotes. */
function findIn(text: string, seen: string): Range | undefined {
  const quoted = [...seen.slice(0, SEEN).matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([each]) => unquoted(each));
  const told = [seen, ...quoted].find((each) => each.length >= TELLING && text.includes(each));
  const start = told === undefined ? -1 : text.indexOf(told);
  return told === undefined ? undefined : { start, end: start + told.length };
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text)).replaceAll('\r\n', '\n');
  } catch {
    return '';
  }
}
