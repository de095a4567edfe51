import { findResponse } from '../../description/lookup.ts';
import type { Operation } from '../../description/model.ts';
import { principalOf } from '../principal.ts';
import { fillIn } from '../refused.ts';
import type { ServerDocument } from './habits.ts';
import { findResource } from './resources.ts';
import {
  type Said,
  type ServerParts,
  type ServerRequest,
  sayJson,
  sayPage,
  saySupported,
  servletAt,
} from './said.ts';

/** Answers outside of the API: some servlets give a document, and nothing is at any other path. */
export function sayOutside(request: ServerRequest, { habits, description }: ServerParts): Said {
  const { method, resolved } = request;
  const document = habits.documents.find((each) => each.path === resolved);
  const [operation] = resolved.endsWith('/')
    ? []
    : (findResource(description.operations, resolved)?.operations ?? []);
  const taken = document?.isPosted ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'];
  if (!taken.includes(method)) {
    const hasServlet = servletAt(resolved, habits) !== undefined;
    return sayOtherMethod(request, hasServlet ? taken : undefined, { habits });
  }
  const said = document
    ? sayDocument(document)
    : operation
      ? sayDocumented(operation, request)
      : sayPage(request, { status: 404 }, habits);
  return method === 'HEAD' ? withoutBody(said) : said;
}

function sayDocument({ type, headers = {}, body }: ServerDocument): Said {
  const further = Object.entries(headers).flat();
  const content = Buffer.from(body);
  return { status: 200, type, further, body: content, isDated: true, isChunked: true, why: 'document' };
}

/** What a servlet says that only counts what it would have sent: it knows its length, and writes another charset. */
function withoutBody(said: Said): Said {
  const type = said.status === 200 ? said.type?.replace(/iso-8859-1$/, 'utf-8') : said.type;
  return { ...said, ...(type !== undefined && { type }), isChunked: false };
}

/** The example of an operation that no world answers. */
export function sayDocumented(operation: Operation, { headers }: ServerRequest): Said {
  const [mediaType] = findResponse(operation, 200)?.mediaTypes ?? [];
  const [example] = mediaType?.examples ?? [];
  const content = fillIn(example?.value ?? {}, { principal: principalOf(headers.authorization) });
  return sayJson(200, mediaType?.type ?? 'application/json', content, `example ${example?.name}`);
}

/** What Java's servlets say of methods that they have no code for; there may be no servlet, which takes none. */
function sayOtherMethod(
  request: ServerRequest,
  taken: readonly string[] | undefined,
  { habits }: Pick<ServerParts, 'habits'>,
): Said {
  const { method } = request;
  const unsupported = { status: 405, message: `HTTP method ${method} is not supported by this URL` };
  switch (method) {
    case 'OPTIONS':
      return saySupported(taken && [...taken, 'TRACE', 'OPTIONS'].join(', '));
    case 'POST':
      return sayPage(request, taken ? unsupported : { status: 404 }, habits);
    case 'PUT':
    case 'DELETE':
      return sayPage(request, unsupported, habits);
    case 'TRACE':
      return sayPage(request, { status: 405 }, habits);
    default: {
      const message = `Method ${method} is not implemented by this servlet for this URI`;
      return sayPage(request, { status: 501, message }, habits);
    }
  }
}
