import { budgetOf } from './budget';

const MEBIBYTE = 1024 * 1024;

/** Bytes that wait for a destination's acknowledgement, in all uploads of this process together. */
const PROCESS_BYTES = 96 * MEBIBYTE;

/** A buffer that is somebody else's again after `release`; call it once. */
export interface Loan {
	readonly buffer: Buffer;
	readonly release: () => void;
}

/** Lends buffers to uploads. Used ones are lent again: a fresh one costs a page fault every 4 KiB and work for the garbage collector. What is lent and what is kept for that never exceed the whole together, unless a single buffer does. */
export interface Memory {
	/** One upload's share of it. Between the first one and the end of the last one, whatever comes back is kept. */
	share(): Share;
}

export interface Share {
	/** A buffer of `bytes`, its content whatever it held last, once there is room. Rejects with `cancelled`. */
	lend(bytes: number, signal: AbortSignal): Promise<Loan>;
	/** Nothing is lent to this upload any more; what it has may come back later. Call it once. */
	end(): void;
}

function memoryOf(capacity: number): Memory {
	const budget = budgetOf(capacity);
	const returned = new Map<number, Buffer[]>();
	let [shares, lent, kept] = [0, 0, 0];
	const keep = (buffer: Buffer) => {
		const alike = returned.get(buffer.length);
		if (alike === undefined) returned.set(buffer.length, [buffer]);
		else alike.push(buffer);
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
		if (lent + kept > capacity) forget();
		return Buffer.allocUnsafeSlow(bytes);
	};
	const lend = async (bytes: number, signal: AbortSignal): Promise<Loan> => {
		const giveBack = await budget.take(bytes, signal);
		lent += bytes;
		const buffer = used(bytes) ?? fresh(bytes);
		return {
			buffer,
			release: () => {
				lent -= bytes;
				if (shares > 0) keep(buffer);
				giveBack();
			},
		};
	};
	const end = () => {
		shares -= 1;
		if (shares === 0) forget();
	};
	return {
		share: () => {
			shares += 1;
			return { lend, end };
		},
	};
}

/** One memory for all uploads of this process, however many run at once. */
export const memory = memoryOf(PROCESS_BYTES);
