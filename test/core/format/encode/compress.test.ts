import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { WritebackError } from '../../../../core/support/errors';
import { gzip, zip } from '../../../../core/format/encode/compress';
import { bodyOf, bytesOf, cutInto, endless, failing, someBytes, someSizes, until } from '../bodies';
import type { ByteStream } from '../../../../core/support/byteStream';

const AT = new Date('2025-01-02T03:04:06Z');
const CASES: readonly (readonly [string, (body: ByteStream) => ByteStream])[] = [
	['gzip', gzip],
	['zip', zip('data.csv', AT)],
];

/** The single file of an archive, by the places of PKWARE's APPNOTE 4.3: from the end, as readers do. */
function unzip(archive: Buffer): { readonly name: string; readonly isUtf8: boolean; readonly data: Buffer } {
	const end = archive.length - 22;
	expect(archive.readUInt32LE(end)).toBe(0x06054b50);
	expect(archive.readUInt16LE(end + 10)).toBe(1);
	const entry = archive.readUInt32LE(end + 16);
	expect(archive.readUInt32LE(entry)).toBe(0x02014b50);
	const file = archive.readUInt32LE(entry + 42);
	const start = file + 30 + archive.readUInt16LE(file + 26) + archive.readUInt16LE(file + 28);
	const data = inflateRawSync(archive.subarray(start, start + archive.readUInt32LE(entry + 20)));
	expect([data.length, crc32(data)]).toEqual([archive.readUInt32LE(entry + 24), archive.readUInt32LE(entry + 16)]);
	return {
		name: archive.toString('utf8', entry + 46, entry + 46 + archive.readUInt16LE(entry + 28)),
		isUtf8: (archive.readUInt16LE(entry + 8) & 0x800) !== 0,
		data,
	};
}

test('gzip: any data comes back, however it is cut', async () => {
	await fc.assert(
		fc.asyncProperty(someBytes(300_000), someSizes, async (data, sizes) => {
			expect(gunzipSync(await bytesOf(gzip(bodyOf(cutInto(data, sizes))))).equals(data)).toBe(true);
		}),
		{ numRuns: 60 },
	);
});

test('zip: any data comes back, however it is cut', async () => {
	await fc.assert(
		fc.asyncProperty(someBytes(300_000), someSizes, async (data, sizes) => {
			const archive = await bytesOf(zip('a.csv', AT)(bodyOf(cutInto(data, sizes))));
			expect(unzip(archive).data.equals(data)).toBe(true);
		}),
		{ numRuns: 60 },
	);
});

test('gzip tells no time and no name', async () => {
	const file = await bytesOf(gzip(bodyOf([Buffer.from('a')])));
	expect(file.subarray(0, 8).toString('hex')).toBe('1f8b080000000000');
});

test('zip: the name inside is UTF-8 and says so', async () => {
	const { name, isUtf8 } = unzip(await bytesOf(zip('größe 日本.csv', AT)(bodyOf([Buffer.from('a')]))));
	expect([name, isUtf8]).toEqual(['größe 日本.csv', true]);
});

test.each([
	['a\\b:c/d.csv', 'a_b_c_d.csv'],
	['..', '__'],
])('zip: %s stays a name, and no way through folders', async (name, inside) => {
	expect(unzip(await bytesOf(zip(name, AT)(bodyOf([])))).name).toBe(inside);
});

test.each(CASES)('%s: the same data gives the same bytes', async (_, transform) => {
	const data = Buffer.alloc(500_000, 'a,b\n1,2\n');
	const once = await bytesOf(transform(bodyOf([data])));
	expect(once.equals(await bytesOf(transform(bodyOf(cutInto(data, [7_777])))))).toBe(true);
});

test.each(CASES)('%s: no data is a file, too', async (_, transform) => {
	expect((await bytesOf(transform(bodyOf([])))).length).toBeGreaterThan(0);
});

test.each(CASES)('%s: the fault of the source comes through as it is', async (_, transform) => {
	const fault = new WritebackError('domoInterrupted', 'Domo stopped sending', { hint: 'Try again.' });
	await expect(bytesOf(transform(failing(fault)))).rejects.toBe(fault);
});

test.each(CASES)('%s: a source that fails at once does, too', async (_, transform) => {
	const fault = new WritebackError('cancelled', 'canceled', { hint: '' });
	await expect(bytesOf(transform(failing(fault, 0)))).rejects.toBe(fault);
});

test.each(CASES)('%s: who stops reading ends the source', async (_, transform) => {
	const { body, state } = endless();
	for await (const chunk of transform(body)) if (chunk.length > 0) break;
	await until(() => state.ended);
	expect(state.ended).toBe(true);
});

test.each(CASES)('%s: the source is asked for no more than is read', async (_, transform) => {
	const { body, state } = endless();
	const compressed = transform(body)[Symbol.asyncIterator]();
	let bytes = 0;
	while (bytes < 1_000_000) bytes += (await compressed.next()).value?.length ?? 0;
	const asked = state.asked;
	await new Promise((resolve) => setTimeout(resolve, 30));
	await compressed.return?.();
	expect([state.asked - asked, asked < 64]).toEqual([0, true]);
});
