import { TOKEN, trimBlanks } from '../http/grammar.ts';
import type { HeaderLine } from './exchange.ts';
import { FAULTS_TOLD, LINES_LIMIT } from './limits.ts';
import { shown, type WireFault } from './wire-fault.ts';

/** The head of an answer, read from its bytes. */
export interface RawHead {
  /** Without its line end. */
  readonly statusLine: string;
  /** `1.1` */
  readonly httpVersion: string;
  readonly status: number;
  readonly reason: string;
  /** In order, names as received. */
  readonly headers: readonly HeaderLine[];
  /** In order, at most 20 of them. */
  readonly faults: readonly WireFault[];
}

const STATUS_LINE = /^HTTP\/(1\.\d) ([1-9]\d\d)(?: ([\t -~\x80-\xff]*))?$/;

/** What a status line is taken for all the same. */
const LIKE_STATUS_LINE = /^HTTP\/(\d+(?:\.\d+)?)\s+(\d{3})\b\s*(.*)$/i;

const NAME = new RegExp(`^${TOKEN}$`);

/**
 * Where a head ends: the offset behind its empty line; undefined where it has not come yet. Lines may end in LF alone,
 * since that is to be told and not to be stumbled upon.
 */
export function endOfHead(bytes: Buffer, from = 0): number | undefined {
  for (let index = bytes.indexOf(10, from); index >= 0; index = bytes.indexOf(10, index + 1)) {
    const next = bytes[index + 1] === 13 ? index + 2 : index + 1;
    if (bytes[next] === 10) {
      return next + 1;
    }
  }
  return undefined;
}

/** As far as it can be told: a head begins with `HTTP/`, in whatever letters. */
export function isLikeHttp(bytes: Buffer): boolean {
  return 'HTTP/'.startsWith(bytes.subarray(0, 5).toString('latin1').toUpperCase());
}

/** Whether a head has more than 1000 lines. */
export function hasTooManyLines(bytes: Buffer): boolean {
  let count = 0;
  for (
    let index = bytes.indexOf(10);
    index >= 0 && count <= LINES_LIMIT;
    index = bytes.indexOf(10, index + 1)
  ) {
    count += 1;
  }
  return count > LINES_LIMIT;
}

/** Reads a head strictly (RFC 9112 sections 4 and 5), going on after each fault. Undefined where no status can be told. */
export function parseHead(bytes: Buffer): RawHead | undefined {
  const { lines, faults } = linesOf(bytes);
  const [statusLine = '', ...rest] = lines;
  const strict = STATUS_LINE.exec(statusLine);
  const [, httpVersion, status, reason = ''] = strict ?? LIKE_STATUS_LINE.exec(statusLine) ?? [];
  if (httpVersion === undefined || status === undefined) {
    return undefined;
  }
  const fields = parseFields(rest);
  const own = strict ? [] : [fault(`the malformed status line ${shown(statusLine)}`)];
  return {
    statusLine,
    httpVersion,
    status: Number(status),
    reason,
    headers: fields.headers,
    faults: [...own, ...faults, ...fields.faults],
  };
}

/** Reads trailer lines that came with their empty line: the first 1000 of them. */
export function parseTrailers(bytes: Buffer): Pick<RawHead, 'headers' | 'faults'> {
  const { lines, faults } = linesOf(bytes);
  const fields = parseFields(lines.slice(0, LINES_LIMIT));
  return { headers: fields.headers, faults: [...faults, ...fields.faults] };
}

function linesOf(bytes: Buffer): { lines: readonly string[]; faults: readonly WireFault[] } {
  const ended = bytes.toString('latin1').split('\n');
  // Behind the last line end there is nothing, before it the empty line.
  const parts = ended.slice(0, -2);
  const bare = ended.slice(0, -1).find((line) => !line.endsWith('\r'));
  const faults = bare === undefined ? [] : [fault(`a line that ends in LF alone: ${shown(bare)}`)];
  return { lines: parts.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)), faults };
}

function parseFields(lines: readonly string[]): Pick<RawHead, 'headers' | 'faults'> {
  const headers: HeaderLine[] = [];
  const faults: WireFault[] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    if (/^[ \t]/.test(line)) {
      faults.push(fault(`a folded header line: ${shown(line)}`));
      if (last) {
        headers[headers.length - 1] = [last[0], `${last[1]} ${line.trim()}`];
      }
      continue;
    }
    const field = parseField(line);
    headers.push(...(field.header ? [field.header] : []));
    faults.push(...field.faults);
  }
  return { headers, faults: faults.slice(0, FAULTS_TOLD) };
}

function parseField(line: string): { header?: HeaderLine; faults: readonly WireFault[] } {
  const colon = line.indexOf(':');
  if (colon < 0) {
    return { faults: [fault(`a header line without a colon: ${shown(line)}`)] };
  }
  const name = line.slice(0, colon);
  const value = trimBlanks(line.slice(colon + 1));
  const header: HeaderLine = [name.trim(), value];
  if (/[ \t]$/.test(name)) {
    return { header, faults: [fault(`a blank before the colon of ${shown(name)}`)] };
  }
  if (!NAME.test(name)) {
    return { header, faults: [fault(`the header name ${shown(name)}, which is no token`)] };
  }
  return {
    header,
    faults: hasControls(value) ? [fault(`a control character in ${name}: ${shown(value)}`)] : [],
  };
}

/** Control characters but the tab (RFC 9110 5.5). */
function hasControls(value: string): boolean {
  return [...value].some((char) => (char < ' ' && char !== '\t') || char === '\x7f');
}

function fault(detail: string): WireFault {
  return { kind: 'syntax', detail };
}
