import type { Call } from '../call.ts';
import { headerValue } from '../exchange.ts';
import { type KeyedList, keyedLists } from '../lists.ts';
import { isUnfiltered } from '../subject.ts';
import type { Rule, Violation } from './rule.ts';

/** A read with a header or a parameter that should change nothing, between two without it. */
interface Variant {
  readonly call: Call;
  readonly before: Call;
  readonly after: Call;
}

export const sameData: Rule = {
  id: 'same-data',
  claim:
    'Which items a list has depends on the path and the described parameters, on nothing else in the request.',
  severity: 'warning',
  basis: 'x-key of the property',
  fix: 'Look for code that reads a header or another parameter, or for a cache that mixes up answers.',
  message: '{operation} leaves items out by what should not matter to it: {actual}',
  extension: 'x-key',
  needs: 'server',
  confirmed: true,
  judge: ({ calls }) => {
    const variants = variantsIn(
      calls.filter(
        (call) => call.status === 200 && !call.beside && isUnfiltered(call) && !resemblesFilter(call),
      ),
    );
    return { violations: variants.flatMap(judgeVariant), tests: variants.length };
  },
};

/** The plain reads are those with the headers and parameters of the first one. */
function variantsIn(reads: readonly Call[]): readonly Variant[] {
  const byPath = new Map<string, Call[]>();
  for (const call of reads) {
    const [path = ''] = call.exchange.request.target.split('?');
    byPath.set(path, [...(byPath.get(path) ?? []), call]);
  }
  return [...byPath.values()].flatMap((same) => {
    const plain = same.filter((call) => askedBy(call) === askedBy(same[0]));
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

/**
 * Whether a parameter is one that filters in the way that some frameworks write it: in other letters, as an array, with
 * an operator. They may take it for the filter or not.
 */
function resemblesFilter({ query, operation: { parameters } }: Call): boolean {
  const names = parameters.map(({ name }) => name.toLowerCase());
  return query.some(([asked]) => names.some((name) => asked.toLowerCase().startsWith(name)));
}

function askedBy(call: Call | undefined): string {
  const { target = '', headers = [] } = call?.exchange.request ?? {};
  return JSON.stringify([target, headers.filter(([name]) => name !== 'Host')]);
}
