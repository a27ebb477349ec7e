const tests = require('../../jest.config.js');

/** Each promise of SFTP and Azure by itself, where servers refuse, fall silent, fill up or do things by halves: `npm run test:destinations`. @type {import('jest').Config} */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/destinations'],
	testPathIgnorePatterns: [],
};
