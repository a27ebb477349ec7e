import { createHash, type Hash } from 'node:crypto';

/** What tells a block's content. */
export class Checksums {
	private readonly md5 = createHash('md5');
	private readonly sha256: Hash | undefined;

	constructor(withSha256: boolean) {
		this.sha256 = withSha256 ? createHash('sha256') : undefined;
	}

	update(chunk: Buffer): void {
		this.md5.update(chunk);
		this.sha256?.update(chunk);
	}

	/** To be called once. */
	digest(): { readonly md5: Buffer; readonly sha256?: Buffer } {
		const sha256 = this.sha256?.digest();
		return { md5: this.md5.digest(), ...(sha256 && { sha256 }) };
	}
}
