import { type INode, type INodeParameters, type NodeHint, Workflow } from 'n8n-workflow';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';
import { nodeTypesOf } from '../../../sandbox/engine/nodeTypes';

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
	['Temporary Name', { destination: 'sftp', publishing: { temporaryName: 'none' } }],
])('%s has a hint that names it', (label, parameters) => {
	expect(shownFor(parameters).map(({ message }) => message)).toEqual([expect.stringMatching(`^'${label}' `)]);
});

test.each([
	['turned off', { publishing: { onlyIfChanged: false, rowCheck: 'fail' }, fileFormat: { escapeFormulas: false } }],
	['by expression', { publishing: { onlyIfChanged: '={{ $json.on }}' }, fileFormat: '={{ $json.format }}' }],
])('settings that are %s have none', (_, parameters) => {
	expect(shownFor(parameters)).toEqual([]);
});

const named = (filename: string, fileFormat: INodeParameters = {}) => ({
	selectFilename: 'filename',
	filename,
	fileFormat,
});
const extended = (fileExtension: string, more: INodeParameters = {}) => ({ fileFormat: { fileExtension, ...more } });

test.each<[string, INodeParameters]>([
	['Parquet as .csv', named('sales.csv', { format: 'parquet' })],
	['CSV as .jsonl', named('sales.jsonl')],
	['CSV as .xlsx', named('sales.XLSX')],
	['CSV as .gz', named('sales.csv.gz')],
	['CSV as .zip', named('sales_<current_date>.zip')],
	['CSV as .pgp', named('={{ $json.name }}.csv.pgp')],
	['TSV as .csv', named('sales.csv', { format: 'tsv' })],
	['gzip as .csv', extended('csv', { compression: 'gzip' })],
	['gzipped Parquet whose name says CSV', named('sales.csv', { format: 'parquet', compression: 'gzip' })],
	['CSV by File Extension as .csv.asc', extended('.csv.asc')],
	['OpenPGP as .csv', extended('csv', { pgpPublicKey: 'key' })],
])('%s has a hint before the run', (_, parameters) => {
	expect(shownFor(parameters).map(({ message }) => message)).toEqual([
		expect.stringMatching(/^'Filename' or 'File Extension' doesn't match/),
	]);
});

test.each<[string, INodeParameters]>([
	['CSV as .csv', named('sales.csv')],
	['CSV as .txt', named('sales.txt')],
	['CSV without an extension', named('v1.2')],
	['CSV with tabs as .tsv', named('sales.tsv', { delimiter: 'tab' })],
	['JSON Lines as .json', named('sales.json', { format: 'jsonLines' })],
	['gzip as .csv, which becomes .csv.gz', named('sales.csv', { compression: 'gzip' })],
	['gzip as .csv.gz', named('sales.csv.gz', { compression: 'gzip' })],
	['Zip as .csv, which becomes .zip', named('sales.csv', { compression: 'zip' })],
	['Parquet as .pq', extended('pq', { format: 'parquet' })],
	['OpenPGP as .csv.gpg', extended('csv.gpg', { pgpPublicKey: 'key' })],
	['a name that is an expression', named('={{ $json.name }}', { format: 'parquet' })],
	['a format that is an expression', named('sales.jsonl', { format: '={{ $json.format }}' })],
	['a name that is not used', { selectFilename: 'dataSetId', filename: 'sales.zip' }],
])('%s has no hint', (_, parameters) => {
	expect(shownFor(parameters)).toEqual([]);
});

test('hints wait for the run, and are few and short', () => {
	// One for each setting that gives up what the node promises otherwise, and one for names: more would not be read.
	expect(HINTS.length).toBeLessThanOrEqual(5);
	for (const { message, whenToDisplay, location } of HINTS) {
		expect([whenToDisplay, location]).toEqual(['beforeExecution', 'outputPane']);
		expect(message.length).toBeLessThan(200);
	}
});
