import type { Operation } from '../../description/model.ts';
import { parseMediaType } from '../../http/media-type.ts';
import { asksForOtherVersion, optionsType, readAccept } from './accept.ts';
import { isTaken } from './credentials.ts';
import { doOperation } from './operation.ts';
import { allowOf, findResource, type Resource } from './resources.ts';
import {
  isAmong,
  type Said,
  type ServerParts,
  type ServerRequest,
  sayPage,
  sayUnauthorized,
} from './said.ts';
import { sayDocumented } from './servlets.ts';

/** Answers below the API's base path: first its filters, then its resources. */
export async function sayApi(request: ServerRequest, parts: ServerParts): Promise<Said> {
  const { headers, path, resolved } = request;
  const { habits, description } = parts;
  if (asksForOtherVersion(headers.accept)) {
    return sayPage(request, { status: 406, message: 'Unsupported version' }, habits);
  }
  if (!isAmong(habits.open, resolved) && !isTaken(headers.authorization)) {
    return sayUnauthorized(request, habits);
  }
  if (/[{}]/.test(path)) {
    return sayPage(request, { status: 400 }, habits);
  }
  if (isMalformedType(headers['content-type'])) {
    return sayPage(request, { status: 400 }, habits);
  }
  // Parameters of the base itself are none to the API.
  const isBelow = isAmong([habits.base, ...habits.open], path);
  const resource = isBelow ? findResource(description.operations, path) : undefined;
  return resource ? await sayResource(request, resource, parts) : sayPage(request, { status: 404 }, habits);
}

async function sayResource(request: ServerRequest, resource: Resource, parts: ServerParts): Promise<Said> {
  const { method } = request;
  if (method === 'OPTIONS') {
    return sayOptions(request, resource, parts);
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
  const type = parseMediaType(headers['content-type'] ?? '')?.essence;
  if (type !== undefined && habits?.consumes !== undefined && !isCompatible(type, habits.consumes)) {
    return 415;
  }
  const verdict = habits ? readAccept(accept) : 'admitted';
  return verdict === 'admitted' ? undefined : verdict === 'malformed' ? 400 : 406;
}

/** A star stands for anything here, too. */
function isCompatible(type: string, consumed: string): boolean {
  return [consumed, consumed.replace(/\/.*/, '/*'), '*/*'].includes(type);
}

/** It is looked for a form in every request, before anything is asked about its path. */
function isMalformedType(type: string | undefined): boolean {
  return type !== undefined && parseMediaType(type) === undefined;
}

function sayOptions(request: ServerRequest, resource: Resource, { habits }: ServerParts): Said {
  const methods = allowOf(resource, true);
  const allow = ['Allow', methods.join(',')];
  const type = optionsType(request.accept);
  if (type === undefined) {
    return sayPage(request, { status: 400 }, habits);
  }
  const said = { status: 200, type, isDated: true, why: 'options' };
  return type === 'text/plain'
    ? { ...said, further: allow, body: Buffer.from(methods.join(', ')) }
    : { ...said, first: allow, isMeasured: true };
}
