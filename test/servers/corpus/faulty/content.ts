import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { casesOf } from '../case.ts';
import {
  audit,
  both,
  bytes,
  type Change,
  contentType,
  header,
  isAbsent,
  isFirst,
  isList,
  root,
  text,
  type Which,
} from '../change.ts';
import { VENDOR } from '../reply.ts';
import { headerOf } from '../request.ts';

const notEmpty: Which = ({ world, metalake }) => (world.metalakes.get(metalake)?.length ?? 0) > 0;
const aList = both(isList, ({ method }) => method === 'GET');
const coding = (name: string, which: Which = aList) => header('Content-Encoding', name, which);
const accepting =
  (name: string, yes: boolean): Which =>
  ({ headers }) =>
    (headerOf(headers, 'accept-encoding') ?? '').includes(name) === yes;

/** Each string of lists gets something in it, as raw bytes. */
const inStrings = (raw: Buffer): Change =>
  bytes(
    (body) => {
      const at = body.indexOf('"jobTemplateName":"');
      const place = at < 0 ? -1 : at + '"jobTemplateName":"'.length;
      return place < 0 ? body : Buffer.concat([body.subarray(0, place), raw, body.subarray(place)]);
    },
    both(isList, notEmpty),
  );

const literal = (value: string): Change => text((json) => json.replace('"code":0', `"code":${value}`));
const emptyCreator = (value: string): Change =>
  text((json) => json.replace(/"creator":"[^"]*"/, `"creator":${value}`), both(isList, notEmpty));

/** Content codings, encodings of text, and the grammar of JSON. */
export const CONTENT = casesOf('T', [
  ['gzip-plain', 'standard', 'calls plain bytes gzip', coding('gzip')],
  ['gzip-plain-404', 'standard', 'calls the plain bytes of errors gzip', coding('gzip', isAbsent)],
  [
    'gzip-cut',
    'standard',
    'cuts the gzip stream',
    [bytes((body) => gzipSync(body).subarray(0, -12), aList), coding('gzip')],
  ],
  [
    'gzip-no-trailer',
    'standard',
    'leaves the checksum of gzip out',
    [bytes((body) => gzipSync(body).subarray(0, -8), aList), coding('gzip')],
  ],
  [
    'gzip-wrong-sum',
    'standard',
    'sends gzip with a wrong checksum',
    [
      bytes((body) => {
        const zipped = gzipSync(body);
        zipped.writeUInt32LE((zipped.readUInt32LE(zipped.length - 8) ^ 1) >>> 0, zipped.length - 8);
        return zipped;
      }, aList),
      coding('gzip'),
    ],
  ],
  [
    'gzip-wrong-size',
    'standard',
    'sends gzip with a wrong size',
    [
      bytes((body) => {
        const zipped = gzipSync(body);
        zipped.writeUInt32LE(3, zipped.length - 4);
        return zipped;
      }, aList),
      coding('gzip'),
    ],
  ],
  [
    'gzip-surplus',
    'standard',
    'sends bytes after the gzip stream',
    [bytes((body) => Buffer.concat([gzipSync(body), Buffer.from('tail')]), aList), coding('gzip')],
  ],
  [
    'gzip-twice-declared',
    'standard',
    'says that gzip was applied twice',
    [bytes((body) => gzipSync(body), aList), coding('gzip, gzip')],
  ],
  [
    'gzip-once-declared',
    'standard',
    'applies gzip twice and says so once',
    [bytes((body) => gzipSync(gzipSync(body)), aList), coding('gzip')],
  ],
  ['gzip-undeclared', 'standard', 'sends gzip without saying so', bytes((body) => gzipSync(body), aList)],
  [
    'gzip-when-asked-broken',
    'standard',
    'cuts the gzip stream that was asked for',
    [
      bytes((body) => gzipSync(body).subarray(0, -9), both(aList, accepting('gzip', true))),
      coding('gzip', both(aList, accepting('gzip', true))),
    ],
  ],
  ['br-is-gzip', 'standard', 'calls gzip br', [bytes((body) => gzipSync(body), aList), coding('br')]],
  [
    'deflate-is-gzip',
    'standard',
    'calls gzip deflate',
    [bytes((body) => gzipSync(body), aList), coding('deflate')],
  ],
  [
    'br-cut',
    'standard',
    'cuts the brotli stream that was asked for',
    [
      bytes((body) => brotliCompressSync(body).subarray(0, -6), both(aList, accepting('br', true))),
      coding('br', both(aList, accepting('br', true))),
    ],
  ],
  [
    'deflate-wrong-sum',
    'standard',
    'sends deflate with a wrong checksum',
    [
      bytes((body) => {
        const packed = deflateSync(body);
        packed.writeUInt8(packed.readUInt8(packed.length - 1) ^ 255, packed.length - 1);
        return packed;
      }, aList),
      coding('deflate'),
    ],
  ],
  [
    'gzip-for-identity',
    'suspicious',
    'sends gzip to who wants identity alone',
    [bytes((body) => gzipSync(body), aList), coding('gzip')],
  ],
  [
    'br-for-gzip',
    'suspicious',
    'sends brotli to whoever accepts anything but identity',
    [
      bytes(
        (body) => brotliCompressSync(body),
        both(aList, ({ headers }) => !/^(identity)?$/.test(headerOf(headers, 'accept-encoding') ?? '')),
      ),
      coding(
        'br',
        both(aList, ({ headers }) => !/^(identity)?$/.test(headerOf(headers, 'accept-encoding') ?? '')),
      ),
    ],
  ],
  [
    'bom',
    'standard',
    'writes a byte order mark',
    bytes((body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]), isList),
  ],
  [
    'bom-in-404',
    'standard',
    'writes a byte order mark before errors',
    bytes((body) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]), isAbsent),
  ],
  [
    'invalid-utf8',
    'standard',
    'sends bytes inside a string that are no UTF-8',
    inStrings(Buffer.from([0xff])),
  ],
  ['overlong-utf8', 'standard', 'sends an overlong form of UTF-8', inStrings(Buffer.from([0xc0, 0xaf]))],
  [
    'surrogate-utf8',
    'standard',
    'sends a surrogate as UTF-8 bytes',
    inStrings(Buffer.from([0xed, 0xa0, 0x80])),
  ],
  ['cut-utf8', 'standard', 'cuts a character of several bytes', inStrings(Buffer.from([0xe2, 0x82]))],
  ['latin1', 'standard', 'sends Latin-1', inStrings(Buffer.from('Gr\xf6\xdfe', 'latin1'))],
  [
    'latin1-declared',
    'standard',
    'sends Latin-1 and says so',
    [inStrings(Buffer.from('Gr\xf6\xdfe', 'latin1')), contentType(`${VENDOR}; charset=iso-8859-1`)],
  ],
  [
    'utf16',
    'standard',
    'sends UTF-16',
    [text((json) => Buffer.from(`\ufeff${json}`, 'utf16le')), contentType(`${VENDOR}; charset=utf-16`)],
  ],
  [
    'utf16-without-mark',
    'standard',
    'sends UTF-16 without a mark',
    text((json) => Buffer.from(json, 'utf16le')),
  ],
  [
    'utf32',
    'standard',
    'sends UTF-32',
    text((json) =>
      Buffer.concat(
        [...json].map((char) => {
          const unit = Buffer.alloc(4);
          unit.writeUInt32LE(char.codePointAt(0) ?? 0);
          return unit;
        }),
      ),
    ),
  ],
  ['lone-surrogate', 'standard', 'escapes half of a surrogate pair', inStrings(Buffer.from('\\ud800'))],
  [
    'lone-low-surrogate',
    'standard',
    'escapes the second half of a surrogate pair alone',
    inStrings(Buffer.from('\\udc00x')),
  ],
  [
    'lone-surrogate-in-creator',
    'standard',
    'escapes half of a surrogate pair in the name of a creator',
    audit('creator', '\ud83d'),
  ],
  ['raw-tab', 'standard', 'sends a raw tab inside a string', inStrings(Buffer.from('\t'))],
  ['raw-newline', 'standard', 'sends a raw line end inside a string', inStrings(Buffer.from('\n'))],
  ['raw-nul', 'standard', 'sends a raw NUL inside a string', inStrings(Buffer.from('\0'))],
  ['bad-escape', 'standard', 'escapes with \\x', inStrings(Buffer.from('\\x41'))],
  ['escaped-quote', 'standard', 'escapes an apostrophe with a backslash', inStrings(Buffer.from("\\'"))],
  ['short-escape', 'standard', 'writes an escape of two digits', inStrings(Buffer.from('\\u41 '))],
  ['raw-quote', 'standard', 'does not escape a quote inside a string', inStrings(Buffer.from('a"b'))],
  ['nan', 'standard', 'writes NaN', literal('NaN')],
  ['infinity', 'standard', 'writes -Infinity', literal('-Infinity')],
  ['undefined', 'standard', 'writes undefined', emptyCreator('undefined')],
  ['hex-number', 'standard', 'writes a hexadecimal number', literal('0x0')],
  ['leading-zero', 'standard', 'writes a number with a leading zero', literal('00')],
  ['plus-sign', 'standard', 'writes a plus sign before a number', literal('+0')],
  ['dot-number', 'standard', 'writes a number that ends with a point', literal('0.')],
  ['dot-first', 'standard', 'writes a number that begins with a point', literal('.0')],
  ['python-none', 'standard', 'writes None', emptyCreator('None')],
  ['python-repr', 'standard', 'writes single quotes', text((json) => json.replaceAll('"', "'"))],
  [
    'unquoted-keys',
    'standard',
    'leaves the quotes of names out',
    text((json) => json.replace(/"(\w+)":/g, '$1:')),
  ],
  ['comment', 'standard', 'writes a comment', text((json) => `/* jobs */${json}`)],
  ['line-comment', 'standard', 'writes a comment at the end', text((json) => `${json}\n// end`)],
  [
    'trailing-comma',
    'standard',
    'writes a comma before the closing brace',
    text((json) => json.replace(/}$/, ',}')),
  ],
  [
    'trailing-comma-array',
    'standard',
    'writes a comma at the end of the list',
    text((json) => json.replace(/}\]}$/, '},]}'), both(isList, notEmpty)),
  ],
  ['missing-comma', 'standard', 'leaves a comma out', text((json) => json.replace('0,"jobs"', '0 "jobs"'))],
  ['two-documents', 'standard', 'sends two documents', text((json) => json + json)],
  [
    'html-footer',
    'standard',
    'sends a comment of HTML after the JSON',
    text((json) => `${json}\n<!-- rendered in 3 ms -->`),
  ],
  [
    'warning-first',
    'standard',
    'sends a warning before the JSON',
    text((json) => `Warning: deprecated in jobs.php on line 3\n${json}`),
  ],
  ['xssi', 'standard', 'sends a prefix against inclusion', text((json) => `)]}'\n${json}`)],
  ['jsonp', 'standard', 'wraps the JSON into a call', text((json) => `callback(${json});`)],
  [
    'nul-bytes-after',
    'standard',
    'pads the JSON with NUL',
    bytes((body) => Buffer.concat([body, Buffer.alloc(8)]), isList),
  ],
  [
    'nbsp',
    'standard',
    'separates with blanks that JSON does not know',
    text((json) => json.replace(':', ':\u00a0')),
  ],
  [
    'ndjson',
    'standard',
    'sends one job a line',
    text(
      (json) => {
        const { jobs } = JSON.parse(json) as { jobs: unknown[] };
        return `${jobs.map((job) => JSON.stringify(job)).join('\n')}\n`;
      },
      both(isList, isFirst),
    ),
  ],
  [
    'xml',
    'standard',
    'sends XML under the JSON type',
    text(() => '<?xml version="1.0"?><jobs><code>0</code></jobs>'),
  ],
  ['yaml', 'standard', 'sends YAML under the JSON type', text(() => 'code: 0\njobs: []\n')],
  ['cut-json', 'standard', 'sends JSON whose end is missing', text((json) => json.slice(0, -2))],
  [
    'cut-json-404',
    'standard',
    'sends errors whose end is missing',
    text((json) => json.slice(0, -2), isAbsent),
  ],
  ['blank-body', 'standard', 'sends blanks alone', text(() => '  \n')],
  [
    'duplicate-names',
    'suspicious',
    'writes a name twice, the first with an illegal value',
    text((json) => json.replaceAll('"status":', '"status":"BROKEN","status":'), both(isList, notEmpty)),
  ],
  [
    'duplicate-names-same',
    'suspicious',
    'writes a name twice with the same value',
    text((json) => json.replace('"code":0', '"code":0,"code":0')),
  ],
  [
    'duplicate-names-404',
    'suspicious',
    'writes a name of errors twice',
    text((json) => json.replace('"code":', '"code":1000,"code":'), isAbsent),
  ],
  [
    'duplicate-names-escaped',
    'suspicious',
    'writes a name twice, once with an escape',
    text((json) => json.replace('"code":0', '"code":0,"c\\u006fde":0')),
  ],
  ['huge-number', 'description', 'sends a code beyond all numbers', literal('1e400')],
  ['almost-zero', 'suspicious', 'sends a code that is 0 only after rounding', literal('1e-400')],
  [
    'deep-nesting',
    'suspicious',
    'nests an undocumented property 20,000 levels deep',
    text((json) => json.replace('{', `{"x":${'['.repeat(20_000)}${']'.repeat(20_000)},`)),
  ],
  ['body-null', 'description', 'sends null', root(() => null)],
  [
    'charset-lie',
    'suspicious',
    'says ISO-8859-1 and sends UTF-8',
    contentType(`${VENDOR}; charset=iso-8859-1`),
  ],
]);
