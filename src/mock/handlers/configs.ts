import { documented } from './documented.ts';

/** `GET /configs`, outside of the API: the web UI asks for it at its start. */
export const CONFIGS = documented('getConfigs');
