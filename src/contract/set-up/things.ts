import type { Description } from '../../description/model.ts';
import { namedParameter } from '../subject.ts';
import type { SetUp } from './set-up.ts';

/** What is asked for on a server. */
interface Wishes {
  readonly description: Description;
  readonly names?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
}

/** The same, with the things that a run has made: their names, and values for the parameters that name them. */
export function withThings<T extends Wishes>(options: T, { stage }: Pick<SetUp, 'stage'>): T {
  const { description, names = [], params = {} } = options;
  const named = namedParameter(description);
  const own = stage.names.get(named?.thing ?? '') ?? [];
  const identifying = description.operations.flatMap(({ parameters }) =>
    parameters.filter(({ in: place, thing }) => place === 'path' && thing !== named?.thing),
  );
  const values = identifying.flatMap(({ name, thing }) => {
    const key = stage.keys.get(thing ?? '');
    return key === undefined ? [] : [[name, key] as const];
  });
  return { ...options, names: [...own, ...names], params: { ...Object.fromEntries(values), ...params } };
}
