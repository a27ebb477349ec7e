import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from './bench';
import { contactsDuring } from './contacts';
import type { Place } from './places';

const DATA_SET = dataSets.oneRow();
const OTHER = 'SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

const write = async ({ parameters }: Place, fields: { hostKeyCheck?: string; hostKeyFingerprint?: string }) =>
	await bench.run({
		parameters: { ...parameters, dataSet: byId(DATA_SET.id) },
		engine: bench.engine({ sftpWritebackApi: fields }),
	});

test('without a fingerprint the connection is refused and the message holds the one to paste', async () => {
	const place = await bench.place('sftp');
	const { run } = await write(place, { hostKeyFingerprint: '' });
	expect(run.error).toMatchObject({
		type: 'hostKeyUnknown',
		message: expect.stringContaining(bench.sftp.hostKeyFingerprint),
		description: expect.stringMatching(/administrator.*Host Key Fingerprint/),
	});
	expect(await place.names()).toEqual([]);
});

test('the fingerprint that the message holds is accepted as it stands', async () => {
	const place = await bench.place('sftp');
	const { run } = await write(place, { hostKeyFingerprint: '' });
	const [offered] = /SHA256:[\w+/]+(?: \([\w-]+\))?/.exec(run.error?.message ?? '') ?? [];
	expect(receiptOf(await write(place, { hostKeyFingerprint: offered }))).toMatchObject({ rows: 1 });
});

test('another fingerprint refuses the connection, and the message holds both', async () => {
	const place = await bench.place('sftp');
	const { run } = await write(place, { hostKeyFingerprint: OTHER });
	expect(run.error).toMatchObject({ type: 'hostKeyMismatch', message: expect.stringContaining(OTHER) });
	expect(run.error?.message).toContain(bench.sftp.hostKeyFingerprint);
	expect(await place.names()).toEqual([]);
});

test('one good line among several is enough', async () => {
	const hostKeyFingerprint = `${OTHER}\n${bench.sftp.hostKeyFingerprint}\n`;
	expect(receiptOf(await write(await bench.place('sftp'), { hostKeyFingerprint }))).toMatchObject({ rows: 1 });
});

test('Accept Any takes whatever the server offers', async () => {
	const fields = { hostKeyCheck: 'any', hostKeyFingerprint: '' };
	expect(receiptOf(await write(await bench.place('sftp'), fields))).toMatchObject({ rows: 1 });
});

test.each(['', OTHER])(
	'a refused host key (%j) is asked for once, and no login is tried',
	async (hostKeyFingerprint) => {
		const place = await bench.place('sftp');
		const contacts = await contactsDuring(bench, async () => await write(place, { hostKeyFingerprint }));
		expect(contacts).toEqual({ connections: 1, logins: 0, blobRequests: 0 });
	},
);
