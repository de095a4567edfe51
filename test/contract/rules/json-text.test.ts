import { expect, test } from '@jest/globals';
import { VENDOR } from '../../servers/jobs-api.ts';
import { BODY, convictedBy, type Spoilt } from '../wire-judgement.ts';

const extra = (text: string): Spoilt => ({ body: BODY.replace('}', `,"x":${text}}`) });

test.each<[finding: string, spoilt: Spoilt]>([
  ['json-characters: "\\\\ud800"', extra('"\\\\ud800"'.replaceAll('\\\\', '\\'))],
  ['json-encoding: a byte order mark in front of it', { body: `\ufeff${BODY}` }],
  [
    'json-encoding: bytes that are not UTF-8',
    { ...extra('"\xfc"'), body: Buffer.from(BODY.replace('}', ',"x":"\xfc"}'), 'latin1') },
  ],
  ['json-encoding: bytes that are not UTF-8', { body: Buffer.from(`\ufeff${BODY}`, 'utf16le') }],
  ['duplicate-name: "code"', { body: BODY.replace('{', '{"code":1,') }],
  ['number-precision: 1e400', extra('1e400')],
  ['number-precision: 9007199254740993', extra('[9007199254740993]')],
  ['number-precision: 1003.0000000000000001', extra('1003.0000000000000001')],
  ['nesting-depth: 20001 levels', extra(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)],
  ['charset: iso-8859-1', { type: `${VENDOR}; charset=iso-8859-1` }],
  ['answer-size: 8.0 MB', extra(`"${'x'.repeat(8e6)}"`)],
])('%s', async (finding, spoilt) => {
  const found = await convictedBy(spoilt);
  expect(found).toEqual([finding.replaceAll('\\\\', '\\')]);
});

test.each<[sentence: string, body: string]>([
  ['nothing', ''],
  ['NaN', BODY.replace('0', 'NaN')],
  ['a trailing comma', BODY.replace('}', ',}')],
  ['two texts', BODY + BODY],
  ['a line for each text', `${BODY}\n${BODY}\n`],
  ['a page behind it', `${BODY}<!-- 3 ms -->`],
  ['single quotes', BODY.replaceAll('"', "'")],
  ['a comment', `${BODY} // done`],
  ['a hexadecimal number', BODY.replace('0', '0x0')],
  ['a leading zero', BODY.replace('0', '00')],
  ['a plus sign', BODY.replace('0', '+0')],
  ['a line break in a string', BODY.replace('}', ',"x":"\n"}')],
  ['a prefix against inclusion', `)]}'\n${BODY}`],
  ['only its beginning', BODY.slice(0, -1)],
])('a body with %s is convicted as no JSON', async (_, body) => {
  expect(await convictedBy({ body })).toEqual([expect.stringMatching(/^json-syntax: /)]);
});

test.each<[sentence: string, spoilt: Spoilt]>([
  ['a whole pair of surrogates', extra('"\\ud83d\\ude00"')],
  ['the largest exact integer', extra('9007199254740991')],
  ['fractions of many digits', extra('[3.14159265358979323846, 0.1, 1.5e300, 1e23, -0.0]')],
  ['the same name in two objects', extra('[{"code":1},{"code":1}]')],
  ['names that JavaScript has a use for', extra('{"__proto__":1,"constructor":{},"hasOwnProperty":[]}')],
  ['escapes', extra('"\\u0000\\/\\"\\u2028</script>"')],
  ['a backslash at the end of a string', extra('{"a\\\\":"\\\\","a":1}')],
  ['a charset in capitals', { type: `${VENDOR};charset="UTF-8"` }],
  ['deep nesting within reason', extra(`${'['.repeat(900)}${']'.repeat(900)}`)],
])('a body with %s is convicted by no rule', async (_, spoilt) => {
  expect(await convictedBy(spoilt)).toEqual([]);
});
