import { tokensOf, toPointer, valueAt } from '../../documents/pointer.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { linksIn } from './links.ts';
import { accuse, listOf, objectOf, type Subject } from './subject.ts';

/** Rules `unused-component`, and `reference` for the mappings of discriminators. */
export function auditComponents(subject: Subject): void {
  auditMappings(subject);
  const reached = reach(subject);
  for (const [group, members] of componentsOf(subject)) {
    for (const name of Object.keys(members)) {
      if (!reached.has(placeOf(subject.entry, ['components', group, name]))) {
        accuse(subject, 'unused-component', members, name, `nothing leads to components/${group}/${name}`);
      }
    }
  }
}

function auditMappings(subject: Subject): void {
  const { trees, entry } = subject;
  for (const [base, tree] of trees) {
    for (const { holder, key, url, pointer } of linksIn(tree, base, entry)) {
      const isMapping = key !== '$ref' && key !== 'security';
      if (isMapping && trees.has(url) && valueAt(trees.get(url) ?? null, pointer) === undefined) {
        const reason = `the mapping of "${key}" to "${holder[key]}" names nothing`;
        accuse(subject, 'reference', holder, key, reason);
      }
    }
  }
}

/** Every place that the operations lead to, through references that lead to references; a component counts as a whole. */
function reach(subject: Subject): ReadonlySet<string> {
  const { trees, entry } = subject;
  const { components: _, ...rest } = objectOf(trees.get(entry));
  const reached = new Set<string>();
  const pending: (readonly [value: Json, base: string])[] = [[rest, entry]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const { url, pointer } of linksIn(...next, entry)) {
      const place = wholePlace(url, pointer);
      const value = valueAt(trees.get(url) ?? null, place.slice(url.length + 1));
      if (value !== undefined && !reached.has(place)) {
        reached.add(place);
        pending.push([value, url]);
      }
    }
    for (const [place, heir] of pending.length === 0 ? heirsOf(subject, reached) : []) {
      reached.add(place);
      pending.push([heir, entry]);
    }
  }
  return reached;
}

/** Schemas that build on a reached one with a discriminator: its values may be theirs, though nothing refers to them. */
function heirsOf(subject: Subject, reached: ReadonlySet<string>): readonly (readonly [string, JsonObject])[] {
  const { trees, entry } = subject;
  const schemas = componentsOf(subject).find(([group]) => group === 'schemas')?.[1] ?? {};
  return Object.entries(schemas).flatMap(([name, schema]) => {
    const place = placeOf(entry, ['components', 'schemas', name]);
    const bases = listOf(objectOf(schema)['allOf']);
    const isHeir = bases.some((base) =>
      [...linksIn(base, entry, entry)].some(({ url, pointer }) => {
        const value = valueAt(trees.get(url) ?? null, pointer);
        return reached.has(wholePlace(url, pointer)) && isObject(objectOf(value)['discriminator']);
      }),
    );
    return isHeir && isObject(schema) && !reached.has(place) ? [[place, schema] as const] : [];
  });
}

function componentsOf({ trees, entry }: Subject): readonly (readonly [group: string, members: JsonObject])[] {
  const components = objectOf(objectOf(trees.get(entry))['components']);
  return Object.entries(components).flatMap(([group, members]) =>
    isObject(members) && !group.startsWith('x-') ? [[group, members] as const] : [],
  );
}

function wholePlace(url: string, pointer: string): string {
  const tokens = tokensOf(pointer);
  return placeOf(url, tokens[0] === 'components' ? tokens.slice(0, 3) : tokens);
}

function placeOf(url: string, tokens: readonly string[]): string {
  return `${url}#${toPointer(tokens)}`;
}
