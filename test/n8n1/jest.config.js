const e2e = require('../e2e/jest.config.js');

process.env.N8N_VERSION ||= '1.123.81';

/** The newest n8n 1, which many still run, on its own Node: `npm run test:n8n1`. @type {import('jest').Config} */
module.exports = {
	...e2e,
	rootDir: '../..',
	roots: ['<rootDir>/test/n8n1', '<rootDir>/test/e2e'],
	testMatch: ['**/test/n8n1/*.test.ts', '**/test/e2e/tokens.test.ts', '**/test/e2e/writeback.test.ts'],
};
