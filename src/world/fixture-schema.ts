import { readFile } from 'node:fs/promises';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { packageFile } from '../package-files.ts';
import { compileSchema } from '../schema/compile.ts';
import type { Schema } from '../schema/schema.ts';

const FILE = 'spec/fixture.schema.json';

const TEXT = { type: 'string' };
const TIME = { type: 'string', format: 'date-time' };

/** What the code relies on, whatever the description asks for beyond it: `Job` in `model.ts`, as a schema. */
const JOB: JsonObject = {
  type: 'object',
  required: ['jobId', 'jobTemplateName', 'status', 'audit'],
  properties: {
    jobId: { type: 'string', minLength: 1 },
    jobTemplateName: TEXT,
    status: TEXT,
    audit: {
      type: 'object',
      properties: { creator: TEXT, createTime: TIME, lastModifier: TEXT, lastModifiedTime: TIME },
    },
  },
};

/** Compiles the schema that editors use, but for the jobs: what a job is, the description says. */
export async function compileFixtureSchema(): Promise<Schema> {
  const schema: JsonObject = JSON.parse(await readFile(packageFile(FILE), 'utf8'));
  const definitions = schema['$defs'];
  return compile({ ...schema, $defs: { ...(isObject(definitions) ? definitions : {}), job: {} } });
}

/** Compiles what a job in a fixture must be: what the description says of a job, and no property that it does not name. */
export function compileJobSchema(described: JsonObject): Schema {
  const closed = close(withDocumentedSpelling(described));
  const { allOf } = closed;
  return compile({ ...closed, allOf: [...(isArray(allOf) ? allOf : []), JOB] });
}

/** Fixtures may write `canceled`, as the documentation does, also where the description says `cancelled` instead. */
function withDocumentedSpelling(described: JsonObject): JsonObject {
  const { properties } = described;
  const status = isObject(properties) ? properties['status'] : undefined;
  const statuses = isObject(status) ? status['enum'] : undefined;
  if (!isObject(properties) || !isObject(status) || !isArray(statuses) || !statuses.includes('cancelled')) {
    return described;
  }
  const spelt = [...new Set([...statuses, 'canceled'])];
  return { ...described, properties: { ...properties, status: { ...status, enum: spelt } } };
}

/**
 * Forbids properties without a name in the schema, so that a misspelt one is a mistake and not an answer. Schemas that
 * combine others stay open: the parts cannot see each other's properties.
 */
function close(schema: JsonObject): JsonObject {
  const { properties } = schema;
  if (!isObject(properties) || 'allOf' in schema || 'anyOf' in schema || 'oneOf' in schema) {
    return schema;
  }
  const children = Object.entries(properties).map(([name, child]): [string, Json] => [
    name,
    isObject(child) ? close(child) : child,
  ]);
  return { additionalProperties: false, ...schema, properties: Object.fromEntries(children) };
}

function compile(schema: JsonObject): Schema {
  return compileSchema(schema, () => ({ file: FILE, line: 1 }));
}
