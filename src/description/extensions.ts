import { readFileSync } from 'node:fs';
import type { Location } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { packageFile } from '../package-files.ts';
import { SchemaCompiler } from '../schema/compile.ts';
import type { Schema } from '../schema/schema.ts';
import type { Alias, Filters, Identifies, Refuses } from './model.ts';
import { complain, type Reading } from './reading.ts';
import { type Level, levelBelow } from './structure.ts';

/** https://spec.openapis.org/oas/v3.0.3#path-item-object */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const SEE = 'See docs/contract-extensions.md.';

type Holder = readonly [words: string, fits: (holder: JsonObject) => boolean];

/** Where each extension may stand: a test for the object that holds it, and the words for people. */
const HOLDERS: ReadonlyMap<string, Holder> = new Map<string, Holder>([
  ['x-server', ['the document itself', (holder) => typeof holder['openapi'] === 'string']],
  ['x-thing', ['a path parameter', (holder) => holder['in'] === 'path']],
  ['x-filters', ['a query parameter', (holder) => holder['in'] === 'query']],
  ['x-identifies', ['a path parameter', (holder) => holder['in'] === 'path']],
  ['x-aliases', ['a path parameter', (holder) => holder['in'] === 'path']],
  ['x-other-methods', ['a path', isPathItem]],
  ['x-accepts', ['an operation', isOperation]],
  ['x-refuses', ['an operation', isOperation]],
  ['x-creates', ['an operation', isOperation]],
  ['x-reads', ['an operation', isOperation]],
  ['x-lists', ['an operation', isOperation]],
  ['x-changes', ['an operation', isOperation]],
  ['x-removes', ['an operation', isOperation]],
  ['x-always', ['a response', isResponse]],
  ['x-also-served', ['a response', isResponse]],
  ['x-lacks', ['a response', isResponse]],
  ['x-key', ['a schema', isSchema]],
  ['x-immutable', ['a schema', isSchema]],
  ['x-not-before', ['a schema', isSchema]],
  ['x-lifecycle', ['a schema', isSchema]],
]);

const FORMS = 'spec/extensions.schema.json';

const compiler = new SchemaCompiler(() => ({ file: FORMS, line: 1 }), 'answered');
const forms = new Map<string, Schema>();
let known: JsonObject | undefined;

/**
 * Checks every extension of ours below `root` against its definition in `spec/extensions.schema.json`, and that it stands
 * where it means something. Mistakes become problems of the reading.
 */
export function checkExtensions(reading: Reading, root: JsonObject): void {
  const seen = new Set<object>();

  function visit(value: Json, level: Level): void {
    if (typeof value !== 'object' || value === null || level === 'data' || seen.has(value)) {
      return;
    }
    seen.add(value);
    for (const [key, child] of Object.entries(value)) {
      if (level === 'keywords' && isObject(value) && HOLDERS.has(key)) {
        checkExtension(reading, value, key, child);
      }
      visit(child, Array.isArray(value) ? level : levelBelow(level, key, child));
    }
  }

  visit(root, 'keywords');
}

function checkExtension(reading: Reading, holder: JsonObject, key: string, value: Json): void {
  const [words, fits] = HOLDERS.get(key) ?? ['', () => true];
  if (!fits(holder)) {
    complain(
      reading,
      'extension',
      holder,
      key,
      `"${key}" stands where it means nothing`,
      `It belongs to ${words}. ${SEE}`,
    );
  }
  for (const violation of formOf(key)?.check(value) ?? []) {
    const { pointer, expected, actual } = violation;
    const reason = `"${key}" is not as defined: at "${pointer}" expected ${expected}, found ${actual}`;
    complain(reading, 'extension', holder, key, reason, SEE);
  }
}

/** The value of `x-filters`, once `checkExtensions` has found nothing wrong with it. */
export function readFilters(node: JsonObject, where: Location): Filters | undefined {
  const value = node['x-filters'];
  if (!isObject(value)) {
    return undefined;
  }
  const unmatched = Array.isArray(value['unmatched']) ? value['unmatched'] : ['empty'];
  return { items: String(value['items']), by: String(value['by']), unmatched, where };
}

/** The value of `x-identifies`, once `checkExtensions` has found nothing wrong with it. */
export function readIdentifies(node: JsonObject, where: Location): Identifies | undefined {
  const value = node['x-identifies'];
  if (!isObject(value)) {
    return undefined;
  }
  const { documented, example } = value;
  return {
    absent: Number(value['absent']),
    documented: typeof documented === 'string' ? documented : undefined,
    example: typeof example === 'string' ? example : undefined,
    where,
  };
}

/** The entries of `x-aliases`, once `checkExtensions` has found nothing wrong with them. */
export function readAliases(node: JsonObject): readonly Alias[] {
  const value = node['x-aliases'];
  return (isArray(value) ? value : [])
    .filter(isObject)
    .map(({ like, as }) => ({ like: String(like), as: String(as) }));
}

/** The entries of `x-refuses`, once `checkExtensions` has found nothing wrong with them. */
export function readRefuses(node: JsonObject, where: Location): readonly Refuses[] {
  const value = node['x-refuses'];
  return (isArray(value) ? value : []).filter(isObject).map(({ when, status, example }) => ({
    when: String(when),
    status: Number(status),
    example: typeof example === 'string' ? example : undefined,
    where,
  }));
}

/** What an extension must be like; each is compiled when it is met for the first time, since that takes a while. */
function formOf(extension: string): Schema | undefined {
  const definition = definitions()[extension];
  const form = forms.get(extension) ?? (isObject(definition) ? compiler.compile(definition) : undefined);
  if (form) {
    forms.set(extension, form);
  }
  return form;
}

function definitions(): JsonObject {
  if (!known) {
    const document: unknown = JSON.parse(readFileSync(packageFile(FORMS), 'utf8'));
    known = isObject(document) && isObject(document['$defs']) ? document['$defs'] : {};
  }
  return known;
}

function isResponse(holder: JsonObject): boolean {
  return (
    typeof holder['description'] === 'string' && holder['in'] === undefined && holder['type'] === undefined
  );
}

function isPathItem(holder: JsonObject): boolean {
  return METHODS.some((method) => isObject(holder[method]));
}

function isOperation(holder: JsonObject): boolean {
  return isObject(holder['responses']);
}

function isSchema(holder: JsonObject): boolean {
  return (
    holder['in'] === undefined &&
    ['type', 'allOf', 'anyOf', 'oneOf', '$ref', 'format', 'enum'].some((key) => key in holder)
  );
}
