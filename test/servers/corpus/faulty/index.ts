import type { Case } from '../case.ts';
import { BODY } from './body.ts';
import { CONSISTENCY } from './consistency.ts';
import { CONTENT } from './content.ts';
import { ERRORS } from './errors.ts';
import { FILTER } from './filter.ts';
import { FRAMING } from './framing.ts';
import { HEADERS } from './headers.ts';
import { NAMES } from './names.ts';
import { REQUESTS } from './requests.ts';
import { STATUS } from './status.ts';

/** Servers that break a promise, and those that deserve a warning. */
export const FAULTY: readonly Case[] = [
  ...FRAMING,
  ...CONTENT,
  ...HEADERS,
  ...STATUS,
  ...BODY,
  ...ERRORS,
  ...FILTER,
  ...NAMES,
  ...CONSISTENCY,
  ...REQUESTS,
];
