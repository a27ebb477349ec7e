const tests = require('../../jest.config.js');

// n8n's own log would tell every refused workflow at length.
process.env.N8N_LOG_LEVEL ??= 'silent';

/** Servers, answers and workflows that mean harm, each with a bound on what they reach: `npm run test:hostile`. @type {import('jest').Config} */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/hostile'],
	testPathIgnorePatterns: [],
	// The suites measure how long the event loop stands still: on two cores a third worker would be measured with them.
	maxWorkers: 2,
};
