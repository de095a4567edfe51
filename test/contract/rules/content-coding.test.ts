import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { BODY, convictedBy, type Spoilt } from '../wire-judgement.ts';

const coded = (coding: string, body: Buffer | string, accepted?: string): Spoilt => ({
  lines: `Content-Encoding: ${coding}\r\n`,
  body,
  ...(accepted === undefined
    ? {}
    : {
        request: {
          headers: [
            ['Accept', VENDOR],
            ['Accept-Encoding', accepted],
          ],
        },
      }),
});

const gzip = gzipSync(BODY);
const wrongSum = Buffer.from(gzip);
wrongSum.writeUInt32LE(1, gzip.length - 8);

test.each<[finding: string, spoilt: Spoilt]>([
  ['content-coding: its bytes are not gzip: incorrect header check', coded('gzip', BODY)],
  ['content-coding: its bytes are not gzip: unexpected end of file', coded('gzip', gzip.subarray(0, 20))],
  ['content-coding: its bytes are not gzip: incorrect data check', coded('gzip', wrongSum)],
  ['content-coding: its bytes are not br: ', coded('br', gzip)],
  ['content-coding: its bytes are not gzip: incorrect header check', coded('gzip, gzip', gzip)],
  ['content-coding: there is no content coding "utf-8"', coded('utf-8', BODY)],
  ['unasked-coding: Content-Encoding: gzip for Accept-Encoding: identity', coded('gzip', gzip, 'identity')],
  [
    'unasked-coding: Content-Encoding: br for Accept-Encoding: gzip',
    coded('br', brotliCompressSync(BODY), 'gzip'),
  ],
  ['unasked-coding: its content coding "zstd" cannot be undone here', coded('zstd', gzip)],
])('%s', async (finding, spoilt) => {
  expect(await convictedBy(spoilt)).toEqual([expect.stringContaining(finding)]);
});

test.each<[sentence: string, spoilt: Spoilt]>([
  ['gzip that was asked for', coded('gzip', gzip, 'br, gzip;q=0.5')],
  ['gzip that nothing was said of', coded('gzip', gzip)],
  ['gzip in spite of its weight', coded('gzip', gzip, 'gzip;q=0')],
  ['x-gzip', coded('x-gzip', gzip, 'gzip')],
  ['any coding', coded('br', brotliCompressSync(BODY), '*')],
  ['deflate', coded('deflate', deflateSync(BODY))],
  ['deflate without its wrapper', coded('deflate', deflateRawSync(BODY))],
  ['two codings', coded('deflate, gzip', gzipSync(deflateSync(BODY)))],
  ['identity', coded('identity', BODY, 'identity')],
])('%s is convicted by no rule', async (_, spoilt) => {
  expect(await convictedBy(spoilt)).toEqual([]);
});
