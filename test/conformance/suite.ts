import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attributes, Destination, Target } from '../../core/destinations/destination';
import { WritebackError } from '../../core/support/errors';
import { targetOf } from '../target';
import { publishing } from './publishing';
import { ragged, sha256, store } from './store';

/** What the suite needs to know about one kind of destination. Everything is read back by another client than the one that wrote. */
export interface Harness {
	/** A destination under test; the suite closes it. */
	open(): Promise<Destination>;
	/** One that points at a place where nothing can be written. */
	openForbidden(): Promise<Destination>;
	/** The content under a name, undefined when there is none. */
	read(target: Target): Promise<Buffer | undefined>;
	/** What another client sees of a file's attributes; those that this kind of destination has no place for are absent. */
	attributes(target: Target): Promise<Partial<Attributes>>;
	/** Puts a file there as somebody else would, in its place when there is one; the folder is made. */
	place(target: Target, data: Buffer): Promise<void>;
	/** Every name that exists in a folder, hidden ones included; none for a folder that is missing. */
	names(folder: string): Promise<string[]>;
	close(): Promise<void>;
}

const never = (): AbortSignal => new AbortController().signal;
const inFolder = (folder: string, fileName = 'file.csv', createFolders = true): Target =>
	targetOf({ folder, fileName, createFolders });

/** What a kind of destination, or a make of server, can do. */
export interface Capabilities {
	readonly folders: 'real' | 'part of the name';
	readonly keeps: readonly (keyof Attributes)[];
	/** Whether it takes a file into memory, as fast as it comes. */
	readonly takesWhole?: boolean;
	/** When it says that it can't be written to; `opened` when absent. */
	readonly refuses?: 'opened' | 'written' | 'never';
	/** How often a file is begun, at most: a server that mixes handles up is known after the first time. 1 when absent. */
	readonly tries?: number;
}

/** What every destination promises (core/destinations/destination.ts). */
export function conformance(
	start: () => Promise<Harness>,
	{ folders, keeps, refuses = 'opened', takesWhole = false, tries = 1 }: Capabilities,
): void {
	let harness: Harness;
	let destination: Destination;
	let folder: string;
	const put = async (to: Destination, target: Target, data: Buffer) => await store(to, target, data, tries);

	beforeAll(async () => {
		harness = await start();
		destination = await harness.open();
	}, 120_000);
	afterAll(async () => {
		await destination?.close();
		await harness?.close();
	});
	beforeEach(() => {
		folder = `suite-${randomBytes(6).toString('hex')}`;
	});

	const SIZES = [
		0, 1, 31_951, 31_952, 31_953, 32_768, 260_096, 260_097, 261_120, 1_048_577, 8_388_608, 8_388_609, 30_000_001,
	];
	it.each(SIZES)('stores %i bytes as they were sent', async (size) => {
		const data = randomBytes(size);
		await put(destination, inFolder(folder), data);
		const held = await harness.read(inFolder(folder));
		expect(held?.length).toBe(size);
		expect(sha256(held)).toBe(sha256(data));
		expect(await harness.names(folder)).toEqual(['file.csv']);
	});

	it('shows nothing under the target name before commit', async () => {
		const upload = await destination.openUpload(inFolder(folder), never());
		await upload.write(Readable.from([randomBytes(100_000)]));
		expect(await harness.read(inFolder(folder))).toBeUndefined();
		await upload.commit();
		expect((await harness.read(inFolder(folder)))?.length).toBe(100_000);
	});

	it('keeps the previous content until commit, then replaces it', async () => {
		await put(destination, inFolder(folder), Buffer.from('old'));
		const upload = await destination.openUpload(inFolder(folder), never());
		await upload.write(Readable.from([Buffer.from('new and longer')]));
		expect(String(await harness.read(inFolder(folder)))).toBe('old');
		await upload.commit();
		expect(String(await harness.read(inFolder(folder)))).toBe('new and longer');
		expect(await harness.names(folder)).toEqual(['file.csv']);
	});

	it('leaves the previous content and nothing else after abort', async () => {
		await put(destination, inFolder(folder), Buffer.from('old'));
		const upload = await destination.openUpload(inFolder(folder), never());
		await upload.write(Readable.from([randomBytes(3_000_000)]));
		await upload.abort();
		expect(String(await harness.read(inFolder(folder)))).toBe('old');
		expect(await harness.names(folder)).toEqual(['file.csv']);
	});

	it('leaves nothing after abort before the first byte', async () => {
		const upload = await destination.openUpload(inFolder(folder), never());
		await upload.abort();
		expect(await harness.names(folder)).toEqual([]);
	});

	it('does not touch the target when abort follows commit', async () => {
		const upload = await destination.openUpload(inFolder(folder), never());
		await upload.write(Readable.from([Buffer.from('kept')]));
		await upload.commit();
		await upload.abort();
		expect(String(await harness.read(inFolder(folder)))).toBe('kept');
	});

	it.each([0, 10, 20_000_000])('rejects with the error of a body that breaks after %i bytes', async (size) => {
		const broken = new Error('the source broke');
		async function* body() {
			yield* ragged(randomBytes(size));
			throw broken;
		}
		const upload = await destination.openUpload(inFolder(folder), never());
		await expect(upload.write(Readable.from(body(), { objectMode: false }))).rejects.toBe(broken);
		await upload.abort();
		expect(await harness.names(folder)).toEqual([]);
	});

	it('rejects when a body is destroyed without an error', async () => {
		const body = new Readable({ read: () => undefined });
		body.push(randomBytes(1_000_000));
		const upload = await destination.openUpload(inFolder(folder), never());
		const writing = upload.write(body);
		setTimeout(() => body.destroy(), 100);
		await expect(writing).rejects.toThrow();
		await upload.abort();
		expect(await harness.names(folder)).toEqual([]);
	});

	it('stops at once and leaves nothing when the signal fires in mid-way', async () => {
		const stop = new AbortController();
		async function* endless() {
			for (let sent = 0; ; sent++) {
				if (sent === 200) stop.abort();
				yield Buffer.alloc(65_536, sent);
			}
		}
		const upload = await destination.openUpload(inFolder(folder), stop.signal);
		await expect(upload.write(Readable.from(endless(), { objectMode: false }))).rejects.toMatchObject({
			reason: 'cancelled',
		});
		await upload.abort();
		expect(await harness.names(folder)).toEqual([]);
	});

	it('stops at once when the signal fires while the body is silent', async () => {
		const stop = new AbortController();
		const body = new Readable({ read: () => undefined });
		body.push(randomBytes(1000));
		const upload = await destination.openUpload(inFolder(folder), stop.signal);
		setTimeout(() => stop.abort(), 100);
		await expect(upload.write(body)).rejects.toMatchObject({ reason: 'cancelled' });
		await upload.abort();
		expect(await harness.names(folder)).toEqual([]);
	});

	if (!takesWhole) {
		it('reads no further ahead than it can send', async () => {
			const attempt = async (left: number): Promise<void> => {
				let pulled = 0;
				async function* body() {
					for (let sent = 0; sent < 64; sent++, pulled++) yield Buffer.alloc(1_048_576, sent);
					await sleep(0);
				}
				const upload = await destination.openUpload(inFolder(folder), never());
				const writing = upload.write(Readable.from(body(), { objectMode: false }));
				writing.catch(() => undefined);
				await sleep(5);
				expect(pulled).toBeLessThan(64);
				const fault = await writing.then(
					() => undefined,
					(reason: unknown) => reason,
				);
				await upload.abort();
				if (fault === undefined) return;
				if (left === 1 || !(fault instanceof WritebackError) || !fault.retryable) throw fault;
				await attempt(left - 1);
			};
			await attempt(tries);
		});
	}

	it('carries several uploads at the same time', async () => {
		const files = Array.from({ length: 8 }, (_, index) => ({
			target: inFolder(folder, `${index}.csv`),
			data: randomBytes(400_000 * index),
		}));
		await Promise.all(files.map(async ({ target, data }) => await put(destination, target, data)));
		for (const { target, data } of files) expect(sha256(await harness.read(target))).toBe(sha256(data));
	});

	it('lets one of two whole files win when two uploads go to one target', async () => {
		const candidates = [randomBytes(9_000_000), randomBytes(9_500_000)];
		const results = await Promise.allSettled(
			candidates.map(async (data) => await put(destination, inFolder(folder), data)),
		);
		expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
		expect(candidates.map(sha256)).toContain(sha256(await harness.read(inFolder(folder))));
	});

	it.each([
		'with space.csv',
		"o'brien & söhne.csv",
		'100 %.csv',
		'a+b#c;d=e.csv',
		'漢字 🙂.csv',
		`${'n'.repeat(196)}.csv`,
		'.hidden.csv',
		'-rf.csv',
	])('takes the file name %s', async (name) => {
		await put(destination, inFolder(folder, name), Buffer.from(name));
		expect(String(await harness.read(inFolder(folder, name)))).toBe(name);
		expect(await harness.names(folder)).toEqual([name]);
	});

	it('names the target without any secret', () => {
		expect(destination.describe(inFolder(folder, 'a b.csv'))).toMatch(/^(sftp|https?|binary):\/\/[^?@]*a%20b\.csv$/);
	});

	it('makes the folders that are missing', async () => {
		const deep = `${folder}/one/two`;
		await put(destination, inFolder(deep), Buffer.from('deep'));
		expect(String(await harness.read(inFolder(deep)))).toBe('deep');
	});

	if (folders === 'real') {
		it('refuses a missing folder when it may not make one', async () => {
			const target = inFolder(`${folder}/missing`, 'file.csv', false);
			await expect(destination.openUpload(target, never())).rejects.toMatchObject({ reason: 'targetRefused' });
			expect(await harness.names(folder)).toEqual([]);
		});

		it('refuses a target that is a folder, and leaves nothing', async () => {
			await put(destination, inFolder(`${folder}/file.csv`), Buffer.from('deep'));
			await expect(destination.openUpload(inFolder(folder), never())).rejects.toMatchObject({
				reason: 'targetRefused',
			});
			expect(await harness.names(folder)).toEqual(['file.csv']);
		});

		it('refuses a folder that is a file', async () => {
			await put(destination, inFolder(folder), Buffer.from('a file'));
			const target = inFolder(`${folder}/file.csv`);
			await expect(destination.openUpload(target, never())).rejects.toMatchObject({ reason: 'targetRefused' });
		});
	}

	if (refuses === 'opened') {
		it('says before any data is asked for that the place cannot be written', async () => {
			const forbidden = await harness.openForbidden();
			await expect(forbidden.openUpload(inFolder(folder), never())).rejects.toMatchObject({ reason: 'targetRefused' });
			await forbidden.close();
		});
	}

	if (refuses === 'written') {
		it('says with the first data that the place cannot be written, and asks for no more', async () => {
			let sent = 0;
			async function* endless() {
				for (; ; sent++) yield Buffer.alloc(65_536, sent);
			}
			const forbidden = await harness.openForbidden();
			const upload = await forbidden.openUpload(inFolder(folder), never());
			await expect(upload.write(endless())).rejects.toMatchObject({ reason: 'targetRefused' });
			expect(await upload.abort()).toBeUndefined();
			expect(sent).toBeLessThan(100);
			await forbidden.close();
		});
	}

	publishing(() => ({ harness, destination, folder }), keeps, tries);

	it('rejects an upload at once when the execution was stopped before', async () => {
		await expect(destination.openUpload(inFolder(folder), AbortSignal.abort())).rejects.toMatchObject({
			reason: 'cancelled',
		});
	});

	it('can be closed twice, and without ever having been used', async () => {
		const other = await harness.open();
		await other.close();
		await other.close();
	});
}
