import { nasty } from '../../sandbox/domo/edgeCases';
import { type BlobFault, type BlobRequest, startFaultyBlobService } from '../../sandbox/faultyBlobService';
import type { SftpRequest } from '../../sandbox/ssh2Requests';
import { type Ssh2Server, startSsh2Server } from '../../sandbox/ssh2Server';
import { readdir } from 'node:fs/promises';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { together } from './axes';
import { openSpot } from './spot';
import { aStage } from './stage';

const stage = aStage();

const { dataSet } = nasty();
const PARTS = [1, 2, 3, 4, 5].map((part) => `report-0000${part}.csv`);
const settingsFor = (ifExists: 'replace' | 'skip') =>
	together([
		{
			fileFormat: { splitRows: 7 },
			publishing: { doneFile: 'empty', ifExists },
			names: { selectFilename: 'filename', filename: 'report' },
		},
	]);
const settings = settingsFor('replace');

/** Writes five parts and a done file to a server that does what `refuse` says, once or again; tells of every request in order. */
async function writeTo(refuse: (request: SftpRequest) => number | undefined, wanted = settings, runs = 1) {
	const requests: SftpRequest[] = [];
	const server: Ssh2Server = await startSsh2Server({
		refuse: (request) => {
			requests.push(request);
			return refuse(request);
		},
	});
	try {
		const { host: hostname, port, username, password, hostKeyFingerprint } = server;
		const typed = { hostname, port, username, password, privateKey: '', hostKeyFingerprint };
		const engine = stage().bench.engine({ sftpWritebackApi: typed });
		const spot = { parameters: () => ({ destination: 'sftp', path: '' }) };
		const write = async () => await stage().write({ dataSet, settings: wanted, spot, engine });
		for (let run = 1; run < runs; run++) await write();
		const outcome = await write();
		return { outcome, requests, names: (await readdir(server.root)).sort() };
	} finally {
		await server.close();
	}
}

const published = ({ name, paths }: SftpRequest) => (/RENAME$/.test(name) ? (paths[1]?.split('/').at(-1) ?? '') : '');

test('every part is stored before the first is published, the first part after the others, and the done file last', async () => {
	const { outcome, requests, names } = await writeTo(() => undefined);
	receiptOf(outcome);
	expect(requests.map(published).filter((name) => name !== '')).toEqual([...PARTS].reverse().concat('report.done'));
	const lastWrite = requests.findLastIndex(({ name }) => name === 'WRITE');
	expect(lastWrite).toBeLessThan(requests.findIndex((request) => published(request) !== ''));
	expect(names).toEqual([...PARTS, 'report.done']);
});

test('a part that cannot be stored leaves nothing of any', async () => {
	const FAILURE = 4;
	const { outcome, names } = await writeTo(({ name, paths }) =>
		name === 'OPEN' && paths[0]?.includes(String(PARTS[2])) ? FAILURE : undefined,
	);
	expect(outcome.run.error).toBeDefined();
	expect(names).toEqual([]);
});

test('a part that cannot be published keeps the first part and the done file away, and what is there is told', async () => {
	const FAILURE = 4;
	const { outcome, names } = await writeTo((request) => (published(request) === PARTS[1] ? FAILURE : undefined));
	expect(outcome.run.error).toMatchObject({
		description: expect.stringContaining(
			`Already published, each of them complete: ${PARTS.slice(2).reverse().join(', ')}`,
		),
	});
	expect(names).toEqual(PARTS.slice(2));
});

test('with Skip, parts without a first part are an error, as their data never arrived', async () => {
	const FAILURE = 4;
	let isFirstTime = true;
	const once = (request: SftpRequest) => {
		if (published(request) !== PARTS[0] || !isFirstTime) return undefined;
		isFirstTime = false;
		return FAILURE;
	};
	const { outcome, names } = await writeTo(once, settingsFor('skip'), 2);
	expect(outcome.run.error).toMatchObject({
		message: expect.stringContaining("already exists, but the first part doesn't"),
		description: expect.stringContaining('Remove the parts that are there'),
	});
	expect(names).toEqual(PARTS.slice(1));
});

/** Writes them to Azure through a service that does what `fault` says. */
async function blobsBehind(fault: (request: BlobRequest) => BlobFault | undefined) {
	const faulty = await startFaultyBlobService(stage().bench.azure.blobEndpoint);
	try {
		const spot = await openSpot('azureBlob', stage().bench);
		faulty.fault(fault);
		const engine = stage().bench.engine({ azureBlobSasApi: { blobEndpoint: faulty.blobEndpoint } });
		return { outcome: await stage().write({ dataSet, settings, spot, engine }), names: await spot.paths() };
	} finally {
		await faulty.close();
	}
}

test('blobs are published from the last part to the first, and the done file last', async () => {
	const put: string[] = [];
	const { outcome } = await blobsBehind(({ name, path }) => {
		if (name === 'PUT blob') put.push(path.split('/').at(-1) ?? '');
		return undefined;
	});
	receiptOf(outcome);
	expect(put).toEqual([...PARTS].reverse().concat('report.done'));
});

test('a blob that cannot be published keeps the first part and the done file away', async () => {
	const { outcome, names } = await blobsBehind(({ name, before }) =>
		name === 'PUT blob' && before >= 3 ? { status: 403 } : undefined,
	);
	expect(outcome.run.error).toMatchObject({ description: expect.stringContaining('Already published') });
	expect(names).toEqual(PARTS.slice(2));
});
