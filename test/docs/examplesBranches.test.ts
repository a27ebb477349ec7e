import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';

const FOLDER = resolve(__dirname, '../../examples');

interface Example {
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
}

const EXAMPLES = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.map((file): [string, Example] => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]);

test.each(EXAMPLES)('whatever an If of %s decides, a node follows', (_, { nodes, connections }) => {
	for (const { name } of nodes.filter(({ type }) => type === 'n8n-nodes-base.if')) {
		const outputs = connections[name]?.main ?? [];
		expect([name, outputs.map((output) => (output ?? []).length > 0)]).toEqual([name, [true, true]]);
	}
});
