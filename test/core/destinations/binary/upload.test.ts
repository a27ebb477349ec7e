import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { openBinary } from '../../../../core/destinations/binary/destination';
import type { BinaryStore } from '../../../../core/destinations/binary/store';
import { contentsOf } from '../../../blocks';
import { macOf } from '../../../contentMac';
import { targetOf } from '../../../target';

const CONTENT = Buffer.from('a,b\n1,2\n');
const never = () => new AbortController().signal;

interface Habits {
	/** What becomes of the content in the store. */
	readonly change?: (content: Buffer) => Buffer;
	/** What the store rejects with. */
	readonly fault?: Error;
	readonly canRemove?: boolean;
}

/** A store that does what `habits` say, and what is in it. */
function storeOf({ change = (content) => content, fault, canRemove = true }: Habits) {
	const kept: Buffer[] = [];
	const shown: string[] = [];
	const store: BinaryStore = {
		find: () => undefined,
		write: async (body) => {
			const content = change(Buffer.concat(await contentsOf(body)));
			if (fault !== undefined) throw fault;
			kept.push(content);
			return {
				bytes: CONTENT.length,
				read: async () => Readable.from([Buffer.from(content)]),
				handOn: async ({ fileName }) => void shown.push(fileName),
				remove: async () => {
					if (canRemove) kept.pop();
					return canRemove ? undefined : 'database:17';
				},
			};
		},
	};
	return { destination: openBinary({ place: 'item', store }), kept, shown };
}

async function upload(habits: Habits) {
	const { destination, ...seen } = storeOf(habits);
	const one = await destination.openUpload(targetOf({ folder: 'data' }), never());
	return { ...seen, one, write: async () => await one.write(Readable.from([CONTENT])) };
}

test('what the store holds is handed on when it is what was sent', async () => {
	const { one, write, shown, kept } = await upload({});
	await write();
	await one.verify(macOf(CONTENT));
	expect(shown).toEqual([]);
	await one.commit();
	expect(shown).toEqual(['file.csv']);
	expect(await one.abort()).toBeUndefined();
	expect(kept).toEqual([CONTENT]);
	expect(one.result().verifiedBy).toBe('content');
});

test.each([
	[
		'one bit of which is another',
		(content: Buffer) => Buffer.from(content.map((byte, at) => (at === 3 ? byte ^ 1 : byte))),
	],
	['of zeros', (content: Buffer) => Buffer.alloc(content.length)],
	['that ends early', (content: Buffer) => content.subarray(0, 3)],
])('a file %s is not handed on, whatever size the store tells, and is removed', async (_, change) => {
	const { one, write, shown, kept } = await upload({ change });
	expect(await write()).toBe(CONTENT.length);
	await expect(one.verify(macOf(CONTENT))).rejects.toMatchObject({ reason: 'incomplete', retryable: true });
	expect(await one.abort()).toBeUndefined();
	expect([shown, kept]).toEqual([[], []]);
});

test('a file that cannot be removed is named', async () => {
	const { one, write } = await upload({ canRemove: false });
	await write();
	expect(await one.abort()).toBe('database:17');
});

test.each([
	['ENOSPC', 'destinationFull'],
	['EDQUOT', 'destinationFull'],
	['EACCES', 'targetRefused'],
	['EROFS', 'targetRefused'],
	['ERR_STRING_TOO_LONG', 'targetRefused'],
	['ECONNRESET', 'destinationInterrupted'],
])('a store that answers %s is reported as %s', async (code, reason) => {
	const { write } = await upload({ fault: Object.assign(new Error('no'), { code }) });
	await expect(write()).rejects.toMatchObject({ reason });
});

test("n8n's own limit of a file in the database is recognized by its class, and the message names the limit", async () => {
	class FileTooLargeError extends Error {}
	const { write } = await upload({ fault: new FileTooLargeError('too large') });
	await expect(write()).rejects.toMatchObject({
		reason: 'targetRefused',
		message: expect.stringContaining('database'),
	});
	const other = await upload({ fault: new Error('S3 said no: bearer abc') });
	await expect(other.write()).rejects.toMatchObject({ message: 'n8n did not store the file: S3 said no: bearer …' });
});

test('a store that fails ends a body that is silent', async () => {
	const store: BinaryStore = {
		find: () => undefined,
		write: async (blocks) => {
			const asked = blocks[Symbol.asyncIterator]();
			(await asked.next()).value.release();
			asked.next().catch(() => undefined);
			throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
		},
	};
	const body = new Readable({ read: () => undefined });
	body.push(Buffer.alloc(512 * 1024));
	const one = await openBinary({ place: 'item', store }).openUpload(targetOf({ folder: 'data' }), never());
	await expect(one.write(body)).rejects.toMatchObject({ reason: 'destinationFull' });
	await turn();
	expect(body.destroyed).toBe(true);
});
