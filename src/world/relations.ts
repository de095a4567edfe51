import { valueAt } from '../documents/pointer.ts';
import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { instantOf } from '../schema/date-time.ts';

/** Something wrong at a JSON pointer of a fixture. */
export interface Mistake {
  readonly pointer: string;
  readonly reason: string;
  readonly advice: string;
}

/** The written jobs of `open` or of one metalake, and where they stand. */
interface WrittenJobs {
  readonly pointer: string;
  readonly jobs: readonly Json[];
}

/** A text in the fixture, and where it stands. */
interface Text {
  readonly pointer: string;
  readonly text: string;
}

/** Every list of jobs in a fixture, which may have mistakes of any kind. */
export function writtenJobs(fixture: Json): readonly WrittenJobs[] {
  return ownersIn(fixture).flatMap(({ pointer, owner }) => {
    const jobs = owner['jobs'];
    return isArray(jobs) ? [{ pointer: `${pointer}/jobs`, jobs }] : [];
  });
}

/** What no schema can say: unique names and ids, a metalake that is both listed and excepted, the order of times. */
export function relationMistakes(fixture: Json): readonly Mistake[] {
  return [
    ...repeatMistakes(metalakeNames(fixture), 'Give each metalake a name of its own.'),
    ...exceptMistakes(fixture),
    ...ownersIn(fixture).flatMap(({ pointer, owner }) => templateMistakes(owner, pointer)),
    ...writtenJobs(fixture).flatMap(({ pointer, jobs }) => [
      ...repeatMistakes(textsOf(jobs, pointer, 'jobId'), 'Give each job of a metalake an id of its own.'),
      ...jobs.flatMap((job, index) => timeMistakes(job, `${pointer}/${index}`)),
    ]),
  ];
}

function ownersIn(fixture: Json): readonly { readonly pointer: string; readonly owner: JsonObject }[] {
  const open = valueAt(fixture, '/open');
  const owners = [
    { pointer: '/open', owner: open },
    ...metalakesIn(fixture).map((owner, index) => ({ pointer: `/metalakes/${index}`, owner })),
  ];
  return owners.flatMap(({ pointer, owner }) => (isObject(owner) ? [{ pointer, owner }] : []));
}

function metalakesIn(fixture: Json): readonly Json[] {
  const metalakes = valueAt(fixture, '/metalakes');
  return isArray(metalakes) ? metalakes : [];
}

function metalakeNames(fixture: Json): readonly Text[] {
  return textsOf(metalakesIn(fixture), '/metalakes', 'name');
}

function textsOf(items: readonly Json[], pointer: string, property: string): readonly Text[] {
  return items.flatMap((item, index) => {
    const text = isObject(item) ? item[property] : undefined;
    return typeof text === 'string' ? [{ pointer: `${pointer}/${index}/${property}`, text }] : [];
  });
}

function repeatMistakes(texts: readonly Text[], advice: string): readonly Mistake[] {
  const firsts = new Map<string, string>();
  return texts.flatMap(({ pointer, text }) => {
    const first = firsts.get(text);
    if (first === undefined) {
      firsts.set(text, pointer);
      return [];
    }
    return [{ pointer, reason: `is ${JSON.stringify(text)}, as ${first} is`, advice }];
  });
}

function exceptMistakes(fixture: Json): readonly Mistake[] {
  const except = valueAt(fixture, '/open/except');
  return metalakeNames(fixture)
    .filter(({ text }) => isArray(except) && except.includes(text))
    .map(({ pointer, text }) => ({
      pointer,
      reason: `is ${JSON.stringify(text)}, which /open/except says does not exist`,
      advice: 'Remove the name from one of the two.',
    }));
}

function templateMistakes({ templates }: JsonObject, pointer: string): readonly Mistake[] {
  const names = isArray(templates) ? textsOf(templates, `${pointer}/templates`, 'name') : [];
  return repeatMistakes(names, 'Give each template of a metalake a name of its own.');
}

function timeMistakes(job: Json, pointer: string): readonly Mistake[] {
  const [created, modified] = ['createTime', 'lastModifiedTime'].map((name) =>
    valueAt(job, `/audit/${name}`),
  );
  if (typeof created !== 'string' || typeof modified !== 'string') {
    return [];
  }
  const [from, to] = [instantOf(created), instantOf(modified)];
  if (from === undefined || to === undefined || from <= to) {
    return [];
  }
  return [
    {
      pointer: `${pointer}/audit/lastModifiedTime`,
      reason: `is ${JSON.stringify(modified)}, before the createTime ${JSON.stringify(created)}`,
      advice: 'Write the same time or a later one.',
    },
  ];
}
