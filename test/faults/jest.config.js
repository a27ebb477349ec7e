const tests = require('../../jest.config.js');

/** The fault matrix: `npm run test:faults`. */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/faults'],
	testPathIgnorePatterns: [],
};
