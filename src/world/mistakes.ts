import type { SourceDocument } from '../documents/document.ts';
import { describeProblem, type Problem } from '../errors.ts';
import type { Json } from '../json.ts';
import type { Schema } from '../schema/schema.ts';
import { compileFixtureSchema } from './fixture-schema.ts';
import { type Mistake, relationMistakes, writtenJobs } from './relations.ts';

/** Everything that is wrong with a fixture, each mistake once, in the order of lines. */
export async function mistakesIn(document: SourceDocument, jobSchema: Schema): Promise<readonly Problem[]> {
  const fixture = document.value;
  const problems = [
    ...schemaMistakes(fixture, await compileFixtureSchema(), ''),
    ...writtenJobs(fixture).flatMap(({ pointer, jobs }) =>
      jobs.flatMap((job, index) => schemaMistakes(job, jobSchema, `${pointer}/${index}`)),
    ),
    ...relationMistakes(fixture),
  ].map((mistake) => toProblem(mistake, document));
  const once = new Map(problems.map((problem) => [describeProblem(problem), problem]));
  return [...once.values()].sort((a, b) => lineOf(a) - lineOf(b));
}

function schemaMistakes(value: Json, schema: Schema, place: string): readonly Mistake[] {
  // That an `if` fails says no more than the violations of its branch.
  const violations = schema.check(value).filter(({ keyword }) => keyword !== 'if');
  return violations.map(({ pointer, expected, actual }) => ({
    pointer: `${place}${pointer}`,
    reason: `is ${actual}`,
    advice: `Expected ${expected}.`,
  }));
}

function toProblem({ pointer, reason, advice }: Mistake, document: SourceDocument): Problem {
  const facts = { reason: `${pointer || 'the fixture'} ${reason}`, advice };
  return { code: 'FIXTURE_INVALID', facts, where: document.locate(pointer) };
}

function lineOf({ where }: Problem): number {
  return where?.line ?? 0;
}
