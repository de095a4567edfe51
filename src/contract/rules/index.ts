import { answer, answerSize, contentCoding, slowAnswer } from './answer.ts';
import { alwaysPresent, jsonEncoding, jsonSyntax, mediaType, requiredHeader, schema } from './body.ts';
import { emptyFilter, filter } from './filter.ts';
import { immutableValue, repeat, timeOrder, uniqueKey } from './list.ts';
import { absentName, existingName, openWorld } from './names.ts';
import type { Rule } from './rule.ts';
import { acceptable, acceptJson, documentedStatus, serverError } from './status.ts';

/** Every rule, the most telling first. `docs/rules.md` lists them. */
export const RULES: readonly Rule[] = [
  answer,
  serverError,
  documentedStatus,
  existingName,
  absentName,
  acceptable,
  mediaType,
  contentCoding,
  jsonEncoding,
  jsonSyntax,
  schema,
  requiredHeader,
  filter,
  uniqueKey,
  repeat,
  immutableValue,
  openWorld,
  acceptJson,
  emptyFilter,
  alwaysPresent,
  timeOrder,
  slowAnswer,
  answerSize,
];
