import { answer, answerSize, slowAnswer } from './answer.ts';
import { askedThing } from './asked-thing.ts';
import { alwaysPresent, jsonEncoding, jsonSyntax, mediaType, requiredHeader, schema } from './body.ts';
import { contentCoding, unaskedCoding } from './content-coding.ts';
import { emptyText, errorCode, headerInjection, internals, markup, secret } from './error-body.ts';
import { emptyFilter, filter, plusSign, trimmedFilter } from './filter.ts';
import { absoluteForm, hostField, oldClient } from './forms.ts';
import {
  bodilessAnswer,
  messageLength,
  messageSyntax,
  needlessLength,
  surplusBytes,
  surplusNewline,
} from './framing.ts';
import { corsCredentials, headerSyntax, sessionCookie, sharedCache, statusHeader } from './header-fields.ts';
import { invalidRequest } from './invalid-request.ts';
import { charset, duplicateName, jsonCharacters, nestingDepth, numberPrecision } from './json-text.ts';
import { lifecycle } from './lifecycle.ts';
import { immutableValue, order, repeat, uniqueKey } from './list.ts';
import { allow, head, headDiffers, siblingPath, undescribedMethod } from './methods.ts';
import { absentName, existingName, openWorld, refusedName } from './names.ts';
import { otherName, resemblingName } from './other-name.ts';
import { droppedRequest, malformedName, unknownParameter } from './requests.ts';
import type { Rule } from './rule.ts';
import { sameData } from './same-data.ts';
import {
  absentThing,
  changed,
  created,
  createdListed,
  createdRead,
  ended,
  inUse,
  removed,
  takenName,
} from './set-up.ts';
import { acceptable, acceptJson, documentedStatus, serverError } from './status.ts';
import { futureTime, timeOrder } from './times.ts';
import { etag, notModified, vary } from './validators.ts';

/** Every rule, the most telling first. `docs/rules.md` lists them. */
export const RULES: readonly Rule[] = [
  answer,
  messageSyntax,
  messageLength,
  surplusBytes,
  bodilessAnswer,
  oldClient,
  serverError,
  documentedStatus,
  existingName,
  absentName,
  otherName,
  askedThing,
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
  created,
  createdRead,
  createdListed,
  takenName,
  changed,
  absentThing,
  inUse,
  lifecycle,
  ended,
  removed,
  headerInjection,
  etag,
  notModified,
  openWorld,
  refusedName,
  acceptJson,
  emptyFilter,
  trimmedFilter,
  plusSign,
  unknownParameter,
  invalidRequest,
  sameData,
  order,
  alwaysPresent,
  timeOrder,
  futureTime,
  emptyText,
  errorCode,
  vary,
  head,
  headDiffers,
  allow,
  undescribedMethod,
  siblingPath,
  malformedName,
  resemblingName,
  droppedRequest,
  markup,
  internals,
  secret,
  duplicateName,
  numberPrecision,
  charset,
  nestingDepth,
  unaskedCoding,
  needlessLength,
  surplusNewline,
  absoluteForm,
  hostField,
  sessionCookie,
  sharedCache,
  corsCredentials,
  slowAnswer,
  answerSize,
];
