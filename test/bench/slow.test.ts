import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { oneRow } from '../../sandbox/domo/dataSets';
import { startDomo } from '../../sandbox/domo/domo';
import { slowDetails } from '../../bench/cases/slow';
import { run } from '../../bench/fixtures/command';
import { domoProcess } from '../../bench/fixtures/domo';
import { meterProcess } from '../../bench/fixtures/processMeter';

const MEBIBYTE = 1024 * 1024;

it('has a row for each contender, destination and size, with medians of its rounds', () => {
	const copy = (by: string, tailSeconds: number) => ({
		by,
		to: 'SFTP' as const,
		mebibytes: 64 as const,
		exportSeconds: 3.356,
		tailSeconds,
		cpuMs: 250,
		residentPeak: 180 * MEBIBYTE,
		residentBefore: 140 * MEBIBYTE,
	});
	const rest = { 'export, s': 3.36, 'processor, s per GiB': 4, 'peak, MiB': 180, 'before it, MiB': 140 };
	expect(slowDetails([copy('ours', 0.1), copy('rclone', 0.3), copy('ours', 0.2), copy('rclone', 0.3)])).toEqual([
		{ by: 'ours', to: 'SFTP', MiB: 64, 'then, s': 0.15, ...rest },
		{ by: 'rclone', to: 'SFTP', MiB: 64, 'then, s': 0.3, ...rest },
	]);
	expect(slowDetails([])).toEqual([]);
});

it("paces an export of Domo's double and says when its last byte was sent", async () => {
	const one = oneRow();
	const double = await startDomo({ dataSets: [one] });
	try {
		const domo = domoProcess({
			log: () => JSON.stringify(double),
			stop: async () => undefined,
			kill: async () => undefined,
		});
		const exported = async () => {
			const headers = { authorization: await domo.authorization(), accept: 'text/csv' };
			return (await (await fetch(domo.exportUrl(one.id), { headers })).text()).length;
		};
		await expect(domo.newestExport(one.id)).rejects.toThrow('No export');
		await exported();
		const before = await domo.newestExport(one.id);
		await domo.pace(one.id, 100);
		const bytes = await exported();
		const { at, sentAt } = await domo.newestExport(one.id);
		expect(at).toBeGreaterThanOrEqual(before.sentAt);
		expect(sentAt - at).toBeGreaterThanOrEqual(bytes * 10 - 20);
		await domo.pace(one.id);
		await exported();
		expect((await domo.newestExport(one.id)).at).toBeGreaterThanOrEqual(sentAt);
	} finally {
		await double.close();
	}
});

/** Elsewhere than on Linux nothing is seen, and all figures are 0. */
const IS_SEEN = process.platform === 'linux';

const BUSY =
	"const held = Buffer.alloc(64 * 1024 * 1024, 'x'); for (const end = Date.now() + 500; Date.now() < end; ) held[0]++;";

it('meters the processor time and the memory of a command', async () => {
	const { signal } = new AbortController();
	const { usage, endedAt } = await run(process.execPath, ['-e', BUSY], { signal, metered: true });
	expect((usage?.cpuMs ?? 0) >= 100).toBe(IS_SEEN);
	expect((usage?.residentPeak ?? 0) > 64 * MEBIBYTE).toBe(IS_SEEN);
	expect(Date.now() - endedAt).toBeLessThan(10_000);
	expect((await run('true', [], { signal })).usage).toBeUndefined();
});

it('keeps what it last saw of a process that has ended', async () => {
	const child = spawn(process.execPath, ['-e', BUSY]);
	const meter = meterProcess(child.pid ?? 0);
	await once(child, 'close');
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(meter.usage().residentPeak > 64 * MEBIBYTE).toBe(IS_SEEN);
	meter.stop();
});
