import type { INodeProperties } from 'n8n-workflow';

import type { Options } from './optionsReader';

/** A connection that hears nothing holds memory for so long. Domo's time to prepare an export is none of it. */
const MOST_SECONDS = 3600;
const DEFAULT_SECONDS = 60;

/** The option of a pane. */
export const idleTimeout: INodeProperties = {
	displayName: 'Idle Timeout',
	name: 'idleTimeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MOST_SECONDS },
	default: DEFAULT_SECONDS,
	description:
		'How many seconds without data before the connection counts as lost, up to 3600. Domo may take longer than this to prepare an export.',
};

/** In milliseconds. Throws `setting` for anything but a whole number of seconds within its range. */
export function readIdleMs(pane: Options): number {
	return 1000 * (pane.whole('idleTimeout', 'Idle Timeout', 1, MOST_SECONDS, 60) ?? DEFAULT_SECONDS);
}
