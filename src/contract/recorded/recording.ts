import type { Exchange } from '../exchange.ts';

/** Traffic that already happened. */
export interface Recording {
  /** The file. */
  readonly source: string;
  /**
   * Every request that went to a server, in the order in which they began. One whose `response` is undefined cannot be
   * judged and is counted in `passedOver`; it keeps its place because it may have changed what later answers show.
   */
  readonly exchanges: readonly Exchange[];
  /** What is not judged, counted by its reason. */
  readonly passedOver: readonly PassedOver[];
}

export interface PassedOver {
  /** Such as `no answer was recorded`. */
  readonly reason: string;
  readonly count: number;
}

/** Collects what a file shows: exchanges, and for what never went to a server the reason why it is no exchange. */
export function recordingOf(source: string, shown: readonly (Exchange | string)[]): Recording {
  return {
    source,
    exchanges: shown.filter((each) => typeof each !== 'string'),
    passedOver: countEach(shown.flatMap((each) => reasonToPass(each) ?? [])),
  };
}

/** The number of an HTTP version as tools write it: `HTTP/1.1` is 1.1, `h2` and `HTTP/2.0` are 2; empty for anything else. */
export function versionNumber(version: string | undefined): string {
  const [, major, minor] = /^h(?:ttp\/)?(\d)(?:\.(\d))?/i.exec(version ?? '') ?? [];
  if (major === undefined) {
    return '';
  }
  return major === '1' ? `1.${minor ?? 1}` : major;
}

function reasonToPass(shown: Exchange | string): string | undefined {
  return typeof shown === 'string' ? shown : shown.failure?.detail;
}

function countEach(reasons: readonly string[]): readonly PassedOver[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count }));
}
