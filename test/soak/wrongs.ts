import * as fc from 'fast-check';
import type { DetailedFault } from '../../sandbox/domo/domo';
import { between, type Drawn, share, weighted } from './chance';

/** A number of requests or connections that no transfer gets to the end of. */
export const EVER = 1000;

/** What goes wrong in Domo. Most often less comes than it listed, since nobody but the node notices that. */
export const DOMO = fc.record({
	kind: fc.constantFrom<Exclude<DetailedFault['kind'], 'none'>>(
		...(['notAcceptable', 'unauthorized', 'unauthorizedAsServerError', 'forbidden', 'forbiddenAs400'] as const),
		...(['notFound', 'deleted', 'tooManyRequests', 'badGateway', 'maintenance', 'tokenExpired'] as const),
		...(['loginPage', 'blockedPage', 'maintenancePage', 'slowStart', 'rate', 'pdp', 'refresh'] as const),
		...(['cut', 'cut', 'cut', 'cut', 'cut', 'cut', 'cut', 'cut', 'stall', 'stall', 'stall'] as const),
		...(['short', 'short', 'short', 'short', 'short', 'short', 'short', 'short'] as const),
	),
	on: fc.constantFrom('metadata', 'export', 'token', undefined),
	times: weighted([6, 1], [2, 2], [2, EVER]),
	/** The item it happens to, and where in its export. */
	item: share,
	at: share,
	how: weighted<'close' | 'reset' | 'end'>([1, 'close'], [1, 'reset'], [3, 'end']),
	figure: share,
	isPaced: weighted([4, false], [1, true]),
});

/** What goes wrong on the way to a destination. */
export const LINE = fc.array(
	fc.record({
		how: fc.constantFrom('reset', 'end', 'blackHole', 'corrupt'),
		/** Where in all that goes up the line, from the fault before on. */
		at: share,
	}),
	{ minLength: 1, maxLength: 3 },
);

/** What an SFTP server does instead of answering a request. */
export const SCRIPT = fc.record({
	request: fc.constantFrom(
		'OPEN',
		'WRITE',
		'WRITE',
		'WRITE',
		'CLOSE',
		'STAT',
		'POSIX-RENAME',
		'RENAME',
		'REMOVE',
		'MKDIR',
		'READDIR',
	),
	nth: between(1, 6),
	isEver: weighted([4, false], [1, true]),
	what: fc.constantFrom('denied', 'failure', 'disconnect', 'closeChannel', 'silence', 'replyLost', 'late', 'size'),
	ms: between(100, 1500),
});

/** What Azure does instead of answering a request. */
export const BLOB = fc.record({
	request: fc.constantFrom('GET properties', 'PUT block', 'PUT block', 'GET blocklist', 'PUT blocklist', 'PUT blob'),
	from: between(0, 3),
	isEver: weighted([9, false], [1, true]),
	what: fc.constantFrom(
		...(['reset', 'silence', 'replyLost', 408, 429, 500, 502, 503, 504, 403, 404, 409, 412, 400] as const),
	),
});

/** What a make of SFTP server does otherwise; only one that drops blocks may cost a file. */
export const HABIT = fc.constantFrom(
	...(['inOrder', 'inOrder', 'reopenedRefused', 'reopenedEmpty', 'openHandles', 'mayNotRead', 'drops'] as const),
	...(['storesAtClose', 'dropsUnfinished'] as const),
);

/** Whether the server lets the user in, says no, or hangs up instead of saying it. */
export const LOGIN = weighted<'right' | 'refused' | 'hungUp'>([14, 'right'], [1, 'refused'], [1, 'hungUp']);

/** The last item has the first one's target, or every done file has the name of its data. */
export const COLLISION = weighted<'target' | 'doneFile' | undefined>([12, undefined], [2, 'target'], [1, 'doneFile']);

export type DrawnDomoFault = Drawn<typeof DOMO>;
export type DrawnHabit = Drawn<typeof HABIT>;
export type DrawnScript = Drawn<typeof SCRIPT>;
export type DrawnBlobFault = Drawn<typeof BLOB>;
