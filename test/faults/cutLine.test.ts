import { createHash } from 'node:crypto';
import * as dataSets from '../../sandbox/domo/dataSets';
import { digest } from '../../sandbox/domo/domo';
import { readFileBySftp } from '../../sandbox/demo/readBack';
import { startFaultyLine } from '../../sandbox/faultyLine';
import { type Bench, byId, receiptOf, startBench } from '../nodes/DomoWriteback/bench';

const BYTES = 512 * 1024 * 1024;
const CUTS = 20;
const DATA_SET = dataSets.large({ bytes: BYTES, name: 'Cut twenty times' });
const NAME = `${DATA_SET.id}.csv`;

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

/** Offsets in the file, in order, each as the way from the one before. */
function randomGaps(): readonly number[] {
	const offsets = Array.from({ length: CUTS }, () => Math.floor(Math.random() * BYTES)).sort((a, b) => a - b);
	return offsets.map((offset, index) => Math.max(1, offset - (offsets[index - 1] ?? 0)));
}

async function sha256(content: AsyncIterable<Buffer>): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of content) hash.update(chunk);
	return hash.digest('hex');
}

test('a line cut 20 times at random offsets of 512 MiB costs no byte, no try and no second export', async () => {
	const gaps = randomGaps();
	const left = gaps.values();
	const line = await startFaultyLine(bench.sftp.port, () => {
		const { done, value: atByte } = left.next();
		return done === true ? undefined : { atByte, how: 'reset' };
	});
	const engine = bench.engine({ sftpWritebackApi: { port: line.port } });
	const parameters = { destination: 'sftp', path: '', dataSet: byId(DATA_SET.id) };
	const outcome = await bench.run({ parameters, engine });
	const faults = line.faults();
	await line.close();
	const whole = await digest(DATA_SET);
	expect({ gaps, faults, ...receiptOf(outcome) }).toMatchObject({
		gaps,
		faults: CUTS,
		tries: 1,
		verification: 'verified',
		...whole,
	});
	expect(outcome.asked.exports).toBe(1);
	expect(await sha256(readFileBySftp(bench.sftp, NAME))).toBe(whole.sha256);
}, 180_000);
