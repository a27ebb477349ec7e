import type { KeyObject } from 'node:crypto';

/** The two halves of a key as its file gives them. */
export interface KeyPair {
	readonly privateKey: KeyObject;
	readonly publicKey: KeyObject;
}
