import { moduleSettings } from '../scripts/jest-modules.js';

/** Unit and end-to-end tests of `src/`; `dist/` is compiled once before they run. */
export default {
  ...moduleSettings,
  displayName: 'test',
  rootDir: '..',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/build-once.js',
};
