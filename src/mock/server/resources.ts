import type { Operation } from '../../description/model.ts';

/** A path that the server knows, with the operations on it and the names that were in it. */
export interface Resource {
  readonly operations: readonly Operation[];
  readonly parameters: Readonly<Record<string, string>>;
}

/** The order in which the server's sets of methods come out: that of their hashes in Java. */
const ORDER = ['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'];

/**
 * The resource at a raw path (JAX-RS 3.7.2, as Jersey does it): segment by segment as they were sent, without matrix
 * parameters; one slash at the end does not matter. Letters in percent-encoding are decoded in names alone.
 */
export function findResource(operations: readonly Operation[], path: string): Resource | undefined {
  const segments = segmentsOf(path);
  const matches = operations.flatMap((operation) =>
    operation.basePaths.flatMap((base) => {
      const parameters = match(segmentsOf(base + operation.path), segments);
      return parameters ? [{ operation, parameters }] : [];
    }),
  );
  const [first] = matches.sort((a, b) => literalsOf(b.operation) - literalsOf(a.operation));
  if (!first) {
    return undefined;
  }
  const same = matches.filter(({ operation }) => operation.path === first.operation.path);
  return { operations: same.map(({ operation }) => operation), parameters: first.parameters };
}

/** What `Allow` says: with HEAD in the answer to OPTIONS, without it where a method is refused. */
export function allowOf({ operations }: Resource, withHead: boolean): readonly string[] {
  const methods = new Set(['OPTIONS', ...operations.map(({ method }) => method)]);
  if (withHead && methods.has('GET')) {
    methods.add('HEAD');
  }
  return ORDER.filter((method) => methods.has(method));
}

function segmentsOf(path: string): readonly string[] {
  const segments = path.split('/').map((segment) => segment.replace(/;.*$/, ''));
  return segments.at(-1) === '' ? segments.slice(0, -1) : segments;
}

function match(
  template: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parameters: Record<string, string> = {};
  const fits =
    template.length === segments.length &&
    template.every((part, index) => {
      const segment = segments[index] ?? '';
      const [, name] = /^\{(.*)\}$/.exec(part) ?? [];
      if (name === undefined) {
        return part === segment;
      }
      parameters[name] = decode(segment);
      return segment !== '';
    });
  return fits ? parameters : undefined;
}

/** Bytes that are no UTF-8 become replacement characters: one for the bytes of a surrogate, as in Java. */
export function decode(text: string): string {
  const bytes = Buffer.from(text)
    .toString('latin1')
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\xed[\xa0-\xbf][\x80-\xbf]/g, '\xef\xbf\xbd');
  return Buffer.from(bytes, 'latin1').toString();
}

function literalsOf({ path }: Operation): number {
  return path.replace(/\{.*?\}/g, '').length;
}
