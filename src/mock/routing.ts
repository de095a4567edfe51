import {
  type Document,
  OpenAPIBackend,
  OpenAPIRouter,
  type Operation as RoutedOperation,
} from 'openapi-backend';
import type { Description, Operation } from '../description/model.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];

/** A request, as far as routing goes. */
export interface Routable {
  readonly method: string;
  /** Percent-encoded soundly, without query. */
  readonly path: string;
}

/** What to do with a request, by where it goes. `R` is the request, `A` the answer. */
export interface Destinations<R extends Routable, A> {
  /** Path parameters come decoded once. */
  operation(
    operation: Operation,
    pathParameters: Readonly<Record<string, string>>,
    request: R,
  ): A | Promise<A>;
  /** The path is described, the method is not. `allowed` are those that are. */
  otherMethod(allowed: readonly string[], request: R): A | Promise<A>;
  otherPath(request: R): A | Promise<A>;
}

/** Sends a request where it belongs. */
export type Route<R extends Routable, A> = (request: R) => Promise<A>;

/**
 * Routes to the operations of a description, below each of its base paths. HEAD goes where GET does; one trailing slash
 * makes no difference; literal segments are compared with letter case.
 */
export async function createRouting<R extends Routable, A>(
  description: Description,
  destinations: Destinations<R, A>,
): Promise<Route<R, A>> {
  const api = new OpenAPIBackend({
    definition: routesOf(description),
    quick: true,
    strict: true,
    validate: false,
    handlers: {
      notFound: (_context, request: R) => destinations.otherPath(request),
      methodNotAllowed: (_context, request: R) =>
        destinations.otherMethod(allowedMethods(api, request.path), request),
    },
  });
  await api.init();
  api.router = new SteadyRouter({ definition: api.definition });
  for (const operation of description.operations) {
    api.register(operation.id, ({ request }, original: R) =>
      destinations.operation(operation, request.params, original),
    );
  }
  return async (request) => {
    if (request.path.includes('//')) {
      return destinations.otherPath(request);
    }
    return api.handleRequest({ method: request.method, path: request.path, headers: {}, query: {} }, request);
  };
}

/** The library's router lists all operations anew for each request; they never change. */
class SteadyRouter extends OpenAPIRouter {
  readonly #operations = super.getOperations();

  override getOperations(): RoutedOperation[] {
    return this.#operations;
  }
}

/** The least document that routes: no schemas to copy, and every base path written out. The longer literal text wins. */
function routesOf({ title, basePaths, operations }: Description): Document {
  const paths: Record<string, Record<string, { operationId: string; responses: object }>> = {};
  for (const { id, method, path } of withHead(operations)) {
    for (const base of basePaths) {
      const route = { [method.toLowerCase()]: { operationId: id, responses: {} } };
      paths[base + path] = { ...paths[base + path], ...route };
    }
  }
  return { openapi: '3.0.3', info: { title, version: '' }, paths };
}

/** HEAD for every GET; what the description says itself of HEAD comes later and wins. */
function withHead(operations: readonly Operation[]): readonly Pick<Operation, 'id' | 'method' | 'path'>[] {
  const heads = operations
    .filter(({ method }) => method === 'GET')
    .map(({ id, path }) => ({ id, method: 'HEAD', path }));
  return [...heads, ...operations];
}

function allowedMethods(api: OpenAPIBackend, path: string): readonly string[] {
  return METHODS.filter((method) => api.matchOperation({ method, path, headers: {} }) !== undefined);
}
