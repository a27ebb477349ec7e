/** Slower than this, hashing takes more of n8n's thread than handing over to another one: docs/decisions/hashing.md. In MB/s. */
const SLOW = 600;

/** What one call costs counts for little from here on. */
const LEAST_BYTES = 4 * 1024;

const ENOUGH_BYTES = 1024 * 1024;

let timedBytes = 0;
let fastest = 0;

/** Notes how long this process took to hash so much. */
export function noteHashSpeed(bytes: number, ms: number): void {
	if (bytes < LEAST_BYTES) return;
	timedBytes += bytes;
	// The fastest one tells what the processor can do: the others were interrupted.
	fastest = Math.max(fastest, bytes / 1000 / ms);
}

/** Whether this process hashes slowly; undefined until it has hashed enough. */
export function isHashingSlow(): boolean | undefined {
	return timedBytes < ENOUGH_BYTES ? undefined : fastest < SLOW;
}
