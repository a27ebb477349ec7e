const tests = require('../../jest.config.js');

/** What fails in the middle of a writeback, and the fault matrix: `npm run test:faults`. */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/faults'],
	testPathIgnorePatterns: [],
};
