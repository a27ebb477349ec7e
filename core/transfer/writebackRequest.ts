import type { Destination, DestinationKind } from '../destinations/destination';
import type { DataSet } from '../domo/dataSet';
import type { DomoRequest } from '../domo/request';
import type { FormatOptions } from '../format/formatOptions';
import type { WritebackError } from '../support/errors';
import type { NameClaims } from './nameClaims';
import type { PublishingOptions } from './publishingOptions';
import type { Names } from './targets';

/** One item's wish, checked: nothing in it can be wrong any more but the world. */
export interface WritebackRequest {
	readonly dataSetId: string;
	readonly kind: DestinationKind;
	readonly names: Names;
	readonly format: FormatOptions;
	readonly publishing: PublishingOptions;
	/** How often the writeback is attempted at most. */
	readonly maxTries: number;
	/** How long either end may be silent while the other waits for it. */
	readonly idleMs: number;
}

export interface Progress {
	readonly bytes: number;
	readonly rows: number;
	/** Absent when Domo lists no count. */
	readonly rowsExpected?: number;
}

/** What a writeback works with. */
export interface TransferContext {
	readonly domo: DomoRequest;
	readonly destination: Destination;
	/** Ends everything at once; nothing is left behind. */
	readonly signal: AbortSignal;
	/** Waits for its turn among the items that run at once; the result is called when the try is over. */
	readonly acquireSlot?: (dataSet: DataSet) => Promise<() => void>;
	/** Keeps the names of the execution's other items out of reach; absent when there are none. */
	readonly claims?: NameClaims;
	readonly onProgress?: (progress: Progress) => void;
	readonly onRetry?: (fault: WritebackError, waitMs: number) => void;
}
