import { expect, jest, test } from '@jest/globals';
import type { Report } from '../../src/contract/verdict.ts';
import { verify } from '../../src/contract/verify.ts';
import { loadDescription } from '../../src/description/load.ts';
import { isObject, type Json } from '../../src/json.ts';
import { packageFile } from '../../src/package-files.ts';
import { BOOKS, library, type Version } from '../servers/library/description.ts';
import {
  type Reply,
  replyTo,
  SHELVES,
  type Spoil,
  serveLibrary,
  type Wish,
} from '../servers/library/server.ts';
import { checksOf } from './described.ts';

/** A full run sends hundreds of requests. */
jest.setTimeout(60_000);

async function judged(version: Version, spoil?: Spoil, smoke = false): Promise<Report> {
  const description = await loadDescription(library(version));
  const url = await serveLibrary(spoil);
  return await verify({ description, url, names: [...SHELVES.keys()], smoke });
}

test.each(['3.0.3', '3.1.0'] as const)(
  'a library that keeps its description in OpenAPI %s conforms, without a warning',
  async (version) => {
    const report = await judged(version);
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('conforms');
  },
);

test('no parameter and no property of the library is named as in the shipped description', async () => {
  const own = await loadDescription(packageFile('spec/openapi.yaml'));
  const names = namesIn(own.document);
  expect(names.size).toBeGreaterThan(10);
  expect([...namesIn(library('3.1.0'))].filter((name) => names.has(name))).toEqual([]);
});

function namesIn(node: Json, found = new Set<string>()): ReadonlySet<string> {
  if (isObject(node) && typeof node['in'] === 'string') {
    found.add(String(node['name']));
  }
  for (const name of isObject(node) && isObject(node['properties']) ? Object.keys(node['properties']) : []) {
    found.add(name);
  }
  for (const child of typeof node === 'object' && node !== null ? Object.values(node) : []) {
    namesIn(child, found);
  }
  return found;
}

/** Spoils the list of books alone, each time that it is found. */
const list =
  (change: (reply: Reply, wish: Wish) => Partial<Reply>): Spoil =>
  (reply, wish) =>
    wish.kind === 'books' && reply.status === 200 ? { ...reply, ...change(reply, wish) } : reply;

/** Spoils its text. */
const text = (change: (json: string, wish: Wish) => string | Buffer): Spoil =>
  list(({ body }, wish) => ({ text: change(JSON.stringify(body), wish) }));

const replaced = (from: string | RegExp, to: string): Spoil => text((json) => json.replace(from, to));

const withHeader = (name: string, value: string): Spoil =>
  list(({ headers }) => ({ headers: { ...headers, [name]: value } }));

/** Spoils what is told of a shelf that does not exist. */
const absent =
  (change: (reply: Reply, wish: Wish) => Partial<Reply>): Spoil =>
  (reply, wish) =>
    wish.kind === 'books' && reply.status === 404 ? { ...reply, ...change(reply, wish) } : reply;

const none: Wish = { kind: 'books', key: 'none', genre: '', accept: '', count: 0 };

const json = { 'Content-Type': 'application/json' };

/** Each fault with the rules that convict it: these and no others. */
const FAULTS: readonly (readonly [rules: readonly string[], sentence: string, spoil: Spoil])[] = [
  [['documented-status'], 'answers a status of its own', list(() => ({ status: 203 }))],
  [['server-error'], 'fails', list(() => ({ status: 500 }))],
  [['schema'], 'has a book of no time', replaced(/("acquired":"[^T]*)[^"]*/g, '$1')],
  [['schema'], 'has no pages at all rather than null', replaced('"pages":null,', '')],
  [['schema'], 'has a book of zero pages', replaced('null', '0')],
  [
    ['schema'],
    'has a founder and a guild',
    (reply, { kind }) => (kind === 'about' ? { ...reply, body: { ...reply.body, guild: 'x' } } : reply),
  ],
  [['always-present'], 'leaves the list out', list(() => ({ body: {} }))],
  [['media-type'], 'calls its list plain JSON', withHeader('Content-Type', 'application/json')],
  [['media-type'], 'calls its errors plain JSON', absent(() => ({ headers: json }))],
  [
    ['acceptable'],
    'refuses whoever names a media type',
    list((_, { accept }) => (accept === BOOKS ? { status: 406 } : {})),
  ],
  [['json-syntax'], 'ends its JSON with a comma', text((body) => `${body},`)],
  [['json-encoding'], 'writes Latin-1', text((body) => Buffer.from(body.replaceAll('978', 'é'), 'latin1'))],
  [['json-characters'], 'cuts a character in two', replaced(/978/g, '\\ud800')],
  [['duplicate-name'], 'writes a property twice', replaced(/\{"isbn"/g, '{"isbn":"x","isbn"')],
  [['surplus-bytes'], 'counts its bytes wrongly', withHeader('Content-Length', '2')],
  [['required-header'], 'forgets the edition', list(() => ({ headers: { 'Content-Type': BOOKS } }))],
  [['header-syntax'], 'sends a malformed header', withHeader('Last-Modified', 'today')],
  [
    ['shared-cache'],
    'lets anybody keep its list for a year',
    withHeader('Cache-Control', 'public, max-age=31536000'),
  ],
  [['absent-name'], 'has any shelf', absent((_, wish) => replyTo({ ...wish, key: 'bottom' }))],
  [['existing-name'], 'misses a shelf', list((_, { key }) => (key === 'bottom' ? replyTo(none) : {}))],
  [['filter'], 'does not filter', list((_, wish) => replyTo({ ...wish, genre: '' }))],
  [['unique-key'], 'lists a book twice', replaced(/(\{"isbn".*?\})/, '$1,$1')],
  [
    ['immutable-value'],
    'acquires its books anew',
    text((body, { count }) => body.replaceAll('2021-', `${1900 + (count % 99)}-`)),
  ],
  [['time-order'], 'lends what it has not', replaced(/2022-/g, '2020-')],
  [['future-time'], 'acquires in the future', replaced(/20(?=2[12]-)/g, '22')],
  [['empty-text'], 'tells nothing of what is wrong', absent(() => ({ body: { title: '', detail: 'no' } }))],
  [
    ['internals'],
    'tells of its files',
    absent(() => ({ body: { title: 'Error', detail: 'at /home/librarian/app/shelf.js:12:3' } })),
  ],
  [['secret'], 'tells a secret', replaced(/\{"isbn"/g, '{"password":"hunter2","isbn"')],
];

test.each(FAULTS)('%j: a library that %s', async (rules, sentence, spoil) => {
  const version = FAULTS.findIndex(([, each]) => each === sentence) % 2 ? '3.1.0' : '3.0.3';
  const report = await judged(version, spoil, true);
  expect(checksOf(report)).toEqual(rules);
});
