import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Attributes, Destination, Target } from '../../core/destinations/destination';
import { targetOf } from '../target';
import { store } from './store';
import type { Harness } from './suite';

/** A destination under test, and a folder that nobody else uses. */
export interface Stage {
	readonly harness: Harness;
	readonly destination: Destination;
	readonly folder: string;
}

/** One below and one above what goes up in a single request to Azure. */
const SIZES = [1000, 9_000_000];

/** A whole second, as SFTP counts; long ago, so that nobody takes it for the time of the upload. */
const AS_OF = new Date('2024-02-29T12:34:56Z');

const ATTRIBUTES: Attributes = {
	dataSetId: '6f1c11f7-0d0e-4c3a-9e5d-6f9b2a5d7b3f',
	asOf: AS_OF,
	dataCurrentAt: new Date('2024-02-29T12:30:00.001Z'),
	rows: 7,
	fingerprint: 1_999_999_999,
	permissions: 0o664,
	contentType: 'application/gzip',
	cacheControl: 'no-cache, max-age=0',
	accessTier: 'Cool',
	metadata: { source_system: 'erp = 1; "north"', _Owner2: '' },
	tags: { project: 'a b/c', Stage: 'x=1 + more' },
};

const never = (): AbortSignal => new AbortController().signal;

/** What every destination promises about names that are taken, and about what a file says of itself. */
export function publishing(stage: () => Stage, keeps: readonly (keyof Attributes)[], tries: number): void {
	const at = (wish: Partial<Target> = {}): Target => targetOf({ folder: stage().folder, ...wish });

	const put = async (target: Target, data: Buffer) => await store(stage().destination, target, data, tries);

	it('sees nothing where nothing is', async () => {
		expect(await stage().destination.stat(at(), never())).toBeUndefined();
	});

	it('sees how large a file is that somebody else has put there, and which DataSet it is not', async () => {
		await stage().harness.place(at(), Buffer.from('of somebody else'));
		const found = await stage().destination.stat(at(), never());
		expect(found).toMatchObject({ bytes: 16 });
		expect(found).not.toHaveProperty('dataSetId');
	});

	it('sees when the data of a file was current that it has put there itself', async () => {
		await put(at({ attributes: ATTRIBUTES }), Buffer.from('ours'));
		const found = await stage().destination.stat(at(), never());
		expect(found).toMatchObject({ bytes: 4, asOf: AS_OF });
		for (const name of ['dataSetId', 'dataCurrentAt', 'rows', 'fingerprint'] as const)
			expect(found?.[name]).toEqual(keeps.includes(name) ? ATTRIBUTES[name] : undefined);
	});

	it('does not look when the execution was stopped before', async () => {
		await expect(stage().destination.stat(at(), AbortSignal.abort())).rejects.toMatchObject({ reason: 'cancelled' });
	});

	it.each(SIZES)('gives a file of %i bytes the attributes it has a place for', async (size) => {
		await put(at({ attributes: ATTRIBUTES }), randomBytes(size));
		const kept = Object.entries(ATTRIBUTES).filter(([name]) => keeps.some((keep) => keep === name));
		expect(await stage().harness.attributes(at())).toEqual(Object.fromEntries(kept));
	});

	it('gives a file that replaces another one its own attributes', async () => {
		await put(
			at({ attributes: { ...ATTRIBUTES, asOf: new Date('2020-01-01T00:00:00Z'), permissions: 0o600 } }),
			Buffer.from('1'),
		);
		await put(at({ attributes: ATTRIBUTES }), Buffer.from('2'));
		const { asOf, permissions } = await stage().harness.attributes(at());
		expect(asOf).toEqual(AS_OF);
		expect(permissions).toBe(keeps.includes('permissions') ? ATTRIBUTES.permissions : undefined);
	});

	it.each(SIZES)('stores %i bytes under a name that is free without replacing anything', async (size) => {
		const data = randomBytes(size);
		await put(at({ replace: false }), data);
		expect(data.equals((await stage().harness.read(at())) ?? Buffer.alloc(0))).toBe(true);
	});

	it('refuses a name that is taken before any byte is sent, if it may not replace', async () => {
		await stage().harness.place(at(), Buffer.from('old'));
		await expect(stage().destination.openUpload(at({ replace: false }), never())).rejects.toMatchObject({
			reason: 'targetExists',
			message: expect.stringContaining('already exists'),
			hint: expect.stringContaining('If Exists'),
		});
		expect(String(await stage().harness.read(at()))).toBe('old');
		expect(await stage().harness.names(stage().folder)).toEqual(['file.csv']);
	});

	it.each(SIZES)(
		'leaves a file alone that appears before %i bytes are written, if it may not replace',
		async (size) => {
			const upload = await stage().destination.openUpload(at({ replace: false }), never());
			await stage().harness.place(at(), Buffer.from('appeared'));
			const ended = upload.write(Readable.from([randomBytes(size)])).then(async () => await upload.commit());
			await expect(ended).rejects.toMatchObject({ reason: 'targetExists' });
			expect(await upload.abort()).toBeUndefined();
			expect(String(await stage().harness.read(at()))).toBe('appeared');
			expect(await stage().harness.names(stage().folder)).toEqual(['file.csv']);
		},
	);

	it.each(SIZES)(
		'leaves a file alone that appears after %i bytes were written, if it may not replace',
		async (size) => {
			const upload = await stage().destination.openUpload(at({ replace: false }), never());
			await upload.write(Readable.from([randomBytes(size)]));
			await stage().harness.place(at(), Buffer.from('appeared'));
			await expect(upload.commit()).rejects.toMatchObject({ reason: 'targetExists' });
			expect(await upload.abort()).toBeUndefined();
			expect(String(await stage().harness.read(at()))).toBe('appeared');
			expect(await stage().harness.names(stage().folder)).toEqual(['file.csv']);
		},
	);

	it.each(SIZES)(
		'lets exactly one of two win that may not replace, with %i bytes',
		async (size) => {
			for (let round = 0; round < 5; round++) {
				const target = at({ fileName: `${round}.csv`, replace: false });
				const candidates = [randomBytes(size), randomBytes(size)];
				const results = await Promise.allSettled(candidates.map(async (data) => await put(target, data)));
				const winner = results.findIndex(({ status }) => status === 'fulfilled');
				expect(results[1 - winner]).toMatchObject({ status: 'rejected', reason: { reason: 'targetExists' } });
				expect(candidates[winner]?.equals((await stage().harness.read(target)) ?? Buffer.alloc(0))).toBe(true);
			}
			// 90 MB by way of each server, which other tests keep busy.
		},
		90_000,
	);
}
