import type { JsonObject } from '../../json.ts';
import type { Instant } from './clock.ts';
import type { MetalakeParts } from './metalake.ts';

/** What a state holds beside its world, as JSON. */
export interface SavedState {
  readonly format: 'gravitino-jobs-kit state 1';
  /** What the clock showed. */
  readonly now: Instant;
  /** When the looks at the running jobs began. */
  readonly epoch: Instant;
  /** How many runs were asked for. */
  readonly turn: number;
  /** Names that the world lets exist and that do not exist any more. */
  readonly gone: readonly string[];
  /** The metalakes that are no more as the world has them. */
  readonly metalakes: readonly MetalakeParts[];
}

const TEXT = { type: 'string' };
const TEXTS = { type: 'array', items: TEXT };
const MAP = { type: 'object', additionalProperties: TEXT };
const INSTANT = { type: 'integer', minimum: 0 };
const TIME = { type: 'string', format: 'date-time' };

function object(required: JsonObject, optional: JsonObject = {}): JsonObject {
  return { type: 'object', required: Object.keys(required), properties: { ...required, ...optional } };
}

const AUDIT = object({}, { creator: TEXT, createTime: TIME, lastModifier: TEXT, lastModifiedTime: TIME });

const TEMPLATE = {
  ...object(
    {
      jobType: { enum: ['shell', 'spark'] },
      name: TEXT,
      executable: TEXT,
      arguments: TEXTS,
      environments: MAP,
      customFields: MAP,
      audit: AUDIT,
    },
    {
      comment: TEXT,
      className: TEXT,
      scripts: TEXTS,
      jars: TEXTS,
      files: TEXTS,
      archives: TEXTS,
      configs: MAP,
    },
  ),
  if: { properties: { jobType: { const: 'shell' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['scripts'] },
  else: { required: ['jars', 'files', 'archives', 'configs'] },
};

const JOB = object(
  {
    record: object(
      { jobId: TEXT, jobTemplateName: TEXT, status: TEXT, audit: AUDIT },
      { startedAt: TIME, finishedAt: TIME },
    ),
    isListed: { type: 'boolean' },
  },
  {
    plan: object(
      {
        turn: INSTANT,
        ready: INSTANT,
        lasts: INSTANT,
        outcome: { enum: ['succeeded', 'failed', 'cancelled'] },
      },
      { started: INSTANT, ended: INSTANT },
    ),
  },
);

/** `SavedState` as a schema. */
export const SAVED_STATE: JsonObject = object({
  format: { const: 'gravitino-jobs-kit state 1' },
  now: INSTANT,
  epoch: INSTANT,
  turn: INSTANT,
  gone: TEXTS,
  metalakes: {
    type: 'array',
    items: object(
      {
        record: object(
          { name: TEXT, inUse: { type: 'boolean' }, audit: AUDIT },
          { comment: TEXT, properties: MAP },
        ),
        templates: { type: 'array', items: TEMPLATE },
        jobs: { type: 'array', items: JOB },
      },
      { enabledAt: INSTANT },
    ),
  },
});
