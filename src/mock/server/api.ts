import type { Operation } from '../../description/model.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { asksForOtherVersion, optionsType, readAccept } from './accept.ts';
import { isTaken } from './credentials.ts';
import { doOperation } from './operation.ts';
import { allowOf, findResource, type Resource } from './resources.ts';
import { type Said, type ServerParts, type ServerRequest, sayPage, sayUnauthorized } from './said.ts';
import { sayDocumented } from './servlets.ts';

/** Answers below the API's base path: first its filters, then its resources. */
export async function sayApi(request: ServerRequest, parts: ServerParts): Promise<Said> {
  const { headers, path } = request;
  const { habits, description } = parts;
  if (asksForOtherVersion(headers.accept)) {
    return sayPage(request, { status: 406, message: 'Unsupported version' }, habits);
  }
  if (!isTaken(headers.authorization)) {
    return sayUnauthorized(request, habits);
  }
  if (/[{}]/.test(path)) {
    return sayPage(request, { status: 400 }, habits);
  }
  const resource = findResource(description.operations, path);
  return resource ? await sayResource(request, resource, parts) : sayPage(request, { status: 404 }, habits);
}

async function sayResource(request: ServerRequest, resource: Resource, parts: ServerParts): Promise<Said> {
  const { method, accept } = request;
  if (method === 'OPTIONS') {
    return sayOptions(resource, accept);
  }
  const sought = method === 'HEAD' ? 'GET' : method;
  const operation = resource.operations.find((each) => each.method === sought);
  if (!operation) {
    const allow = ['Allow', allowOf(resource, false).join(',')];
    return sayPage(request, { status: 405 }, parts.habits, allow);
  }
  const habits = parts.habits.operations[operation.id];
  const status = objection(request, operation, parts);
  if (status !== undefined) {
    return sayPage(request, { status }, parts.habits);
  }
  return habits
    ? await doOperation({ request, operation, habits, names: resource.parameters }, parts)
    : sayDocumented(operation, request);
}

/** What is wrong with the media types of a request: what it sends is looked at before what it wants. */
function objection(
  { headers, accept }: ServerRequest,
  { id }: Operation,
  parts: ServerParts,
): number | undefined {
  const habits = parts.habits.operations[id];
  const sent = headers['content-type'];
  const type = parseMediaType(sent ?? '')?.essence;
  if (sent !== undefined && type === undefined) {
    return 400;
  }
  if (sent !== undefined && habits?.consumes !== undefined && type !== habits.consumes) {
    return 415;
  }
  const verdict = habits ? readAccept(accept) : 'admitted';
  return verdict === 'admitted' ? undefined : verdict === 'malformed' ? 400 : 406;
}

function sayOptions(resource: Resource, accept: string | undefined): Said {
  const methods = allowOf(resource, true);
  const allow = ['Allow', methods.join(',')];
  const type = optionsType(accept);
  const said = { status: 200, type, isDated: true, why: 'options' };
  return type === 'text/plain'
    ? { ...said, further: allow, body: Buffer.from(methods.join(', ')) }
    : { ...said, first: allow };
}
