import { type INode, NodeHelpers } from 'n8n-workflow';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';
import { checkNodeVersion, NODE_VERSION } from '../../../nodes/DomoWriteback/nodeVersion';

const node = (typeVersion: number): INode => ({
	id: 'copy',
	name: 'Copy',
	type: 'n8n-nodes-domo-writeback.domoWriteback',
	typeVersion,
	position: [0, 0],
	parameters: {},
});

test.each([1, NODE_VERSION])('a node of version %d runs', (version) => {
	expect(() => checkNodeVersion(node(version))).not.toThrow();
});

test('a node that a later version of the package made is refused, and the way out is named', () => {
	const refusal = expect.objectContaining({
		reason: 'setting',
		message: expect.stringMatching(/^Node Version: this node has version 9, .* supports versions up to \d/),
		hint: expect.stringMatching(/same version of n8n-nodes-domo-writeback on every main instance and every worker/),
	});
	expect(() => checkNodeVersion(node(9))).toThrow(refusal);
});

test.each([
	[1, {}],
	[1.1, { decimalSeparator: 'comma' }],
])('of Decimal Separator, n8n keeps for a node of version %d: %j', (version, fileFormat) => {
	const { description } = new DomoWriteback();
	const set = { fileFormat: { decimalSeparator: 'comma' } };
	const kept = NodeHelpers.getNodeParameters(description.properties, set, false, false, node(version), description);
	expect(kept?.fileFormat).toEqual(fileFormat);
});
