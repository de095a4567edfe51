import {
  type Document,
  OpenAPIBackend,
  OpenAPIRouter,
  type ParsedRequest,
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
 * Routes to the operations of a description, each below its base paths. HEAD goes where GET does; one trailing slash
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
    const parametersIn = pathReader(operation.path);
    api.register(operation.id, (_context, request: R) =>
      destinations.operation(operation, parametersIn(request.path), request),
    );
  }
  return async (request) => {
    if (request.path.includes('//')) {
      return destinations.otherPath(request);
    }
    return api.handleRequest({ method: request.method, path: request.path, headers: {}, query: {} }, request);
  };
}

/** The library's router without what it does anew for each request, though nobody needs it. */
class SteadyRouter extends OpenAPIRouter {
  readonly #operations = super.getOperations();

  /** They never change. */
  override getOperations(): RoutedOperation[] {
    return this.#operations;
  }

  /** The library would read query, cookies and body too, and all of it twice. */
  override parseRequest(): ParsedRequest {
    return UNREAD;
  }
}

const UNREAD: ParsedRequest = {
  method: '',
  path: '',
  headers: {},
  query: {},
  cookies: {},
  params: {},
  requestBody: undefined,
};

/** Makes a reader of the path parameters of a template, whatever base path comes before it. */
function pathReader(template: string): (path: string) => Readonly<Record<string, string>> {
  const names = [...template.matchAll(/\{(.*?)\}/g)].map(([, name = '']) => name);
  const literals = template.split(/\{.*?\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`${literals.join('([^/]+)')}/?$`);
  return (path) => {
    const [, ...values] = pattern.exec(path) ?? [];
    return Object.fromEntries(values.map((value, index) => [names[index], decodeURIComponent(value)]));
  };
}

/** The least document that routes: no schemas to copy, and every base path written out. The longer literal text wins. */
function routesOf({ title, operations }: Description): Document {
  const paths: Record<string, Record<string, { operationId: string; responses: object }>> = {};
  for (const { id, method, path, basePaths } of withHead(operations)) {
    for (const base of basePaths) {
      const route = { [method.toLowerCase()]: { operationId: id, responses: {} } };
      paths[base + path] = { ...paths[base + path], ...route };
    }
  }
  return { openapi: '3.0.3', info: { title, version: '' }, paths };
}

type Routed = Pick<Operation, 'id' | 'method' | 'path' | 'basePaths'>;

/** HEAD for every GET; what the description says itself of HEAD comes later and wins. */
function withHead(operations: readonly Operation[]): readonly Routed[] {
  const heads = operations
    .filter(({ method }) => method === 'GET')
    .map(({ id, path, basePaths }) => ({ id, method: 'HEAD', path, basePaths }));
  return [...heads, ...operations];
}

function allowedMethods(api: OpenAPIBackend, path: string): readonly string[] {
  return METHODS.filter((method) => api.matchOperation({ method, path, headers: {} }) !== undefined);
}
