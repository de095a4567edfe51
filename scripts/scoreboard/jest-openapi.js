import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { run } from './command.js';
import { requestsFor } from './requests.js';
import { describe, MEDIA_TYPE, write } from './setting.js';

const SUITE = fileURLToPath(new URL('./jest-openapi-suite.cjs', import.meta.url));

/**
 * A suite of jest, supertest and jest-openapi.
 * @param {import('./setting.js').Setting} setting
 */
export async function jestOpenapi(setting) {
  const told = write(setting, 'told.json', {
    url: setting.url,
    patience: setting.patience,
    requests: requestsFor(setting),
    mediaType: MEDIA_TYPE,
    description: write(setting, 'openapi.json', describe(setting, setting.names[0])),
    modules: `${setting.peers}/npm/package.json`,
  });
  const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
  const config = { rootDir: fileURLToPath(new URL('.', import.meta.url)), transform: {}, testMatch: [SUITE] };
  const args = [jest, '--config', JSON.stringify(config), '--ci', '--watchman=false', '--noStackTrace'];
  const { failed, output } = await run(process.execPath, args, setting.folder, { SCOREBOARD: told });
  // A failed test is marked in the list of tests, which comes as soon as the suite ends.
  return { fails: failed, findings: output.match(/^ {2}● .*$/gm) ?? [] };
}
