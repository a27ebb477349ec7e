const tests = require('../../jest.config.js');

/** SFTP servers of other makes than OpenSSH, from Debian: `npm run test:servers`. @type {import('jest').Config} */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/servers'],
	testPathIgnorePatterns: [],
	globalSetup: '<rootDir>/test/servers/setUp.ts',
};
