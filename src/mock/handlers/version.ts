import { documented } from './documented.ts';

/** `GET /version`: clients compare it with their own before anything else. */
export const VERSION = documented('getVersion');
