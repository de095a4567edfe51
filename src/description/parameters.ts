import type { JsonObject } from '../json.ts';
import { readExamples } from './examples.ts';
import { readAliases, readFilters, readIdentifies } from './extensions.ts';
import type { Parameter } from './model.ts';
import { complain, type Reading, textAt } from './reading.ts';
import type { Schemas } from './schemas.ts';

/** https://spec.openapis.org/oas/v3.0.3#parameter-object ; undefined for one that has no name or place. */
export function readParameter(reading: Reading, node: JsonObject, schemas: Schemas): Parameter | undefined {
  const name = textAt(reading, node, 'name');
  const place = textAt(reading, node, 'in');
  if (name === undefined || !isPlace(place)) {
    complain(
      reading,
      'structure',
      node,
      '',
      'a parameter lacks its "name" or "in"',
      '"in" is path, query, header or cookie.',
    );
    return undefined;
  }
  const required = node['required'] === true;
  if (place === 'path' && !required) {
    complain(
      reading,
      'path-parameter',
      node,
      '',
      `the path parameter "${name}" is not required`,
      'Add "required: true".',
    );
  }
  const schema = schemas.at(node, 'schema');
  const where = reading.origins.locate(node);
  const thing = node['x-thing'];
  return {
    name,
    in: place,
    required,
    schema,
    examples: readExamples(reading, node, schema),
    thing: typeof thing === 'string' ? thing : undefined,
    filters: readFilters(node, reading.origins.locate(node, 'x-filters')),
    identifies: readIdentifies(node, reading.origins.locate(node, 'x-identifies')),
    aliases: readAliases(node),
    where,
  };
}

function isPlace(text: string | undefined): text is Parameter['in'] {
  return text === 'path' || text === 'query' || text === 'header' || text === 'cookie';
}
