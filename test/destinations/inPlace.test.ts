import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CommitOutcomeUnknown, type Destination, type Upload } from '../../core/destinations/destination';
import { oneAtATime } from '../../sandbox/habits/handles';
import { dropsUnfinished, takesAtClose } from '../../sandbox/habits/uploads';
import type { Refuse } from '../../sandbox/ssh2Requests';
import { macOf } from '../contentMac';
import { filesIn, onSsh2, put, sales } from './sales';

const FAILURE = 4;
const never = (): AbortSignal => new AbortController().signal;
const fresh = (more = {}) => sales({ kind: 'none' }, { fileName: 'fresh.csv', ...more });

const all = () => Readable.from([Buffer.from('all of it')]);

/** An error after which nothing is sent again. */
function expectDelivered(fault: unknown, message: string): void {
	expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
	expect(fault).toMatchObject({
		message: expect.stringContaining(message),
		hint: expect.stringContaining('another program has probably taken it'),
		retryable: false,
	});
}

async function expectUncompared(upload: Upload): Promise<void> {
	const fault: unknown = await upload.verify(macOf('')).catch((reason: unknown) => reason);
	expectDelivered(fault, "in/fresh.csv once it was closed, so its content couldn't be compared");
	expect([await upload.abort(), upload.spoiled?.()]).toEqual([undefined, undefined]);
}

it('a file that is taken away before all of it was compared is delivered, and the error says so', async () => {
	await onSsh2({}, async ({ root }, destination) => {
		const upload = await destination.openUpload(fresh({ verifyContent: true }), never());
		await upload.write(all());
		await rm(join(root, 'in/fresh.csv'));
		await expectUncompared(upload);
	});
});

describe('a file that is taken away as soon as it is closed', () => {
	/** Delivers it, and passes on what was taken. */
	async function delivered(
		use: (destination: Destination, taken: readonly string[]) => Promise<void>,
		refuse: Refuse = () => undefined,
	) {
		const taken: string[] = [];
		const habits = [takesAtClose((path) => void taken.push(path)), oneAtATime()];
		await onSsh2({ habits, refuse }, async (_, destination) => await use(destination, taken));
	}

	it('is delivered once, and a note says what was checked', async () => {
		await delivered(async (destination, taken) => {
			const { notes, verifiedBy } = await put(destination, fresh(), 'all of it');
			expect(notes).toContainEqual(expect.stringContaining('another program has probably taken it'));
			expect(verifiedBy).toBe('size');
			expect(taken).toEqual(['in/fresh.csv']);
		});
	});

	it.each([
		['does not say how large it is', ({ name }) => (name === 'FSTAT' ? FAILURE : undefined)],
		['says that it is empty', ({ name }) => (name === 'FSTAT' ? { size: 0 } : undefined)],
	] satisfies ReadonlyArray<[string, Refuse]>)(
		'is delivered once by a server that %s, and the error says so',
		async (_, refuse) => {
			await delivered(async (destination, taken) => {
				const upload = await destination.openUpload(fresh(), never());
				const fault: unknown = await upload.write(all()).catch((reason: unknown) => reason);
				expectDelivered(fault, 'in/fresh.csv once it was closed, and had not shown its full size before');
				expect([await upload.abort(), upload.spoiled?.()]).toEqual([undefined, undefined]);
				expect(taken).toEqual(['in/fresh.csv']);
			}, refuse);
		},
	);

	it('is delivered once with Verify Content too, and the error says that it was not compared', async () => {
		await delivered(async (destination, taken) => {
			const upload = await destination.openUpload(fresh({ verifyContent: true }), never());
			await upload.write(all());
			await expectUncompared(upload);
			expect(taken).toEqual(['in/fresh.csv']);
		});
	});
});

it('a file that is gone because its connection was lost is no delivery', async () => {
	let isCut = false;
	const refuse: Refuse = ({ name }) => {
		if (name !== 'CLOSE' || isCut) return undefined;
		isCut = true;
		return 'disconnect';
	};
	await onSsh2({ refuse, habits: [dropsUnfinished()] }, async (_, destination) => {
		const upload = await destination.openUpload(fresh(), never());
		const stored: unknown = await upload.write(all()).catch((fault: unknown) => fault);
		expect(stored).not.toBe(9);
		await upload.abort();
	});
});

const cutAtSetstat: Refuse = ({ name }) => (name === 'SETSTAT' ? 'disconnect' : undefined);

async function* broken(): AsyncGenerator<Buffer> {
	yield Buffer.from('half');
	throw new Error('the source broke');
}

/** Leaves half a file that the server does not remove. */
async function fail(destination: Destination): Promise<string | undefined> {
	const upload = await destination.openUpload(fresh(), never());
	await expect(upload.write(broken())).rejects.toThrow('the source broke');
	await upload.abort();
	return upload.spoiled?.();
}

it('what a failed upload in place could not remove, a later one writes over and leaves there', async () => {
	let keeps = true;
	const refuse: Refuse = ({ name }) => (name === 'REMOVE' && keeps ? FAILURE : undefined);
	await onSsh2({ refuse }, async ({ root }, destination) => {
		expect(await fail(destination)).toContain('in/fresh.csv was written in place and is incomplete');
		keeps = false;
		expect((await put(destination, fresh(), 'all of it')).removed).toEqual([]);
		expect(await readFile(join(root, 'in/fresh.csv'), 'utf8')).toBe('all of it');
	});
});

it('a file in place that is complete stays, although its times could not be set', async () => {
	await onSsh2({ refuse: cutAtSetstat }, async ({ root }, destination) => {
		const target = fresh({ attributes: { ...sales({ kind: 'none' }).attributes, asOf: new Date(0) } });
		await expect(put(destination, target, 'all of it')).rejects.toMatchObject({
			hint: expect.stringContaining('The target holds the new file, complete'),
			retryable: true,
		});
		expect(await readFile(join(root, 'in/fresh.csv'), 'utf8')).toBe('all of it');
	});
});

it('where nothing may be replaced, the next try would find that file, so there is none', async () => {
	await onSsh2({ refuse: cutAtSetstat }, async (_, destination) => {
		const attributes = { ...sales({ kind: 'none' }).attributes, asOf: new Date(0) };
		const target = fresh({ attributes, replace: false });
		await expect(put(destination, target, 'all of it')).rejects.toMatchObject({ retryable: false });
	});
});

it('an upload in place that is dropped before its first byte closes its file and removes it', async () => {
	const asked: string[] = [];
	await onSsh2({ refuse: ({ name }) => void asked.push(name) }, async ({ root }, destination) => {
		const upload = await destination.openUpload(fresh(), never());
		expect(asked).not.toContain('CLOSE');
		await upload.abort();
		expect(asked).toContain('CLOSE');
		expect(await filesIn(root)).toEqual(['in/sales.csv']);
	});
});
