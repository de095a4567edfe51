import type { Handler } from './handler.ts';
import { listJobs } from './list-jobs.ts';

/** Every operation that a world answers. The others are answered from the description. */
export const HANDLERS: readonly Handler[] = [listJobs];
