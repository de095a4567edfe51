/** Everything that needs Node alone: the tests of the code, and the contract suite against the mock. */
export default {
  projects: ['<rootDir>/test/jest.config.js', '<rootDir>/contract-tests/jest.config.js'],
  reporters: ['default', '<rootDir>/scripts/plain-reporter.js'],
  testTimeout: 30_000,
};
