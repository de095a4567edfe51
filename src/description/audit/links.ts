import { toPointer } from '../../documents/pointer.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { type Level, levelBelow } from '../structure.ts';
import { isReference, referencedDocument } from '../trees.ts';

/** What something in a description leads to: a place in one of its documents. */
export interface Link {
  readonly url: string;
  /** JSON pointer, or an anchor. */
  readonly pointer: string;
  /** The object that holds the link, and the member that it is. */
  readonly holder: JsonObject;
  readonly key: string;
}

/**
 * Everything below a value that leads elsewhere: references, mappings of discriminators, and security requirements, which
 * name a scheme of the first document, `entry`. https://spec.openapis.org/oas/v3.0.3#discriminator-object
 */
export function* linksIn(
  value: Json,
  base: string,
  entry: string,
  level: Level = 'keywords',
): Generator<Link> {
  if (typeof value !== 'object' || value === null || level === 'data') {
    return;
  }
  if (level === 'keywords' && isObject(value)) {
    yield* ownLinks(value, base, entry);
  }
  for (const [key, child] of Object.entries(value)) {
    yield* linksIn(child, base, entry, isArray(value) ? level : levelBelow(level, key, child));
  }
}

/** The mappings of the discriminator of a schema, if it has one. */
function mappingsOf({ discriminator }: JsonObject, base: string, entry: string): readonly Link[] {
  const mapping = isObject(discriminator) ? discriminator['mapping'] : undefined;
  return Object.entries(isObject(mapping) ? mapping : {}).flatMap(([key, target]) => {
    const holder = isObject(mapping) ? mapping : {};
    return isName(target)
      ? [{ url: entry, pointer: toPointer(['components', 'schemas', target]), holder, key }]
      : linkTo(target, base, holder, key);
  });
}

function ownLinks(node: JsonObject, base: string, entry: string): readonly Link[] {
  const { security } = node;
  const schemes = isArray(security) ? security.filter(isObject).flatMap((each) => Object.keys(each)) : [];
  return [
    ...(isReference(node, 'keywords') ? linkTo(node.$ref, base, node, '$ref') : []),
    ...mappingsOf(node, base, entry),
    ...schemes.map((name) => ({
      url: entry,
      pointer: toPointer(['components', 'securitySchemes', name]),
      holder: node,
      key: 'security',
    })),
  ];
}

function linkTo(reference: Json, base: string, holder: JsonObject, key: string): readonly Link[] {
  if (typeof reference !== 'string' || !URL.canParse(reference, base)) {
    return [];
  }
  const fragment = new URL(reference, base).hash.slice(1);
  return [{ url: referencedDocument(reference, base), pointer: decoded(fragment), holder, key }];
}

/** A malformed escape is the resolver's matter. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Whether a mapping gives the name of a schema rather than its address. */
function isName(target: Json): target is string {
  return typeof target === 'string' && /^[\w-]+$/.test(target);
}
