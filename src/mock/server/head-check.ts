import type { HeadProblem } from '../responder.ts';

export type Bad = HeadProblem;

/** What Jetty finds wrong with the head of a request, character by character; undefined where it takes it. */
export function problemOfHead(head: string): Bad | undefined {
  const [line = '', ...fields] = head.split(/\r?\n/);
  return problemOfLine(line) ?? first(fields.map(problemOfField)) ?? problemOfFraming(fields);
}

/** The parts of a request line that has no problem; any number of blanks may stand between them. */
export function partsOf(line: string): readonly [method: string, target: string, version: string] {
  const [method = '', target = '', version = ''] = line.split(/ +/);
  return [method, target, version.toUpperCase()];
}

const TCHAR = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]";
/** Of targets and versions. */
const VISIBLE = '[!-\\xff]';

function problemOfLine(line: string): Bad | undefined {
  const [, method = '', gap = '', target = '', space = '', version = '', rest = ''] = LINE.exec(line) ?? [];
  const isCutOff = rest !== '' || (method === '' && line !== '') || (gap === '' && target !== '');
  if (isCutOff) {
    // What stands where a blank or the end was to be.
    return illegal((method === '' ? line : gap === '' ? target + space + version + rest : rest)[0] ?? '');
  }
  if (target === '') {
    return { bad: 400, reason: 'No URI' };
  }
  if (version === '') {
    return { bad: 505, reason: 'HTTP/0.9 not supported' };
  }
  if (/^HTTP\/0\.9$/i.test(version)) {
    return { bad: 505, reason: 'Unsupported Version' };
  }
  return /^HTTP\/(1\.[01]|2\.0)$/i.test(version) ? undefined : { bad: 505, reason: 'Unknown Version' };
}

const LINE = new RegExp(`^(${TCHAR}*)( *)(${VISIBLE}*)( *)(${VISIBLE}*)(.*)$`, 's');

function problemOfField(field: string): Bad | undefined {
  const [, name = '', rest = ''] = FIELD.exec(field) ?? [];
  if (/^[ \t:]/.test(field)) {
    return { bad: 400, reason: 'Header Folding' };
  }
  if (rest[0] !== ':') {
    return illegal(rest[0] ?? '\n');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  const [bad] = /[\x00-\x08\x0a-\x1f\x7f]/.exec(rest) ?? [];
  if (bad !== undefined) {
    return bad === '\r' ? { bad: 400, reason: 'Bad EOL' } : illegal(bad);
  }
  const value = rest.slice(1).trim();
  switch (name.toLowerCase()) {
    case 'content-length':
      return problemOfLength(value);
    case 'host':
      return problemOfHost(value);
    default:
      return undefined;
  }
}

const FIELD = new RegExp(`^(${TCHAR}*)(.*)$`, 's');

function problemOfLength(value: string): Bad | undefined {
  if (!/^\d+$/.test(value)) {
    return { bad: 400, reason: 'Invalid Content-Length Value' };
  }
  return BigInt(value) < 2n ** 63n ? undefined : { bad: 400 };
}

/** More than one colon is an address without its brackets. */
function problemOfHost(value: string): Bad | undefined {
  const [, port] = /^(?:\[.*\]|[^:[]*):([^:]*)$/.exec(value) ?? [];
  const isPort = port === undefined || (/^\d+$/.test(port) && Number(port) > 0 && Number(port) < 65_536);
  return isPort ? undefined : { bad: 400, reason: 'Bad HostPort' };
}

function problemOfFraming(fields: readonly string[]): Bad | undefined {
  const lengths = fields.filter((field) => /^content-length:/i.test(field));
  const codings = fields.filter((field) => /^transfer-encoding:/i.test(field));
  if (lengths.length > 0 && codings.length > 0) {
    return { bad: 400, reason: 'Transfer-Encoding and Content-Length' };
  }
  if (lengths.length > 1) {
    return { bad: 400, reason: 'Multiple Content-Lengths' };
  }
  const isChunked = codings.length === 0 || /[:,]\s*chunked\s*$/i.test(codings.at(-1) ?? '');
  return isChunked ? undefined : { bad: 400, reason: 'Bad Transfer-Encoding, chunked not last' };
}

function illegal(character: string): Bad {
  return { bad: 400, reason: `Illegal character ${shown(character)}` };
}

function shown(character: string): string {
  const code = character.charCodeAt(0);
  if (character === '\n' || character === '\r') {
    return character === '\n' ? 'LF=\\n' : 'CR=\\r';
  }
  if (character === ' ') {
    return "SPACE=' '";
  }
  if (code > 0x20 && code < 0x7f) {
    return `${character === ':' ? 'COLON' : 'VCHAR'}='${character}'`;
  }
  return `${character === '\t' ? 'HTAB' : code > 0x7f ? 'OTEXT' : 'CNTL'}=0x${code.toString(16)}`;
}

function first(problems: readonly (Bad | undefined)[]): Bad | undefined {
  return problems.find((problem) => problem !== undefined);
}
