import { BODIES } from './bodies.ts';
import { GARBAGE } from './garbage.ts';
import { HEADS } from './heads.ts';
import { LARGE } from './large.ts';
import { SLOW } from './slow.ts';
import type { HostileTarget } from './target.ts';

/** Every hostile server. */
export const TARGETS: readonly HostileTarget[] = [...SLOW, ...LARGE, ...HEADS, ...GARBAGE, ...BODIES];
