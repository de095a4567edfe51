import { decodeOnce, parseQuery } from '../http/percent.ts';

/** A request target (RFC 9112 3.2) in its parts, still percent-encoded. */
export interface Target {
  /** Starts with a slash, or is `*`. */
  readonly path: string;
  /** Without its `?`; `''` where there is none. */
  readonly query: string;
}

/** Splits a target in origin-form or absolute-form; scheme, user and host of the latter are dropped. */
export function splitTarget(text: string): Target {
  const relative = text.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = relative.indexOf('?');
  const path = mark < 0 ? relative : relative.slice(0, mark);
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : relative.slice(mark + 1) };
}

/** Whether a target is printable ASCII (RFC 3986 2) and each escape in it belongs to UTF-8. */
export function isSoundTarget(text: string): boolean {
  return /^[!-~]*$/.test(text) && decodeOnce(text) !== undefined;
}

/** The first value of a query parameter, decoded once. */
export function firstQueryValue(query: string, name: string): string | undefined {
  return parseQuery(query).find(([each]) => each === name)?.[1];
}
