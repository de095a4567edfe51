import { moduleSettings } from '../scripts/jest-modules.js';

/** The contract suite: one test a claim, against the server that CONTRACT_TARGET names, or the mock. */
export default {
  ...moduleSettings,
  displayName: 'contract',
  testMatch: ['<rootDir>/**/*.test.ts'],
};
