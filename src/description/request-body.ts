import { isObject, type JsonObject } from '../json.ts';
import type { RequestBody } from './model.ts';
import { entriesAt, type Reading } from './reading.ts';
import { readMediaType } from './responses.ts';
import type { Schemas } from './schemas.ts';

/** The request body of an operation, if it takes one. */
export function readRequestBody(
  reading: Reading,
  operation: JsonObject,
  schemas: Schemas,
): RequestBody | undefined {
  const node = operation['requestBody'];
  if (!isObject(node)) {
    return undefined;
  }
  return {
    required: node['required'] === true,
    mediaTypes: entriesAt(reading, node, 'content').map(([type, each]) =>
      readMediaType(reading, type, each, schemas, 'sent'),
    ),
    where: reading.origins.locate(node),
  };
}
