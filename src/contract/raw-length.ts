import { elementsOf } from '../http/grammar.ts';
import { type HeaderLine, headerValues } from './exchange.ts';
import type { RawHead } from './raw-head.ts';
import { shown, type WireFault } from './wire-fault.ts';

/** How the end of a body is told (RFC 9112 6.3). */
export type Delimitation =
  | { readonly by: 'length'; readonly length: number }
  | { readonly by: 'chunks' }
  | { readonly by: 'close' }
  /** No body at all: what follows the head is not part of the answer. */
  | { readonly by: 'head' };

export interface BodyPlan {
  readonly delimitation: Delimitation;
  /** Transfer codings but chunked, in the order in which they were applied. */
  readonly codings: readonly string[];
  readonly faults: readonly WireFault[];
}

/** How the body behind a head ends, and what the head says against RFC 9112 section 6. */
export function planBody(head: RawHead, method: string): BodyPlan {
  const lengths = lengthsOf(head.headers);
  const codings = codingsOf(head.headers);
  const faults = [...lengthFaults(lengths), ...codingFaults(head, codings, lengths)];
  const delimitation = delimitationOf(head, method, lengths, codings);
  return {
    delimitation,
    codings: delimitation.by === 'head' ? [] : codings.filter((each) => each !== 'chunked'),
    faults: [...faults, ...bodilessFaults(head, lengths)],
  };
}

/** Whether an answer with this status, to this method, ends with its head. */
export function isBodiless(status: number, method: string): boolean {
  return method === 'HEAD' || (status >= 100 && status < 200) || status === 204 || status === 304;
}

/** Whether a body that ends so has no bytes. */
export function isEmpty({ delimitation }: BodyPlan): boolean {
  return delimitation.by === 'head' || (delimitation.by === 'length' && delimitation.length === 0);
}

function delimitationOf(
  { status }: RawHead,
  method: string,
  lengths: readonly string[],
  codings: readonly string[],
): Delimitation {
  if (isBodiless(status, method) || (method === 'CONNECT' && status < 300)) {
    return { by: 'head' };
  }
  if (codings.length > 0) {
    return codings.at(-1) === 'chunked' ? { by: 'chunks' } : { by: 'close' };
  }
  const [length] = lengths;
  const isClear = length !== undefined && isLength(length) && lengths.every((each) => each === length);
  return isClear ? { by: 'length', length: Number(length) } : { by: 'close' };
}

function lengthsOf(headers: readonly HeaderLine[]): readonly string[] {
  const values = headerValues(headers, 'Content-Length');
  return values.flatMap((value) => value.split(',').map((each) => each.trim()));
}

function codingsOf(headers: readonly HeaderLine[]): readonly string[] {
  const values = headerValues(headers, 'Transfer-Encoding');
  return values.flatMap((value) => elementsOf(value, ',').map((each) => each.toLowerCase()));
}

function isLength(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function lengthFaults(lengths: readonly string[]): readonly WireFault[] {
  const wrong = lengths.find((length) => !isLength(length));
  if (wrong !== undefined) {
    return [fault(`the Content-Length ${shown(wrong)}, which is no number`)];
  }
  return lengths.length > 1 ? [fault(`several Content-Lengths: ${lengths.join(' and ')}`)] : [];
}

function codingFaults(
  { httpVersion, status }: RawHead,
  codings: readonly string[],
  lengths: readonly string[],
): readonly WireFault[] {
  const said = `Transfer-Encoding: ${codings.join(', ')}`;
  const faults = [
    codings.length > 0 && lengths.length > 0 && `both ${said} and Content-Length: ${lengths[0]}`,
    codings.length > 0 && httpVersion === '1.0' && `${said} in an answer of HTTP/1.0`,
    codings.length > 0 && (status < 200 || status === 204) && `${said} on a ${status}`,
    codings.slice(0, -1).includes('chunked') && `${said}, in which chunked is not the last one`,
  ];
  return faults.filter((each) => each !== false).map(fault);
}

/** RFC 9110 8.6: no Content-Length on 1xx and 204. A zero does no harm and has a rule of its own. */
function bodilessFaults({ status }: RawHead, lengths: readonly string[]): readonly WireFault[] {
  const [length] = lengths;
  const isWrong = (status < 200 || status === 204) && length !== undefined && !/^0+$/.test(length);
  return isWrong ? [{ kind: 'bodiless', detail: `Content-Length: ${length} on a ${status}` }] : [];
}

function fault(detail: string): WireFault {
  return { kind: 'length', detail };
}
