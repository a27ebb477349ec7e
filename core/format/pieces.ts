import type { Body } from '../destinations/destination';

/** Regroups a body into pieces of `size` bytes, the last one shorter. Each has memory of its own. */
export async function* pieces(body: Body, size: number): AsyncGenerator<Buffer> {
	let piece = Buffer.allocUnsafeSlow(size);
	let held = 0;
	for await (const chunk of body) {
		for (let at = 0; at < chunk.length; ) {
			const taken = chunk.copy(piece, held, at);
			at += taken;
			held += taken;
			if (held < size) continue;
			yield piece;
			piece = Buffer.allocUnsafeSlow(size);
			held = 0;
		}
	}
	if (held > 0) yield piece.subarray(0, held);
}
