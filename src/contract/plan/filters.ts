import type { Learnt } from './core.ts';
import { neighboursOf, spellingsOf } from './neighbours.ts';
import { type Probe, probeOf } from './probe.ts';

/** For each filter: a value that some items have, spelt in other ways, and the values that look like it. */
export function filterMeanings({ target, values }: Learnt): readonly Probe[] {
  return [...values].flatMap(([{ name }, learnt]) => {
    const ask = (value: string) =>
      probeOf(target, `, ${name} ${value}`, { query: `${encodeURIComponent(name)}=${value}` });
    return [
      ...learnt.slice(0, 2).flatMap((value) => spellingsOf(value).map(ask)),
      ...learnt
        .filter((value) => value.includes(' '))
        .slice(0, 1)
        .map((value) => ask(encodeURIComponent(value).replaceAll('%20', '+'))),
      ...learnt.slice(-2).flatMap((value) => neighboursOf(value).map(ask)),
    ];
  });
}
