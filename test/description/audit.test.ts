import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { auditDescription } from '../../src/description/audit.ts';
import { DESCRIPTION_RULES } from '../../src/description/rules.ts';
import { packageFile } from '../../src/package-files.ts';

/** Each case is `rule line` of every finding; `schema` stands at line 13, what follows it from line 14 on. */
const HEAD = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
`;

const GET = `${HEAD}  /things:
    get:
      operationId: listThings
      parameters: []
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: {type: string}
`;

const ANIMALS = `components:
  schemas:
    Cat: {type: object, required: [purrs], properties: {purrs: {type: boolean}}}
    Dog: {type: object, required: [barks], properties: {barks: {type: boolean}}}
    Open: {type: object, properties: {barks: {type: boolean}, name: {type: string}}}
`;

const CASES: readonly (readonly [title: string, text: string, findings: readonly string[]])[] = [
  ['a sound description', GET, []],
  [
    'dangling references, all of them',
    schema("{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: 'gone.yaml#/B'}, {$ref: '#/x%'}]}"),
    ['error reference 13', 'error reference 13', 'error reference 13'],
  ],
  ['a dangling response, once', GET.replace('description: ok', "$ref: '#/gone'"), ['error reference 10']],
  [
    'a dangling parameter, once',
    GET.replace('/things', '/{id}').replace('[]', "[{$ref: '#/gone'}]"),
    ['error reference 7'],
  ],
  ['a dangling path, once', `${HEAD}  /things: {$ref: '#/gone'}\n`, ['error reference 4']],
  [
    'a dangling response that an extension speaks of, once',
    `${HEAD}  /{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {}, x-identifies: {absent: 404, example: A}}
      responses:
        '404': {$ref: '#/gone'}
`,
    ['error reference 9'],
  ],
  [
    'a mapping that names nothing',
    `${schema("{$ref: '#/components/schemas/Pet'}")}components:
  schemas:
    Pet:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {a: Gone, b: '#/components/schemas/Pet'}}
`,
    ['error reference 20'],
  ],
  ['a response without description', GET.replace('description: ok', 'x-a: 1'), ['error structure 9']],
  ['a lower-case range', GET.replace("'200'", '5xx'), ['error response-key 9']],
  ['a media type that is none', GET.replace('application/json', 'json'), ['error media-type 12']],
  ['a schema that does not compile', schema('{type: strnig}'), ['error schema 13']],
  ['an example of a media type', `${GET}              example: 5\n`, ['error example 14']],
  [
    'an example of a property',
    schema('{type: array, items: {type: string, example: 5}}'),
    ['error example 13'],
  ],
  [
    'an example of a parameter',
    parameters('{name: q, in: query, schema: {type: integer}, example: x}'),
    ['error example 7'],
  ],
  [
    'an example of a request',
    request('{type: object, required: [a], properties: {a: {type: string}}}'),
    ['error example 10'],
  ],
  [
    'an example of a request without what is read-only',
    request('{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}'),
    [],
  ],
  [
    'an example of a component that nothing leads to; errors come before warnings',
    `${schema('{type: string, format: datetime}')}components:
  schemas:
    A: {type: string, example: 5}
`,
    ['error example 16', 'warning format 13', 'warning unused-component 16'],
  ],
  [
    'the default of a parameter',
    parameters("{name: q, in: query, schema: {type: string, minLength: 1, default: ''}}"),
    ['error default 7'],
  ],
  [
    'an operationId used twice',
    `${GET}  /others: {get: {operationId: listThings, responses: {'200': {description: ok}}}}\n`,
    ['error operation-id 14'],
  ],
  ['a path parameter that is not described', GET.replace('/things', '/{id}'), ['error path-parameter 5']],
  [
    'a path parameter that is not in the path',
    parameters('{name: id, in: path, required: true, schema: {type: string}}'),
    ['error path-parameter 7'],
  ],
  ['a server that is no URL', `${GET}servers: [{url: 'http://[x'}]\n`, ['error server-url 14']],
  [
    'an extension in the wrong place',
    `${GET}          x-filters: {items: /a, by: b}\n`,
    ['error extension 14'],
  ],
  [
    'branches that overlap wholly',
    choice('Open', '{type: object, properties: {size: {type: integer}}}'),
    ['error choice-none 13'],
  ],
  ['branches told apart by what they require', choice('Cat', '{$ref: "#/components/schemas/Dog"}'), []],
  [
    'branches told apart by an enum',
    choice('Kind', '{type: string, enum: [b, c]}', '{type: string, enum: [a, b]}'),
    [],
  ],
  ['branches told apart by type', choice('Cat', '{type: string}'), []],
  [
    'one branch inside another',
    choice('Cat', "{$ref: '#/components/schemas/Open'}"),
    ['warning choice-branch 13', 'warning empty-body 13'],
  ],
  [
    'an integer that is a number too',
    schema('{oneOf: [{type: integer}, {type: number}]}'),
    ['warning choice-branch 13'],
  ],
  [
    'branches that only require',
    schema(
      '{type: object, properties: {a: {type: string}, b: {type: string}}, oneOf: [{required: [a]}, {required: [b]}]}',
    ),
    [],
  ],
  [
    'a branch of another type',
    schema('{type: string, anyOf: [{type: integer}, {minLength: 1}]}'),
    ['warning choice-branch 13'],
  ],
  [
    'branches of other types',
    schema('{type: string, anyOf: [{type: integer}, {type: object}]}'),
    ['error choice-none 13'],
  ],
  ['anyOf may overlap', schema('{anyOf: [{type: integer}, {type: number}]}'), []],
  [
    'a oneOf that everything satisfies',
    schema('{oneOf: [{type: object}, {not: {type: object}}]}'),
    ['warning choice-all 13'],
  ],
  ['an anyOf that everything satisfies', schema('{anyOf: [{}, {type: string}]}'), ['warning choice-all 13']],
  [
    'an anyOf that some property breaks',
    schema('{anyOf: [{properties: {name: {type: string}}}, {type: string}]}'),
    ['warning empty-body 13'],
  ],
  [
    'a key that a shared response is under',
    GET.replace("'200':", "'20': {$ref: '#/components/responses/R'}\n        '200':").concat(
      'components: {responses: {R: {description: r}}}\n',
    ),
    ['error response-key 9'],
  ],
  ['a oneOf of what everything satisfies, twice', schema('{oneOf: [{}, {}]}'), ['error choice-none 13']],
  ['limits the wrong way round', schema('{type: integer, minimum: 5, maximum: 4}'), ['error limits 13']],
  ['lengths the wrong way round', schema('{type: string, minLength: 5, maxLength: 4}'), ['error limits 13']],
  ['equal limits', schema('{type: integer, minimum: 5, maximum: 5}'), []],
  [
    'equal limits, one exclusive',
    schema('{type: integer, minimum: 5, maximum: 5, exclusiveMaximum: true}'),
    ['error limits 13'],
  ],
  [
    'an enum member of another type',
    schema('{type: string, enum: [a, 1, null]}'),
    ['error enum-value 13', 'error enum-value 13'],
  ],
  ['null in the enum of what is nullable', schema('{type: string, nullable: true, enum: [a, null]}'), []],
  ['an enum member twice', schema('{type: string, enum: [a, b, a]}'), ['warning enum-twice 13']],
  [
    'a required property that is forbidden',
    schema('{type: object, required: [a], properties: {b: {type: string}}, additionalProperties: false}'),
    ['error required-forbidden 13'],
  ],
  [
    'a required property that is not described',
    schema('{type: object, required: [a]}'),
    ['warning required-undescribed 13'],
  ],
  [
    'a required property that another part describes',
    schema('{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}]}'),
    [],
  ],
  [
    'a map that requires a key',
    schema('{type: object, required: [a], additionalProperties: {type: string}}'),
    [],
  ],
  ['an unknown format', schema('{type: string, format: datetime}'), ['warning format 13']],
  [
    'an unknown format, twice',
    schema('{type: array, items: {type: string, format: a}, format: a}'),
    ['warning format 13'],
  ],
  [
    'an example that no branch allows, once',
    schema('{oneOf: [{type: string}, {type: object}]}').concat('              example: 5\n'),
    ['error example 14'],
  ],
  [
    'an example that two branches allow, where another is allowed by one',
    schema('{oneOf: [{type: string}, {type: string, enum: [a]}]}').concat('              example: a\n'),
    ['error example 14', 'warning choice-branch 13'],
  ],
  [
    'what else is wrong with an example of a choice',
    schema(
      '{type: object, required: [a], oneOf: [{required: [b]}, {required: [c]}], properties: {a: {}, b: {}, c: {}}}',
    ).concat('              example: {}\n'),
    ['error example 14', 'error example 14'],
  ],
  [
    'paths that differ in names alone',
    `${HEAD}  /a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {}}], responses: {'200': {description: ok}}}}
  /a/{y}: {put: {parameters: [{name: y, in: path, required: true, schema: {}}], responses: {'200': {description: ok}}}}
`,
    ['error same-path 5'],
  ],
  [
    'a parameter listed twice',
    parameters('{name: q, in: query, schema: {}}, {name: q, in: query, schema: {}}'),
    ['error parameter-twice 7'],
  ],
  ['content of a 204', GET.replace("'200'", "'204'"), ['error no-content 12']],
  ['content of an answer to HEAD', GET.replace('get:', 'head:'), ['warning head-content 12']],
  [
    'a media type twice',
    `${GET}            Application/JSON: {schema: {type: string}}\n`,
    ['warning shadowed 14'],
  ],
  [
    'a media type with another parameter',
    `${GET}            application/json;v=2: {schema: {type: string}}\n`,
    [],
  ],
  [
    'a default response that never applies',
    `${GET}${['2XX', '3XX', '4XX', '5XX', 'default'].map((key) => `        ${key}: {description: d}\n`).join('')}`,
    ['warning shadowed 18'],
  ],
  [
    'a body that {} satisfies',
    schema('{type: object, properties: {a: {type: string}}}'),
    ['warning empty-body 13'],
  ],
  [
    'items that {} satisfies',
    schema('{type: array, items: {type: object, properties: {a: {type: string}}}}'),
    ['warning empty-body 13'],
  ],
  [
    'a body that x-always speaks of',
    `${schema('{type: object, properties: {a: {type: string}}}')}          x-always: [a]\n`,
    [],
  ],
  [
    'an object that is no body',
    schema('{type: object, required: [a], properties: {a: {type: object, properties: {b: {}}}}}'),
    [],
  ],
  [
    'components that nothing leads to, or only each other',
    `${GET}components:
  schemas:
    A: {type: array, items: {$ref: '#/components/schemas/B'}}
    B: {type: array, items: {$ref: '#/components/schemas/A'}}
  securitySchemes: {key: {type: apiKey, in: header, name: K}}
security: [{key: []}]
`,
    ['warning unused-component 16', 'warning unused-component 17'],
  ],
  [
    'a schema that builds on one with a discriminator',
    `${schema("{$ref: '#/components/schemas/Pet'}")}components:
  schemas:
    Pet:
      {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
`,
    [],
  ],
  [
    'headers that are ignored',
    parameters('{name: Accept, in: header, schema: {type: string}}').concat(
      '          headers: {content-type: {schema: {type: string}}}\n',
    ),
    ['warning ignored 7', 'warning ignored 14'],
  ],
];

test.each(CASES)('%s', async (_title, text, expected) => {
  const findings = await auditDescription(await fileOf(text));
  expect(findings.map(({ severity, rule, where }) => `${severity} ${rule} ${where.line}`)).toEqual(expected);
  expect(findings.map(({ message }) => message.split('. ').length >= 2)).not.toContain(false);
});

test('every rule is broken by one of the cases', () => {
  const broken = CASES.flatMap(([, , findings]) => findings.map((finding) => finding.split(' ')[1] ?? ''));
  expect(Object.keys(DESCRIPTION_RULES).filter((rule) => !broken.includes(rule))).toEqual([]);
});

test('the names of a template list or its details: both branches are convicted, the examples not beside them', async () => {
  const findings = await auditDescription(packageFile('test/description/weak.yaml'));
  const lines = findings.map(({ severity, rule, where }) => `${severity} ${rule} ${where.line}`);
  expect(lines).toEqual(['error choice-none 18', 'error response-key 25', 'warning empty-body 42']);
  expect(findings[0]?.message).toBe(
    'nothing satisfies this oneOf: what Names describes satisfies Details too (such as {"code":0,"names":["text"]}); ' +
      'what Details describes satisfies Names too (such as {"code":0,"templates":[{"name":"text"}]}). ' +
      'Let each branch require what only it has, or write anyOf.',
  );
  expect(findings[2]?.message).toContain(
    '{} satisfies the schema RunList of a body of the response 200 of listRuns',
  );
});

test('the shipped description is sound, x-always speaking for what its schemas do not require', async () => {
  expect(await auditDescription(packageFile('spec/openapi.yaml'))).toEqual([]);
});

test('an object may be judged, and overlays come first', async () => {
  const paths = { '/a': { get: { responses: { '200': { description: 'ok' } } } } };
  const overlay = await fileOf(`overlay: 1.0.0
info: {title: O, version: '1'}
actions: [{target: "$.paths['/a'].get.responses", update: {4xx: {description: no}}}]
`);
  const source = { openapi: '3.1.0', info: { title: 'T', version: '1' }, paths };
  expect(await auditDescription(source)).toEqual([]);
  expect(await auditDescription(source, { overlays: [overlay] })).toMatchObject([
    { rule: 'response-key', where: { file: overlay, line: 3 } },
  ]);
});

test('docs/audit.md lists every rule as the code has it, and no other', () => {
  const lines = readFileSync(packageFile('docs/audit.md'), 'utf8').split('\n');
  const listed = lines.filter((line) => line.startsWith('| `'));
  expect(listed).toEqual(
    Object.entries(DESCRIPTION_RULES).map(
      ([id, { severity, claim, source, advice }]) =>
        `| \`${id}\` | ${severity} | ${claim} | ${source} | ${advice} |`,
    ),
  );
});

function schema(text: string): string {
  return GET.replace('{type: string}', text);
}

function parameters(text: string): string {
  return GET.replace('[]', `[${text}]`);
}

function request(text: string): string {
  return `${HEAD}  /things:
    post:
      requestBody:
        content:
          application/json:
            schema: ${text}
            example: {}
      responses: {'200': {description: ok}}
`;
}

/** A choice between a component and other schemas, beside which each component is in use. */
function choice(name: string, ...others: readonly string[]): string {
  const used = [`{$ref: '#/components/schemas/${name}'}`, ...others];
  const branches = (name === 'Kind' ? others : used).join(', ');
  const rest = ['Cat', 'Dog', 'Open'].map(
    (each) => `{name: ${each}, in: query, schema: {$ref: '#/components/schemas/${each}'}}`,
  );
  return schema(`{oneOf: [${branches}]}`).replace('[]', `[${rest.join(', ')}]`) + ANIMALS;
}

async function fileOf(text: string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'jobs-kit-')), 'api.yaml');
  await writeFile(file, text);
  return file;
}
