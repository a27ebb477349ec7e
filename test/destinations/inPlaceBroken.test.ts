import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CommitOutcomeUnknown, type Destination, type Target } from '../../core/destinations/destination';
import { type Habit, intentOf } from '../../sandbox/habits/habit';
import { handsOutOpenHandles, oneAtATime } from '../../sandbox/habits/handles';
import { mayNotRead } from '../../sandbox/habits/rights';
import { storesAtClose, takesAtClose } from '../../sandbox/habits/uploads';
import type { Instead, Refuse } from '../../sandbox/ssh2Requests';
import { filesIn, onSsh2, put, sales } from './sales';

const [UNSUPPORTED, PERMISSION_DENIED] = [8, 3];
const NONE = { kind: 'none' } as const;
const never = (): AbortSignal => new AbortController().signal;
const fresh = (more: Partial<Target> = {}) => sales(NONE, { fileName: 'fresh.csv', ...more });

/** The first request of this name ends so. */
function once(name: string, instead: Instead): Refuse {
	let isDone = false;
	return (request) => {
		if (isDone || request.name !== name) return undefined;
		isDone = true;
		return instead;
	};
}

const faultOf = async (work: Promise<unknown>): Promise<unknown> =>
	await work.then(
		() => undefined,
		(fault: unknown) => fault,
	);

/** Writes half of a file in place, and drops it. */
async function breakOff(destination: Destination, target: Target): Promise<string | undefined> {
	const upload = await destination.openUpload(target, never());
	const half = async function* () {
		yield Buffer.alloc(100_000, 'a');
		throw new Error('the source broke');
	};
	await expect(upload.write(Readable.from(half()))).rejects.toThrow('the source broke');
	await upload.abort();
	return upload.spoiled?.();
}

describe('a file in place that a reader takes is not delivered again', () => {
	const taken: string[] = [];
	beforeEach(() => void taken.splice(0));
	const takes = [takesAtClose((path) => void taken.push(path)), oneAtATime()];

	it('when the answer to its closing is lost', async () => {
		await onSsh2({ habits: takes, refuse: once('CLOSE', 'replyLost') }, async (_, destination) => {
			const fault = await faultOf(put(destination, fresh(), 'all of it'));
			expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
			expect(fault).toMatchObject({ retryable: false, message: expect.stringContaining('which it no longer shows') });
			expect(taken).toEqual(['in/fresh.csv']);
		});
	});

	it('when the connection breaks whenever it is read', async () => {
		let isClosed = false;
		const refuse: Refuse = ({ name }) => {
			isClosed ||= name === 'CLOSE';
			return isClosed && name === 'OPEN' ? 'disconnect' : undefined;
		};
		await onSsh2({ habits: takes, refuse }, async (_, destination) => {
			const fault = await faultOf(put(destination, fresh(), 'all of it'));
			expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
			expect(fault).toMatchObject({ retryable: false });
			expect(taken).toEqual(['in/fresh.csv']);
		});
	});

	it('when the connection breaks before the last of it is acknowledged', async () => {
		await onSsh2({ habits: takes, refuse: once('WRITE', 'replyLost') }, async (_, destination) => {
			expect(await faultOf(put(destination, fresh(), 'all of it'))).toMatchObject({ retryable: false });
			expect(taken).toEqual(['in/fresh.csv']);
		});
	});

	it('when its times are still to be set', async () => {
		const dated = fresh({ attributes: { ...fresh().attributes, asOf: new Date(0) } });
		await onSsh2({ habits: takes, refuse: once('SETSTAT', 'disconnect') }, async (_, destination) => {
			const { notes } = await put(destination, dated, 'all of it');
			expect(notes).toContainEqual(expect.stringContaining('another program has probably taken it'));
			expect(taken).toEqual(['in/fresh.csv']);
		});
	});

	it('when the connection breaks while its times are set', async () => {
		const dated = fresh({ attributes: { ...fresh().attributes, asOf: new Date(0) } });
		await onSsh2Taken('SETSTAT', 'disconnect', async (destination) => {
			expect(await faultOf(put(destination, dated, 'all of it'))).toMatchObject({
				retryable: false,
				hint: expect.stringContaining('another program may have taken it'),
			});
		});
	});

	it('when it is taken once its samples were compared, on a server that shows sizes by name alone', async () => {
		const isBlind: Refuse = ({ name }) => (name === 'FSTAT' ? UNSUPPORTED : undefined);
		await onSsh2Taken(
			'STAT',
			undefined,
			async (destination) => {
				const fault = await faultOf(put(destination, fresh(), 'all of it'));
				expect(fault).toBeInstanceOf(CommitOutcomeUnknown);
				expect(fault).toMatchObject({ retryable: false, message: expect.stringContaining('its full size') });
			},
			{ refuse: isBlind },
		);
	});

	it('when it is taken from a folder in which nothing may be read', async () => {
		await onSsh2Taken(
			'STAT',
			undefined,
			async (destination) => {
				const { notes } = await put(destination, fresh(), 'all of it');
				expect(notes).toContainEqual(expect.stringContaining('another program has probably taken it'));
			},
			{ habits: [mayNotRead()] },
		);
	});

	/** A reader takes the file right before the first request of this name that follows its closing. */
	async function onSsh2Taken(
		name: string,
		instead: Instead,
		use: (destination: Destination) => Promise<void>,
		{ refuse, habits = [] }: { readonly refuse?: Refuse; readonly habits?: readonly Habit[] } = {},
	): Promise<void> {
		let root = '';
		let isClosed = false;
		let isTaken = false;
		const takes: Refuse = async (request) => {
			isClosed ||= request.name === 'CLOSE';
			const isNow = isClosed && !isTaken && request.name === name;
			if (!isNow) return await refuse?.(request);
			isTaken = true;
			await rm(join(root, 'in/fresh.csv'));
			return instead;
		};
		await onSsh2({ refuse: takes, habits: [...habits, oneAtATime()] }, async (server, destination) => {
			({ root } = server);
			await use(destination);
			expect(isTaken).toBe(true);
		});
	}
});

it('half a new file is removed before it is closed, so no reader takes it', async () => {
	const taken: string[] = [];
	const takes: Habit = (folder) => ({
		...folder,
		CLOSE: async (handle, ...rest) => {
			const reply = await folder.CLOSE(handle, ...rest);
			if ('attrs' in (await folder.STAT('in/fresh.csv'))) taken.push('in/fresh.csv');
			return reply;
		},
	});
	await onSsh2({ habits: [takes, oneAtATime()] }, async ({ root }, destination) => {
		expect(await breakOff(destination, fresh())).toBeUndefined();
		expect(taken).toEqual([]);
		expect(await filesIn(root)).toEqual(['in/sales.csv']);
	});
});

describe('a file that was there before and is half written over', () => {
	it('is closed, so that the next try may open it on a server that opens a file once', async () => {
		let isOpen = false;
		const exclusive: Habit = (folder) => ({
			...folder,
			OPEN: async (path, flags, ...rest) => {
				if (isOpen) return { status: PERMISSION_DENIED };
				isOpen = intentOf(flags).writes;
				return await folder.OPEN(path, flags, ...rest);
			},
			CLOSE: async (handle, ...rest) => {
				isOpen = false;
				return await folder.CLOSE(handle, ...rest);
			},
		});
		await onSsh2({ habits: [exclusive, oneAtATime()] }, async (_, destination) => {
			expect(await breakOff(destination, sales(NONE))).toContain('in/sales.csv was written in place and is incomplete');
			await put(destination, sales(NONE), 'all of it');
		});
	});

	it('gives its channel back on a server that is given one for each file', async () => {
		await onSsh2({ habits: [handsOutOpenHandles(), oneAtATime()] }, async (_, destination) => {
			const hidden = (fileName: string) => sales({ kind: 'hidden' }, { fileName });
			// It learns so by them.
			await Promise.all(['a.csv', 'b.csv'].map(async (name) => await faultOf(put(destination, hidden(name), 'x'))));
			// More than there are channels.
			for (let tries = 0; tries < 12; tries++) await breakOff(destination, sales(NONE));
			await put(destination, sales(NONE), 'all of it');
		});
	});
});

describe('a file in place that is opened and not yet written', () => {
	it('is closed and removed when the execution is stopped meanwhile, by a server that shows files once they are closed, too', async () => {
		const stop = new AbortController();
		const stops: Refuse = async ({ name }) => {
			if (name === 'OPEN') stop.abort();
			return undefined;
		};
		await onSsh2({ habits: [storesAtClose(), oneAtATime()], refuse: stops }, async ({ root }, destination) => {
			await expect(destination.openUpload(fresh(), stop.signal)).rejects.toMatchObject({ reason: 'cancelled' });
			// Behind all that was asked for the file that was stopped.
			await put(destination, sales({ kind: 'hidden' }), 'all of it');
			expect(await filesIn(root)).toEqual(['in/sales.csv']);
		});
	});

	it.each([true, false])(
		'is removed when the answer is lost, so that the next try finds no file (Replace %s)',
		async (replace) => {
			await onSsh2({ refuse: once('OPEN', 'replyLost') }, async ({ root }, destination) => {
				expect(await faultOf(put(destination, fresh({ replace }), 'all of it'))).toMatchObject({ retryable: true });
				expect(await filesIn(root)).toEqual(['in/sales.csv']);
				await put(destination, fresh({ replace }), 'all of it');
			});
		},
	);

	it('stays when another program has written to it meanwhile', async () => {
		let isLost = false;
		const foreign: Habit = (folder) => ({
			...folder,
			OPEN: async (path, ...rest) => {
				const reply = await folder.OPEN(path, ...rest);
				if (!isLost && 'handle' in reply) {
					await folder.WRITE(reply.handle, 0, Buffer.from('theirs'));
					await folder.CLOSE(reply.handle);
				}
				return reply;
			},
		});
		const refuse = once('OPEN', 'replyLost');
		await onSsh2({ refuse, habits: [foreign] }, async ({ root }, destination) => {
			await faultOf(put(destination, fresh(), 'all of it'));
			isLost = true;
			expect(await filesIn(root)).toEqual(['in/fresh.csv', 'in/sales.csv']);
		});
	});
});
