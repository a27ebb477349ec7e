import { createFairSemaphore, type FairSemaphoreOptions, type Grant, type Owner } from './fairSemaphore';

const MEBIBYTE = 1024 * 1024;

/** Bytes that wait for a destination's acknowledgement, in all uploads of this process together. One execution gets 96 MiB of it: two uploads of five blocks each, and the ones that grow. */
const PROCESS_BYTES = 128 * MEBIBYTE;

/** What each upload may hold even when the others hold all of that: it goes on slowly instead of standing still. */
export const GUARANTEED_BYTES = MEBIBYTE / 2;

/** A buffer that goes back to the pool with `release`; call it once, and don't use the buffer afterwards. */
export interface PooledBuffer {
	readonly buffer: Buffer;
	readonly release: () => void;
}

/** What is kept for later is no more than one execution may use. */
const KEPT_SHARE = 3 / 4;

/** Lends buffers to uploads. Used ones are lent again: a fresh one costs a page fault every 4 KiB and work for the garbage collector. What is lent and what is kept for that never exceed the whole together, but for what is guaranteed to each upload, or for a single buffer that does. */
export interface BufferPool {
	/** One upload's share of it, as a part of its execution's; of nothing else's when `owner` is left out. Between the first one and the end of the last one, whatever comes back is kept. */
	openShare(owner?: Owner): PoolShare;
}

export interface PoolShare {
	/** A buffer of `bytes`, its content whatever it held last, once there is room; a shorter one of `least` bytes or more when room is scarce. Rejects with `cancelled`. */
	acquire(bytes: number, signal: AbortSignal, least?: number): Promise<PooledBuffer>;
	/** The same at once; undefined when there is no room. */
	tryLend(bytes: number): PooledBuffer | undefined;
	/** Nothing is lent to this upload any more; what it has may come back later. Call it once. */
	end(): void;
}

function createBufferPool(options: FairSemaphoreOptions): BufferPool {
	const most = options.capacity * KEPT_SHARE;
	const budget = createFairSemaphore(options);
	const returned = new Map<number, Buffer[]>();
	let [shares, lent, kept] = [0, 0, 0];
	const keep = (buffer: Buffer) => {
		const sameSize = returned.get(buffer.length);
		if (sameSize === undefined) returned.set(buffer.length, [buffer]);
		else sameSize.push(buffer);
		kept += buffer.length;
	};
	const forget = () => {
		returned.clear();
		kept = 0;
	};
	const used = (bytes: number): Buffer | undefined => {
		const buffer = returned.get(bytes)?.pop();
		kept -= buffer?.length ?? 0;
		return buffer;
	};
	const fresh = (bytes: number): Buffer => {
		// What was kept of other sizes is in the way.
		if (lent + kept > most) forget();
		return Buffer.allocUnsafeSlow(bytes);
	};
	const loan = ({ amount, giveBack: releaseBytes }: Grant): PooledBuffer => {
		lent += amount;
		const buffer = used(amount) ?? fresh(amount);
		return {
			buffer,
			release: () => {
				lent -= amount;
				if (shares > 0 && lent + kept + amount <= most) keep(buffer);
				releaseBytes();
			},
		};
	};
	const end = () => {
		shares -= 1;
		if (shares === 0) forget();
	};
	return {
		openShare: (owner = {}) => {
			shares += 1;
			const account = budget.account(owner);
			return {
				acquire: async (bytes, signal, least) => loan(await account.take(bytes, signal, least)),
				tryLend: (bytes) => {
					const grant = account.tryTake(bytes);
					return grant && loan(grant);
				},
				end,
			};
		},
	};
}

/** One memory for all uploads of this process, however many run at once. */
export const bufferPool = createBufferPool({ capacity: PROCESS_BYTES, guaranteed: GUARANTEED_BYTES });
