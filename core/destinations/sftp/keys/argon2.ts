import * as crypto from 'node:crypto';
import { createSemaphore } from '../../../support/semaphore';

export type Argon2Kind = 'argon2d' | 'argon2i' | 'argon2id';

/** RFC 9106. */
export interface Argon2Options {
	readonly kind: Argon2Kind;
	readonly salt: Buffer;
	/** In KiB. */
	readonly memory: number;
	readonly passes: number;
	readonly parallelism: number;
	/** Of the result, in bytes. */
	readonly length: number;
}

type Argon2 = (secret: Buffer, options: Argon2Options) => Promise<Buffer>;

/** One at a time: each may take up to 1 GiB of memory. */
const turns = createSemaphore(1);

/** Derives a key without holding up the event loop. Rejects for options that RFC 9106 does not allow. */
export async function argon2(secret: Buffer, options: Argon2Options): Promise<Buffer> {
	const leave = await turns.acquire(1, new AbortController().signal);
	// Node.js has it since 24.7, in its thread pool and ten times as fast.
	const derive = 'argon2' in crypto ? argon2OfNode : argon2InJs;
	return await derive(secret, options).finally(leave);
}

export const argon2OfNode: Argon2 = async (secret, { kind, salt, length, memory, passes, parallelism }) =>
	await new Promise((resolve, reject) => {
		const cost = { memory, passes, parallelism, tagLength: length };
		crypto.argon2(kind, { message: secret, nonce: salt, ...cost }, (fault, key) => {
			if (fault) reject(fault);
			else resolve(key);
		});
	});

/** Leaves the event loop to others every 10 ms. */
export const argon2InJs: Argon2 = async (secret, { kind, salt, length, memory, passes, parallelism }) => {
	const { argon2dAsync, argon2iAsync, argon2idAsync } = await import('@noble/hashes/argon2.js');
	const derive = { argon2d: argon2dAsync, argon2i: argon2iAsync, argon2id: argon2idAsync }[kind];
	const bytes = await derive(secret, salt, {
		...{ m: memory, t: passes, p: parallelism, dkLen: length },
		maxmem: 2 ** 31,
	});
	return Buffer.from(bytes);
};
