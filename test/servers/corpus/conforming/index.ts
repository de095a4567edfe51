import type { Case } from '../case.ts';
import { FORMS } from './forms.ts';
import { PLAIN } from './plain.ts';
import { STRANGE } from './strange.ts';

/** Servers that conform, half of them in strange ways. */
export const CONFORMING: readonly Case[] = [...PLAIN, ...STRANGE, ...FORMS];
