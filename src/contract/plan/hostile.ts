import type { Parameter } from '../../description/model.ts';
import { subjectOf } from '../subject.ts';
import { type Probe, probeOf, type Target } from './probe.ts';

/** Percent-encoded values with which careless servers fail. */
const VALUES: readonly (readonly [words: string, value: string])[] = [
  ['4,100 letters', 'a'.repeat(4100)],
  ['300 letters', 'a'.repeat(300)],
  ['8 KiB', 'a'.repeat(8192)],
  ['dots', 'a..b'],
  ['a quote', "x'y"],
  ['a double quote', 'x%22y'],
  ['a backslash', 'x%5Cy'],
  ['a semicolon', 'x%3By'],
  ['an emoji', '%F0%9F%98%80'],
  ['letters of several scripts', '%C3%BC%E6%97%A5%D8%B9'],
  ['a combining mark', 'a%CC%81'],
  ['NUL', 'x%00y'],
  ['a line break and a header', 'x%0D%0AX-Injected:%20yes'],
  ['a line feed and a header', 'x%0AX-Injected:%20yes'],
  ['a bidirectional control', '%E2%80%AEx'],
  ['invalid UTF-8', '%FF'],
  ['a broken UTF-8 sequence', 'x%C3%28'],
  ['an overlong UTF-8 slash', '%C0%AF'],
  ['an encoded surrogate', '%ED%A0%80'],
  ['a malformed escape', '%zz'],
  ['an escape that is cut off', 'x%4'],
  ['a lone percent sign', '%'],
  ['markup', '%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
  ['a template expression', '%24%7B7*7%7D%7B%7B7*7%7D%7D'],
  ['a format', '%25s%25n%25x'],
  ['a number', '-1'],
  ['a huge number', '99999999999999999999'],
  ['a blank', '%20'],
  ['a tab', 'x%09y'],
  ['__proto__', '__proto__'],
  ['a brace', '%7B%22a%22:1%7D'],
];

/** Each hostile value in place of the name, and of each query parameter; and odd queries. */
export function hostile(target: Target): readonly Probe[] {
  const queries = target.operation.parameters
    .filter((each) => each.in === 'query' && !target.values.has(each.name))
    .slice(0, 4);
  return [
    ...hostileNames(target),
    ...queries.flatMap((each) => hostileValues(target, each)),
    ...oddQueries(target),
  ];
}

function hostileNames(target: Target): readonly Probe[] {
  const subject = subjectOf(target.operation);
  return subject
    ? VALUES.map(([words, segment]) =>
        probeOf(target, `, ${words} for the ${subject.name}`, {
          segments: new Map([[subject.name, segment]]),
        }),
      )
    : [];
}

function hostileValues(target: Target, { name, examples }: Parameter): readonly Probe[] {
  const key = encodeURIComponent(name);
  const some = encodeURIComponent(String(examples[0]?.value ?? 'a'));
  const forms: readonly (readonly [words: string, query: string])[] = [
    ['without a value', key],
    ['twice', `${key}=${some}&${key}=${some}b`],
    ['a hundred times', Array.from({ length: 100 }, () => `${key}=${some}`).join('&')],
    ['as an array', `${key}[]=${some}`],
    ['as an object', `${key}[a][b]=${some}`],
    ['as an operator', `${key}[$ne]=${some}`],
    ['with a dot', `${key}.x=${some}`],
  ];
  return [
    ...VALUES.map(([words, value]) =>
      probeOf(target, `, ${words} for ${name}`, { query: `${key}=${value}` }),
    ),
    ...forms.map(([words, query]) => probeOf(target, `, ${name} ${words}`, { query, odd: true })),
  ];
}

function oddQueries(target: Target): readonly Probe[] {
  const many = Array.from({ length: 1001 }, (_, index) => `p${index}=1`).join('&');
  const odd: readonly (readonly [words: string, query: string])[] = [
    ['1,001 parameters', many],
    ['a parameter that nobody knows', 'unknownparameter=1'],
    ['a query of ampersands', '&&&'],
    ['a query that is empty', ''],
    ['a parameter without a name', '=x'],
    ['a malformed parameter name', '%zz=1'],
    ['a parameter named __proto__', '__proto__[x]=1'],
    ['question marks', '??a=?'],
    ['a bracket that is not closed', 'a[=1&b]=2'],
  ];
  return odd.map(([words, query]) => probeOf(target, `, ${words}`, { query, odd: true }));
}
