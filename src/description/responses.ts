import { parseMediaType } from '../http/media-type.ts';
import { isArray, type Json, type JsonObject } from '../json.ts';
import type { Direction } from '../schema/standard.ts';
import { readExamples } from './examples.ts';
import type { HeaderDescription, MediaType, ResponseDescription } from './model.ts';
import { complain, entriesAt, type Reading, textAt } from './reading.ts';
import type { Schemas } from './schemas.ts';

/** https://spec.openapis.org/oas/v3.0.3#response-object */
export function readResponse(
  reading: Reading,
  key: string,
  node: JsonObject,
  schemas: Schemas,
): ResponseDescription {
  const description = textAt(reading, node, 'description');
  if (description === undefined) {
    complain(
      reading,
      'structure',
      node,
      '',
      `the response ${key} has no description`,
      'OpenAPI requires one.',
    );
  }
  return {
    key,
    description: description ?? '',
    mediaTypes: entriesAt(reading, node, 'content').map(([type, each]) =>
      readMediaType(reading, type, each, schemas),
    ),
    headers: readHeaders(reading, node, schemas),
    always: texts(node['x-always']),
    alsoServed: texts(node['x-also-served']),
    lacks: texts(node['x-lacks']).map((name) => name.toLowerCase()),
    where: reading.origins.locate(node),
  };
}

/** Complains of a key that no status ever matches, where it stands among the responses of an operation. */
export function checkResponseKey(reading: Reading, responses: JsonObject, key: string): void {
  if (/^([1-5]\d\d|[1-5]XX|default)$/.test(key)) {
    return;
  }
  const advice = /^[1-5]xx$/.test(key)
    ? `Write ${key.toUpperCase()}: OpenAPI knows the range only in upper case.`
    : 'Use a status such as 200, a range such as 5XX, or default.';
  complain(
    reading,
    'response-key',
    responses,
    key,
    `no status ever matches the response key "${key}"`,
    advice,
  );
}

/** https://spec.openapis.org/oas/v3.0.3#media-type-object */
export function readMediaType(
  reading: Reading,
  type: string,
  node: JsonObject,
  schemas: Schemas,
  direction: Direction = 'answered',
): MediaType {
  if (!parseMediaType(type)) {
    complain(
      reading,
      'media-type',
      node,
      '',
      `"${type}" is no media type`,
      'Write it as type/subtype (RFC 9110 8.3.1).',
    );
  }
  const schema = schemas.at(node, 'schema', direction);
  return { type, schema, examples: readExamples(reading, node, schema), where: reading.origins.locate(node) };
}

/** A response's Content-Type is described by `content`; as a header it is ignored (OpenAPI 3.0.3 "Response Object"). */
function readHeaders(reading: Reading, node: JsonObject, schemas: Schemas): readonly HeaderDescription[] {
  return entriesAt(reading, node, 'headers')
    .filter(([name]) => name.toLowerCase() !== 'content-type')
    .map(([name, header]) => ({
      name,
      required: header['required'] === true,
      schema: schemas.at(header, 'schema'),
      where: reading.origins.locate(header),
    }));
}

function texts(value: Json | undefined): readonly string[] {
  return isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
