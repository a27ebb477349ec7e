import type { StoredBlock } from './putBlock';
import type { ContentMac } from '../../support/hashing/contentMac';

/** One block of the list, as sent. */
export interface StagedBlock extends StoredBlock {
	readonly bytes: number;
	readonly md5: Buffer;
	/** Where the blob is to be read back. */
	readonly mac?: ContentMac;
}

/** A body that was too small for blocks, or the list of its blocks in order. */
export type StagedData =
	| {
			readonly kind: 'small';
			readonly data: Buffer;
			readonly md5: Buffer;
			/** Gives the room back that it takes until it is committed or dropped; call it once. */
			readonly release: () => void;
	  }
	| {
			readonly kind: 'blocks';
			readonly list: readonly StagedBlock[];
			/** Whether another tool's blocks may have taken the place of some. */
			readonly areUnsafe: boolean;
	  };

export function bytesOf(staged: StagedData): number {
	if (staged.kind === 'small') return staged.data.length;
	return staged.list.reduce((bytes, block) => bytes + block.bytes, 0);
}

/** Whether Azure has told the checksum of all it has stored so far, each is right, and no other tool can have replaced a block since. */
export function isConfirmed(staged: StagedData): boolean {
	return staged.kind === 'blocks' && !staged.areUnsafe && staged.list.every((block) => block.isConfirmed);
}
