/** A status line and fields, strictly as RFC 9112 writes them. */
const HEAD = /^HTTP\/1\.1 (\d{3}) [ -~]*\r\n((?:[!#$%&'*+\-.^_`|~\w]+: ?[\t -~\x80-\xff]*\r\n)*)$/;

/** The transport answers to what could not be read; after them the connection is closed. */
const UNREADABLE = ['malformed-request', 'headers-too-large', 'target-too-long', 'request-timeout'];

/**
 * Reads whole answers from the bytes of a connection. Interim ones (1xx) are passed over.
 * @param {Buffer} bytes
 * @param {readonly string[]} methods the methods of the requests, in order: an answer to HEAD has no body
 * @returns {{answers: {status: number, headers: Map<string, string>, body: Buffer, method: string}[], rest: Buffer}}
 *   `rest` is what is left: an answer that is not whole, or none at all
 */
export function readAnswers(bytes, methods) {
  const answers = [];
  let rest = bytes;
  for (let next = readOne(rest, methods[0]); next; next = readOne(rest, methods[answers.length])) {
    if (next.status >= 200) {
      answers.push(next);
    }
    rest = rest.subarray(next.length);
  }
  return { answers, rest };
}

function readOne(bytes, method = 'GET') {
  const end = bytes.indexOf('\r\n\r\n');
  const [, code, fields] = HEAD.exec(bytes.toString('latin1', 0, end + 2)) ?? [];
  if (end < 0 || code === undefined) {
    return undefined;
  }
  const headers = new Map(fields.split('\r\n').filter(Boolean).map(splitField));
  const status = Number(code);
  const rest = bytes.subarray(end + 4);
  const size = hasBody(status, headers, method, rest) ? Number(headers.get('content-length')) : 0;
  const body = rest.subarray(0, size);
  return body.length === size ? { status, headers, body, method, length: end + 4 + size } : undefined;
}

/** Of a request that could not be read the mock does not know that it was HEAD, so that its answer may have a body. */
function hasBody(status, headers, method, rest) {
  const isBare = status === 204 || status < 200;
  const isToHead = method === 'HEAD' && !(rest.length > 0 && UNREADABLE.includes(headers.get('x-jobs-kit')));
  return !isBare && !isToHead;
}

function splitField(line) {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
