import type { HeaderLine, SentRequest } from './exchange.ts';
import { secretsOf, type Told, toldHeaders } from './placeholders.ts';
import { requestBytes } from './raw-send.ts';

/** Beyond the characters of Latin-1, which stand for bytes. */
const FIRST_MARK = 0x100;

const ESCAPES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '%': '%%', '\\': '\\\\' };

/**
 * A command line for a POSIX shell that sends the bytes of a request by `nc`, or by `openssl s_client` where they go over
 * TLS. The values of secret headers are variables.
 */
export function rawLineOf(request: SentRequest, origin: string, given: readonly HeaderLine[]): string {
  const bytes = request.bytes ?? bytesOf(request, origin, given);
  const secrets = secretsOf(request, given);
  const { format, variables } = printfOf(mark(bytes.toString('latin1'), secrets), secrets);
  const words = variables.map((variable) => ` "$${variable}"`).join('');
  return `printf '${format}'${words} | ${pipeTo(origin)}`;
}

/** The bytes of a request that the run did not write byte by byte. */
function bytesOf(request: SentRequest, origin: string, given: readonly HeaderLine[]): Buffer {
  const { method, target, httpVersion = '1.1', body } = request;
  const told = toldHeaders(request, given).map(({ name, value }): HeaderLine => [name, value]);
  const isHosted = told.some(([name]) => name.toLowerCase() === 'host');
  const headers: readonly HeaderLine[] = isHosted ? told : [['Host', new URL(origin).host], ...told];
  return requestBytes(`${method} ${target} HTTP/${httpVersion}`, headers, body);
}

/** Puts one mark in the place of the value of each secret header line. */
function mark(text: string, secrets: readonly Told[]): string {
  return secrets.reduce((marked, { name, value }, index) => {
    const line = new RegExp(`^(${escaped(name)}:[ \\t]*)${escaped(value)}(?=[ \\t]*\\r?$)`, 'gim');
    return marked.replace(line, `$1${String.fromCharCode(FIRST_MARK + index)}`);
  }, text);
}

/** The format of printf for a text, and the variables for its `%s`. */
function printfOf(marked: string, secrets: readonly Told[]) {
  const variables: string[] = [];
  const format = [...marked].map((character, index) => {
    const code = character.charCodeAt(0);
    const variable = secrets[code - FIRST_MARK]?.variable;
    if (variable !== undefined) {
      variables.push(variable);
      return '%s';
    }
    // A format that begins with a dash would be taken for an option.
    const isPlain = /[ -~]/.test(character) && character !== "'" && !(index === 0 && character === '-');
    return ESCAPES[character] ?? (isPlain ? character : `\\${code.toString(8).padStart(3, '0')}`);
  });
  return { format: format.join(''), variables };
}

function pipeTo(origin: string): string {
  const { protocol, hostname, port } = new URL(origin);
  return protocol === 'https:'
    ? `openssl s_client -quiet -connect ${hostname}:${port || 443}`
    : `nc ${hostname.replace(/^\[|\]$/g, '')} ${port || 80}`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
