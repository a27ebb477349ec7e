const { testEnvironment, transform, transformIgnorePatterns } = require('../../jest.config.js');

/** Builds the docs' site, whose generator takes a minute to install the first time. @type {import('jest').Config} */
module.exports = {
	rootDir: '../..',
	roots: ['<rootDir>/test/site'],
	testEnvironment,
	transform,
	transformIgnorePatterns,
	maxWorkers: 1,
	testTimeout: 300_000,
};
