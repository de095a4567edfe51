import { findResponse } from '../../description/lookup.ts';
import type { Operation } from '../../description/model.ts';
import { principalOf } from '../principal.ts';
import { fillIn } from '../refused.ts';
import { findResource } from './resources.ts';
import { type Said, type ServerParts, type ServerRequest, sayJson, sayPage, saySupported } from './said.ts';

/** Answers outside of the API: some servlets give a document, and nothing is at any other path. */
export function sayOutside(request: ServerRequest, { habits, description }: ServerParts): Said {
  const { method, path } = request;
  const document = habits.documents.find((each) => each.path === path);
  const [operation] = findResource(description.operations, path)?.operations ?? [];
  if (!['GET', 'HEAD'].includes(method)) {
    return sayOtherMethod(request, document !== undefined || operation !== undefined, { habits });
  }
  if (document) {
    const { type, headers = {}, body } = document;
    const further = Object.entries(headers).flat();
    return {
      status: 200,
      type,
      further,
      body: Buffer.from(body),
      isDated: true,
      isChunked: true,
      why: 'document',
    };
  }
  return operation ? sayDocumented(operation, request) : sayPage(request, { status: 404 }, habits);
}

/** The example of an operation that no world answers. */
export function sayDocumented(operation: Operation, { headers }: ServerRequest): Said {
  const [mediaType] = findResponse(operation, 200)?.mediaTypes ?? [];
  const [example] = mediaType?.examples ?? [];
  const content = fillIn(example?.value ?? {}, { principal: principalOf(headers.authorization) });
  return sayJson(200, mediaType?.type ?? 'application/json', content, `example ${example?.name}`);
}

/** What Java's servlets say of methods that they have no code for. */
function sayOtherMethod(
  request: ServerRequest,
  hasServlet: boolean,
  { habits }: Pick<ServerParts, 'habits'>,
): Said {
  const { method } = request;
  const unsupported = { status: 405, message: `HTTP method ${method} is not supported by this URL` };
  switch (method) {
    case 'OPTIONS':
      return saySupported();
    case 'POST':
      return sayPage(request, hasServlet ? unsupported : { status: 404 }, habits);
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
