import { connect } from 'node:net';

/** Milliseconds in which an answer must have come. */
const PATIENCE = 5000;

/**
 * Sends bytes on a connection of their own, and gives what came back: as many answers as were expected, or fewer where the
 * server closed or fell silent.
 * @returns {Promise<(import('./recording.js').Message | null)[]>}
 */
export function exchange({ hostname, port }, bytes, isHead, expected) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = Buffer.alloc(0);
    const finish = (isClosed) => {
      const answers = readAnswers(received, isHead, isClosed);
      if (isClosed || answers.length >= expected) {
        socket.destroy();
        resolve(answers.length === 0 ? [null] : answers);
      }
    };
    socket.setTimeout(PATIENCE, () => finish(true));
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      finish(false);
    });
    socket.on('close', () => finish(true));
    socket.on('error', (error) => (received.length > 0 ? finish(true) : reject(error)));
  });
}

/** The whole answers at the start of some bytes. Only the first one may answer HEAD. */
function readAnswers(bytes, isHead, isClosed) {
  const answers = [];
  let rest = bytes;
  while (rest.length > 0) {
    const read = readAnswer(rest, isHead && answers.length === 0, isClosed);
    if (!read) {
      break;
    }
    answers.push(read.answer);
    rest = read.rest;
  }
  return answers;
}

function readAnswer(bytes, isHead, isClosed) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) {
    return undefined;
  }
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [, http_version, status, reason] = /^(\S+) (\d+) ?(.*)$/.exec(first) ?? [];
  if (status === '100') {
    // It only says that the answer is still to come.
    return readAnswer(bytes.subarray(end + 4), isHead, isClosed);
  }
  const headers = lines.map((line) => [line.replace(/:.*$/s, ''), line.replace(/^.*?: ?/s, '')]);
  const body = readBody(bytes.subarray(end + 4), fieldsOf(headers), isHead || status === '204', isClosed);
  const answer = { http_version, status: Number(status), reason, headers };
  return body && { answer: { ...answer, body: body.content.toString() }, rest: body.rest };
}

function fieldsOf(headers) {
  return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

function readBody(bytes, fields, isEmpty, isClosed) {
  if (isEmpty) {
    return { content: Buffer.alloc(0), rest: bytes };
  }
  if (fields['transfer-encoding'] === 'chunked') {
    return readChunks(bytes);
  }
  const length = fields['content-length'];
  if (length === undefined) {
    return isClosed ? { content: bytes, rest: Buffer.alloc(0) } : undefined;
  }
  const size = Number(length);
  return bytes.length < size ? undefined : { content: bytes.subarray(0, size), rest: bytes.subarray(size) };
}

function readChunks(bytes) {
  const chunks = [];
  let rest = bytes;
  for (;;) {
    const end = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.toString('latin1', 0, Math.max(end, 0)), 16);
    if (end < 0 || Number.isNaN(size) || rest.length < end + 4 + size) {
      return undefined;
    }
    chunks.push(rest.subarray(end + 2, end + 2 + size));
    rest = rest.subarray(end + 4 + size);
    if (size === 0) {
      return { content: Buffer.concat(chunks), rest };
    }
  }
}
