import { writeBlock } from '../ssh2Internals';
import type { Lane } from './writeHandle';
import type { Block } from '../../../support/rechunk';
import { takeOut } from '../../../support/removeItem';

/** A block and its place in the file. */
export interface PlacedBlock extends Block {
	readonly at: number;
}

/** A lane at work. */
export class LaneWorker {
	/** Sent and not yet answered. */
	private readonly underWay: PlacedBlock[] = [];
	/** Bytes sent and not yet acknowledged. */
	bytes = 0;

	constructor(readonly lane: Lane) {}

	get isIdle(): boolean {
		return this.underWay.length === 0;
	}

	/** Resolves when the block is acknowledged, and gives its memory back. Rejects with the server's status, or with the loss; the block is still the caller's then. */
	async send(block: PlacedBlock): Promise<void> {
		const { channel, handle } = this.lane;
		const { at, data } = block;
		this.underWay.push(block);
		this.bytes += data.length;
		await channel.tell((sftp, answer) => writeBlock(sftp, handle, block, at, answer));
		if (this.takeBack(block)) block.release();
	}

	/** False when it was taken back before. */
	takeBack(block: PlacedBlock): boolean {
		const isThere = takeOut(this.underWay, block);
		if (isThere) this.bytes -= block.data.length;
		return isThere;
	}

	takeAllBack(): readonly PlacedBlock[] {
		this.bytes = 0;
		return this.underWay.splice(0);
	}
}
