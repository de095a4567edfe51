/** Everything that needs Node alone: the tests of the code, and the contract suite against the mock. */
export default {
  projects: ['<rootDir>/test/jest.config.js', '<rootDir>/contract-tests/jest.config.js'],
  reporters: ['default', '<rootDir>/scripts/plain-reporter.js'],
  // Much of the time is waiting; by default jest leaves one core alone.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
