/** Native ESM: tests import the TypeScript sources, never the build. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/bench', '<rootDir>/docs'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^#([a-z-]+)/(.*)\\.js$': '<rootDir>/libs/$1/$2.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  globalSetup: '<rootDir>/libs/platform/testing/global-setup.ts',
  globalTeardown: '<rootDir>/libs/platform/testing/global-teardown.ts',
  transform: { '^.+\\.ts$': '@swc/jest' },
  maxWorkers: 2,
  // Machines that are busy, or slow, take their time to start databases and processes.
  testTimeout: 30_000,
};
