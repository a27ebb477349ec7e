import type { WriteHandle } from './writeHandle';
import type { Block } from '../../../support/rechunk';
import { removeItem } from '../../../support/removeItem';

/** A block and its place in the file. */
export interface PlacedBlock extends Block {
	readonly offset: number;
}

/** A handle, and what is under way on it. */
export class HandleWorker {
	/** Sent and not yet answered. */
	private readonly inFlight: PlacedBlock[] = [];
	/** Bytes sent and not yet acknowledged. */
	bytes = 0;

	constructor(readonly writeHandle: WriteHandle) {}

	get isIdle(): boolean {
		return this.inFlight.length === 0;
	}

	/** Resolves when the block is acknowledged, and gives its memory back. Rejects with the server's status, or with the loss; the block is still the caller's then. */
	async send(block: PlacedBlock): Promise<void> {
		const { channel, handle } = this.writeHandle;
		const { offset, data } = block;
		this.inFlight.push(block);
		this.bytes += data.length;
		await channel.write(handle, block, offset, () => this.inFlight.includes(block));
		if (this.takeBack(block)) block.release();
	}

	/** False when it was taken back before. */
	takeBack(block: PlacedBlock): boolean {
		const isThere = removeItem(this.inFlight, block);
		if (isThere) this.bytes -= block.data.length;
		return isThere;
	}

	/** What is not sent yet goes out without the caller's memory. */
	takeAllBack(): readonly PlacedBlock[] {
		for (const block of this.inFlight) this.writeHandle.channel.takeBack(block);
		this.bytes = 0;
		return this.inFlight.splice(0);
	}
}
