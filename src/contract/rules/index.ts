import { answer, answerSize, slowAnswer } from './answer.ts';
import { alwaysPresent, jsonEncoding, jsonSyntax, mediaType, requiredHeader, schema } from './body.ts';
import { contentCoding, unaskedCoding } from './content-coding.ts';
import { emptyText, errorCode, fileLeak, headerInjection, markup, secret } from './error-body.ts';
import { emptyFilter, filter, plusSign, trimmedFilter } from './filter.ts';
import { bodilessAnswer, messageLength, messageSyntax, needlessLength, surplusBytes } from './framing.ts';
import { corsCredentials, headerSyntax, sessionCookie, sharedCache, statusHeader } from './header-fields.ts';
import { charset, duplicateName, jsonCharacters, nestingDepth, numberPrecision } from './json-text.ts';
import { futureTime, immutableValue, order, repeat, timeOrder, uniqueKey } from './list.ts';
import { allow, head, headDiffers, siblingPath, undescribedMethod } from './methods.ts';
import { absentName, existingName, openWorld } from './names.ts';
import { otherName } from './other-name.ts';
import { droppedRequest, excludedType, malformedName, unknownParameter } from './requests.ts';
import type { Rule } from './rule.ts';
import { sameData } from './same-data.ts';
import { acceptable, acceptJson, documentedStatus, serverError } from './status.ts';
import { etag, notModified, vary } from './validators.ts';

/** Every rule, the most telling first. `docs/rules.md` lists them. */
export const RULES: readonly Rule[] = [
  answer,
  messageSyntax,
  messageLength,
  surplusBytes,
  bodilessAnswer,
  serverError,
  documentedStatus,
  existingName,
  absentName,
  otherName,
  acceptable,
  statusHeader,
  headerSyntax,
  mediaType,
  contentCoding,
  jsonEncoding,
  jsonSyntax,
  jsonCharacters,
  schema,
  requiredHeader,
  filter,
  uniqueKey,
  repeat,
  immutableValue,
  headerInjection,
  etag,
  notModified,
  openWorld,
  acceptJson,
  emptyFilter,
  trimmedFilter,
  plusSign,
  unknownParameter,
  sameData,
  order,
  alwaysPresent,
  timeOrder,
  futureTime,
  emptyText,
  errorCode,
  excludedType,
  vary,
  head,
  headDiffers,
  allow,
  undescribedMethod,
  siblingPath,
  malformedName,
  droppedRequest,
  markup,
  fileLeak,
  secret,
  duplicateName,
  numberPrecision,
  charset,
  nestingDepth,
  unaskedCoding,
  needlessLength,
  sessionCookie,
  sharedCache,
  corsCredentials,
  slowAnswer,
  answerSize,
];
