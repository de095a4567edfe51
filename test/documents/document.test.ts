import { expect, test } from '@jest/globals';
import { documentOfValue, parseDocument } from '../../src/documents/document.ts';
import { KitError } from '../../src/errors.ts';

const YAML = `name: demo
jobs:
  - id: 1
    tags: {a: 1,
      b: 2
    }
  - id: 2
`;

test('every value is found at the line of its key', () => {
  const document = parseDocument(YAML, 'a.yaml');
  expect(document.value).toEqual({ name: 'demo', jobs: [{ id: 1, tags: { a: 1, b: 2 } }, { id: 2 }] });
  expect(document.locate('')).toEqual({ file: 'a.yaml', line: 1 });
  expect(document.locate('/jobs')).toEqual({ file: 'a.yaml', line: 2 });
  expect(document.locate('/jobs/0/tags/b')).toEqual({ file: 'a.yaml', line: 5 });
  expect(document.locate('/jobs/1/id')).toEqual({ file: 'a.yaml', line: 7 });
});

test('a value that does not exist is located at its nearest ancestor', () => {
  expect(parseDocument(YAML, 'a.yaml').locate('/jobs/1/nothing/here').line).toBe(7);
  expect(parseDocument(YAML, 'a.yaml').locate('/nothing').line).toBe(1);
});

test('JSON has lines too', () => {
  expect(parseDocument('{\n "a": [\n  1,\n  {"b": 2}]}', 'a.json').locate('/a/1/b').line).toBe(4);
});

test('aliases are followed', () => {
  const document = parseDocument('base: &b\n  x: 1\nuse: *b\n', 'a.yaml');
  expect(document.value).toEqual({ base: { x: 1 }, use: { x: 1 } });
  expect(document.locate('/use/x').line).toBe(2);
});

test('a syntax error names its line', () => {
  expect(messageOf(() => parseDocument('a: 1\nb: [1, 2\nc: 3\n', 'bad.yaml'))).toMatch(
    /^bad\.yaml:3: .*Correct the YAML/,
  );
});

test('a duplicate key is an error at its line', () => {
  expect(messageOf(() => parseDocument('a: 1\nb: 2\na: 3\n', 'bad.yaml'))).toMatch(/^bad\.yaml:3: .*unique/);
});

test('a second document in the file is an error', () => {
  expect(messageOf(() => parseDocument('a: 1\n---\nb: 2\n', 'two.yaml'))).toContain(
    'two.yaml:2: there is a second document in the file.',
  );
});

test('aliases that would explode are refused, not expanded', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map(([n, p]) => [n, p])) {
    bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(',')}]`);
  }
  expect(messageOf(() => parseDocument(bomb.join('\n'), 'bomb.yaml'))).toContain('bomb.yaml:1');
});

test('a document given as an object has its name for a place', () => {
  expect(documentOfValue({ a: 1 }, '(object)').locate('/a')).toEqual({ file: '(object)', line: 1 });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return error instanceof KitError ? error.message : `not a KitError: ${error}`;
  }
  return 'nothing was thrown';
}
