import { type CipherGCM, createCipheriv, createSecretKey, randomBytes } from 'node:crypto';

/** Every sum of one key is kept from everybody else, so one nonce does for all of them. */
const NONCE = Buffer.alloc(12);

/**
 * Tells whether bytes are those of before: GMAC (NIST SP 800-38D, section 3) under a random key that never leaves this process. Other bytes
 * of at most 4 TiB have the same sum once in 2⁹⁰ times, whoever chose them. It takes an eighth of the time of a SHA-256, or less, where the
 * processor has AES instructions.
 */
export class ContentMac {
	/** Until all is taken in. */
	private gcm: CipherGCM | undefined;
	private sum: Buffer | undefined;

	constructor(private readonly key = createSecretKey(randomBytes(16))) {
		this.gcm = createCipheriv('aes-128-gcm', key, NONCE);
	}

	/** Takes in the next bytes, whose memory may be used again at once. Throws after `end`. */
	update(chunk: Buffer): void {
		if (this.gcm === undefined) throw new Error('This checksum is complete');
		if (chunk.length > 0) this.gcm.setAAD(chunk);
	}

	/** Another one with the same key, which has taken in nothing. */
	again(): ContentMac {
		return new ContentMac(this.key);
	}

	/** Takes in no more, and keeps nothing but the sum. */
	end(): this {
		this.gcm?.final();
		this.sum ??= this.gcm?.getAuthTag();
		this.gcm = undefined;
		return this;
	}

	/** Whether both have taken in the same bytes; they must be made with one key. Ends both. */
	equals(other: ContentMac): boolean {
		const [one, two] = [this.end().sum, other.end().sum];
		return one !== undefined && two !== undefined && one.equals(two);
	}
}
