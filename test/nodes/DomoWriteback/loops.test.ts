import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, startBench } from './bench';
import { KINDS, type Place } from './places';
import { NODE_NAME, writebackWorkflow } from './workflow';

const A = dataSets.wide(3, 20, { name: 'A' });
const B = dataSets.wide(3, 30, { name: 'B' });

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([A, B]);
}, 120_000);
afterAll(async () => await bench?.close());

const EXPORT = { selectFilename: 'filename', filename: 'export.csv' };

/** Runs the node twice in one execution, as a loop does: first with one DataSet, then with the other. Resolves to the error of the second run. */
async function runTwice(place: Place, [first, second]: readonly [string, string], parameters: IDataObject) {
	const dataSet = byId(`={{ $runIndex === 0 ? "${first}" : "${second}" }}`);
	const workflow = writebackWorkflow({ ...place.parameters, dataSet, ...parameters }, [{}]);
	const branch = (node: string) => ({ node, type: 'main' as const, index: 0 });
	const connections = {
		Start: { main: [[branch(NODE_NAME), branch('Bad')]] },
		Bad: { main: [[branch(NODE_NAME)]] },
	};
	return await bench.engine().runWorkflow({ workflow: { ...workflow, connections } });
}

describe.each(KINDS)('to %s', (kind) => {
	test('a loop does not put another DataSet over what an earlier run wrote', async () => {
		const place = await bench.place(kind);
		const { error } = await runTwice(place, [A.id, B.id], EXPORT);
		expect(error).toMatchObject({
			type: 'targetTaken',
			message: expect.stringMatching(/^Filename: item 0 of run 1 of this execution already writes .*export\.csv$/),
		});
		expect(await place.names()).toEqual(['export.csv']);
	});

	test('nor its done file', async () => {
		const place = await bench.place(kind);
		const publishing = { doneFile: 'empty', doneFileName: '_SUCCESS' };
		const { error } = await runTwice(place, [A.id, B.id], { publishing });
		expect(error?.message).toMatch(/^Done File Name: item 0 of run 1 .*_SUCCESS$/);
	});

	test('the same DataSet may be written again, as after a failure', async () => {
		const place = await bench.place(kind);
		const { error } = await runTwice(place, [A.id, A.id], EXPORT);
		expect(error).toBeUndefined();
		expect(await place.names()).toEqual(['export.csv']);
	});

	test('Add Number goes on counting', async () => {
		const place = await bench.place(kind);
		const { error } = await runTwice(place, [A.id, B.id], { ...EXPORT, publishing: { ifExists: 'addNumber' } });
		expect(error).toBeUndefined();
		expect((await place.names()).sort()).toEqual(['export-1.csv', 'export.csv']);
	});

	test('other names are other targets, and another execution is none of this one', async () => {
		const place = await bench.place(kind);
		expect((await runTwice(place, [A.id, B.id], {})).error).toBeUndefined();
		expect((await runTwice(place, [B.id, A.id], {})).error).toBeUndefined();
		expect((await place.names()).sort()).toEqual([`${A.id}.csv`, `${B.id}.csv`].sort());
	});
});

test('what has been fetched meanwhile may be written again', async () => {
	const place = await bench.place('sftp');
	const file = join(bench.sftp.root, String(place.parameters.path), 'export.csv');
	bench.domo.fault(B.id, { kind: 'slowStart', on: 'metadata', ms: 3000 }, 1);
	const running = runTwice(place, [A.id, B.id], EXPORT);
	for (let tries = 0; tries < 100; tries++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		if (
			await unlink(file).then(
				() => true,
				() => false,
			)
		)
			break;
	}
	expect((await running).error).toBeUndefined();
	expect(await place.names()).toEqual(['export.csv']);
});
