import type { Act, Description, Operation } from '../../description/model.ts';

/** An operation, and what it does to a thing or shows of it. */
export interface Doing {
  readonly operation: Operation;
  readonly act: Act;
}

/** A kind of thing that can be made, and all that can be done with one. */
export interface Kind {
  readonly name: string;
  readonly creates: Doing;
  readonly reads: Doing | undefined;
  readonly lists: Doing | undefined;
  readonly removes: Doing | undefined;
  /** Leads one to the end of its lifecycle. */
  readonly ends: Doing | undefined;
  readonly changes: readonly Doing[];
  /** The kinds of things that one stands in, the outermost first. */
  readonly within: readonly string[];
  /** The kinds of things that one is made with. */
  readonly uses: readonly string[];
}

/** The kinds of things that a description lets make and remove again, each behind those that it needs. */
export function kindsOf(description: Description): readonly Kind[] {
  const names = new Set(doingsOf(description, 'creates').map(({ act }) => act.thing));
  const kinds = [...names].flatMap((name) => kindOf(name, description) ?? []);
  const ordered: Kind[] = [];
  for (let found = true; found; ) {
    const known = new Set(ordered.map(({ name }) => name));
    const next = kinds.find(
      (kind) => !known.has(kind.name) && needsOf(kind).every((each) => known.has(each)),
    );
    found = next !== undefined;
    ordered.push(...(next ? [next] : []));
  }
  return ordered;
}

/** Whether the description says how to make anything. */
export function makesThings(description: Description): boolean {
  return doingsOf(description, 'creates').length > 0;
}

/** What stands in nothing else must be removable: with it goes what stands in it. */
function kindOf(name: string, description: Description): Kind | undefined {
  const about = (kind: Act['kind']) => doingsOf(description, kind).filter(({ act }) => act.thing === name);
  const [creates] = about('creates');
  const [removes] = about('removes');
  const within = creates ? thingsIn(creates.operation) : [];
  if (!creates || (within.length === 0 && !removes)) {
    return undefined;
  }
  return {
    name,
    creates,
    reads: about('reads')[0],
    lists: about('lists')[0],
    removes,
    ends: about('changes').find(({ act }) => act.ends),
    changes: about('changes').filter(({ act }) => !act.ends),
    within,
    uses: Object.keys(creates.act.uses),
  };
}

function needsOf({ within, uses }: Kind): readonly string[] {
  return [...within, ...uses];
}

function doingsOf({ operations }: Description, kind: Act['kind']): readonly Doing[] {
  return operations.flatMap((operation) =>
    operation.acts.filter((act) => act.kind === kind).map((act) => ({ operation, act })),
  );
}

/** The kinds of things that the path of an operation names. */
function thingsIn({ parameters }: Operation): readonly string[] {
  return parameters.flatMap(({ in: place, thing }) => (place === 'path' && thing ? [thing] : []));
}
