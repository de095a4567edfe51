import type { Call } from '../call.ts';
import { headerValue } from '../exchange.ts';
import { type KeyedList, keyedLists } from '../lists.ts';
import { isUnfiltered } from '../subject.ts';
import type { Rule, Violation } from './rule.ts';

/** A read with a header that should change nothing, between two without it. */
interface Variant {
  readonly call: Call;
  readonly before: Call;
  readonly after: Call;
}

export const sameData: Rule = {
  id: 'same-data',
  claim: 'Which items a list has depends on the URL, not on other headers of the request.',
  severity: 'warning',
  basis: 'x-key of the property',
  fix: 'Look for code that reads a header, or for a cache that mixes up answers.',
  message: '{operation} leaves items out by a header of the request: {actual}',
  extension: 'x-key',
  needs: 'server',
  confirmed: true,
  judge: ({ calls }) => {
    const variants = variantsIn(
      calls.filter((call) => call.status === 200 && !call.beside && isUnfiltered(call)),
    );
    return { violations: variants.flatMap(judgeVariant), tests: variants.length };
  },
};

/** The plain reads are those with the headers of the first one. */
function variantsIn(reads: readonly Call[]): readonly Variant[] {
  const byTarget = new Map<string, Call[]>();
  for (const call of reads) {
    const { target } = call.exchange.request;
    byTarget.set(target, [...(byTarget.get(target) ?? []), call]);
  }
  return [...byTarget.values()].flatMap((same) => {
    const plain = same.filter((call) => headersOf(call) === headersOf(same[0]));
    return same
      .filter(
        (call) => !plain.includes(call) && headerValue(call.exchange.request.headers, 'Range') === undefined,
      )
      .flatMap((call) => {
        const index = same.indexOf(call);
        const before = same.slice(0, index).findLast((each) => plain.includes(each));
        const after = same.slice(index).find((each) => plain.includes(each));
        return before && after ? [{ call, before, after }] : [];
      });
  });
}

function judgeVariant({ call, before, after }: Variant): readonly Violation[] {
  return keyedLists(before).flatMap((first: KeyedList) => {
    const [now, last] = [call, after].map((each) => keyedLists(each).find(({ at }) => at === first.at));
    const lasting = [...first.items.keys()].filter((key) => last?.items.has(key));
    const missing = now ? lasting.filter((key) => !now.items.has(key)) : [];
    const actual = `${missing.length} of ${lasting.length} are missing, such as ${missing[0]}`;
    const facts = { kind: 'missing', pointer: first.at, expected: 'all of them', source: first.where };
    return missing.length > 0 ? [{ call, calls: [before, call, after], actual, ...facts }] : [];
  });
}

function headersOf(call: Call | undefined): string {
  const headers = call?.exchange.request.headers.filter(([name]) => name !== 'Host') ?? [];
  return JSON.stringify(headers);
}
