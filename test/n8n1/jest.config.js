const e2e = require('../e2e/jest.config.js');

process.env.N8N_VERSION ||= '1.123.81';

/** An older n8n: the newest n8n 1 on its own Node, or what N8N_VERSION names. `npm run test:n8n1`. @type {import('jest').Config} */
module.exports = {
	...e2e,
	rootDir: '../..',
	roots: ['<rootDir>/test/n8n1', '<rootDir>/test/e2e'],
	testMatch: ['**/test/n8n1/*.test.ts', '**/test/e2e/tokens.test.ts', '**/test/e2e/writeback.test.ts'],
};
