import { subjectOf } from '../subject.ts';
import { neighboursOf, spellingsOf } from './neighbours.ts';
import { type Probe, probeOf, type Target } from './probe.ts';

/** The name of what exists, spelt in other ways: the same name. */
export function namesSpelt(target: Target): readonly Probe[] {
  return forSegments(target, 'spelt', spellingsOf);
}

/** Names that look like one that exists, or lead to it by a detour: other names. */
export function namesLike(target: Target): readonly Probe[] {
  return forSegments(target, 'by the name', (name) => [...neighboursOf(name), ...detours(name)]);
}

function detours(name: string): readonly string[] {
  const segment = encodeURIComponent(name);
  return [
    `${segment}%2F`,
    `%2F${segment}`,
    `x%2F..%2F${segment}`,
    `.%2F${segment}`,
    `${segment}%2F..%2F${segment}`,
    `${segment}%zz`,
    ...(segment.includes('%20') ? [segment.replaceAll('%20', '+')] : []),
  ];
}

function forSegments(
  target: Target,
  words: string,
  make: (name: string) => readonly string[],
): readonly Probe[] {
  const subject = subjectOf(target.operation);
  const name = subject && target.values.get(subject.name);
  if (name === undefined) {
    return [];
  }
  return make(name).map((segment) =>
    probeOf(target, `, ${words} ${segment}`, { segments: new Map([[subject?.name ?? '', segment]]) }),
  );
}
