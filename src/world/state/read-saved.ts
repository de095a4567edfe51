import { parseDocument } from '../../documents/document.ts';
import { KitError, type Location } from '../../errors.ts';
import { compileSchema } from '../../schema/compile.ts';
import { SAVED_STATE, type SavedState } from './saved-state.ts';

const ADVICE = 'The file is left as it is: repair it, move it away or give the path of another.';

/** What is wrong with a value, at a JSON pointer. */
interface Mistake {
  readonly pointer: string;
  readonly reason: string;
}

/**
 * Reads the text of a state's file.
 * @throws KitError STATE_INVALID with the line of the first mistake
 */
export function readSaved(text: string, file: string): SavedState {
  const value = parse(text, file);
  const mistakes = schemaMistakes(value);
  if (!isSaved(value, mistakes)) {
    throw invalid(mistakes, text, file);
  }
  const repeated = repeatMistakes(value);
  if (repeated.length > 0) {
    throw invalid(repeated, text, file);
  }
  return value;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const reason = 'this is not JSON, so it is no state that was saved here, or not all of it';
    throw KitError.of('STATE_INVALID', { reason, advice: ADVICE }, placeOfSyntax(text, file));
  }
}

/** The parser that knows lines is slow with large files, so it only looks at damaged ones. */
function placeOfSyntax(text: string, file: string): Location {
  try {
    return parseDocument(text, file).locate('');
  } catch (error) {
    const place = error instanceof KitError ? error.problems[0]?.where : undefined;
    return place ?? { file, line: 1 };
  }
}

function invalid([mistake]: readonly Mistake[], text: string, file: string): KitError {
  const { pointer = '', reason = '' } = mistake ?? {};
  const facts = { reason: `${pointer || 'the state'} ${reason}`, advice: ADVICE };
  return KitError.of('STATE_INVALID', facts, parseDocument(text, file).locate(pointer));
}

function schemaMistakes(value: unknown): readonly Mistake[] {
  const schema = compileSchema(SAVED_STATE, () => ({ file: 'the schema of states', line: 1 }));
  return schema
    .check(value)
    .map(({ pointer, actual, expected }) => ({ pointer, reason: `is ${actual}; expected was ${expected}` }));
}

/** The schema has said what the value is; here the compiler learns it. */
function isSaved(_value: unknown, mistakes: readonly Mistake[]): _value is SavedState {
  return mistakes.length === 0;
}

/** Names and ids that come twice. */
function repeatMistakes({ metalakes }: SavedState): readonly Mistake[] {
  const names = metalakes.map(({ record }) => record.name);
  return [
    ...repeats(names, (index) => `/metalakes/${index}/record/name`),
    ...metalakes.flatMap(({ templates, jobs }, at) => [
      ...repeats(
        templates.map(({ name }) => name),
        (index) => `/metalakes/${at}/templates/${index}/name`,
      ),
      ...repeats(
        jobs.map(({ record }) => record.jobId),
        (index) => `/metalakes/${at}/jobs/${index}/record/jobId`,
      ),
    ]),
  ];
}

function repeats(texts: readonly string[], pointer: (index: number) => string): readonly Mistake[] {
  const seen = new Set<string>();
  return texts.flatMap((text, index) => {
    const reason = `is ${JSON.stringify(text)} for the second time`;
    return seen.size === seen.add(text).size ? [{ pointer: pointer(index), reason }] : [];
  });
}
