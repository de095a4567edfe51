import { gzipSync } from 'node:zlib';
import { expect, jest, test } from '@jest/globals';
import type { Draft, SenderOptions } from '../../src/contract/draft.ts';
import type { Exchange } from '../../src/contract/exchange.ts';
import { createSender } from '../../src/contract/send.ts';
import { closedPort, serve, serveRaw } from '../servers/listen.ts';

const draft: Draft = { id: 'a draft', method: 'GET', target: '/things?x=1', headers: [['Accept', 'a/b']] };

/** Sends drafts one after another over one sender. */
async function sendAll(
  origin: string,
  drafts: readonly Draft[],
  options: Partial<SenderOptions> = {},
): Promise<readonly Exchange[]> {
  const sender = createSender({ origin, headers: [], timeoutSeconds: 5, ...options });
  const exchanges: Exchange[] = [];
  for (const each of drafts) {
    exchanges.push(await sender.send(each));
  }
  sender.close();
  return exchanges;
}

async function sendOne(origin: string, options: Partial<SenderOptions> = {}): Promise<Exchange> {
  const [exchange] = await sendAll(origin, [draft], options);
  if (!exchange) {
    throw new Error('no exchange');
  }
  return exchange;
}

test('an exchange keeps the request, the status line, the header lines in order, the body and the bytes', async () => {
  const bytes = 'HTTP/1.1 200 Fine By Me\r\nX-B: 1\r\nx-a: 2\r\nX-B: 3\r\nContent-Length: 4\r\n\r\nfour';
  const origin = await serveRaw((socket) => socket.write(bytes));
  const exchange = await sendOne(origin, { headers: [['X-Key', 'k']] });
  expect(exchange.request).toEqual({
    method: 'GET',
    target: '/things?x=1',
    origin,
    headers: [
      ['X-Key', 'k'],
      ['Accept', 'a/b'],
      ['Host', origin.slice('http://'.length)],
    ],
    common: [['X-Key', 'k']],
    body: undefined,
  });
  expect(exchange.response).toEqual({
    httpVersion: '1.1',
    status: 200,
    reason: 'Fine By Me',
    headers: [
      ['X-B', '1'],
      ['x-a', '2'],
      ['X-B', '3'],
      ['Content-Length', '4'],
    ],
    body: Buffer.from('four'),
    raw: Buffer.from(bytes),
  });
  expect(exchange.failure).toBeUndefined();
});

test('nothing is asked for that a draft does not ask for: no Accept, no Accept-Encoding, no User-Agent', async () => {
  const heads: string[] = [];
  const origin = await serveRaw((socket, head) => {
    heads.push(head);
    socket.write('HTTP/1.1 204 No Content\r\n\r\n');
  });
  await sendAll(origin, [{ ...draft, headers: [] }]);
  const host = origin.slice('http://'.length);
  expect(heads).toEqual([`GET /things?x=1 HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive`]);
});

test('each exchange on a kept connection has its own bytes', async () => {
  let count = 0;
  const origin = await serveRaw((socket) => {
    count += 1;
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${count}`);
  });
  const [first, second] = await sendAll(origin, [draft, draft]);
  expect(first?.response?.raw?.toString()).toBe('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1');
  expect(second?.response?.raw?.toString()).toBe('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2');
});

test('redirects are not followed', async () => {
  const origin = await serve((_, response) => response.writeHead(302, { Location: '/elsewhere' }).end());
  const exchange = await sendOne(origin);
  expect(exchange.response?.status).toBe(302);
});

test('a body that is no JSON under a JSON type is kept as it is', async () => {
  const origin = await serve((_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"a":'),
  );
  expect((await sendOne(origin)).response?.body?.toString()).toBe('{"a":');
});

test('a coded body is decoded, the bytes stay coded', async () => {
  const origin = await serve((_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('plain text')),
  );
  const { response } = await sendOne(origin);
  expect(response?.body?.toString()).toBe('plain text');
  expect(response?.raw?.includes(gzipSync('plain text'))).toBe(true);
});

test.each([
  ['plain bytes', Buffer.from('plain'), 'its bytes are not gzip: incorrect header check'],
  [
    'a stream cut short',
    gzipSync('x'.repeat(99)).subarray(0, 15),
    'its bytes are not gzip: unexpected end of file',
  ],
])('%s under Content-Encoding: gzip are a problem of the body', async (_, body, detail) => {
  const origin = await serve((_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(body),
  );
  const { response } = await sendOne(origin);
  expect(response?.bodyProblem).toEqual({ kind: 'coding', detail });
  expect(response?.body).toBeUndefined();
});

test('a body that decodes to more than 32 MiB is not kept', async () => {
  const bomb = gzipSync(Buffer.alloc(65 * 1024 * 1024));
  const origin = await serve((_, response) =>
    response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb),
  );
  const { response } = await sendOne(origin);
  expect(response?.bodyProblem).toEqual({ kind: 'size', detail: 'it decodes to more than 32 MiB' });
});

test('a body of more than 32 MiB is read to its end but not kept', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const origin = await serve((_, response) => {
    for (let count = 0; count < 65; count += 1) {
      response.write(chunk);
    }
    response.end();
  });
  const { response } = await sendOne(origin);
  expect(response?.bodyProblem).toEqual({
    kind: 'size',
    detail: 'it is larger than the 32 MiB that are read',
  });
  expect(response?.raw?.length).toBe(64 * 1024);
});

test('a body without end is a timeout', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const origin = await serve((_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(chunk)) {}
      response.once('drain', more);
    };
    more();
  });
  const { failure } = await sendOne(origin, { timeoutSeconds: 0.5 });
  expect(failure?.kind).toBe('timeout');
});

test('no answer in time is tried twice', async () => {
  let count = 0;
  const origin = await serve(() => {
    count += 1;
  });
  const { failure } = await sendOne(origin, { timeoutSeconds: 0.2 });
  expect(failure).toEqual({
    kind: 'timeout',
    detail: 'no complete answer within 0.2 s; nothing came',
    raw: Buffer.alloc(0),
  });
  expect(count).toBe(2);
});

test('an answer at the second try counts', async () => {
  let count = 0;
  const origin = await serve((_, response) => {
    count += 1;
    if (count > 1) {
      response.end('late');
    }
  });
  expect((await sendOne(origin, { timeoutSeconds: 0.2 })).response?.body?.toString()).toBe('late');
});

test('where nothing listens the connection is refused', async () => {
  const { failure } = await sendOne(await closedPort());
  expect(failure).toEqual({ kind: 'refused', detail: 'nothing listens there' });
});

test('an unknown host is refused', async () => {
  const { failure } = await sendOne('http://no-such-host.invalid');
  expect(failure).toEqual({ kind: 'refused', detail: 'the host name is unknown' });
});

test('a connection that is closed without an answer', async () => {
  const origin = await serveRaw((socket) => socket.end());
  const { failure } = await sendOne(origin);
  expect(failure).toEqual({
    kind: 'closed',
    detail: 'the connection was closed before the answer was complete; nothing came',
    raw: Buffer.alloc(0),
  });
});

test('a connection that is closed in the middle of the body', async () => {
  const bytes = 'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf';
  const origin = await serveRaw((socket) => socket.end(bytes));
  const { failure, response } = await sendOne(origin);
  expect(failure).toEqual({
    kind: 'closed',
    detail:
      'the connection was closed before the answer was complete; 43 bytes came, but not 95 of the 99 bytes of its body',
    raw: Buffer.from(bytes),
  });
  expect(response).toBeUndefined();
});

test('a connection that is reset', async () => {
  const origin = await serveRaw((socket) => socket.resetAndDestroy());
  const { failure } = await sendOne(origin);
  expect(failure).toEqual({
    kind: 'reset',
    detail: 'the connection was reset; nothing came',
    raw: Buffer.alloc(0),
  });
});

test.each([
  ['no status line', 'hello there\r\n\r\n'],
  ['a status line without a code', 'HTTP/1.1 OK\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ['a bad chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n'],
])('an answer with %s is malformed, its bytes are kept', async (_, bytes) => {
  const origin = await serveRaw((socket) => socket.write(bytes));
  const { failure } = await sendOne(origin);
  expect(failure).toMatchObject({ kind: 'malformed', raw: Buffer.from(bytes) });
  expect(failure?.detail).toMatch(/^the bytes are no HTTP answer: /);
});

test('headers beyond all measure end a try', async () => {
  const origin = await serveRaw((socket) =>
    socket.write(`HTTP/1.1 200 OK\r\n${'X-A: b\r\n'.repeat(200_000)}`),
  );
  expect((await sendOne(origin)).failure).toMatchObject({
    kind: 'malformed',
    detail: 'its header lines are more than the 128 KiB that are read',
  });
});

test('an answer that breaks in its body says nothing on the console', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const bytes = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\nzz\r\n';
  const origin = await serveRaw((socket) => socket.write(bytes));
  expect((await sendOne(origin)).failure?.kind).toBe('malformed');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test('a kept connection that the server closed meanwhile is replaced without a word', async () => {
  let answers = 0;
  const origin = await serveRaw((socket) => {
    answers += 1;
    if (answers === 2) {
      socket.resetAndDestroy();
    } else {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    }
  });
  const [, second] = await sendAll(origin, [draft, draft]);
  expect(second?.response?.status).toBe(200);
  expect(answers).toBe(3);
});

test.each([
  [
    'chunks with extensions and a trailer',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nok\r\n0\r\nX: y\r\n\r\n',
  ],
  ['HTTP/1.0 and the end of the connection', 'HTTP/1.0 200 OK\r\n\r\nok'],
  ['no length but the end of the connection', 'HTTP/1.1 200 \r\nConnection: close\r\n\r\nok'],
  [
    'early hints first',
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  ],
  ['a Latin-1 header', 'HTTP/1.1 200 OK\r\nServer: caf\xe9\r\nContent-Length: 2\r\n\r\nok'],
])('an answer with %s is read', async (_, bytes) => {
  const origin = await serveRaw((socket) => {
    socket.write(bytes, 'latin1');
    if (!/Content-Length|chunked/.test(bytes)) {
      socket.end();
    }
  });
  expect((await sendOne(origin)).response?.body?.toString()).toBe('ok');
});

test('an answer that Node refuses is read from its bytes all the same', async () => {
  const origin = await serveRaw((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab and more'),
  );
  const { response, failure, wire } = await sendOne(origin);
  expect(failure).toBeUndefined();
  expect(response).toMatchObject({ status: 200, body: undefined, bodyProblem: { kind: 'framing' } });
  expect(wire?.surplus.toString()).toBe(' and more');
});

test('what goes over the wire is kept', async () => {
  const origin = await serveRaw((socket) =>
    socket.write('HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab'),
  );
  const { wire } = await sendOne(origin);
  const host = origin.slice('http://'.length);
  expect(wire?.sent.toString()).toBe(
    `GET /things?x=1 HTTP/1.1\r\nAccept: a/b\r\nHost: ${host}\r\nConnection: keep-alive\r\n\r\n`,
  );
  expect(wire).toMatchObject({
    statusLine: 'HTTP/1.1 200 OK',
    connection: 'open',
    contentSize: 2,
    faults: [],
  });
  expect(wire?.interim).toHaveLength(1);
  expect(wire?.lastByteMs).toBeGreaterThanOrEqual(wire?.firstByteMs ?? Number.NaN);
});

test('bytes that come between two answers are left over for the second', async () => {
  const origin = await serveRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab');
    setTimeout(() => socket.write('stray'), 20);
  });
  const sender = createSender({ origin, headers: [], timeoutSeconds: 5 });
  await sender.send(draft);
  await new Promise((resolve) => setTimeout(resolve, 250));
  const { wire, response } = await sender.send(draft);
  sender.close();
  // Newer versions of Node drop a connection on which bytes come while it is idle, and do not show them.
  const isDropped = Number(process.versions.node.split('.')[0]) >= 24;
  expect(wire?.leftover.toString()).toBe(isDropped ? '' : 'stray');
  expect(response?.body?.toString()).toBe('ab');
});

test('a body that says it is too large is not waited for', async () => {
  const origin = await serveRaw((socket) =>
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${2 ** 30}\r\n\r\nab`),
  );
  const { response } = await sendOne(origin);
  expect(response).toMatchObject({ status: 200, bodyProblem: { kind: 'size' } });
});

test.each(['/a/../b', '/a/./b', '/a|b{c}', '//a', '/a?x=%zz', '/a?x="y"<z>', '/a?', '/%2e%2e/a'])(
  'the target %s is sent as it is',
  async (target) => {
    const lines: string[] = [];
    const origin = await serveRaw((socket, head) => {
      lines.push(head.split('\r\n')[0] ?? '');
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab');
    });
    const [exchange] = await sendAll(origin, [{ ...draft, target }], { headers: [['X-Key', 'k']] });
    expect(lines).toEqual([`GET ${target} HTTP/1.1`]);
    expect(exchange).toMatchObject({ request: { target }, response: { status: 200 } });
  },
);

test('bytes of any kind are sent as they are', async () => {
  const heads: string[] = [];
  const origin = await serveRaw((socket, head) => {
    heads.push(head);
    socket.end('HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n\r\n');
  });
  const raw = (headers: readonly (readonly [string, string])[]) =>
    Buffer.from(
      `GET /\xff HTTP/1.1\r\n${headers.map(([name, value]) => `${name}:${value}`).join('\r\n')}\r\n\r\n`,
      'latin1',
    );
  const [exchange] = await sendAll(origin, [{ ...draft, raw }], { headers: [['X-Key', 'k']] });
  const host = origin.slice('http://'.length);
  expect(heads).toEqual([`GET /\xff HTTP/1.1\r\nHost:${host}\r\nX-Key:k`]);
  expect(exchange).toMatchObject({ request: { irregular: true }, response: { status: 400 } });
});

test.each([
  ['hangs', () => undefined, 'timeout'],
  ['closes', (socket: { end: () => unknown }) => socket.end(), 'closed'],
  ['resets', (socket: { resetAndDestroy: () => unknown }) => socket.resetAndDestroy(), 'reset'],
] as const)('to bytes a server that %s gives no answer', async (_, answer, kind) => {
  const origin = await serveRaw((socket) => answer(socket));
  const [exchange] = await sendAll(origin, [{ ...draft, target: '/a/../b' }], { timeoutSeconds: 0.2 });
  expect(exchange?.failure?.kind).toBe(kind);
});

test('bytes for a port where nothing listens are refused', async () => {
  const [exchange] = await sendAll(await closedPort(), [{ ...draft, target: '/a/../b' }]);
  expect(exchange?.failure).toEqual({ kind: 'refused', detail: 'nothing listens there' });
});

test('an answer that came over a fresh connection alone is told', async () => {
  const seen = new WeakSet<object>();
  const origin = await serveRaw((socket) => {
    if (!seen.has(socket)) {
      seen.add(socket);
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab');
    }
  });
  const [first, second] = await sendAll(origin, [draft, draft], { timeoutSeconds: 0.2 });
  expect([first?.hungOnReuse, second?.hungOnReuse]).toEqual([undefined, true]);
  expect(second?.response?.status).toBe(200);
});

test('after two hangs over used connections each request gets a fresh one', async () => {
  const origin = await serveRaw((socket) => {
    if (socket.bytesWritten === 0) {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab');
    }
  });
  const sender = createSender({ origin, headers: [], timeoutSeconds: 0.1 });
  const hung = [];
  for (let count = 0; count < 6; count += 1) {
    hung.push((await sender.send(draft)).hungOnReuse === true);
  }
  sender.close();
  expect(hung).toEqual([false, true, true, false, false, false]);
});

test('nothing is waited for behind a change of protocol', async () => {
  const origin = await serveRaw((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chat\r\n\r\n');
  });
  const sender = createSender({ origin, headers: [], timeoutSeconds: 5 });
  const start = performance.now();
  const { response, failure } = await sender.send(draft);
  sender.close();
  expect([response?.status, failure]).toEqual([101, undefined]);
  expect(performance.now() - start).toBeLessThan(2000);
});

test('what is under way when the sender is closed gets no answer in time, and what comes later is not sent', async () => {
  const origin = await serveRaw(() => undefined);
  const sender = createSender({ origin, headers: [], timeoutSeconds: 5 });
  const [kept, alone] = [sender.send(draft), sender.send({ ...draft, alone: true })];
  setTimeout(sender.close, 200);
  for (const exchange of [await kept, await alone]) {
    expect(exchange.failure?.kind).toBe('timeout');
    expect(exchange.durationMs).toBeLessThan(2000);
  }
  expect((await sender.send(draft)).durationMs).toBeLessThan(2000);
  expect((await kept).failure?.detail).toMatch(/^no complete answer within 0\.\d s; nothing came$/);
});

test('a connection that stays open is watched for what follows the answer', async () => {
  const origin = await serveRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab');
    setTimeout(() => socket.write('stray'), 40);
  });
  const sender = createSender({ origin, headers: [], timeoutSeconds: 5 });
  const { wire } = await sender.send({ ...draft, alone: true, watchedMs: 150 });
  sender.close();
  expect(wire?.surplus.toString()).toBe('stray');
});

test('an answer that ends at any point but its own is none, and says what is missing', async () => {
  const whole = [
    'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n',
    '3;x="y"\r\nabc\r\n1\r\nd\r\n0\r\nX-Sum: 1\r\n\r\n',
  ].join('');
  let length = 0;
  const origin = await serveRaw((socket) => socket.end(whole.slice(0, length)));
  const sender = createSender({ origin, headers: [], timeoutSeconds: 5 });
  for (length = 0; length < whole.length; length += 1) {
    const { response, failure } = await sender.send(draft);
    expect([length, response, failure?.kind]).toEqual([length, undefined, 'closed']);
    expect(failure?.detail).toMatch(
      length === 0 ? /nothing came$/ : /but not (the end of its header|its last chunk|the last)/,
    );
  }
  const { response } = await sender.send(draft);
  sender.close();
  expect(response?.body?.toString()).toBe('abcd');
});
