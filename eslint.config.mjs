import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

export default [
	...configWithoutCloudSupport,
	{
		// Errors become n8n's own in one place, nodeError.ts; below it the code knows nothing of n8n.
		files: ['core/**/*.ts', 'nodes/**/*.ts'],
		ignores: ['nodes/**/*.node.ts'],
		rules: { '@n8n/community-nodes/require-node-api-error': 'off' },
	},
	{
		// test/layers.test.ts holds all layers; this says it in the editor.
		files: ['core/**/*.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					paths: [{ name: 'n8n-workflow', message: 'core/ knows nothing of n8n: put this into nodes/.' }],
					patterns: [{ group: ['**/nodes/*', '**/nodes/**'], message: 'core/ knows nothing of the nodes.' }],
				},
			],
		},
	},
	{
		// SSH and the Azure SDK are run-time dependencies on purpose: docs/decisions/dependencies.md.
		files: ['package.json'],
		rules: {
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			// Holds back a tool of the tests: docs/decisions/tests.md. Users never install it.
			'@n8n/community-nodes/no-overrides-field': 'off',
		},
	},
	{
		// These never reach a user's n8n: they start servers and print.
		files: ['sandbox/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts', 'site/**/*.ts'],
		rules: {
			'no-console': 'off',
			'@n8n/community-nodes/require-node-api-error': 'off',
			'@n8n/community-nodes/no-dangerous-functions': 'off',
			'@n8n/community-nodes/node-usable-as-tool': 'off',
		},
	},
];
