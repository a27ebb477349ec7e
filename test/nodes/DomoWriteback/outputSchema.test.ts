import { utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadOutputSchema, resolveOutputSchemaPath } from 'n8n-core';
import type { IDataObject } from 'n8n-workflow';
import { columns } from '../../../sandbox/domo/dataSet';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { NODE_VERSION } from '../../../nodes/DomoWriteback/nodeVersion';
import { startSsh2Server } from '../../../sandbox/ssh2Server';
import { passwordFieldsOf } from '../../fields';
import { Activated, chosen } from '../DomoDataSetTrigger/n8n';
import { type Bench, byId, receiptOf, startBench } from './bench';
import { fieldsIn, fieldsOf, type Schema } from './schema';

const SALES = dataSets.large({ bytes: 10_000, name: 'Sales' });
const ALL_EVENTS = ['dataUpdated', 'rowsChanged', 'schemaChanged', 'newDataSet'];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([SALES]);
}, 120_000);
afterAll(async () => await bench?.close());

const nodeDir = (name: string) => resolve(__dirname, '../../../nodes', name);

/** As n8n finds it, e.g. for suggesting expressions. */
function schemaOf(name: string, version = 1): Schema {
	const found = loadOutputSchema({ nodeDir: nodeDir(name), version, versionFallback: true });
	if (found === undefined) throw new Error(`${name} has no schema`);
	return found as unknown as Schema;
}

const unique = (fields: readonly string[]) => [...new Set(fields)].sort();

test.each([
	[1, 'v1.0.0.json'],
	[NODE_VERSION, 'v1.1.0.json'],
])('the editor finds the preview of what a writeback of version %d puts out', (version, name) => {
	const file = resolveOutputSchemaPath({ nodeDir: nodeDir('DomoWriteback'), version });
	expect(file).toBe(join(nodeDir('DomoWriteback'), '__schema__', name));
	expect(schemaOf('DomoWriteback', version)).toMatchObject({ type: 'object', version: 1 });
});

test('what a writeback puts out is what its preview promises, no more and no less', async () => {
	const receipts = [...(await plainReceipts()), await receiptOfUnusualServer()];
	const fields = unique(receipts.flatMap((receipt) => fieldsOf(receipt)));
	expect(fields).toEqual(unique(fieldsIn(schemaOf('DomoWriteback', NODE_VERSION))));
	expect(fields).toEqual(unique(fieldsIn(schemaOf('DomoWriteback'))));
});

test('what the trigger puts out is what its preview promises, no more and no less', async () => {
	const trigger = new Activated(bench.domo, chosen([SALES.id], { events: ALL_EVENTS }));
	await trigger.poll();
	const updatedAt = '2026-01-02T03:04:05Z';
	const [{ name = '' } = {}] = SALES.columns;
	bench.domo.touch(SALES.id, {
		updatedAt,
		rows: 7,
		columns: columns({ [name]: 'DECIMAL', added: 'STRING' }),
	});
	const items = await trigger.poll();
	expect(unique(items.flatMap((item) => fieldsOf(item)))).toEqual(unique(fieldsIn(schemaOf('DomoDataSetTrigger'))));
});

/** One file; several compressed ones with a done file; unverified and under PDP; left as it was; with orphans removed. */
async function plainReceipts(): Promise<readonly IDataObject[]> {
	const { parameters } = await bench.place('sftp');
	const run = async (more: IDataObject) =>
		receiptOf(await bench.run({ parameters: { ...parameters, dataSet: byId(SALES.id), ...more } }));
	const one = await run({});
	const parts = await run({ fileFormat: { splitRows: 50, compression: 'gzip' }, publishing: { doneFile: 'manifest' } });
	bench.domo.fault(SALES.id, { kind: 'pdp', hiddenRows: 3 });
	const limited = await run({}).finally(() => bench.domo.fault(SALES.id, 'none'));
	const skipped = await run({ publishing: { ifExists: 'skip' } });
	const orphan = join(bench.sftp.root, String(parameters.path), `.${SALES.id}.csv.0123456789ab.part`);
	const then = new Date(Date.now() - 3 * 60 * 60_000);
	await writeFile(orphan, 'half');
	await utimes(orphan, then, then);
	return [one, parts, limited, skipped, await run({})];
}

/** With notes. */
async function receiptOfUnusualServer(): Promise<IDataObject> {
	const server = await startSsh2Server();
	try {
		const engine = bench.engine({ sftpWritebackApi: { ...passwordFieldsOf(server) } });
		const wish = { parameters: { destination: 'sftp', path: '', dataSet: byId(SALES.id) }, engine };
		await bench.run(wish);
		return receiptOf(await bench.run(wish));
	} finally {
		await server.close();
	}
}
