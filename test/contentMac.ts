import { ContentMac } from '../core/support/hashing/contentMac';

/** What `verify` is given of a content that was sent. */
export function macOf(content: Buffer | string): ContentMac {
	const mac = new ContentMac();
	mac.update(Buffer.from(content));
	return mac;
}
