import type { Description, Operation } from '../../description/model.ts';
import { type Call, sizeOfBody } from '../call.ts';
import { itemsAt } from '../lists.ts';
import { basesOf } from '../routes.ts';
import { subjectOf, takesNames } from '../subject.ts';
import { besides, undescribedMethods } from './beside.ts';
import { filtered, filtersOf, inventedValue, type Learnt, leaveOut, one, planThing } from './core.ts';
import { filterMeanings } from './filters.ts';
import { unusualForms } from './forms.ts';
import { cachedNegotiation, negotiation, oddHeaders } from './headers.ts';
import { hostile } from './hostile.ts';
import { namesLike, namesSpelt } from './names.ts';
import { type Plan, type Probe, probeOf, type Step, type Target } from './probe.ts';
import { type Fixed, invent, isPlannable, namesFor, targetOf } from './targets.ts';

/** After so many requests the plain one is sent again: what happens now and then happens to it, too. */
const BETWEEN = 10;

/** Larger bodies than this, in bytes, are not asked for hundreds of times. */
const LARGE = 512 * 1024;

/** How many requests are sent at the same time. */
const AT_ONCE = 12;

export interface PlanOptions {
  readonly description: Description;
  /** In front of every path, without a trailing slash. */
  readonly base: string;
  /** Names of things that exist; where there are none, the example of the description. */
  readonly names: readonly string[];
  /** What made-up names are made of. */
  readonly seed: string;
  /** Values that are given to parameters, by name. */
  readonly fixed?: Fixed;
  /** The most telling requests alone. */
  readonly smoke?: boolean;
  /** Methods beside GET, HEAD and OPTIONS, too, towards a name that nothing has. */
  readonly unsafeMethods?: boolean;
  /** Whether requests may carry credentials of their own making; not where the user gives some. */
  readonly mayAuthorize?: boolean;
}

/** The requests that judge a server: for each operation the named things first, then names that do not exist, then odd requests. */
export function* planOf(options: PlanOptions): Plan {
  const { description, fixed = new Map<string, string>() } = options;
  const learnt: (readonly Learnt[])[] = [];
  const plannable = description.operations.filter((operation) => isPlannable(operation, fixed));
  for (const operation of plannable) {
    learnt.push(yield* planOperation(operation, options, fixed));
  }
  for (const each of options.smoke ? [] : learnt) {
    yield* planDepth(each, options, fixed);
  }
}

/** What shows whether an operation does what is described. */
function* planOperation(
  operation: Operation,
  { base: common, names, seed, description }: PlanOptions,
  fixed: Fixed,
): Generator<Step, readonly Learnt[], readonly Call[]> {
  const subject = subjectOf(operation);
  const [base = common] = basesOf(operation, description, [common]);
  const aim = (name: string, thing: string) => targetOf(operation, base, fixed, name, thing);
  const given = takesNames(operation, description) ? names : [];
  const existing = subject ? namesFor(operation, given, fixed) : [''];
  const learnt: Learnt[] = [];
  for (const name of existing) {
    const about = yield* planThing(aim(name, subject ? `"${name}"` : 'its list'), seed);
    learnt.push(...(about ? [about] : []));
  }
  if (subject) {
    const { documented } = subject.identifies;
    yield one(probeOf(absentTarget(operation, base, fixed, seed), ''));
    if (documented !== undefined && !existing.includes(documented)) {
      yield one(probeOf(aim(documented, 'the documented absent name'), ''));
    }
  }
  return learnt;
}

/** What shows whether it holds for odd requests, too, and every time. */
function* planDepth(about: readonly Learnt[], options: PlanOptions, fixed: Fixed): Plan {
  const richest = about.toSorted((a, b) => wealthOf(b) - wealthOf(a))[0];
  if (!richest) {
    return;
  }
  const { target } = richest;
  const absent = absentTarget(target.operation, target.base, fixed, options.seed);
  const meaning = [...namesSpelt(target), ...filterMeanings(richest), ...namesLike(target)];
  const odd = [...hostile(target), ...oddHeaders(richest, options.mayAuthorize ?? false)];
  const isLarge = sizeOf(richest.first) > LARGE;
  if (isLarge) {
    yield leaveOut(
      `${target.thing} was not asked for with odd headers and values: its answer has more than ${LARGE / 1024} KiB`,
    );
  }
  yield { probes: crowd(about, absent, options.seed), atOnce: !isLarge };
  const probes = [
    ...meaning,
    ...besides(
      target,
      absent,
      hasPathBelow(options.description, target) ? undefined : invent(options.seed, `${target.thing} below`),
    ),
    ...filtersOf(absent).flatMap((each) => [
      filtered(absent, each, richest.values.get(each)?.at(-1) ?? 'a'),
      filtered(absent, each, inventedValue(target, each, options.seed)),
    ]),
    ...(isLarge
      ? []
      : [
          ...negotiation(target),
          ...cachedNegotiation(target, invent(options.seed, 'query')),
          ...odd,
          ...unusualForms(target, absent),
        ]),
    ...(options.unsafeMethods ? undescribedMethods(absent, methodsAt(options.description, target)) : []),
  ];
  const named = about.map((each) => each.target);
  yield* inTurns(probes, isLarge ? [] : subjectOf(target.operation) ? [...named, absent] : named);
  yield { probes: crowd(about, absent, options.seed), atOnce: !isLarge };
  yield one(probeOf(target, ' at the very end'));
}

/** Requests with plain ones about each target in between. */
function* inTurns(probes: readonly Probe[], targets: readonly Target[]): Plan {
  for (let index = 0; index < probes.length; index += BETWEEN) {
    const turn = targets[(index / BETWEEN) % (targets.length || 1)];
    const plain = turn ? [probeOf(turn, ' once more')] : [];
    yield { probes: [...probes.slice(index, index + BETWEEN), ...plain], atOnce: false };
  }
}

/** Different requests, each with an answer of its own. */
function crowd(about: readonly Learnt[], absent: Target, seed: string): readonly Probe[] {
  const different = about
    .slice(0, AT_ONCE / 4)
    .flatMap(({ target, values }) => [
      probeOf(target, ' among others'),
      ...[...values].flatMap(([parameter, learnt]) =>
        [...learnt.slice(0, 3), inventedValue(target, parameter, seed)].map((value) =>
          filtered(target, parameter, value),
        ),
      ),
    ]);
  return [...different, ...(subjectOf(absent.operation) ? [probeOf(absent, ' among others')] : [])].slice(
    0,
    AT_ONCE,
  );
}

function absentTarget(operation: Operation, base: string, fixed: Fixed, seed: string): Target {
  return targetOf(operation, base, fixed, invent(seed, operation.id), 'a name that nothing has');
}

/** Lists with items tell the most; of several the shorter ones cost less. */
function wealthOf({ first, values }: Learnt): number {
  const different = Math.max(0, ...[...values.values()].map((each) => each.length));
  const some = first.operation.parameters.some(
    ({ filters }) => filters && (itemsAt(first, filters.items) ?? []).length > 0,
  );
  return (some ? 100 : 0) + different - Math.min(sizeOf(first) / LARGE, 99);
}

function sizeOf(call: Call): number {
  return sizeOfBody(call) || (call.exchange.wire?.contentSize ?? 0);
}

/** Whether what follows the path of a target names something that is described. */
function hasPathBelow({ operations }: Description, { operation }: Target): boolean {
  return operations.some(({ path }) => path.startsWith(`${operation.path}/{`));
}

/** The methods that the description has for a path. */
function methodsAt({ operations }: Description, { operation }: Target): readonly string[] {
  return operations.filter(({ path }) => path === operation.path).map(({ method }) => method);
}
