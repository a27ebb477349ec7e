const tests = require('../../jest.config.js');

// For the tests and for every process that they start.
process.env.DOMO_WRITEBACK_PLAIN_IO = 'true';

/**
 * What destinations promise, and what becomes of faults, without the insides of ssh2 and Node.js: `npm run test:plain`.
 * @type {import('jest').Config}
 */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['plain', 'conformance', 'destinations', 'faults', 'servers'].map((suite) => `<rootDir>/test/${suite}`),
	testPathIgnorePatterns: [],
	globalSetup: '<rootDir>/test/servers/setUp.ts',
};
