import { KitError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { packageFile } from '../package-files.ts';

/**
 * The dialects, the oldest first: how releases differ from their documentation. Each but 1.3 says only in what its release
 * differs from a neighbour: older ones from the next newer, the coming one from 1.3.
 */
export const DIALECTS = [
  'gravitino-1.0.0',
  'gravitino-1.0.1',
  'gravitino-1.1',
  'gravitino-1.2',
  'gravitino-1.3',
  'gravitino-next',
] as const;

/** Where all of them start. */
const BASE = 'gravitino-1.3';

/** The one of the main branch. */
const NEXT = 'gravitino-next';

/**
 * The overlays of a dialect, in the order in which they are applied: from that of 1.3 on. None for no dialect.
 * @throws KitError USAGE for a name that is none
 */
export function dialectOverlays(name: string | undefined): readonly string[] {
  if (name === undefined) {
    return [];
  }
  const names: readonly string[] = DIALECTS;
  const [own, base] = [names.indexOf(name), names.indexOf(BASE)];
  if (own < 0) {
    const isAuto = name === 'auto';
    throw KitError.of('USAGE', {
      reason: isAuto
        ? 'the dialect "auto" asks a server for its version, and a mock has none to ask'
        : `there is no dialect ${JSON.stringify(name)}`,
      advice: `${isAuto ? '' : `${didYouMean(name, names)} `}There are ${names.join(', ')}.`,
    });
  }
  const chain = own > base ? names.slice(base, own + 1) : names.slice(own, base + 1).reverse();
  return chain.map((each) => packageFile(`spec/dialects/${each}.overlay.yaml`));
}

/** The dialect of a release, and a remark where that release is none of those that are known. */
export interface DialectChoice {
  readonly dialect: string;
  readonly remark?: string;
}

/**
 * The dialect for a version such as `1.2.1`: that of its release, or else of the next newer one that is known.
 * A version without numbers, and a snapshot of what comes after all that is known, are builds of the main branch.
 */
export function dialectFor(version: string): DialectChoice {
  const numbers = numbersOf(version);
  if (!numbers) {
    return { dialect: NEXT };
  }
  const known = DIALECTS.map((dialect) => ({ dialect, of: numbersOf(dialect) }));
  // A later patch of a release is like the last one that is known.
  const same = known.findLast(
    ({ of }) =>
      of && !isBefore(numbers, of) && of.slice(0, 2).every((number, index) => number === numbers[index]),
  );
  if (same) {
    return { dialect: same.dialect };
  }
  const newer = known.find(({ of }) => of && isBefore(numbers, of))?.dialect;
  if (newer === undefined && version.endsWith('-SNAPSHOT')) {
    return { dialect: NEXT };
  }
  const dialect = newer ?? NEXT;
  return {
    dialect,
    remark: `No dialect is known for version ${version}. It was judged by ${dialect}, the nearest newer one.`,
  };
}

function numbersOf(text: string): readonly number[] | undefined {
  const [found] = /\d+(\.\d+)+/.exec(text) ?? [];
  return found?.split('.').map(Number);
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const index = b.findIndex((number, each) => number !== (a[each] ?? 0));
  return index >= 0 && (a[index] ?? 0) < (b[index] ?? 0);
}
