import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Where the built package takes SHA-256 of what it stores. */
const DIGEST = 'dist/nodes/DomoWriteback/format/digest.js';

/** What a digest is asked for. */
interface Unhashed {
	through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer>;
	total(): { readonly bytes: number; readonly sha256: string };
}

/** Takes the hashing out of a built package: bytes are counted only, and a receipt proves nothing. */
export function withoutHash(packageFolder: string): void {
	const module: unknown = createRequire(__filename)(join(packageFolder, DIGEST));
	if (typeof Reflect.get(Object(module), 'digester') !== 'function')
		throw new Error(`${DIGEST} has no digester any more: tell bench/runners/withoutHash.ts what hashes now`);
	const digester = (): Unhashed => {
		let bytes = 0;
		return {
			async *through(source) {
				for await (const chunk of source) {
					bytes += chunk.length;
					yield chunk;
				}
			},
			total: () => ({ bytes, sha256: '' }),
		};
	};
	Reflect.set(Object(module), 'digester', digester);
}
