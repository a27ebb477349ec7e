const { testEnvironment, transform } = require('../../jest.config.js');

/** The real n8n, whose first installation takes minutes. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testEnvironment,
	transform,
	globalSetup: '<rootDir>/test/e2e/setUp.ts',
	globalTeardown: '<rootDir>/test/e2e/tearDown.ts',
	// Each of them has an n8n of its own, or several, and most of them a core's worth of work.
	maxWorkers: 1,
	testTimeout: 900_000,
};
