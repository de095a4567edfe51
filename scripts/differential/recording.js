import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * What a real server was sent, byte by byte, and what it answered.
 * @typedef {object} Exchange
 * @property {string} id
 * @property {Buffer} bytes the request as it went over the wire
 * @property {Recorded} request
 * @property {(Message | null)[]} answers all that came back; null where nothing did
 *
 * @typedef {{ http_version: string, status: number, reason: string, headers: [string, string][], body: string }} Message
 * @typedef {object} Recorded
 * @property {string} method
 * @property {string} path
 * @property {string} [version]
 * @property {[string, string][]} [headers]
 * @property {string | null} [body]
 * @property {string} [body_base64]
 * @property {string} [raw]
 */

/** The releases of a folder of recordings, the newest first. */
export function releasesIn(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const releases = files.map((name) => basename(name, '.jsonl'));
  return releases.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
}

/** Reads `RELEASE.jsonl`: one exchange a line, in the order in which one fresh server got them. */
export function readRecording(folder, release) {
  const lines = readFileSync(join(folder, `${release}.jsonl`), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => toExchange(JSON.parse(line)));
}

/** @returns {Exchange} */
function toExchange({ id, request, response, following = [] }) {
  const answers = [response, ...following].filter((each, index) => index === 0 || each !== null);
  return { id, request, answers };
}

/** The request as it went over the wire, its target and body given separately since ids in them change. */
export function bytesOf({ method, path, version = 'HTTP/1.1', headers = [], raw, body_base64 }, body, host) {
  if (raw !== undefined) {
    return Buffer.from(raw);
  }
  const content = body_base64 === undefined ? Buffer.from(body ?? '') : Buffer.from(body_base64, 'base64');
  const target = whole(path, path.includes('?') ? '' : LISTED).replace(/^http:\/\/[^/]+/, `http://${host}`);
  const lines = headers.map(([name, value]) => `${name}: ${fieldValue(name, whole(value), content, host)}`);
  return Buffer.concat([
    Buffer.from(`${[`${method} ${target} ${version}`, ...lines].join('\r\n')}\r\n\r\n`),
    content,
  ]);
}

/** The end of a path that was cut: long paths were sent to the list of jobs alone. */
const LISTED = '/jobs/runs';

/** An overlong value is recorded as `xxx...[N chars]`: its last character goes on until it has N characters. */
export function whole(value, end = '') {
  const [, shown = value, size] = /^(.*?)\.\.\.\[(\d+) chars\]$/s.exec(value) ?? [];
  return size === undefined ? value : shown.padEnd(Number(size) - end.length, shown.at(-1)) + end;
}

/** The host is another one here, and a body whose ids were replaced has another length. */
function fieldValue(name, value, content, host) {
  switch (name.toLowerCase()) {
    case 'host':
      return value.replace(/^127\.0\.0\.1:\d+$/, host);
    case 'content-length':
      return String(content.length);
    default:
      return value;
  }
}
