import { splitTarget } from './target.ts';
import type { TransportName } from './transport-answers.ts';

/** What the mock has to tell: an answered request, or something about itself. */
export type LogEntry = RequestEntry | NoticeEntry;

export interface RequestEntry {
  readonly kind: 'request';
  /** As sent; `-` where the request could not be read. */
  readonly method: string;
  readonly target: string;
  readonly status: number;
  /** From the arrival of the request to the sending of the answer. */
  readonly ms: number;
  /** What was answered and why. */
  readonly why: string;
  /** Set where the documented page does not describe the answer. */
  readonly transport: TransportName | undefined;
}

export interface NoticeEntry {
  readonly kind: 'notice';
  readonly level: 'info' | 'error';
  readonly message: string;
}

export type Log = (entry: LogEntry) => void;

/** A log that writes lines to `out`: for people, as JSON (one object a line), or not at all. */
export async function requestLog(form: 'text' | 'json' | 'off', out: (text: string) => void): Promise<Log> {
  if (form === 'off') {
    return () => {};
  }
  return form === 'json' ? jsonLog(out) : (entry) => out(`${formatEntry(entry)}\n`);
}

/** The most characters of a target, and of a reason, that a line shows. */
const SHOWN = 300;

/** `GET /api/metalakes/demo/jobs/runs 200 0.4 ms, world default: 2 jobs`, without characters that steer a terminal. */
export function formatEntry(entry: LogEntry): string {
  if (entry.kind === 'notice') {
    return printable(entry.level === 'error' ? `ERROR ${entry.message}` : entry.message);
  }
  const { method, target, status, ms, why } = entry;
  const mark = isFault(entry) ? 'ERROR ' : '';
  return printable(`${mark}${method} ${shown(target)} ${status} ${ms.toFixed(1)} ms, ${cut(why)}`);
}

async function jsonLog(out: (text: string) => void): Promise<Log> {
  const { pino } = await import('pino');
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: out });
  return (entry) => {
    if (entry.kind === 'notice') {
      logger[entry.level](entry.message);
      return;
    }
    const { kind: _, target, why, ...facts } = entry;
    logger[isFault(entry) ? 'error' : 'info']({ ...facts, target: shown(target), why: cut(why) });
  };
}

/** A fault of the mock or its fixture, not an answer that a scenario or a preference asks for. */
function isFault({ transport, status }: RequestEntry): boolean {
  return transport !== undefined && status >= 500;
}

/** A target as a log may show it: in absolute-form it may hold a user and a password. */
function shown(target: string): string {
  const { path, query } = splitTarget(target);
  return cut(query === '' ? path : `${path}?${query}`);
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}
