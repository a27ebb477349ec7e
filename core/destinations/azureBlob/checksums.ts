import { createHash } from 'node:crypto';
import type { ContentMac } from '../../support/hashing/contentMac';

/** What tells a block's content. */
export class Checksums {
	private readonly md5 = createHash('md5');

	/** With `mac`, that also takes in the block. */
	constructor(private readonly mac: ContentMac | undefined) {}

	update(chunk: Buffer): void {
		this.md5.update(chunk);
		this.mac?.update(chunk);
	}

	/** To be called once. */
	digest(): { readonly md5: Buffer; readonly mac?: ContentMac } {
		return { md5: this.md5.digest(), ...(this.mac && { mac: this.mac.end() }) };
	}
}
