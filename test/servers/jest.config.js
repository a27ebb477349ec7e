const tests = require('../../jest.config.js');

/** SFTP servers of other makes than OpenSSH, from Debian: `npm run test:servers`. @type {import('jest').Config} */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/servers'],
	testPathIgnorePatterns: [],
	globalSetup: '<rootDir>/test/servers/setUp.ts',
	// Tens of megabytes at a distance, four suites at a time on two cores.
	testTimeout: 90_000,
};
