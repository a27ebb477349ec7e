const { testEnvironment, transform } = require('../../jest.config.js');

/** The real n8n, whose first installation takes minutes. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testEnvironment,
	transform,
	globalSetup: '<rootDir>/test/e2e/setUp.ts',
	globalTeardown: '<rootDir>/test/e2e/tearDown.ts',
	// Each of them has an n8n of its own, or several, and while one starts another waits for a page or a poll.
	maxWorkers: 2,
	testTimeout: 900_000,
};
