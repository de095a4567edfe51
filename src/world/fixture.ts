import { pathToFileURL } from 'node:url';
import type { SourceDocument } from '../documents/document.ts';
import { readDocument } from '../documents/read.ts';
import { KitError, type Problem } from '../errors.ts';
import type { Schema } from '../schema/schema.ts';
import { mistakesIn } from './mistakes.ts';
import type { Job, MetalakeDetails, Runs } from './model.ts';

/** A fixture file as `spec/fixture.schema.json` describes it. */
export interface Fixture {
  readonly summary: string;
  readonly seed?: number;
  readonly metalakes?: readonly (FixtureContent & { readonly name: string })[];
  readonly open?: FixtureContent & { readonly except?: readonly string[] };
  readonly runs?: Runs;
  readonly faults?: {
    readonly delaySeconds?: number;
    readonly failure?: { readonly share: number; readonly status?: number };
  };
}

/** A metalake, but for its name. */
export interface FixtureContent extends FixtureJobs, MetalakeDetails {}

/** Jobs written out, and how many to make up beside them. */
export interface FixtureJobs {
  readonly jobs?: readonly Job[];
  readonly volume?: Volume;
}

interface Volume {
  /** How long the list becomes. */
  readonly jobs: number;
  /** The template names of the made jobs, the most used one first. */
  readonly templates?: readonly string[];
}

/** A fixture without mistakes, and the document that knows its lines. */
interface FixtureDocument {
  readonly fixture: Fixture;
  readonly document: SourceDocument;
}

/**
 * Reads a fixture file and checks all of it.
 * @throws KitError DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX; FIXTURE_INVALID with every mistake, in the order of lines.
 */
export async function readFixture(file: string, jobSchema: Schema): Promise<FixtureDocument> {
  const document = await readDocument(pathToFileURL(file));
  const { value } = document;
  const mistakes = await mistakesIn(document, jobSchema);
  if (!isFixture(value, mistakes)) {
    throw new KitError(mistakes);
  }
  return { fixture: value, document };
}

/** The schema has said what the value is; here the compiler learns it. */
function isFixture(_value: unknown, mistakes: readonly Problem[]): _value is Fixture {
  return mistakes.length === 0;
}
