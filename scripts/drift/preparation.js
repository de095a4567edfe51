import { isDeepStrictEqual } from 'node:util';
import { curlOf } from '../../dist/contract/curl.js';
import { createRouter } from '../../dist/contract/routes.js';
import { transcriptOf } from '../../dist/contract/transcript.js';
import { valueAt } from '../../dist/documents/pointer.js';
import { decodeOnce } from '../../dist/http/percent.js';

/** Methods that change nothing (RFC 9110 9.2.1). */
const READS = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/**
 * Puts in front of the curl line of a finding the last change of the thing that the answer is about: without it (a thing was
 * disabled, a run of it ended) the request may well get another answer.
 */
export function withPreparation(finding, { description, exchanges }) {
  const index = exchanges.findIndex((exchange) => shows(exchange, finding));
  if (index < 0) {
    return finding;
  }
  const names = namesIn(exchanges[index], finding, description);
  const changes = exchanges.slice(0, index).filter(isAcceptedChange).reverse();
  const last = names.flatMap((name) => changes.find(({ request }) => lastSegment(request) === name) ?? [])[0];
  return last ? { ...finding, curl: `${curlOf(last.request, [])}\n${finding.curl}` } : finding;
}

function shows(exchange, { evidence, ...violation }) {
  return isDeepStrictEqual(transcriptOf(exchange, violation), evidence);
}

/** The names of what an answer is about, the nearest first: in the item of a list that convicts, then in the path. */
function namesIn({ request, response }, { pointer }, description) {
  const [item] = /^.*\/\d+(?=\/)/.exec(pointer ?? '') ?? [];
  const values = item === undefined ? [] : Object.values(valueAt(JSON.parse(response.body), item));
  const { path } = createRouter(description, description.basePaths)(request.method, request.target);
  return [...values, ...path.values()].filter((value) => typeof value === 'string');
}

function isAcceptedChange({ request, response }) {
  const status = response?.status ?? 0;
  return !READS.includes(request.method) && status >= 200 && status < 300;
}

function lastSegment({ target }) {
  return decodeOnce(target.split('?')[0].split('/').at(-1));
}
