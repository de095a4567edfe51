import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { decodeContent } from '../../src/contract/decode.ts';
import { BODY_LIMIT } from '../../src/contract/limits.ts';

const text = Buffer.from('plain text');

test.each([
  [undefined, text],
  ['', text],
  ['identity', text],
  ['gzip', gzipSync(text)],
  ['X-GZIP', gzipSync(text)],
  ['br', brotliCompressSync(text)],
  ['deflate', deflateSync(text)],
  ['deflate', deflateRawSync(text)],
  ['deflate, gzip', gzipSync(deflateSync(text))],
])('Content-Encoding: %s is undone', async (coding, bytes) => {
  expect(await decodeContent(bytes, coding)).toEqual({ body: text });
});

test('a checksum that does not fit is a problem', async () => {
  const bytes = gzipSync(text);
  bytes.writeUInt32LE(1, bytes.length - 8);
  expect(await decodeContent(bytes, 'gzip')).toEqual({
    problem: { kind: 'coding', detail: 'its bytes are not gzip: incorrect data check' },
  });
});

test('gzip is not brotli', async () => {
  expect(await decodeContent(gzipSync(text), 'br')).toMatchObject({ problem: { kind: 'coding' } });
});

test('gzip, gzip that was coded once is a problem', async () => {
  expect(await decodeContent(gzipSync(text), 'gzip, gzip')).toMatchObject({ problem: { kind: 'coding' } });
});

test('a registered coding that cannot be undone here is a problem of ours', async () => {
  expect(await decodeContent(text, 'zstd')).toEqual({
    problem: { kind: 'unsupported', detail: 'its content coding "zstd" cannot be undone here' },
  });
});

test('an unknown coding is a problem', async () => {
  expect(await decodeContent(text, 'rot13')).toEqual({
    problem: { kind: 'coding', detail: 'there is no content coding "rot13"' },
  });
});

test('a body that grows beyond all measure is a problem of size', async () => {
  const bomb = deflateSync(Buffer.alloc(BODY_LIMIT + 1));
  expect(await decodeContent(bomb, 'deflate')).toEqual({
    problem: { kind: 'size', detail: 'it decodes to more than 32 MiB' },
  });
});
