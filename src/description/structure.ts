/** Objects whose keys are names chosen by the author, not keywords (OpenAPI 3.0.3 and 3.1.0, "Map[string, …]"). */
const NAME_MAPS = new Set([
  'paths',
  'webhooks',
  'pathItems',
  'responses',
  'schemas',
  'parameters',
  'examples',
  'requestBodies',
  'headers',
  'securitySchemes',
  'links',
  'callbacks',
  'content',
  'encoding',
  'variables',
  'mapping',
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);

/** Keywords whose value is data of the described API: nothing in it is a reference or an extension of ours. */
const DATA = new Set(['example', 'default', 'enum', 'const', 'value']);

/** What the members of an object are, going down from the root of a document. */
export type Level = 'keywords' | 'names' | 'data';

/** The level of the value of a member. An `examples` list (JSON Schema) is data; an `examples` map is not. */
export function levelBelow(level: Level, key: string, value: unknown): Level {
  if (level === 'data') {
    return 'data';
  }
  if (level === 'names') {
    return 'keywords';
  }
  if (DATA.has(key) || key.startsWith('x-') || (key === 'examples' && Array.isArray(value))) {
    return 'data';
  }
  return NAME_MAPS.has(key) && !Array.isArray(value) ? 'names' : 'keywords';
}
