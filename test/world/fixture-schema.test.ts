import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { valueAt } from '../../src/documents/pointer.ts';
import { isObject, type Json } from '../../src/json.ts';
import { packageFile } from '../../src/package-files.ts';
import { compileJobSchema } from '../../src/world/fixture-schema.ts';
import { jobSchema, propertiesOf } from './described-job.ts';

const editorSchema: Json = JSON.parse(readFileSync(packageFile('spec/fixture.schema.json'), 'utf8'));

const JOB = { jobId: 'a', jobTemplateName: 'x', status: 'queued', audit: {} };

function namesAt(root: Json, pointer: string): string[] {
  const value = valueAt(root, pointer);
  return isObject(value) ? Object.keys(value) : [];
}

/** The pointers of all objects with a `properties` or an `items` below a schema, with each property's schema. */
function nodesIn(schema: Json, pointer: string): { pointer: string; node: Json }[] {
  if (!isObject(schema)) {
    return [];
  }
  const { properties, items, $defs } = schema;
  const children = [properties, $defs].flatMap((map) => (isObject(map) ? Object.entries(map) : []));
  return [
    { pointer, node: schema },
    ...children.flatMap(([name, child]) => nodesIn(child, `${pointer}/${name}`)),
    ...(items === undefined ? [] : nodesIn(items, `${pointer}/items`)),
  ];
}

test('editors offer the properties and statuses of a job that the description names', () => {
  expect(namesAt(editorSchema, '/$defs/job/properties')).toEqual(namesAt(jobSchema, '/properties'));
  expect(namesAt(editorSchema, '/$defs/audit/properties')).toEqual(
    namesAt(jobSchema, '/properties/audit/properties'),
  );
  expect(valueAt(editorSchema, '/$defs/job/required')).toEqual(valueAt(jobSchema, '/required'));
  expect(valueAt(editorSchema, '/$defs/job/properties/status/enum')).toEqual(
    valueAt(jobSchema, '/properties/status/enum'),
  );
});

test('editors have a description for every property, and refuse unknown ones', () => {
  const nodes = nodesIn(editorSchema, '').filter(({ node }) => isObject(node) && !('$ref' in node));
  expect(nodes.length).toBeGreaterThan(25);
  expect(
    nodes.filter(({ node }) => isObject(node) && !node['description']).map(({ pointer }) => pointer),
  ).toEqual([]);
  const open = nodes.filter(
    ({ node }) => isObject(node) && 'properties' in node && node['additionalProperties'] !== false,
  );
  expect(open.map(({ pointer }) => pointer)).toEqual([]);
});

test('a job may have what the description adds to a job, and nothing else', () => {
  const described = {
    ...jobSchema,
    properties: { ...propertiesOf(jobSchema), queuedAt: { type: 'string' } },
  };
  expect(compileJobSchema(described).check({ ...JOB, queuedAt: 'now' })).toEqual([]);
  expect(compileJobSchema(jobSchema).check({ ...JOB, queuedAt: 'now' })).toHaveLength(1);
});

test('a job is a job even where the description asks for nothing', () => {
  const schema = compileJobSchema({});
  expect(schema.check(JOB)).toEqual([]);
  expect(schema.check({ ...JOB, audit: { createTime: 'now' } })).toHaveLength(1);
  expect(schema.check({ jobId: 'a' })).toHaveLength(3);
});

test('a description that is combined of parts does not refuse the properties of its parts', () => {
  const parts = { ...jobSchema, allOf: [{ properties: { queuedAt: { type: 'string' } } }] };
  expect(compileJobSchema(parts).check({ ...JOB, queuedAt: 'now' })).toEqual([]);
  expect(compileJobSchema(parts).check({ ...JOB, queuedAt: 1 })).toHaveLength(1);
});

test('a fixture may spell a status as the documentation does, where the description spells it in the other way', () => {
  const described = {
    ...jobSchema,
    properties: { ...propertiesOf(jobSchema), status: { enum: ['cancelled'] } },
  };
  const schema = compileJobSchema(described);
  expect(schema.check({ ...JOB, status: 'cancelled' })).toEqual([]);
  expect(schema.check({ ...JOB, status: 'canceled' })).toEqual([]);
  expect(schema.check({ ...JOB, status: 'cancled' })).toHaveLength(1);
  expect(compileJobSchema(jobSchema).check({ ...JOB, status: 'cancelled' })).toHaveLength(1);
});
