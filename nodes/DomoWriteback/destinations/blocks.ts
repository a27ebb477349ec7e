import type { Readable } from 'node:stream';

/** Regroups a stream into blocks of exactly `size` bytes, the last one shorter. Copies only what spans two chunks. */
export async function* blocks(body: Readable, size: number): AsyncGenerator<Buffer> {
	let parts: Buffer[] = [];
	let held = 0;
	for await (const chunk of body) {
		let rest: Buffer = chunk;
		while (held + rest.length >= size) {
			const taken = rest.subarray(0, size - held);
			yield parts.length === 0 ? taken : Buffer.concat([...parts, taken], size);
			rest = rest.subarray(taken.length);
			parts = [];
			held = 0;
		}
		if (rest.length > 0) parts.push(rest);
		held += rest.length;
	}
	if (held > 0) yield Buffer.concat(parts, held);
}
