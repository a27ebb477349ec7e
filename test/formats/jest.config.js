const tests = require('../../jest.config.js');

/** Every option of the panes, alone and in pairs, read by independent readers: `npm run test:formats`. @type {import('jest').Config} */
module.exports = {
	...tests,
	rootDir: '../..',
	roots: ['<rootDir>/test/formats'],
	testPathIgnorePatterns: [],
	// Most of the time the readers work, and each of them is a process.
	maxWorkers: 2,
	globalSetup: '<rootDir>/test/formats/setUp.ts',
};
