const { testEnvironment, transform } = require('../../jest.config.js');

/** The real n8n: its first installation takes minutes, and one at a time is enough for a machine. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/e2e'],
	testEnvironment,
	transform,
	maxWorkers: 1,
	testTimeout: 900_000,
};
