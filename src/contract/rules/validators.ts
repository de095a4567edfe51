import { sameMediaType } from '../../http/media-type.ts';
import { type Call, contentType, haveSameBody, isSuccess } from '../call.ts';
import { type HeaderLine, headerValue } from '../exchange.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

export const etag: Rule = {
  id: 'etag',
  claim: 'A strong ETag stands for one body alone.',
  severity: 'error',
  basis: 'RFC 9110 section 8.8.1: a strong validator changes whenever the content does',
  fix: 'Compute the ETag from the bytes that are sent, or mark it as weak with W/.',
  message: '{operation} gives the same strong ETag {actual} to different bodies',
  needs: 'server',
  judge: ({ calls }) => {
    const first = new Map<string, Call>();
    return judgeEach(calls.filter(hasStrongTag), (call) => {
      const tag = tagOf(call);
      const key = `${call.exchange.request.target} ${tag}`;
      const earlier = first.get(key) ?? call;
      first.set(key, earlier);
      return haveSameBody(earlier, call)
        ? undefined
        : { call, calls: [earlier, call], kind: 'same', expected: 'another one', actual: tag };
    });
  },
};

export const notModified: Rule = {
  id: 'not-modified',
  claim:
    '304 is answered only where If-None-Match names the current ETag, or nothing changed since If-Modified-Since.',
  severity: 'error',
  basis: 'RFC 9110 sections 13.1.2 and 13.1.3',
  fix: 'Compare the tags of If-None-Match with the current ETag, and If-Modified-Since with the date of the last change.',
  message: '{operation} answers 304 Not Modified to {actual}, which does not fit what it has',
  needs: 'server',
  judge: ({ calls }) => {
    const asked = calls.filter((call) => /^"[^"]*"$/.test(conditionOf(call)));
    const tagged = judgeEach(asked, (call) => {
      const condition = conditionOf(call);
      const { target } = call.exchange.request;
      const matches = calls.some(
        (each) => each.exchange.request.target === target && tagOf(each).replace('W/', '') === condition,
      );
      const facts = { call, kind: 'not matching', expected: '200', actual: `If-None-Match: ${condition}` };
      return call.status === 304 && !matches ? facts : undefined;
    });
    const dated = calls.filter((call) => !Number.isNaN(sinceOf(call)));
    const late = judgeEach(dated, (call) => judgeDate(call, calls));
    return { violations: [...tagged.violations, ...late.violations], tests: tagged.tests + late.tests };
  },
};

/** Without a date of the last change, or with a later one, the condition does not hold. */
function judgeDate(call: Call, calls: readonly Call[]): Violation | undefined {
  const { target, headers } = call.exchange.request;
  const same = calls.filter((each) => each.exchange.request.target === target);
  const dates = same.map((each) => Date.parse(headerValue(responseHeaders(each), 'Last-Modified') ?? ''));
  const isUnchanged = dates.some((date) => date <= sinceOf(call));
  const actual = `If-Modified-Since: ${headerValue(headers, 'If-Modified-Since')}`;
  return call.status === 304 && !isUnchanged ? { call, kind: 'changed', expected: '200', actual } : undefined;
}

/** In milliseconds; NaN where there is no such condition, or another one that counts in its place (RFC 9110 13.2.2). */
function sinceOf({ exchange: { request } }: Call): number {
  const isFirst = headerValue(request.headers, 'If-None-Match') === undefined;
  return isFirst ? Date.parse(headerValue(request.headers, 'If-Modified-Since') ?? '') : Number.NaN;
}

export const vary: Rule = {
  id: 'vary',
  claim: 'An answer that depends on a header of the request says so in Vary.',
  severity: 'warning',
  basis: 'RFC 9110 section 12.5.5',
  fix: 'Send Vary with the name of the header, or caches give one client the answer of another.',
  message: '{operation} answers in {actual} by {expected}, but no Vary names it',
  needs: 'server',
  confirmed: true,
  judge: ({ calls }) => {
    const reads = calls.filter((call) => isSuccess(call) && !call.beside && hasTypeToVary(call));
    const violations = [
      ...judgeVariation(
        reads,
        'Accept',
        (call) => contentType(call)?.split(';')[0]?.trim().toLowerCase() ?? '',
      ),
      ...judgeVariation(reads, 'Accept-Encoding', (call) =>
        (headerValue(responseHeaders(call), 'Content-Encoding') ?? 'identity').toLowerCase(),
      ),
    ];
    return { violations, tests: reads.length };
  },
};

/** A media type that nobody described is a finding of its own. */
function hasTypeToVary(call: Call): boolean {
  const type = contentType(call);
  const known = call.described?.mediaTypes ?? [];
  return call.acceptance !== 'admits' || known.some((each) => sameMediaType(each.type, type ?? ''));
}

/** Two answers to one target that differ in a feature, where nothing but one header of the requests does. */
function judgeVariation(
  reads: readonly Call[],
  header: string,
  featureOf: (call: Call) => string,
): readonly Violation[] {
  const groups = new Map<string, Call>();
  for (const call of reads) {
    const { target, headers } = call.exchange.request;
    const rest = ['Accept', 'Accept-Encoding', 'Accept-Language'].filter((name) => name !== header);
    const key = JSON.stringify([target, rest.map((name) => headerValue(headers, name) ?? null)]);
    const other = groups.get(key) ?? call;
    groups.set(key, other);
    const features = [featureOf(other), featureOf(call)];
    const differs = features[0] !== features[1] && bodyOf(other)?.length !== 0 && bodyOf(call)?.length !== 0;
    if (differs && ![other, call].some((each) => variesBy(each, header))) {
      return [{ call, calls: [other, call], kind: header, expected: header, actual: features.join(' or ') }];
    }
  }
  return [];
}

function variesBy(call: Call, header: string): boolean {
  const names = (headerValue(responseHeaders(call), 'Vary') ?? '').split(',').map((name) => name.trim());
  return names.some((name) => name === '*' || name.toLowerCase() === header.toLowerCase());
}

function hasStrongTag(call: Call): boolean {
  return call.status === 200 && call.exchange.request.method === 'GET' && tagOf(call).startsWith('"');
}

function tagOf(call: Call): string {
  return headerValue(responseHeaders(call), 'ETag') ?? '';
}

function conditionOf(call: Call): string {
  return headerValue(call.exchange.request.headers, 'If-None-Match') ?? '';
}

function bodyOf({ exchange: { response } }: Call): Buffer | undefined {
  return response?.body;
}

function responseHeaders({ exchange: { response } }: Call): readonly HeaderLine[] {
  return response?.headers ?? [];
}
