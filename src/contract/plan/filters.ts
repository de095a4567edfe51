import type { Learnt } from './core.ts';
import { neighboursOf, spellingsOf } from './neighbours.ts';
import { type Probe, pairOf, probeOf } from './probe.ts';

/** For each filter: a value that some items have, spelt in other ways, and the values that look like it or like none. */
export function filterMeanings({ target, values }: Learnt): readonly Probe[] {
  return [...values].flatMap(([{ name }, learnt]) => {
    const ask = (value: string) =>
      probeOf(target, `, ${name} ${value}`, { query: `${encodeURIComponent(name)}=${value}` });
    const askFor = (parameter: string, value: string) =>
      probeOf(target, `, ${parameter} ${value}`, { query: pairOf(parameter, value) });
    const last = learnt.slice(-1);
    return [
      ...learnt.slice(0, 2).flatMap((value) => spellingsOf(value).map(ask)),
      ...learnt
        .filter((value) => value.includes(' '))
        .slice(0, 1)
        .map((value) => ask(encodeURIComponent(value).replaceAll('%20', '+'))),
      ...learnt.slice(-2).flatMap((value) => neighboursOf(value).map(ask)),
      ...last.flatMap(() => ['all', ' '].map((value) => askFor(name, value))),
      ...last.flatMap((value) => namesLike(name).map((other) => askFor(other, value))),
    ];
  });
}

/** Names that no parameter has: the beginning of one, and quite another one. */
function namesLike(name: string): readonly string[] {
  return [name.slice(0, Math.ceil(name.length * 0.7)), `_${name.length}`].filter((each) => each !== name);
}
