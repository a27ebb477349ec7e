import { type INode, type INodeParameters, type NodeHint, Workflow } from 'n8n-workflow';
import { DomoWriteback } from '../../nodes/DomoWriteback/DomoWriteback.node';
import { nodeTypesOf } from '../../sandbox/engine/nodeTypes';

const HINTS = new DomoWriteback().description.hints ?? [];

/** Which hints n8n's editor shows for these parameters before a run: those whose condition comes to `true`, and nothing that is like it. */
function shownFor(parameters: INodeParameters): readonly NodeHint[] {
	const on: INode = { id: 'node', name: 'Node', type: 'it', typeVersion: 1, position: [0, 0], parameters };
	const nodeTypes = nodeTypesOf({ it: DomoWriteback });
	const workflow = new Workflow({ nodes: [on], connections: {}, active: false, nodeTypes });
	return HINTS.filter(({ displayCondition }) => {
		const holds = workflow.expression.getSimpleParameterValue(
			workflow.nodes.Node ?? on,
			displayCondition,
			'internal',
			{},
		);
		expect(typeof holds).toBe('boolean');
		return holds;
	});
}

test('a node as it is added has no hint', () => {
	expect(shownFor({})).toEqual([]);
});

test.each([
	['Only If Changed', { publishing: { onlyIfChanged: true } }],
	['Escape Formulas', { fileFormat: { escapeFormulas: true } }],
	['Row Check', { publishing: { rowCheck: 'off' } }],
])('%s has a hint that names it', (label, parameters) => {
	expect(shownFor(parameters).map(({ message }) => message)).toEqual([expect.stringMatching(`^${label} `)]);
});

test.each([
	['turned off', { publishing: { onlyIfChanged: false, rowCheck: 'fail' }, fileFormat: { escapeFormulas: false } }],
	['by expression', { publishing: { onlyIfChanged: '={{ $json.on }}' }, fileFormat: '={{ $json.format }}' }],
])('settings that are %s have none', (_, parameters) => {
	expect(shownFor(parameters)).toEqual([]);
});

test('hints wait for the run, and are few and short', () => {
	expect(HINTS.length).toBeLessThanOrEqual(4);
	for (const { message, whenToDisplay, location } of HINTS) {
		expect([whenToDisplay, location]).toEqual(['beforeExecution', 'outputPane']);
		expect(message.length).toBeLessThan(200);
	}
});
