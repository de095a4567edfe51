import type { MemberCoverage, PropertyCoverage } from '../contract/body-coverage.ts';
import type {
  MediaTypeCoverage,
  OperationCoverage,
  ParameterCoverage,
  ResponseCoverage,
} from '../contract/coverage.ts';

/** How many of one kind of thing were seen, of how many that the description has. */
export interface Tally {
  /** In the plural. */
  readonly kind: string;
  readonly seen: number;
  readonly all: number;
}

/** What coverage comes to. */
export interface CoverageSummary {
  /** Only of kinds of which the description has several, or one that was not seen. */
  readonly tallies: readonly Tally[];
  /** What was never seen, the largest first; of an answer that never came just that, and not all that it would have had. */
  readonly unseen: readonly string[];
}

const KINDS = [
  'operations',
  'responses',
  'media types',
  'uses of parameters',
  'properties',
  'enum values',
] as const;

/** A thing that can be seen, and what it consists of. */
interface Place {
  readonly kind: (typeof KINDS)[number];
  /** What it is called below that which it is a part of. */
  readonly name: string;
  readonly seen: boolean;
  readonly parts: readonly Place[];
}

/** Counts what was seen and names what was not. */
export function summaryOf(coverage: readonly OperationCoverage[]): CoverageSummary {
  const places = coverage.map(operationPlace);
  const all = places.flatMap((place) => [place, ...below(place)]);
  const tallies = KINDS.map((kind) => {
    const same = all.filter((place) => place.kind === kind);
    return { kind, seen: same.filter(({ seen }) => seen).length, all: same.length };
  });
  const unseen = unseenAmong(places).toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  return {
    tallies: tallies.filter((each) => each.all > 1 || each.seen < each.all),
    unseen: unseen.map(({ name }) => name),
  };
}

function below({ parts }: Place): readonly Place[] {
  return parts.flatMap((part) => [part, ...below(part)]);
}

type Named = Pick<Place, 'kind' | 'name'>;

/** What of some parts of one thing was not seen. The members of one enum are named together. */
function unseenAmong(places: readonly Place[]): readonly Named[] {
  const members = places.filter(({ kind, seen }) => kind === 'enum values' && !seen);
  const others = places
    .filter(({ kind }) => kind !== 'enum values')
    .flatMap((place) => unseenIn(place, places));
  return members.length > 0
    ? [{ kind: 'enum values', name: members.map(({ name }) => name).join(', ') }, ...others]
    : others;
}

function unseenIn({ kind, name, seen, parts }: Place, siblings: readonly Place[]): readonly Named[] {
  if (!seen) {
    return [{ kind, name }];
  }
  // The name of the only operation, or of the only media type of an answer, says nothing.
  const isTold = siblings.length > 1 || (kind !== 'operations' && kind !== 'media types');
  return unseenAmong(parts).map((each) => (isTold ? { ...each, name: `${name} ${each.name}` } : each));
}

function operationPlace({ operation, requests, parameters, responses }: OperationCoverage): Place {
  const parts = [...parameters.flatMap(usesOf), ...responses.map(responsePlace)];
  return { kind: 'operations', name: operation, seen: requests > 0, parts };
}

function usesOf({ name, required, seen, omitted, values = [] }: ParameterCoverage): readonly Place[] {
  const kind = 'uses of parameters';
  const present: Place = { kind, name: `with ${name}`, seen, parts: membersOf(values) };
  return required ? [present] : [present, { kind, name: `without ${name}`, seen: omitted, parts: [] }];
}

function responsePlace({ status, seen, mediaTypes }: ResponseCoverage): Place {
  return { kind: 'responses', name: status, seen: seen > 0, parts: mediaTypes.map(mediaTypePlace) };
}

function mediaTypePlace({ type, seen, properties }: MediaTypeCoverage): Place {
  return { kind: 'media types', name: type, seen, parts: properties.map(propertyPlace) };
}

function propertyPlace({ pointer, seen, values = [] }: PropertyCoverage): Place {
  return { kind: 'properties', name: pointer || 'the body', seen, parts: membersOf(values) };
}

function membersOf(values: readonly MemberCoverage[]): readonly Place[] {
  return values.map(({ value, seen }) => ({ kind: 'enum values', name: value, seen, parts: [] }));
}
