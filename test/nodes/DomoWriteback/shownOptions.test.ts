import { type INode, type INodeParameters, NodeHelpers } from 'n8n-workflow';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';

const { description } = new DomoWriteback();

/** What n8n keeps of options under File Format: those that it shows. */
function keptOf(fileFormat: INodeParameters): unknown {
	const parameters = { fileFormat };
	const node: INode = { id: 'node', name: 'Node', type: 'it', typeVersion: 1.1, position: [0, 0], parameters };
	return NodeHelpers.getNodeParameters(description.properties, parameters, false, false, node, description)?.fileFormat;
}

test.each<[string, INodeParameters]>([
	['the order of chosen columns', { columns: 'only', columnNames: ['id'], columnOrder: 'asInDataSet' }],
	['the order of columns that an expression chooses', { columns: '={{ $json.columns }}', columnOrder: 'asInDataSet' }],
	['what happens to characters that an encoding lacks', { encoding: 'Windows-1252', onUnmappable: 'replace' }],
	['the same where an expression says the encoding', { encoding: '={{ $json.encoding }}', onUnmappable: 'replace' }],
])('n8n shows and keeps %s', (_, fileFormat) => {
	expect(keptOf(fileFormat)).toEqual(fileFormat);
});

test.each<[string, INodeParameters, INodeParameters]>([
	['an order of all columns', { columns: 'except', columnNames: ['id'] }, { columnOrder: 'asInDataSet' }],
	['what an encoding with every character lacks', { encoding: 'UTF-16LE' }, { onUnmappable: 'replace' }],
])('n8n does not show %s, which has no effect', (_, fileFormat, without) => {
	expect(keptOf({ ...fileFormat, ...without })).toEqual(fileFormat);
});
