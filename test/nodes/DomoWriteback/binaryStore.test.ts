import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { type BinaryHelpers, memoryNote, openBinaryStore, toFields } from '../../../nodes/DomoWriteback/binaryStore';
import { blocksOf } from '../../blocks';
import { targetOf } from '../../target';

/** As n8n itself collects a stream in every mode but that on disk. */
async function emitted(body: Readable): Promise<Buffer> {
	const pieces: Buffer[] = [];
	body.on('data', (piece: Buffer) => pieces.push(piece));
	await finished(body);
	return Buffer.concat(pieces);
}

/** n8n's helpers in a mode whose files have such IDs; in memory without one. */
function helpersIn(id: string | undefined): BinaryHelpers {
	let kept = Buffer.alloc(0);
	return {
		prepareBinaryData: async (body, fileName = '', mimeType = '') => {
			kept = Buffer.isBuffer(body) ? body : await emitted(body);
			const where = id === undefined ? { data: kept.toString('base64') } : { data: 'stored', id };
			return { ...where, fileName, mimeType, bytes: kept.length };
		},
		getBinaryStream: async () => Readable.from([kept]),
		getBinaryPath: () => '/nowhere/at/all',
		getBinaryMetadata: async () => ({ fileSize: kept.length }),
	};
}

const labels = { fileName: 'a.csv', contentType: 'text/csv' };
const body = () => blocksOf(Buffer.from('a,b\n'));
const never = () => new AbortController().signal;

test.each([
	['in memory', undefined, /^n8n keeps binary data in memory here/, undefined],
	['on disk', 'filesystem-v2:workflows/1', undefined, undefined],
	['on disk, as older n8n says it', 'filesystem:1', undefined, undefined],
	['in the database', 'database:17', /before it goes to database$/, 'database:17'],
	['in S3', 's3:workflows/1', /before it goes to s3$/, 's3:workflows/1'],
])('a file %s: what it says of memory, and what stays when it is dropped', async (_, id, note, leftover) => {
	const store = openBinaryStore(helpersIn(id));
	const stored = await store.write(body(), labels, never());
	expect(await text(Readable.from(await stored.read()))).toBe('a,b\n');
	await stored.handOn(targetOf({ folder: 'data' }));
	const [file] = store.handedOn();
	expect(file && memoryNote(file)).toEqual(note === undefined ? undefined : expect.stringMatching(note));
	expect(await stored.remove()).toBe(leftover);
});

test.each([undefined, 'filesystem-v2:1'])('where n8n tells no size, it is worked out (%s)', async (id) => {
	const helpers = helpersIn(id);
	const older: BinaryHelpers = {
		...helpers,
		prepareBinaryData: async (...asked) => {
			const { data, mimeType, id: told } = await helpers.prepareBinaryData(...asked);
			return { data, mimeType, ...(told !== undefined && { id: told }) };
		},
	};
	expect((await openBinaryStore(older).write(body(), labels, never())).bytes).toBe(4);
});

test('parts come in the order of their numbers, whatever the order in which they were handed on', async () => {
	const store = openBinaryStore(helpersIn(undefined));
	for (const folder of ['data_10', 'data_2', 'data_done', 'data_1'])
		await (await store.write(body(), labels, never())).handOn(targetOf({ folder }));
	expect(Object.keys(toFields(store.handedOn()))).toEqual(['data_1', 'data_2', 'data_10', 'data_done']);
});

describe('what n8n keeps on disk is read where it lies', () => {
	let folder: string;
	beforeEach(async () => {
		folder = await fs.mkdtemp(join(tmpdir(), 'stored-'));
	});
	afterEach(async () => await fs.rm(folder, { recursive: true }));

	const contentAt = async (path: string) => {
		const store = openBinaryStore({ ...helpersIn('filesystem-v2:1'), getBinaryPath: () => path });
		return await (await store.write(body(), labels, never())).read();
	};

	test.each([0, 1, 512 * 1024, 512 * 1024 + 1, 3 * 1024 * 1024 + 7])('%i bytes of it', async (bytes) => {
		const content = randomBytes(bytes);
		await fs.writeFile(join(folder, 'file'), content);
		const read: Buffer[] = [];
		for await (const chunk of await contentAt(join(folder, 'file'))) read.push(Buffer.from(chunk));
		expect(Buffer.concat(read).equals(content)).toBe(true);
	});

	test('a reader that leaves early leaves no file open', async () => {
		await fs.writeFile(join(folder, 'file'), randomBytes(5 * 1024 * 1024));
		const opened = jest.spyOn(fs, 'open');
		for await (const chunk of await contentAt(join(folder, 'file'))) {
			expect(chunk).toHaveLength(512 * 1024);
			break;
		}
		const [handle] = await Promise.all(opened.mock.results.map(({ value }) => value as ReturnType<typeof fs.open>));
		expect(handle?.fd).toBe(-1);
		opened.mockRestore();
	});
});
