import type { Description, Operation } from '../description/model.ts';
import { decodeOnce, parseQuery } from '../http/percent.ts';

/** The operation that a request calls, and the values that it gives. Undefined stands for one that cannot be decoded. */
export interface Route {
  readonly operation: Operation;
  /** Values of path parameters, decoded once. */
  readonly path: ReadonlyMap<string, string | undefined>;
  /** Names and values in order. */
  readonly query: readonly (readonly [name: string, value: string | undefined])[];
}

interface Pattern {
  readonly operation: Operation;
  readonly names: readonly string[];
  readonly expression: RegExp;
}

/** Finds the operation that a method and a target call, below one of the base paths. */
export function createRouter(
  description: Description,
  basePaths: readonly string[],
): (method: string, target: string) => Route | undefined {
  // A template with fewer parameters is the more concrete one and matched first (OpenAPI 3.0.3, Paths Object).
  const operations = description.operations.toSorted((a, b) => parametersIn(a) - parametersIn(b));
  const patterns = operations.flatMap((operation) =>
    basesOf(operation, description, basePaths).map((base) => patternOf(operation, base)),
  );
  return (method, target) => {
    const [path = '', ...query] = target.split('?');
    for (const pattern of patterns) {
      const match = method === pattern.operation.method ? pattern.expression.exec(path) : null;
      if (match) {
        const values = pattern.names.map(
          (name, index) => [name, decodeOnce(match[index + 1] ?? '')] as const,
        );
        return { operation: pattern.operation, path: new Map(values), query: parseQuery(query.join('?')) };
      }
    }
    return undefined;
  };
}

/** What an operation stands below: the base paths of the others, unless the description gives it some of its own. */
export function basesOf(
  operation: Operation,
  description: Description,
  basePaths: readonly string[],
): readonly string[] {
  const isLikeOthers = operation.basePaths.join(' ') === description.basePaths.join(' ');
  return isLikeOthers ? basePaths : operation.basePaths;
}

function parametersIn({ path }: Operation): number {
  return path.split('{').length;
}

/** A path parameter is a segment, or a part of one, and never empty. */
function patternOf(operation: Operation, base: string): Pattern {
  const names: string[] = [];
  const source = `${base}${operation.path}`.split(/(\{[^{}]*\})/).map((part) => {
    if (part.startsWith('{')) {
      names.push(part.slice(1, -1));
      return '([^/]+)';
    }
    const encoded = part.replace(/[^!-~]+/g, encodeURIComponent);
    return encoded.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return { operation, names, expression: new RegExp(`^${source.join('')}$`) };
}
