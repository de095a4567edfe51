import type { JSONValue } from 'json-p3';
import type { SourceDocument } from '../documents/document.ts';
import { KitError } from '../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import type { Origins } from './origins.ts';

interface Action {
  readonly target: string;
  readonly node: JsonObject;
}

/** A node that a target selects: its value, and the keys and indices that lead to it. */
interface Selected {
  readonly value: unknown;
  readonly location: readonly (string | number)[];
}

/**
 * Applies an overlay document to a tree, in place (OpenAPI Overlay 1.0.0, "Action Object"). A target that selects nothing
 * changes nothing.
 * @throws KitError OVERLAY_INVALID with the line of the action.
 */
export async function applyOverlay(tree: Json, overlay: SourceDocument, origins: Origins): Promise<void> {
  // Few descriptions have overlays: the JSONPath library is loaded for those alone.
  const { jsonpath } = await import('json-p3');
  for (const action of actionsOf(overlay)) {
    const selected = attempt(() => jsonpath.query(action.target, tree as JSONValue).nodes, action, overlay);
    if (action.node['remove'] === true) {
      remove(tree, selected);
    } else {
      update(selected, action, overlay, origins);
    }
  }
}

function actionsOf(overlay: SourceDocument): readonly Action[] {
  const root = overlay.value;
  if (!isObject(root) || !/^1\.\d+\.\d+$/.test(String(root['overlay']))) {
    throw invalid(
      overlay,
      '/overlay',
      'this is no OpenAPI overlay',
      'It needs "overlay: 1.0.0" at its top level.',
    );
  }
  const actions = root['actions'];
  if (!isArray(actions) || actions.length === 0) {
    throw invalid(overlay, '/actions', 'the overlay has no actions', 'List at least one below "actions".');
  }
  return actions.map((node, index) => {
    const target = isObject(node) ? node['target'] : undefined;
    if (!isObject(node) || typeof target !== 'string') {
      throw invalid(
        overlay,
        `/actions/${index}`,
        'the action has no target',
        'Give a JSONPath as its "target".',
      );
    }
    if (node['remove'] !== true && node['update'] === undefined) {
      throw invalid(
        overlay,
        `/actions/${index}`,
        'the action does nothing',
        'Give "update", or "remove: true".',
      );
    }
    return { target, node };
  });
}

function attempt(
  query: () => readonly Selected[],
  { target, node }: Action,
  overlay: SourceDocument,
): readonly Selected[] {
  try {
    return query();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalid(
      overlay,
      pointerTo(overlay, node, 'target'),
      `"${target}" is no JSONPath: ${reason}`,
      'See RFC 9535.',
    );
  }
}

/** Later nodes go first, so that the indices of the earlier ones stay right. */
function remove(tree: Json, selected: readonly Selected[]): void {
  for (const { location } of [...selected].reverse()) {
    const parent = location.slice(0, -1).reduce<unknown>((value, key) => memberOf(value, key), tree);
    const last = location.at(-1);
    if (Array.isArray(parent)) {
      parent.splice(Number(last), 1);
    } else if (typeof parent === 'object' && parent !== null && last !== undefined) {
      Reflect.deleteProperty(parent, last);
    }
  }
}

function update(
  selected: readonly Selected[],
  action: Action,
  overlay: SourceDocument,
  origins: Origins,
): void {
  const addition = action.node['update'] ?? null;
  for (const { value } of selected) {
    if (Array.isArray(value)) {
      value.push(structuredCopy(addition, origins));
    } else if (isObject(value) && isObject(addition)) {
      merge(value, addition, origins);
    } else {
      const pointer = pointerTo(overlay, action.node, 'update');
      throw invalid(overlay, pointer, `"${action.target}" and its update do not fit together`, FIT);
    }
  }
}

const FIT =
  'An object is updated with an object; to an array any value is appended; a single value cannot be a target.';

/** Objects are merged member by member, lists are joined, everything else is replaced. */
function merge(target: JsonObject, addition: JsonObject, origins: Origins): void {
  for (const [key, value] of Object.entries(addition)) {
    const current = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(current) && isObject(value)) {
      merge(current, value, origins);
    } else if (Array.isArray(current) && isArray(value)) {
      current.push(...value.map((each) => structuredCopy(each, origins)));
    } else {
      Object.assign(target, { [key]: structuredCopy(value, origins) });
      origins.moveMember(target, key, addition);
    }
  }
}

/** A copy that later actions may change without touching the overlay, and that remembers its lines. */
function structuredCopy(value: Json, origins: Origins): Json {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const copy = isArray(value)
    ? value.map((each) => structuredCopy(each, origins))
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, structuredCopy(each, origins)]));
  origins.copy(copy, value);
  return copy;
}

function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function pointerTo(overlay: SourceDocument, action: JsonObject, key: string): string {
  const actions = isObject(overlay.value) ? overlay.value['actions'] : undefined;
  return `/actions/${isArray(actions) ? actions.indexOf(action) : 0}/${key}`;
}

function invalid(overlay: SourceDocument, pointer: string, reason: string, advice: string): KitError {
  return KitError.of('OVERLAY_INVALID', { reason, advice }, overlay.locate(pointer));
}
