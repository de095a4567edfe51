/** Tests are TypeScript ES modules, transformed by swc; `dist/` is built once before they run. */
export default {
  testEnvironment: 'node',
  testTimeout: 20_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/build-once.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'es6' },
      },
    ],
  },
};
