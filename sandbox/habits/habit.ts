import { utils } from 'ssh2';
import type { Folder } from '../ssh2Disk';

/** What one make of server does otherwise: wraps the folder of each channel. What a habit remembers from channel to channel is its own. */
export type Habit = (folder: Folder) => Folder;

const { OPEN_MODE } = utils.sftp;

/** What an OPEN asks for. */
export interface OpenIntent {
	readonly reads: boolean;
	readonly writes: boolean;
	/** Whether the file starts empty: it is created, or cut. */
	readonly startsAnew: boolean;
	/** Whether it fails where a file is there. */
	readonly isExclusive: boolean;
}

export function intentOf(flags: unknown): OpenIntent {
	const has = (mode: number) => (Number(flags) & mode) !== 0;
	return {
		reads: has(OPEN_MODE.READ),
		writes: has(OPEN_MODE.WRITE),
		startsAnew: has(OPEN_MODE.TRUNC) || has(OPEN_MODE.EXCL),
		isExclusive: has(OPEN_MODE.EXCL),
	};
}

export const FLAG_TRUNC = OPEN_MODE.TRUNC;
