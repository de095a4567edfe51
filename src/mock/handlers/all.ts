import { CONFIGS } from './configs.ts';
import type { Handler } from './handler.ts';
import { JOB_TEMPLATES } from './job-templates.ts';
import { JOBS } from './jobs.ts';
import { METALAKES } from './metalakes.ts';
import { VERSION } from './version.ts';

/** Every operation that a world answers. The others are answered from the description. */
export const HANDLERS: readonly Handler[] = [...JOBS, ...JOB_TEMPLATES, ...METALAKES, VERSION, CONFIGS];
