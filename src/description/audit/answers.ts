import { parseMediaType } from '../../http/media-type.ts';
import { isObject, type JsonObject } from '../../json.ts';
import type { Operation, ResponseDescription } from '../model.ts';
import { accuse, accuseAt, nameOf, propertiesOf, type Subject, wholeOf } from './subject.ts';

/** Rules about what operations answer: `no-content`, `head-content`, `shadowed` and `empty-body`. */
export function auditAnswers(subject: Subject): void {
  const weighed = new Set<JsonObject>();
  for (const operation of subject.description.operations) {
    auditDefault(subject, operation);
    for (const response of operation.responses) {
      auditContent(subject, operation, response);
      auditMediaTypes(subject, response);
      auditBodies(subject, operation, response, weighed);
    }
  }
}

/** RFC 9110 15.2, 15.3.5, 15.3.6, 15.4.5: these statuses come without content; 9.3.2: so do answers to HEAD. */
function auditContent(
  subject: Subject,
  { id, method }: Operation,
  { key, mediaTypes }: ResponseDescription,
): void {
  const [first] = mediaTypes;
  if (first && /^(1..|204|205|304)$/.test(key)) {
    accuseAt(subject, 'no-content', first.where, `${id} describes content for ${key}, which never has any`);
  } else if (first && method === 'HEAD') {
    accuseAt(subject, 'head-content', first.where, `${id} describes content for answers to HEAD`);
  }
}

const RANGES = ['2XX', '3XX', '4XX', '5XX'];

/** `default` speaks of what no other key names (OpenAPI 3.0.3 "Responses Object"). */
function auditDefault(subject: Subject, { id, responses }: Operation): void {
  const fallback = responses.find(({ key }) => key === 'default');
  if (fallback && RANGES.every((range) => responses.some(({ key }) => key === range))) {
    const reason = `the default response of ${id} never applies: ${RANGES.join(', ')} cover every status`;
    accuseAt(subject, 'shadowed', fallback.where, reason);
  }
}

function auditMediaTypes(subject: Subject, { key, mediaTypes }: ResponseDescription): void {
  const names = mediaTypes.map(({ type }) => normalized(type));
  for (const [index, { type, where }] of mediaTypes.entries()) {
    const first = names.indexOf(normalized(type));
    if (first < index) {
      const reason = `"${type}" of the response ${key} is the same media type as "${mediaTypes[first]?.type}"`;
      accuseAt(subject, 'shadowed', where, reason);
    }
  }
}

/** Letter case and the order of parameters mean nothing (RFC 9110 8.3.1). */
function normalized(type: string): string {
  const parsed = parseMediaType(type);
  return parsed ? JSON.stringify([parsed.essence, [...parsed.parameters].sort()]) : type;
}

/** `weighed` has the schemas that were looked at already: many answers share one. */
function auditBodies(
  subject: Subject,
  { id }: Operation,
  { key, always, mediaTypes }: ResponseDescription,
  weighed: Set<JsonObject>,
): void {
  for (const { schema } of mediaTypes) {
    const body = schema && always.length === 0 ? [schema.source] : [];
    for (const [what, schemas] of [
      ['a body', body],
      ['an item of a list', schema ? itemsIn(schema.source) : []],
    ] as const) {
      for (const each of schemas.filter((one) => !weighed.has(one))) {
        weighed.add(each);
        auditEmpty(subject, each, `${what} of the response ${key} of ${id}`);
      }
    }
  }
}

function auditEmpty(subject: Subject, schema: JsonObject, what: string): void {
  const properties = propertiesOf(schema).map(([name]) => name);
  if (properties.length > 0 && subject.compiled.of(schema)?.check({}).length === 0) {
    const name = nameOf(subject, schema, '');
    const reason = `{} satisfies the schema ${name && `${name} `}of ${what}, as none of its properties is required (${[...new Set(properties)].join(', ')})`;
    accuse(subject, 'empty-body', schema, '', reason);
  }
}

/** The schemas of the items of a body that is a list, or of the lists that it has as properties. */
function itemsIn(schema: JsonObject): readonly JsonObject[] {
  const lists = [
    schema,
    ...propertiesOf(schema).flatMap(([, property]) => (isObject(property) ? [property] : [])),
  ];
  return lists.flatMap(wholeOf).flatMap(({ items }) => (isObject(items) ? [items] : []));
}
