import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadDescription } from '../../src/description/load.ts';
import { KitError } from '../../src/errors.ts';

const HEAD = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
`;

const GOOD = `${HEAD}  /things/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {$ref: 'schemas.yaml#/Thing'}
              example: {name: a}
`;

const SCHEMAS = `Thing:
  type: object
  required: [name]
  properties:
    name: {type: string}
    parts: {type: array, items: {$ref: '#/Thing'}}
`;

test('references lead across files, and violations name the line in the other file', async () => {
  const folder = await folderWith({ 'api.yaml': GOOD, 'schemas.yaml': SCHEMAS });
  const { operations } = await loadDescription(join(folder, 'api.yaml'));
  expect(operations[0]?.id).toBe('GET /things/{id}');
  const schema = operations[0]?.responses[0]?.mediaTypes[0]?.schema;
  expect(schema?.check({ name: 'a', parts: [{ name: 1 }] })).toMatchObject([
    { pointer: '/parts/0/name', where: { file: join(folder, 'schemas.yaml'), line: 5 } },
  ]);
});

test('a description is read over http, references included', async () => {
  const files: Record<string, string> = { '/v1/api.yaml': GOOD, '/v1/schemas.yaml': SCHEMAS };
  const server = createServer((request, response) => response.end(files[request.url ?? '']));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const description = await loadDescription(`http://user:secret@127.0.0.1:${port}/v1/api.yaml`).catch(
    (error) => error,
  );
  server.close();
  expect(description).not.toBeInstanceOf(Error);
  expect(description.source).toBe(`http://127.0.0.1:${port}/v1/api.yaml`);
});

test('a description may be an object, and is not changed', async () => {
  const object = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { operationId: 'a', responses: { '200': { description: 'ok' } } } } },
  };
  const before = structuredClone(object);
  expect((await loadDescription(object)).operations).toHaveLength(1);
  expect(object).toEqual(before);
});

test('servers give the base paths, variables by their defaults', async () => {
  const text = `servers:
  - {url: '{scheme}://h:80/{base}/', variables: {scheme: {default: http}, base: {default: api}}}
  - {url: /}
  - {url: 'relative/v2'}
${GOOD.replace("{$ref: 'schemas.yaml#/Thing'}", '{type: object}')}`;
  const folder = await folderWith({ 'api.yaml': text });
  expect((await loadDescription(join(folder, 'api.yaml'))).basePaths).toEqual(['/api', '', '/relative/v2']);
});

const MISTAKES: readonly (readonly [title: string, text: string, line: number, words: string])[] = [
  ['a syntax error', `${HEAD}  /a: [`, 4, 'Correct the YAML or JSON there.'],
  ['no OpenAPI at all', 'a: 1\n', 1, 'it has no "openapi" member'],
  ['Swagger 2', "swagger: '2.0'\n", 1, 'openapi: 3.0.3'],
  [
    'a dangling reference',
    GOOD.replace('schemas.yaml#/Thing', '#/components/schemas/Thing'),
    13,
    'names nothing',
  ],
  [
    'a reference to itself',
    GOOD.replace("'schemas.yaml#/Thing'", "'#/x'").concat("x: {$ref: '#/x'}\n"),
    13,
    'leads back to itself',
  ],
  ['a missing file', GOOD.replace('schemas.yaml', 'gone.yaml'), 13, 'no such file'],
  ['a lower-case range', inline('{type: object}').replace("'200'", '5xx'), 9, 'Write 5XX'],
  ['an unknown key', inline('{type: object}').replace("'200'", "'20'"), 9, 'no status ever matches'],
  [
    'an example that contradicts',
    inline('{type: object, required: [id]}'),
    14,
    'expected the property "id", found absent',
  ],
  [
    'a default that contradicts',
    inline('{properties: {name: {type: string, default: 5}}}'),
    13,
    'the default contradicts',
  ],
  [
    'an example inside a schema',
    inline('{properties: {name: {type: string, example: 5}}}'),
    13,
    'the example contradicts',
  ],
  ['a type that is none', inline('{type: strnig}'), 13, 'the keyword "type" must be one of'],
  [
    'an undescribed path parameter',
    inline('{}').replace('name: id', 'name: other'),
    5,
    '"id" of /things/{id} is not described',
  ],
  [
    'a path parameter that is optional',
    inline('{}').replace('required: true, ', ''),
    7,
    'Add "required: true"',
  ],
  [
    'a media type that is none',
    inline('{}').replace('application/json', 'json'),
    12,
    '"json" is no media type',
  ],
  [
    'an extension with a typing mistake',
    inline('{type: object, x-key: yes}'),
    13,
    '"x-key" is not as defined',
  ],
  [
    'an extension in the wrong place',
    `${inline('{}')}          x-filters: {items: /a, by: b}\n`,
    15,
    'It belongs to a query parameter',
  ],
];

test.each(MISTAKES)('%s is reported with its line and what to do', async (_title, text, line, words) => {
  const folder = await folderWith({ 'api.yaml': text });
  const message = await failureOf(join(folder, 'api.yaml'));
  expect(message).toContain(words);
  expect(message).toContain(`${join(folder, 'api.yaml')}:${line}: `);
});

test('a server that is no URL is reported with its line', async () => {
  const folder = await folderWith({ 'api.yaml': `servers: [{url: 'http://[x'}]\n${inline('{}')}` });
  expect(await failureOf(join(folder, 'api.yaml'))).toContain(':1: the server "http://[x" is no URL');
});

test('all mistakes are reported at once', async () => {
  const text = inline('{type: object, required: [id]}')
    .replace("'200'", '5xx')
    .replace('required: true, ', '');
  const folder = await folderWith({ 'api.yaml': text });
  expect((await failureOf(join(folder, 'api.yaml'))).split('\n')).toHaveLength(3);
});

test('every dangling reference is reported, each once', async () => {
  const text = inline("{oneOf: [{$ref: '#/a'}, {$ref: '#/b'}, {$ref: gone.yaml}, {$ref: 'gone.yaml#/c'}]}");
  const folder = await folderWith({ 'api.yaml': `${text}a: {$ref: '#/b'}\nb: {$ref: '#/c'}\n` });
  const lines = (await failureOf(join(folder, 'api.yaml'))).split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain('api.yaml:13: cannot read');
  expect(lines[1]).toContain('api.yaml:16: the reference "#/c" names nothing');
});

test('a file that is not there, and a folder, are named', async () => {
  expect(await failureOf('gone.yaml')).toBe('cannot read gone.yaml: no such file. Check the path or URL.');
  expect(await failureOf('spec')).toBe('cannot read spec: it is a folder. Check the path or URL.');
});

test('an operationId used twice is reported', async () => {
  const text = `${HEAD}  /a: {get: {operationId: x, responses: {'200': {description: ok}}}}
  /b: {get: {operationId: x, responses: {'200': {description: ok}}}}
`;
  const folder = await folderWith({ 'api.yaml': text });
  expect(await failureOf(join(folder, 'api.yaml'))).toContain(':5: the operationId "x" is used twice');
});

test('data is not taken for references', async () => {
  const text = inline('{type: object, properties: {example: {type: object}, $ref: {type: string}}}').replace(
    '{name: a}',
    "{$ref: '#/nowhere', example: {$ref: '#/nowhere'}}",
  );
  const folder = await folderWith({ 'api.yaml': text });
  const { operations } = await loadDescription(join(folder, 'api.yaml'));
  expect(operations[0]?.responses[0]?.mediaTypes[0]?.examples[0]?.value).toEqual({
    $ref: '#/nowhere',
    example: { $ref: '#/nowhere' },
  });
});

function inline(schema: string): string {
  return GOOD.replace("{$ref: 'schemas.yaml#/Thing'}", schema);
}

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'jobs-kit-'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function failureOf(source: string): Promise<string> {
  return await loadDescription(source).then(
    () => 'it was loaded',
    (error) => (error instanceof KitError ? error.message : `not a KitError: ${error}`),
  );
}
