import { budgetOf } from './budget';

const MEBIBYTE = 1024 * 1024;

/** Bytes that wait for a destination's acknowledgement, in all uploads of this process together. */
const PROCESS_BYTES = 96 * MEBIBYTE;

/** A buffer that is somebody else's again after `release`; call it once. */
export interface Loan {
	readonly buffer: Buffer;
	readonly release: () => void;
}

/** Lends buffers. Used ones are lent again: a fresh one costs a page fault every 4 KiB and work for the garbage collector. */
export interface Memory {
	/** A buffer of `bytes`, its content whatever it held last, once there is room. Rejects with `cancelled`. */
	lend(bytes: number, signal: AbortSignal): Promise<Loan>;
}

function memoryOf(capacity: number): Memory {
	const budget = budgetOf(capacity);
	const returned = new Map<number, Buffer[]>();
	let lent = 0;
	const keep = (buffer: Buffer) => {
		const alike = returned.get(buffer.length);
		if (alike === undefined) returned.set(buffer.length, [buffer]);
		else alike.push(buffer);
	};
	return {
		async lend(bytes, signal) {
			const giveBack = await budget.take(bytes, signal);
			const buffer = returned.get(bytes)?.pop() ?? Buffer.allocUnsafeSlow(bytes);
			lent += 1;
			return {
				buffer,
				release: () => {
					lent -= 1;
					// Nothing is kept for a rainy day when nobody uploads.
					if (lent === 0) returned.clear();
					else keep(buffer);
					giveBack();
				},
			};
		},
	};
}

/** One memory for all uploads of this process, however many run at once. */
export const memory = memoryOf(PROCESS_BYTES);
