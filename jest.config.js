/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	runtime: '<rootDir>/test/runtime.js',
	roots: ['<rootDir>/test'],
	testPathIgnorePatterns: [
		'/test/destinations/',
		'/test/e2e/',
		'/test/faults/',
		'/test/servers/',
		'/test/formats/',
		'/test/hostile/',
		'/test/n8n1/',
		'/test/plain/',
		'/test/site/',
	],
	transform: {
		'\\.ts$|/node_modules/(hyparquet(-writer)?|@noble/hashes)/.+\\.js$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// These are ES modules only. Node.js requires them as they are; jest does not.
	transformIgnorePatterns: ['/node_modules/(?!hyparquet(-writer)?/|@noble/hashes/)'],
	// Once, before the suites run side by side: two installations of OpenSSH would wait for each other's lock.
	globalSetup: '<rootDir>/test/setUp.ts',
	// Tests wait for servers more than they compute: with one worker a core, as jest would have it, two cores stand idle.
	maxWorkers: 4,
	// No measure of speed: a busy machine takes several times as long as a quiet one.
	testTimeout: 120_000,
};
