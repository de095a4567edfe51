import type { Case } from './case.ts';
import { CONFORMING } from './conforming/index.ts';
import { FAULTY } from './faulty/index.ts';

/** All servers of the corpus. */
export const CASES: readonly Case[] = [...FAULTY, ...CONFORMING];
